"""Facts of one real district against the file itself, counted by a query that knows no facts.

The file has a line for each student, year and subject. Its groups are read as the rules say: any
yes is a yes, an answer that contradicts another in the same place leaves it open.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from accord.base.progress import SILENT
from accord.station.facts.build import build_facts
from accord.station.records.importing import import_files
from accord.station.station import Station
from real_data import sgp_path

pytestmark = pytest.mark.real

DISTRICT = "470"

# What both sides are counted by, and what is counted.
CELLS = """
    level, organisation, period, subject, grade,
    race_ethnicity, gender, disadvantaged, disability, gifted, english_learner,
    count(*) AS expected,
    count(*) FILTER (tested) AS tested,
    sum(scale_score)::BIGINT AS scores,
    sum(achievement_level)::BIGINT AS levels,
    count(prior_score) AS with_prior,
    sum(prior_score)::BIGINT AS prior_scores
"""

LINES = """
    SELECT
        ID AS student,
        left(YEAR, 4) || '-' || right(YEAR, 2) AS period,
        left(YEAR, 4)::INTEGER AS year,
        SCHOOL_NUMBER AS school,
        lower(CONTENT_AREA) AS subject,
        GRADE::INTEGER AS grade,
        SCALE_SCORE::INTEGER AS scale_score,
        ACHIEVEMENT_LEVEL <> 'No Score' AS tested,
        list_position(
            ['Unsatisfactory', 'Partially Proficient', 'Proficient', 'Advanced'], ACHIEVEMENT_LEVEL
        ) AS achievement_level,
        MAP {
            'African American': 'AA', 'Asian': 'AS', 'Hispanic': 'HI', 'Native American': 'AI',
            'White': 'WH'
        }[ETHNICITY] AS race,
        GENDER[9] AS gender_code,
        FREE_REDUCED_LUNCH_STATUS LIKE '%Yes' AS frl,
        IEP_STATUS LIKE '%Yes' AS iep,
        GIFTED_AND_TALENTED_PROGRAM_STATUS LIKE '%Yes' AS gate,
        ELL_STATUS LIKE '%Yes' AS ell,
        SCHOOL_ENROLLMENT_STATUS LIKE '%Yes' AS for_school,
        DISTRICT_ENROLLMENT_STATUS LIKE '%Yes' AS for_district
    FROM read_csv($file, all_varchar = true)
    WHERE DISTRICT_NUMBER = $district
"""

EXPECTED = f"""
WITH line AS ({LINES}),
placed AS (
    SELECT 'district' AS level, $district AS organisation, for_district AS answers, * FROM line
    UNION ALL
    SELECT 'school', school, for_school, * FROM line
),
described AS (
    SELECT
        placed.* EXCLUDE (race, gender_code),
        CASE WHEN min(race) OVER here = max(race) OVER here THEN race ELSE 'NR' END
            AS race_ethnicity,
        CASE WHEN min(gender_code) OVER here = max(gender_code) OVER here THEN gender_code
            ELSE 'NR' END AS gender,
        bool_or(frl) OVER here AS disadvantaged,
        bool_or(iep) OVER here AS disability,
        bool_or(gate) OVER here AS gifted,
        bool_or(ell) OVER here AS english_learner
    FROM placed
    WINDOW here AS (PARTITION BY level, organisation, student, year)
),
followed AS (
    SELECT described.*, before.scale_score AS prior_score
    FROM described
    LEFT JOIN (FROM line WHERE tested) AS before
      ON before.student = described.student AND before.subject = described.subject
      AND before.year = described.year - 1 AND before.grade = described.grade - 1
)
SELECT {CELLS} FROM followed WHERE answers GROUP BY ALL
"""

FOUND = f"""
SELECT {CELLS.replace("count(*) AS expected", "count(*) FILTER (expected) AS expected")}
FROM read_parquet($facts)
GROUP BY ALL
"""


MAPPING = Path(__file__).parents[2] / "examples" / "three-districts" / "mapping.yaml"


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Station:
    made = Station.create(tmp_path_factory.mktemp("real") / "station", DISTRICT, "District 470")
    import_files(made, MAPPING, [sgp_path()])
    return made


def test_every_cell_of_a_real_district_is_the_files_own(station: Station) -> None:
    report = build_facts(station, SILENT)
    con = duckdb.connect()
    con.execute(
        f"CREATE TABLE expected AS {EXPECTED}", {"file": str(sgp_path()), "district": DISTRICT}
    )
    pattern = str(report.folder / "test_result" / "*.parquet")
    con.execute(f"CREATE TABLE found AS {FOUND}", {"facts": pattern})
    assert con.execute("FROM expected EXCEPT FROM found").fetchall() == []
    assert con.execute("FROM found EXCEPT FROM expected").fetchall() == []
    totals = "SELECT sum(expected), sum(tested) FROM found WHERE level = 'district'"
    assert con.execute(totals).fetchall() == [(137_867, 137_142)]


def test_what_no_organisation_answers_for_is_counted_and_leaves_no_fact(station: Station) -> None:
    years = build_facts(station, SILENT).years
    lines = {
        way: sum(year.settled["accountable"].get(way, {}).get("lines", 0) for year in years)
        for way in ("both", "district_only", "school_only", "neither")
    }
    assert sum(lines.values()) == 137_893  # lines of the district in the file
    assert lines == {"both": 137_461, "district_only": 406, "school_only": 0, "neither": 26}
    assert all(year.rows["student_year"] == 0 for year in years)


def test_facts_hold_no_identifier_of_the_district(station: Station, tmp_path: Path) -> None:
    folder = build_facts(station, SILENT).folder
    con = duckdb.connect()
    con.execute(
        "CREATE TABLE id AS SELECT DISTINCT ID AS student FROM read_csv($file, all_varchar = true)",
        {"file": str(sgp_path())},
    )
    query = "SELECT count(*) FROM read_parquet($facts) SEMI JOIN id USING (student)"
    pattern = {"facts": str(folder / "test_result" / "*.parquet")}
    assert con.execute(query, pattern).fetchall() == [(0,)]
