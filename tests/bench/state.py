"""A made-up state's facts, made directly in Parquet, for measuring speed and nothing else.

Students are drawn by hashes of their number, so the same size gives the same files. A school has
about 600 students and a district ten schools; most of a school's students are of one race, and
English learners and poverty follow race and school, as they do. A year has two rows of
`student_year` for each student (school and district) and two rows of `test_result` for each of two
subjects in tested grades.

With `events`, days absent are not drawn but added up from absences written one by one, a year at a
time, as facts are made from records.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

YEARS = ("2019-20", "2020-21", "2021-22", "2022-23", "2023-24")

_SCHOOL_SIZE = 600
_SCHOOLS_IN_DISTRICT = 10

_DRAW = "create macro draw(i, what, sides) as (hash(xor(hash(i), hash(what))) % sides)::integer"

_PUPIL = """
create or replace temp table pupil as
with drawn as (
    select i, (draw(i, 'grade', 14) + $year) % 14 - 1 as grade
    from range($students) as t(i)
),
schooled as (
    select *, draw(i, 'district', $districts) as district_number,
        case when grade <= 5 then draw(i, 'elementary', 5)
             when grade <= 8 then 5 + draw(i, 'middle', 3)
             else 8 + draw(i, 'high', 2) end as school_number
    from drawn
),
raced as (
    select *, 10 * district_number + school_number as place,
        case when draw(i, 'like the school', 100) < 60
             then ['HI', 'HI', 'HI', 'WH', 'WH', 'AS', 'AA'][draw(place, 'school', 7) + 1]
             else ['AA', 'AA', 'AI', 'AS', 'AS', 'FI', 'HI', 'HI', 'HI', 'HI', 'HI', 'HI', 'HI',
                   'PI', 'WH', 'WH', 'WH', 'WH', 'MR', 'NR'][draw(i, 'race', 20) + 1]
        end as race_ethnicity,
        draw(i, 'language', 100) * if(race_ethnicity in ('HI', 'AS'), 1, 6) as language
    from schooled
)
select
    i, md5(i::text) as student, grade::smallint as grade,
    format('99{:05d}0000000', district_number) as district,
    format('99{:05d}{:07d}', district_number, school_number + 1) as school,
    race_ethnicity,
    case draw(i, 'gender', 200) when 0 then 'X' when 1 then 'NR'
         else ['F', 'M'][draw(i, 'sex', 2) + 1] end as gender,
    case when language < 28 then 'EL' when language < 50 then 'RFEP' when language < 56 then 'IFEP'
         else 'EO' end as english_status,
    draw(i, 'poverty', 100) < 30 + draw(place, 'poverty', 65) as disadvantaged,
    draw(i, 'iep', 100) < 13 as disability,
    draw(i + $year, 'foster', 200) = 0 as foster,
    draw(i + $year, 'home', 100) < 4 as homeless,
    draw(i, 'migrant', 100) = 0 as migrant,
    draw(i, 'gifted', 100) < 7 as gifted,
    if(draw(i + $year, 'part', 20) = 0, draw(i + $year, 'days', 180), 180) as expected,
    (expected * 0.32 * pow(draw(i + $year, 'absence', 1000) / 1000, 2))::integer as absent,
    draw(i, 'exempt', 200) = 0 as exempt,
    draw(i + $year, 'known', 100) > 0 as attendance_known,
    draw(i + $year, 'suspended', 100) < 4 as suspended
from raced
"""

_EVENTS = """
select i, (date '2019-08-12' + k::integer)::date as date, 1::decimal(3, 2) as days,
    ['excused', 'unexcused', 'other'][draw(i + k, 'reason', 3) + 1] as reason
from (select i, unnest(range(absent)) as k from pupil)
"""

_ABSENT_FROM_EVENTS = """
create or replace temp table absence as
select i, sum(days) as days from read_parquet($events) group by i
"""

_LEVELS = """(
    select 'district' as level, district as organisation, * from pupil
    union all
    select 'school', school, * from pupil
)"""

_COMMON = """
    student, $period as period, level, organisation, grade, race_ethnicity, gender, english_status,
    english_status = 'EL' as english_learner, english_status = 'RFEP' as reclassified,
    english_status in ('EL', 'RFEP') as ever_english_learner,
    english_status = 'RFEP' and draw(i, 'recent', 2) = 0 as recently_reclassified,
    disadvantaged, disability, foster, homeless, migrant, gifted
