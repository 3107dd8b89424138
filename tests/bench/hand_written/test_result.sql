-- The sums of every test indicator of the catalogue for one school year, written by hand, as fast
-- as we could make it. The engine's output must be equal to this one's in every cell, and its time
-- is measured against this one's. $source and $target are filled in by the benchmark.

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
        (whole + grade + 2) * 4
            + case subject when 'mathematics' then 1 when 'ela' then 2 when 'reading' then 3 else 0 end as spot,
        race_ethnicity, gender,
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
    join organisations using (level, organisation)
    where grade is not null
),
by_gender as materialized (
    select spot, gender, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted group by all
),
grouped as (
    select spot, 0 as g, sum(columns('^[cesd]_'))::bigint from by_gender group by all
    union all
    select spot, 9 + list_position(['F', 'M', 'X', 'NR'], gender), columns('^[cesd]_')
    from by_gender
    union all
    select spot, list_position(['AA', 'AI', 'AS', 'FI', 'HI', 'PI', 'WH', 'MR', 'NR'], race_ethnicity), count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint
    from counted group by all
    union all
    select
        spot, 14,
        count(columns('^c_')) filter (where english_learner), count(columns('^e_')),
        sum(columns('^s_')) filter (where english_learner)::bigint, sum(columns('^d_'))::bigint
    from counted where english_learner or recently_reclassified group by all
    union all
    select spot, 15, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where reclassified group by all
    union all
    select spot, 16, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where ever_english_learner group by all
    union all
    select spot, 17, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where disadvantaged group by all
    union all
    select spot, 18, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where disability group by all
    union all
    select spot, 19, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where foster group by all
    union all
    select spot, 20, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where homeless group by all
    union all
    select spot, 21, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where migrant group by all
    union all
    select spot, 22, count(columns('^[ce]_')), sum(columns('^[sd]_'))::bigint from counted where gifted group by all
),
named as (
    from grouped as sums(
        spot, g, placed, met, advanced, expected, took_part, scored,
        d_members, d_took_part, d_scored, scores, squared_scores,
        d_distances, d_squared_distances, d_lowest_distances
    )
),
every as materialized (
    select spot // 4 as place, spot % 4 as subject, named.* exclude (spot) from named
    union all
    select spot // 60 * 15 as whole, spot % 4 as code, g, sum(columns(named.* exclude (spot, g)))::bigint
    from named group by whole, code, g
),
mathematics as (
    select
        place, g,
        expected as "test-participation-mathematics.members",
        took_part as "test-participation-mathematics.took_part",
        placed as "met-standard-mathematics.members",
        met as "met-standard-mathematics.met",
        advanced as "advanced-mathematics.advanced",
        scored as "mean-scale-score-mathematics.members",
        scores as "mean-scale-score-mathematics.scores",
        squared_scores as "mean-scale-score-mathematics.squared_scores",
        d_members as "distance-from-standard-mathematics.members",
        d_took_part as "distance-from-standard-mathematics.took_part",
        d_scored as "distance-from-standard-mathematics.scored",
        d_distances as "distance-from-standard-mathematics.distances",
        d_squared_distances as "distance-from-standard-mathematics.squared_distances",
        d_lowest_distances as "distance-from-standard-mathematics.lowest_distances"
    from every where subject = 1
),
ela as (
    select
        place, g,
        expected as "test-participation-ela.members",
        took_part as "test-participation-ela.took_part",
        placed as "met-standard-ela.members",
        met as "met-standard-ela.met",
        advanced as "advanced-ela.advanced",
        scored as "mean-scale-score-ela.members",
        scores as "mean-scale-score-ela.scores",
        squared_scores as "mean-scale-score-ela.squared_scores",
        d_members as "distance-from-standard-ela.members",
        d_took_part as "distance-from-standard-ela.took_part",
        d_scored as "distance-from-standard-ela.scored",
        d_distances as "distance-from-standard-ela.distances",
        d_squared_distances as "distance-from-standard-ela.squared_distances",
        d_lowest_distances as "distance-from-standard-ela.lowest_distances"
    from every where subject = 2
),
reading as (
    select
        place, g,
        expected as "test-participation-reading.members",
        took_part as "test-participation-reading.took_part",
        placed as "met-standard-reading.members",
        met as "met-standard-reading.met",
        advanced as "advanced-reading.advanced",
        scored as "mean-scale-score-reading.members",
        scores as "mean-scale-score-reading.scores",
        squared_scores as "mean-scale-score-reading.squared_scores"
    from every where subject = 3
)
select
    level, organisation, grade, ids[g + 1] as "group",
    coalesce(columns(mathematics.* exclude (place, g)), 0)::bigint,
    coalesce(columns(ela.* exclude (place, g)), 0)::bigint,
    coalesce(columns(reading.* exclude (place, g)), 0)::bigint
from places
cross join range(23) as listed(g)
cross join (select [
    'all', 'african-american', 'american-indian', 'asian', 'filipino', 'hispanic',
    'pacific-islander', 'white', 'two-or-more', 'race-not-reported', 'female', 'male', 'nonbinary',
    'gender-not-reported', 'english-learners', 'reclassified', 'ever-english-learners',
    'disadvantaged', 'students-with-disabilities', 'foster', 'homeless', 'migrant', 'gifted'
] as ids)
left join mathematics using (place, g)
left join ela using (place, g)
left join reading using (place, g)
order by place, g
) to '$target' (format parquet, compression zstd)
