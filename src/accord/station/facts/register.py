"""Numbers in place of names while facts are made.

A pseudonym is 32 letters long and stands in every row of every table; millions of rows are matched
several times on it. So the students who were enrolled, tested or in a
cohort are numbered once, and the schools
too, in the order of their names: queries see the numbers, and the names come back as facts are
written. The district is organisation 0. Rows about anyone else find no number and fall away.
"""

from __future__ import annotations

from accord.station.facts.workbench import Step, Workbench
from accord.station.records.model import Table, record_model

DISTRICT = 0

_NAMES_NO_OTHER_SCHOOLS = ("absences",)  # and is far too large to read for that

_PSEUDONYMS = """
SELECT student AS pseudonym, (row_number() OVER (ORDER BY student))::INTEGER AS student
FROM (
    SELECT student FROM records.enrolments
    UNION SELECT student FROM records.tests
    UNION SELECT student FROM records.cohorts
)
"""

_ORGANISATIONS = """
SELECT 'school' AS level, name, number AS organisation FROM school_numbers
UNION ALL
SELECT 'district', district_name(), district()
"""


def take_numbers(workbench: Workbench, district: str) -> None:
    """Number students and schools, and show each table of records with numbers for names.

    Afterwards `pseudonyms` (pseudonym, student) and `organisations` (level, name, organisation)
    give the names back.
    """
    tables = [t for t in record_model().tables if not t.apart and "student" in t.columns]
    workbench.let({"district": DISTRICT, "district_name": district})
    workbench.keep(
        [
            Step("pseudonyms", _PSEUDONYMS),
            Step("school_numbers", _schools([t for t in tables if "school" in t.columns])),
            Step("organisations", _ORGANISATIONS),
        ]
    )
    for table in tables:
        workbench.show(table.name, _numbered(table))


def _schools(tables: list[Table]) -> str:
    named = "\nUNION\n".join(
        f"SELECT school FROM records.{table.name} WHERE school IS NOT NULL"
        for table in tables
        if table.name not in _NAMES_NO_OTHER_SCHOOLS
    )
    return f"""
SELECT school AS name, (row_number() OVER (ORDER BY school))::INTEGER AS number
FROM ({named})
"""


def _numbered(table: Table) -> str:
    numbers = {"student": "pseudonyms.student", "school": "school_numbers.number AS school"}
    columns = ", ".join(numbers.get(name, f"raw.{name}") for name in table.columns)
    school = ""
    if "school" in table.columns:
        join = "JOIN" if table.field("school").required else "LEFT JOIN"
        school = f"{join} school_numbers ON school_numbers.name = raw.school"
    return f"""
SELECT {columns}
FROM records.{table.name} AS raw
JOIN pseudonyms ON pseudonyms.pseudonym = raw.student
{school}
"""