"""

_STUDENT_YEAR = f"""
select {_COMMON},
    expected > 20 as enrolled_on_census,
    case when attendance_known then expected end::decimal(6, 2) as days_expected,
    case when attendance_known then expected - absent end::decimal(6, 2) as days_attended,
    case when attendance_known then absent end::decimal(6, 2) as days_absent,
    exempt as absence_exempt,
    if(suspended, draw(i, 'length', 6) * 0.5 + 0.5, 0)::decimal(6, 2) as days_suspended,
    days_suspended >= 1 as suspended,
    expected > 150 as stable
from {_LEVELS}
order by level, organisation, student
"""

_TEST_RESULT = f"""
with sat as (
    select *, draw(i, 'sat' || subject, 100) > 3 as sat, 2430 + grade * 15 as standard,
        2180 + draw(i, 'score', 500) + draw(i, subject, 150) as score
    from {_LEVELS}, (values ('mathematics'), ('ela')) as subjects(subject)
    where grade between 3 and 8 or grade = 11
)
select {_COMMON},
    'sbac' as test, subject, true as expected, sat as tested,
    case when sat then score end::integer as scale_score,
    case when sat then 1 + (score >= standard - 80)::integer + (score >= standard)::integer
        + (score >= standard + 80)::integer end::smallint as achievement_level,
    standard::integer as standard_score,
    2180 as lowest_score, 2830 as highest_score,
    (scale_score - standard_score)::integer as distance,
    case when sat and draw(i, 'before', 10) > 0 then score - 25 end::integer as prior_score,
    case when prior_score is not null then 2 end::smallint as prior_level,
    english_status = 'EL' and draw(i, 'arrival', 20) = 0 as first_year_el,
    expected > 150 as continuous
from sat
order by level, organisation, student, subject
"""


@dataclass(frozen=True)
class EventCost:
    """What adding up single absences came to, over all years."""

    events: int
    seconds: float


def make_state(students: int, folder: Path, *, events: bool = False) -> EventCost:
    """Write FACT/PERIOD.parquet for every year into `folder`, unless they are there."""
    cost = EventCost(0, 0.0)
    if (folder / "complete").exists():
        return cost
    for fact in ("student_year", "test_result"):
        (folder / fact).mkdir(parents=True, exist_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": "6GB",
        "temp_directory": str(folder / "spill"),
        "preserve_insertion_order": False,
    }
    with duckdb.connect(config=config) as connection:
        connection.execute(_DRAW)
        for number, period in enumerate(YEARS):
            schools = max(_SCHOOLS_IN_DISTRICT, students // _SCHOOL_SIZE)
            connection.execute(
                _PUPIL,
                {
                    "year": number,
                    "students": students,
                    "districts": schools // _SCHOOLS_IN_DISTRICT,
                },
            )
            if events:
                cost = _add_up_events(connection, folder / "events" / f"{period}.parquet", cost)
            for fact, query in (("student_year", _STUDENT_YEAR), ("test_result", _TEST_RESULT)):
                _write(connection, query.replace("$period", f"'{period}'"), folder, fact, period)
    (folder / "complete").touch()
    return cost


def _add_up_events(connection: duckdb.DuckDBPyConnection, path: Path, cost: EventCost) -> EventCost:
    """Write a year's absences one by one, add them up by student, and believe the sums."""
    path.parent.mkdir(exist_ok=True)
    connection.execute(f"copy ({_EVENTS}) to '{path}' (format parquet, compression zstd)")
    began = time.perf_counter()
    connection.execute(_ABSENT_FROM_EVENTS, {"events": str(path)})
    seconds = time.perf_counter() - began
    found = connection.execute("select sum(days)::bigint from absence").fetchall()[0][0]
    connection.execute(
        """
        create or replace temp table pupil as
        select pupil.* replace (coalesce(days, 0)::integer as absent)
        from pupil left join absence using (i)
        """
    )
    path.unlink()
    return EventCost(cost.events + found, cost.seconds + seconds)


def _write(
    connection: duckdb.DuckDBPyConnection, query: str, folder: Path, fact: str, period: str
) -> None:
    target = folder / fact / f"{period}.parquet"
    connection.execute(f"copy ({query}) to '{target}' (format parquet, compression zstd)")


if __name__ == "__main__":
    make_state(int(sys.argv[1]), Path(sys.argv[2]))
