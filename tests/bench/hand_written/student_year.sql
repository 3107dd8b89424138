-- The sums of every indicator over student-years of the catalogue for one school year, written by
-- hand, as fast as we could make it. The engine's output must be equal to this one's in every cell,
-- and its time is measured against this one's. $source and $target are filled in by the benchmark.

copy (
with found as materialized (
    select distinct level, organisation, grade from '$source'
),
organisations as materialized (
    select level, organisation, (row_number() over (order by level, organisation) * 15)::integer as whole
    from (select distinct level, organisation from found)
),
places as materialized (
    select level, organisation, null as grade, whole as place from organisations
    union all
    select level, organisation, grade, whole + grade + 2
    from found join organisations using (level, organisation) where grade is not null
),
counted as materialized (
    select
        whole + grade + 2 as place, race_ethnicity, gender, english_learner, reclassified, ever_english_learner,
        disadvantaged, disability, foster, homeless, migrant, gifted,
        case when present then 1::tinyint end as c_members,
        case when present then days_attended end as d_attended,
        case when present then days_expected end as d_expected,
        case when counts then 1::tinyint end as c_counted,
        case when counts and days_absent * 10 >= days_expected then 1::tinyint end as c_chronic,
        case when grade >= 0 then 1::tinyint end as c_enrolled,
        case when grade >= 0 and stable then 1::tinyint end as c_stable,
        case when suspended is not null then 1::tinyint end as c_all,
        case when suspended then 1::tinyint end as c_suspended
    from (
        select
            *, days_expected > 0 and not absence_exempt as present,
            days_expected >= 31 and days_attended > 0 and not absence_exempt and grade >= 0 as counts
        from '$source'
    )
    join organisations using (level, organisation)
    where grade is not null
),
by_gender as materialized (
    select place, gender, count(columns('^c_')), sum(columns('^d_'))::decimal(18, 2) from counted group by all
),
grouped as (
    select place, 0 as g, sum(columns('^c_'))::bigint, sum(columns('^d_'))::decimal(18, 2)
    from by_gender group by all
    union all
    select place, 9 + list_position(['F', 'M', 'X', 'NR'], gender), columns('^c_'), columns('^d_')
    from by_gender
    union all
    select place, list_position(['AA', 'AI', 'AS', 'FI', 'HI', 'PI', 'WH', 'MR', 'NR'], race_ethnicity), count(columns('^c_')), sum(columns('^d_'))::decimal(18, 2)
    from counted group by all
    union all
    select place, 14, count(columns('^c_')), sum(columns('^d_'))::decimal(18, 2) from counted where english_learner group by all
    union all
    select place, 15, count(columns('^c_')), sum(columns('^d_'))::decimal(18, 2) from counted where reclassified group by all
    union all
    select place, 16, count(columns('^c_')), sum(columns('^d_'))::decimal(18, 2) from counted where ever_english_learner group by all
    union all
    select place, 17, count(columns('^c_')), sum(columns('^d_'))::decimal(18, 2) from counted where disadvantaged group by all
    union all
    select place, 18, count(columns('^c_')), sum(columns('^d_'))::decimal(18, 2) from counted where disability group by all
    union all
    select place, 19, count(columns('^c_')), sum(columns('^d_'))::decimal(18, 2) from counted where foster group by all
    union all
    select place, 20, count(columns('^c_')), sum(columns('^d_'))::decimal(18, 2) from counted where homeless group by all
    union all
    select place, 21, count(columns('^c_')), sum(columns('^d_'))::decimal(18, 2) from counted where migrant group by all
    union all
    select place, 22, count(columns('^c_')), sum(columns('^d_'))::decimal(18, 2) from counted where gifted group by all
),
named as (
    from grouped as sums(
        place, g, "attendance-rate.members", "chronic-absenteeism.members",
        "chronic-absenteeism.chronic", "stability-rate.members", "stability-rate.stable_students",
        "suspension-rate.members", "suspension-rate.suspended_students",
        "attendance-rate.attended", "attendance-rate.expected"
    )
),
rolled as (
    select place // 15 * 15 as whole, g, sum(columns(named.* exclude (place, g)))
    from named group by whole, g
),
added as (
    from named union all from rolled
)
select
    level, organisation, grade, ids[g + 1] as "group",
    coalesce(columns(added.* exclude (place, g)), 0)::decimal(38, 2)
from places
cross join range(23) as listed(g)
cross join (select [
    'all', 'african-american', 'american-indian', 'asian', 'filipino', 'hispanic',
    'pacific-islander', 'white', 'two-or-more', 'race-not-reported', 'female', 'male', 'nonbinary',
    'gender-not-reported', 'english-learners', 'reclassified', 'ever-english-learners',
    'disadvantaged', 'students-with-disabilities', 'foster', 'homeless', 'migrant', 'gifted'
] as ids)
left join added using (place, g)
order by place, g
) to '$target' (format parquet, compression zstd)
