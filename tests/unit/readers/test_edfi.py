"""Ed-Fi interchanges: by hand, hostile ones, and the whole Grand Bend sample."""

from __future__ import annotations

import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from accord.base.errors import InputError
from unit.readers.desk import Desk, reasons

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://ed-fi.org/5.2.0"'


def student(number: str) -> str:
    inside = f"<StudentUniqueId>{number}</StudentUniqueId>"
    return f"<StudentReference><StudentIdentity>{inside}</StudentIdentity></StudentReference>"


def event(number: str, day: str, category: str, length: str = "1") -> str:
    return f"""<StudentSchoolAttendanceEvent>
      <AttendanceEvent><EventDate>{day}</EventDate>
        <AttendanceEventCategory>uri://ed-fi.org/AttendanceEventCategoryDescriptor#{category}</AttendanceEventCategory>
        <EventDuration>{length}</EventDuration></AttendanceEvent>
      {student(number)}
      <SchoolReference><SchoolIdentity><SchoolId>7001</SchoolId></SchoolIdentity></SchoolReference>
      <SessionReference><SessionIdentity><SchoolYear>2021-2022</SchoolYear></SessionIdentity></SessionReference>
    </StudentSchoolAttendanceEvent>"""


def interchange(name: str, *records: str) -> str:
    return f"{HEAD}<Interchange{name} {SPACE}>\n{chr(10).join(records)}\n</Interchange{name}>\n"


ATTENDANCE = interchange(
    "StudentAttendance",
    event("1", "2021-09-01", "Excused Absence"),
    event("1", "2021-09-02", "Unexcused Absence", "0.5"),
    event("2", "2021-09-02", "Tardy"),
    event("2", "2020-09-02", "Excused Absence"),
)


def test_absences(desk: Desk) -> None:
    (one,) = desk.bring(desk.file("attendance.xml", ATTENDANCE))
    shown = "school, school_year, date, CAST(days AS DOUBLE), reason"
    assert desk.rows(one, "absences", shown) == [
        ("7001", "2021-22", date(2021, 9, 1), 1.0, "excused"),
        ("7001", "2021-22", date(2021, 9, 2), 0.5, "unexcused"),
    ]
    assert reasons(one.manifest.lines, "set_aside") == {("no-table", ""): 1}
    assert reasons(one.manifest.lines) == {
        ("absences.outside-the-year", "AttendanceEvent/EventDate"): 1
    }
    assert one.manifest.lines.read == 4


def test_a_zip_of_interchanges_and_what_is_not_read(desk: Desk) -> None:
    students = interchange(
        "Student",
        "<Student><StudentUniqueId>1</StudentUniqueId><Name><FirstName>A</FirstName>"
        "<LastSurname>B</LastSurname></Name><BirthData><BirthDate>2010-01-02</BirthDate>"
        "<BirthSex>uri://ed-fi.org/SexDescriptor#Female</BirthSex></BirthData></Student>",
        "<Person><PersonId>9</PersonId></Person>",
    )
    path = desk.folder / "all.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("a.xml", ATTENDANCE)
        zipped.writestr("b.xml", students)
    done = {one.manifest.source: one for one in desk.bring(path)}
    assert desk.rows(done["edfi-students"], "students", "birth_date, gender") == [
        (date(2010, 1, 2), "F")
    ]
    assert (
        "1 Person, 1 Student, 4 StudentSchoolAttendanceEvent"
        in (done["edfi-students"].manifest.notes[0])
    )


