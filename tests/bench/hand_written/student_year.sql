-- The sums of every indicator over student-years of the catalogue for one school year, written by
-- hand, as fast as we could make it. The engine's output must be equal to this one's in every cell,
-- and its time is measured against this one's. $source and $target are filled in by the benchmark.

copy (
with cells as materialized (
    select
        level, organisation, grade, race_ethnicity, gender,
        english_learner, reclassified, ever_english_learner,
        disadvantaged, disability, foster, homeless, migrant, gifted,
        count(*) filter (where days_expected > 0 and not absence_exempt) as n_members,
        sum(days_attended) filter (where days_expected > 0 and not absence_exempt) as n_attended,
        sum(days_expected) filter (where days_expected > 0 and not absence_exempt) as n_expected,
        count(*) filter (where days_expected >= 31 and days_attended > 0 and not absence_exempt and grade >= 0) as n_counted,
        count(*) filter (where days_expected >= 31 and days_attended > 0 and not absence_exempt and grade >= 0 and days_absent * 10 >= days_expected) as n_chronic,
        count(*) filter (where grade >= 0) as n_enrolled,
        count(*) filter (where grade >= 0 and stable) as n_stable,
        count(*) as n_all,
        count(*) filter (where suspended) as n_suspended
    from '$source'
    group by all
),
places as materialized (
    select row_number() over (order by level, organisation, grade nulls first) as place, *
    from (
        select distinct level, organisation, grade from cells
        union
        select distinct level, organisation, null from cells
    )
),
wholes as (
    select grades.place, whole.place as whole
    from places as grades
    join places as whole using (level, organisation)
    where grades.grade is not null and whole.grade is null
),
keyed as materialized (
    select place, cells.* exclude (level, organisation, grade)
    from cells join places using (level, organisation, grade)
),
by_gender as materialized (
    select place, gender, sum(columns('^n_')) from keyed group by all
),
grouped as (
    select place, 0 as g, sum(columns(* exclude (place, gender))) from by_gender group by all
    union all
    select place, 9 + list_position(['F', 'M', 'X', 'NR'], gender), * exclude (place, gender) from by_gender
    union all
    select place, list_position(['AA', 'AI', 'AS', 'FI', 'HI', 'PI', 'WH', 'MR', 'NR'], race_ethnicity), sum(columns('^n_'))
    from keyed group by all
    union all
    select place, 14, sum(columns('^n_')) from keyed where english_learner group by all
    union all
    select place, 15, sum(columns('^n_')) from keyed where reclassified group by all
    union all
    select place, 16, sum(columns('^n_')) from keyed where ever_english_learner group by all
    union all
    select place, 17, sum(columns('^n_')) from keyed where disadvantaged group by all
    union all
    select place, 18, sum(columns('^n_')) from keyed where disability group by all
    union all
    select place, 19, sum(columns('^n_')) from keyed where foster group by all
    union all
    select place, 20, sum(columns('^n_')) from keyed where homeless group by all
    union all
    select place, 21, sum(columns('^n_')) from keyed where migrant group by all
    union all
    select place, 22, sum(columns('^n_')) from keyed where gifted group by all
),
named as (
    from grouped as sums(
        place, g, "attendance-rate.members", "attendance-rate.attended", "attendance-rate.expected",
        "chronic-absenteeism.members", "chronic-absenteeism.chronic",
        "stability-rate.members", "stability-rate.stable_students",
        "suspension-rate.members", "suspension-rate.suspended_students"
    )
),
rolled as (
    select whole as place, g, sum(columns(named.* exclude (place, g)))
    from named join wholes using (place)
    group by all
),
found as (
    from named union all from rolled
)
select
    level, organisation, grade, ids[g + 1] as "group",
    coalesce(columns(found.* exclude (place, g)), 0)::decimal(38, 2)
from places
cross join range(23) as listed(g)
cross join (select [
    'all', 'african-american', 'american-indian', 'asian', 'filipino', 'hispanic',
    'pacific-islander', 'white', 'two-or-more', 'race-not-reported', 'female', 'male', 'nonbinary',
    'gender-not-reported', 'english-learners', 'reclassified', 'ever-english-learners',
    'disadvantaged', 'students-with-disabilities', 'foster', 'homeless', 'migrant', 'gifted'
] as ids)
left join found using (place, g)
order by place, g
) to '$target' (format parquet, compression zstd)
