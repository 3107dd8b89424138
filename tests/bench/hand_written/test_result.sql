-- The sums of every test indicator of the catalogue for one school year, written by hand, as fast
-- as we could make it. The engine's output must be equal to this one's in every cell, and its time
-- is measured against this one's. $source and $target are filled in by the benchmark.

copy (
with found as materialized (
    select distinct level, organisation, grade from '$source'
),
places as materialized (
    select row_number() over (order by level, organisation, grade nulls first)::integer as place, *
    from (from found union select level, organisation, null from found)
),
wholes as (
    select grades.place, whole.place as whole
    from places as grades
    join places as whole using (level, organisation)
    where grades.grade is not null and whole.grade is null
),
counted as materialized (
    select
        place, subject, race_ethnicity, gender,
        english_learner, reclassified, ever_english_learner, recently_reclassified,
        disadvantaged, disability, foster, homeless, migrant, gifted,
        case when sat and achievement_level is not null then 1::tinyint end as c_placed,
        case when sat and achievement_level >= 3 then 1::tinyint end as c_met,
        case when sat and achievement_level >= 4 then 1::tinyint end as c_advanced,
        case when due then 1::tinyint end as c_expected,
        case when due and tested then 1::tinyint end as c_took_part,
        case when sat and scale_score is not null then 1::tinyint end as c_scored,
        case when sat then scale_score end as s_scores,
        case when sat then scale_score::bigint * scale_score end as s_squared_scores,
        case when stands then 1::tinyint end as e_members,
        case when stands and tested then 1::tinyint end as e_took_part,
        case when stands and tested and distance is not null then 1::tinyint end as e_scored,
        case when stands and tested then distance end as d_distances,
        case when stands and tested then distance::bigint * distance end as d_squared_distances,
        case when stands and not tested then lowest_score - standard_score end as d_lowest_distances
    from (
        select
            *, test in ('sbac', 'three-districts') and expected and tested as sat,
            test in ('sbac', 'three-districts') and expected and not (subject = 'ela' and first_year_el) as due,
            test = 'sbac' and expected and continuous and not (subject = 'ela' and first_year_el)
                and grade in (3, 4, 5, 6, 7, 8, 11) as stands
        from '$source'
    )
    join places using (level, organisation, grade)
),
by_gender as materialized (
    select place, subject, gender, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted group by all
),
grouped as (
    select place, subject, 0 as g, sum(columns('^[cesd]_'))::bigint from by_gender group by all
    union all
    select place, subject, 9 + list_position(['F', 'M', 'X', 'NR'], gender), columns('^[cesd]_')
    from by_gender
    union all
    select place, subject, list_position(['AA', 'AI', 'AS', 'FI', 'HI', 'PI', 'WH', 'MR', 'NR'], race_ethnicity), count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint
    from counted group by all
    union all
    select
        place, subject, 14,
        count(columns('^c_')) filter (where english_learner), count(columns('^e_')),
        sum(columns('^s_')) filter (where english_learner)::bigint, sum(columns('^d_'))::bigint
    from counted where english_learner or recently_reclassified group by all
    union all
    select place, subject, 15, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where reclassified group by all
    union all
    select place, subject, 16, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where ever_english_learner group by all
    union all
    select place, subject, 17, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where disadvantaged group by all
    union all
    select place, subject, 18, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where disability group by all
    union all
    select place, subject, 19, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where foster group by all
    union all
    select place, subject, 20, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where homeless group by all
    union all
    select place, subject, 21, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where migrant group by all
    union all
    select place, subject, 22, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where gifted group by all
),
named as (
    from grouped as sums(
        place, subject, g, placed, met, advanced, expected, took_part, scored,
        d_members, d_took_part, d_scored, scores, squared_scores,
        d_distances, d_squared_distances, d_lowest_distances
    )
),
rolled as (
    from named
    union all by name
    select whole as place, named.* exclude (place) from named join wholes using (place)
),
crossed as (
    select
        place, g,
        sum(expected) filter (where subject = 'mathematics') as "test-participation-mathematics.members",
        sum(took_part) filter (where subject = 'mathematics') as "test-participation-mathematics.took_part",
        sum(placed) filter (where subject = 'mathematics') as "met-standard-mathematics.members",
        sum(met) filter (where subject = 'mathematics') as "met-standard-mathematics.met",
        sum(advanced) filter (where subject = 'mathematics') as "advanced-mathematics.advanced",
        sum(scored) filter (where subject = 'mathematics') as "mean-scale-score-mathematics.members",
        sum(scores) filter (where subject = 'mathematics') as "mean-scale-score-mathematics.scores",
        sum(squared_scores) filter (where subject = 'mathematics') as "mean-scale-score-mathematics.squared_scores",
        sum(d_members) filter (where subject = 'mathematics') as "distance-from-standard-mathematics.members",
        sum(d_took_part) filter (where subject = 'mathematics') as "distance-from-standard-mathematics.took_part",
        sum(d_scored) filter (where subject = 'mathematics') as "distance-from-standard-mathematics.scored",
        sum(d_distances) filter (where subject = 'mathematics') as "distance-from-standard-mathematics.distances",
        sum(d_squared_distances) filter (where subject = 'mathematics') as "distance-from-standard-mathematics.squared_distances",
        sum(d_lowest_distances) filter (where subject = 'mathematics') as "distance-from-standard-mathematics.lowest_distances",
        sum(expected) filter (where subject = 'ela') as "test-participation-ela.members",
        sum(took_part) filter (where subject = 'ela') as "test-participation-ela.took_part",
        sum(placed) filter (where subject = 'ela') as "met-standard-ela.members",
        sum(met) filter (where subject = 'ela') as "met-standard-ela.met",
        sum(advanced) filter (where subject = 'ela') as "advanced-ela.advanced",
        sum(scored) filter (where subject = 'ela') as "mean-scale-score-ela.members",
        sum(scores) filter (where subject = 'ela') as "mean-scale-score-ela.scores",
        sum(squared_scores) filter (where subject = 'ela') as "mean-scale-score-ela.squared_scores",
        sum(d_members) filter (where subject = 'ela') as "distance-from-standard-ela.members",
        sum(d_took_part) filter (where subject = 'ela') as "distance-from-standard-ela.took_part",
        sum(d_scored) filter (where subject = 'ela') as "distance-from-standard-ela.scored",
        sum(d_distances) filter (where subject = 'ela') as "distance-from-standard-ela.distances",
        sum(d_squared_distances) filter (where subject = 'ela') as "distance-from-standard-ela.squared_distances",
        sum(d_lowest_distances) filter (where subject = 'ela') as "distance-from-standard-ela.lowest_distances",
        sum(expected) filter (where subject = 'reading') as "test-participation-reading.members",
        sum(took_part) filter (where subject = 'reading') as "test-participation-reading.took_part",
        sum(placed) filter (where subject = 'reading') as "met-standard-reading.members",
        sum(met) filter (where subject = 'reading') as "met-standard-reading.met",
        sum(advanced) filter (where subject = 'reading') as "advanced-reading.advanced",
        sum(scored) filter (where subject = 'reading') as "mean-scale-score-reading.members",
        sum(scores) filter (where subject = 'reading') as "mean-scale-score-reading.scores",
        sum(squared_scores) filter (where subject = 'reading') as "mean-scale-score-reading.squared_scores"
    from rolled
    group by place, g
)
select level, organisation, grade, ids[g + 1] as "group", coalesce(columns(crossed.* exclude (place, g)), 0)::decimal(38, 0)
from places
cross join range(23) as listed(g)
cross join (select [
    'all', 'african-american', 'american-indian', 'asian', 'filipino', 'hispanic',
    'pacific-islander', 'white', 'two-or-more', 'race-not-reported', 'female', 'male', 'nonbinary',
    'gender-not-reported', 'english-learners', 'reclassified', 'ever-english-learners',
    'disadvantaged', 'students-with-disabilities', 'foster', 'homeless', 'migrant', 'gifted'
] as ids)
left join crossed using (place, g)
order by place, g
) to '$target' (format parquet, compression zstd)