def test_disciplinary_actions_and_programmes(desk: Desk) -> None:
    discipline = interchange(
        "StudentDiscipline",
        "<DisciplineAction><Discipline>uri://x/DisciplineDescriptor#In School Suspension"
        "</Discipline><DisciplineDate>2022-01-18</DisciplineDate>"
        "<DisciplineActionLength>3</DisciplineActionLength><ActualDisciplineActionLength>2"
        f"</ActualDisciplineActionLength>{student('1')}<ResponsibilitySchoolReference>"
        "<SchoolIdentity><SchoolId>7001</SchoolId></SchoolIdentity>"
        "</ResponsibilitySchoolReference></DisciplineAction>",
    )
    programme = interchange(
        "StudentProgram",
        f"<StudentHomelessProgramAssociation>{student('1')}<BeginDate>2021-08-30</BeginDate>"
        "</StudentHomelessProgramAssociation>",
    )
    done = desk.bring(desk.file("d.xml", discipline), desk.file("p.xml", programme), year="2021-22")
    by_source = {one.manifest.source: one for one in done}
    assert desk.rows(by_source["edfi-incidents"], "incidents", "action, CAST(days AS INT)") == [
        ("suspension_in", 2)
    ]
    assert desk.rows(by_source["edfi-homeless"], "programmes", "programme, start_date") == [
        ("homeless", date(2021, 8, 30))
    ]


class TestHostileAndBroken:
    BOMB = (
        HEAD + '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        f"<InterchangeStudent {SPACE}><Student>&b;</Student></InterchangeStudent>"
    )

    @pytest.mark.parametrize(
        "text",
        [
            BOMB,
            HEAD + '<!DOCTYPE x SYSTEM "file:///etc/passwd"><InterchangeStudent/>',
        ],
    )
    def test_declarations_of_entities(self, desk: Desk, text: str) -> None:
        with pytest.raises(InputError, match="declares a document type or entities"):
            desk.bring(desk.file("a.xml", text), year="2021-22")

    def test_cut_short(self, desk: Desk) -> None:
        with pytest.raises(InputError, match="not well-formed XML from here on") as told:
            desk.bring(desk.file("a.xml", ATTENDANCE[:-60]), year="2021-22")
        assert told.value.problems[0].line is not None

    @pytest.mark.parametrize("encoding", ["SENRUTF-8", "utf-7", "big5", "idna", "hex"])
    def test_an_encoding_that_nobody_reads(self, desk: Desk, encoding: str) -> None:
        text = f'<?xml version="1.0" encoding="{encoding}"?>\n<InterchangeStudentAttendance/>\n'
        with pytest.raises(InputError, match="encoding that can't be read|not well-formed") as told:
            desk.bring(desk.file("attendance.xml", text))
        assert told.value.problems[0].line == 1

    def test_nested_without_end(self, desk: Desk) -> None:
        text = interchange("Student", "<a>" * 200 + "</a>" * 200)
        with pytest.raises(InputError, match="nested deeper"):
            desk.bring(desk.file("a.xml", text), year="2021-22")

    def test_another_root(self, desk: Desk) -> None:
        with pytest.raises(InputError, match="no Ed-Fi interchange"):
            desk.bring(desk.file("a.xml", f"{HEAD}<html><body/></html>"), year="2021-22")

    def test_several_years(self, desk: Desk) -> None:
        text = ATTENDANCE.replace("2021-2022", "2022-2023", 1)
        with pytest.raises(InputError, match="name several school years"):
            desk.bring(desk.file("a.xml", text))

    def test_one_kind_in_two_files(self, desk: Desk) -> None:
        with pytest.raises(InputError, match="hold records of the kind"):
            desk.bring(desk.file("a.xml", ATTENDANCE), desk.file("b.xml", ATTENDANCE))


def test_grand_bend_loads_whole(desk: Desk) -> None:
    beside = Path(__file__).parents[4] / "shared" / "data"
    path = Path(os.environ.get("ACCORD_REAL_DATA", beside)) / "edfi_grandbend"
    if not path.is_dir():
        pytest.skip("the Grand Bend sample is not there; set ACCORD_REAL_DATA")
    done = {one.manifest.source: one.manifest.lines for one in desk.bring(path)}
    assert not any(lines.quarantined for lines in done.values())
    assert (done["edfi-students"].read, done["edfi-students"].loaded) == (960, 960)
    assert done["edfi-schools"].loaded == 3
    attendance = done["edfi-absences"]
    assert (attendance.read, attendance.loaded, attendance.set_aside) == (1917, 1850, 67)
