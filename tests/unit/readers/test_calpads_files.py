"""CALPADS extracts by hand, a few lines each: what is read from which field, what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from accord.base.errors import InputError
from unit.readers.desk import (
    ANA,
    BEN,
    CAI,
    CDS,
    LEA,
    OTHER,
    OTHER_CDS,
    SCHOOL,
    SENR,
    Desk,
    cells,
    joined,
    reasons,
    senr,
)


@pytest.mark.parametrize("delimiter", [",", "^"])
def test_enrolments(desk: Desk, delimiter: str) -> None:
    desk.confirm(SENR)
    rows = [
        senr(ANA),
        senr(BEN, School_of_Attendance=OTHER, Enrollment_Status_Code="20"),
        senr(
            CAI,
            Grade_Level_Code="12",
            Enrollment_Exit_Date="06/06/2024",
            Student_Exit_Reason_Code="E230",
            Student_School_Completion_Status_Code="100",
            Student_Met_all_UC_CSU_Requirements_Indicator="Y",
            Student_Seal_of_Biliteracy_Indicator="N",
        ),
    ]
    (one,) = desk.bring(desk.file("SENR.txt", joined(rows, delimiter)))
    assert (one.manifest.lines.read, one.manifest.lines.loaded) == (3, 3)
    assert desk.rows(
        one, "enrolments", "school, grade, entry_date, exit_reason, enrolment_type"
    ) == [
        (CDS, 9, date(2023, 8, 15), None, "primary"),
        (OTHER_CDS, 9, date(2023, 8, 15), None, "secondary"),
        (CDS, 12, date(2023, 8, 15), "E230", "primary"),
    ]
    assert desk.rows(one, "completions", "date, kind, a_g_met, seal_of_biliteracy, line") == [
        (date(2024, 6, 6), "100", True, False, 3)
    ]
    assert one.manifest.as_of == date(2024, 6, 30)


def test_preschool_and_adults_are_set_aside_and_an_unknown_grade_is_not(desk: Desk) -> None:
    desk.confirm(SENR)
    rows = [senr(ANA), *(senr(f"100000010{n}") for n in range(6))]
    rows += [senr(BEN, Grade_Level_Code="AD"), senr(CAI, Grade_Level_Code="Q9")]
    (one,) = desk.bring(desk.file("SENR.txt", joined(rows)))
    assert reasons(one.manifest.lines, "set_aside") == {("not-kept", ""): 1}
    assert reasons(one.manifest.lines) == {("grade-out-of-range", "Grade Level Code"): 1}


def test_students_and_their_names(desk: Desk) -> None:
    layout = "calpads-sinf-2016"
    desk.confirm(layout)
    plain = {
        "Record Type Code": "SINF",
        "Effective Start Date": "08/15/2023",
        "Reporting LEA": LEA,
        "School of Attendance": SCHOOL,
        "Academic Year ID": "2023-2024",
        "Student Legal First Name": "First",
        "Student Legal Last Name": "Last",
        "Student Birth Date": "05/06/2009",
    }

    def sinf(student: str, gender: str, hispanic: str, *races: str) -> list[str]:
        told = {f"Student Race {n} Code": code for n, code in enumerate(races, start=1)}
        more = {"SSID": student, "Student Gender Code": gender}
        return cells(
            layout, plain | more | told | {"Student Hispanic Ethnicity Indicator": hispanic}, 57
        )

    rows = [
        sinf("1000000001", "F", "Y", "700"),  # Hispanic counts before any race
        sinf("1000000002", "M", "N", "201", "208"),  # two codes of one group are one race
        sinf("1000000003", "X", "N", "600", "700"),
        sinf("1000000004", "F", "N", "400"),
        sinf("1000000005", "U", "N"),
        sinf("1000000006", "F", "N", "999"),
    ]
    (one,) = desk.bring(desk.file("SINF.txt", joined(rows)))
    assert desk.rows(one, "students", "gender, race_ethnicity") == [
        ("F", "HI"),
        ("M", "AS"),
        ("X", "MR"),
        ("F", "FI"),
        ("NR", "NR"),
        ("F", None),
    ]
    assert reasons(one.manifest.lines, "kept") == {("kept-code", "Reporting race"): 1}
    assert "names" not in one.manifest.tables


def test_english_status_and_two_statuses_on_one_day(desk: Desk) -> None:
    def sela(student: str, status: str, day: str) -> list[str]:
        return cells(
            "calpads-sela-2015",
            {
                "Record Type Code": "SELA",
                "Reporting LEA": LEA,
                "School of Attendance": SCHOOL,
                "Academic Year ID": "2023-2024",
                "SSID": student,
                "English Language Acquisition Status Code": status,
                "English Language Acquisition Status Start Date": day,
            },
        )

    rows = [
        sela(ANA, "EL", "08/15/2016"),
        sela(ANA, "RFEP", "05/20/2023"),
        sela(BEN, "EL", "08/15/2016"),
        sela(BEN, "RFEP", "08/15/2016"),
        sela(CAI, "EO", "20160815"),
    ]
    (one,) = desk.bring(desk.file("SELA.txt", joined(rows)))
    assert desk.rows(one, "english_status", "status, start_date") == [
        ("EL", date(2016, 8, 15)),
        ("RFEP", date(2023, 5, 20)),
        ("EO", date(2016, 8, 15)),
    ]
    assert reasons(one.manifest.lines) == {("conflicting-repeat", ""): 2}


def test_programmes(desk: Desk) -> None:
    layout = "calpads-sprg-2016"
    desk.confirm(layout)

    def sprg(student: str, code: str) -> list[str]:
        return cells(
            layout,
            {
                "Record Type Code": "SPRG",
                "Reporting LEA": LEA,
                "School of Attendance": SCHOOL,
                "Academic Year ID": "2023-2024",
                "SSID": student,
                "Education Program Code": code,
                "Education Program Membership Start Date": "07/01/2023",
            },
        )

    rows = [sprg(ANA, "181"), sprg(ANA, "144"), sprg(BEN, "191"), sprg(CAI, "108")]
    (one,) = desk.bring(desk.file("SPRG.txt", joined(rows)))
    assert desk.rows(one, "programmes", "programme, school, start_date") == [
        ("sed", CDS, date(2023, 7, 1)),
        ("disability", CDS, date(2023, 7, 1)),
        ("homeless", CDS, date(2023, 7, 1)),
    ]
    assert reasons(one.manifest.lines, "set_aside") == {("no-table", ""): 1}


def test_absence_summaries(desk: Desk) -> None:
    layout = "calpads-stas-2017"
    desk.confirm(layout)

    def stas(student: str, **days: str) -> list[str]:
        plain = {
            "Record Type Code": "STAS",
            "Reporting LEA": LEA,
            "School of Attendance": SCHOOL,
            "Academic Year ID": "2023-2024",
            "SSID": student,
            "Expected Attendance Days": "180",
        }
        named = {
            "out": "Days Absent Out-of-School Suspension",
            "in_": "Days in Attendance In-School Suspension",
            "excused": "Days Absent Excused Non-Suspension",
            "unexcused": "Days Absent Unexcused Non-Suspension",
            "independent": "Incomplete Independent Study Days",
            "exempt": "Student Absence Summary Data Collection Exemption Indicator",
        }
        return cells(layout, plain | {named[name]: value for name, value in days.items()})

    rows = [
        # 2 out of school + 3.5 excused + 4 unexcused + 1 of independent study; the day of
        # suspension in school is attended
        stas(ANA, out="2", in_="1", excused="3.5", unexcused="4", independent="1"),
        stas(BEN, exempt="Y"),
        stas(CAI, excused="many"),
    ]
    rows += [stas(f"100000010{n}", excused="0") for n in range(5)]
    (one,) = desk.bring(desk.file("STAS.txt", joined(rows)))
    first, second = desk.rows(one, "attendance", "days_expected, days_absent, absence_exempt")[:2]
    assert (float(first[0]), float(first[1]), first[2]) == (180.0, 10.5, False)
    assert (second[1], second[2]) == (None, True)
    assert reasons(one.manifest.lines) == {("not-a-number", "Days Absent"): 1}


def test_courses(desk: Desk) -> None:
    desk.confirm("calpads-scsc-2016", "calpads-crsc-2016")
    head = {
        "Reporting LEA": LEA,
        "School of Course Delivery": SCHOOL,
        "Academic Year ID": "2023-2024",
    }
    marks = [
        {
            "SSID": ANA,
            "Local Course ID": "ALG1",
            "Academic Term Code": "S1",
            "Student Course Final Grade": "B-",
        },
        {
            "SSID": BEN,
            "Local Course ID": "ALG1",
            "Academic Term Code": "ZZ",
            "Student Course Final Grade": "F",
        },
    ]
    more = {
        "Student Credits Attempted": "5.0",
        "Student Credits Earned": "5.0",
        "Course Section ID": "7",
    }
    scsc = [
        cells("calpads-scsc-2016", {"Record Type Code": "SCSC"} | head | more | row)
        for row in marks
    ]
    course = {"CRS-State Course Code": "9200", "CRS-Local Course ID": "ALG1"}
    crsc = [
        cells("calpads-crsc-2016", {"Record Type Code": "CRSC"} | head | course, 30)
        for _ in range(2)
    ]
    taken, listed = desk.bring(
        desk.file("SCSC.txt", joined(scsc)), desk.file("CRSC.txt", joined(crsc))
    )
    assert [row[:3] for row in desk.rows(taken, "courses", "course_code, term, mark")] == [
        ("ALG1", "S1", "B-"),
        ("ALG1", None, "F"),
    ]
    assert reasons(taken.manifest.lines, "kept") == {("kept-code", "Academic Term Code"): 1}
    assert desk.rows(listed, "course_list", "course_code, state_code, school") == [
        ("ALG1", "9200", CDS)
    ]
    assert reasons(listed.manifest.lines, "set_aside") == {("repeated-line", ""): 1}


HEAD = {"Reporting LEA": LEA, "School of Attendance": SCHOOL, "Academic Year ID": "2023-2024"}


class TestIncidents:
    def incidents(self, *known: str) -> str:
        return joined(
            [
                cells(
                    "calpads-sinc-2019",
                    HEAD
                    | {
                        "Record Type Code": "SINC",
                        "Incident ID Local": each,
                        "Incident Occurrence Date": "10/03/2023",
                    },
                )
                for each in known
            ]
        )

    def results(self, *rows: tuple[str, str, str, str]) -> str:
        names = (
            "Incident ID Local",
            "SSID",
            "Incident Result Code",
            "Incident Result Duration Days",
        )
        return joined(
            [
                cells(
                    "calpads-sirs-2019",
                    HEAD | {"Record Type Code": "SIRS"} | dict(zip(names, row, strict=True)),
                )
                for row in rows
            ]
        )

    def test_results_take_their_days_from_the_incidents(self, desk: Desk) -> None:
        desk.confirm("calpads-sinc-2019", "calpads-sirs-2019")
        results = self.results(
            ("i1", ANA, "100", "2.0"), ("i1", BEN, "110", "0.5"), ("i2", CAI, "700", "")
        )
        files = [
            desk.file("SINC.txt", self.incidents("i1", "i2")),
            desk.file("SIRS.txt", results),
        ]
        (one,) = desk.bring(*files)
        rows = desk.rows(one, "incidents", "date, action, CAST(days AS DOUBLE)")
        assert rows == [
            (date(2023, 10, 3), "suspension_out", 2.0),
            (date(2023, 10, 3), "suspension_in", 0.5),
            (date(2023, 10, 3), "other", 0.0),
        ]

    def test_a_result_of_an_incident_that_is_not_there(self, desk: Desk) -> None:
        desk.confirm("calpads-sinc-2019", "calpads-sirs-2019")
        results = self.results(("i1", ANA, "100", "2.0"), ("i9", BEN, "100", "1.0"))
        files = [desk.file("SINC.txt", self.incidents("i1")), desk.file("SIRS.txt", results)]
        (one,) = desk.bring(*files)
        found = reasons(one.manifest.lines)
        assert found[("no-such-record", "Incident ID Local")] == 1
        assert one.manifest.lines.loaded == 1

    def test_results_alone(self, desk: Desk) -> None:
        desk.confirm("calpads-sinc-2019", "calpads-sirs-2019")
        path = desk.file("SIRS.txt", self.results(("i1", ANA, "100", "2.0")))
        with pytest.raises(InputError, match="refer to those of calpads-sinc of 2023-24"):
            desk.bring(path)

    def test_incidents_alone(self, desk: Desk) -> None:
        desk.confirm("calpads-sinc-2019")
        with pytest.raises(InputError, match="fill nothing by themselves"):
            desk.bring(desk.file("SINC.txt", self.incidents("i1")))


def test_the_cohort(desk: Desk) -> None:
    desk.confirm("calpads-cohort-2017")
    text = (
        "SchoolCode,SchoolName,SSID,CohortCategory,UCCSURequirementsMet\n"
        f"{CDS},Apple High,{ANA},HSDiplomaGraduate,Y\n"
        f"{CDS},Apple High,{BEN},Still Enrolled,N\n"
        f"{CDS},Apple High,{CAI},SomethingElse,N\n"
    )
    path = desk.file("15.2 details.csv", text)
    with pytest.raises(InputError, match="say of which school year"):
        desk.bring(path)
    (one,) = desk.bring(path, year="2023-24")
    assert desk.rows(one, "cohorts", "cohort, outcome, a_g_met") == [
        ("2023-24", "graduate", True),
        ("2023-24", "enrolled", False),
    ]
    assert reasons(one.manifest.lines) == {("unknown-code", "CohortCategory"): 1}


def test_postsecondary_statuses(desk: Desk, tmp_path: Path) -> None:
    desk.confirm("calpads-psts-2019")
    text = (
        "Record Type Code^Academic Year ID^Reporting LEA^School of Attendance^SSID^"
        "Education Program Participation Type Code^Postsecondary Status Code\n"
        f"PSTS^2023-2024^{LEA}^{SCHOOL}^{ANA}^CTE^200\n"
    )
    (one,) = desk.bring(desk.file("PSTS.txt", text))
    assert desk.rows(one, "postsecondary_statuses", "school, status") == [(CDS, "200")]
