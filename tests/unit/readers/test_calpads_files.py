"""CALPADS extracts by hand, a few lines each: what is read from which field, what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from accord.base.errors import InputError, StateError
from accord.station.records.formats import find_layout, shipped_formats
from unit.readers.desk import (
    ANA,
    BEN,
    CAI,
    CDS,
    LEA,
    OTHER,
    OTHER_CDS,
    SCHOOL,
    Desk,
    cells,
    joined,
    reasons,
)

SENR, SENR_2015 = "calpads-senr-2016", "calpads-senr-2015"


def senr(student: str, layout: str = SENR, **more: str) -> list[str]:
    """An enrolment in grade 9 from August 15; `more` by the words of the layout."""
    plain = {
        "Record Type Code": "SENR",
        "Reporting LEA": LEA,
        "School of Attendance": SCHOOL,
        "Academic Year ID": "2023-2024",
        "SSID": student,
        "Student Birth Date": "05/06/2009",
        "Student Gender Code": "F",
        "Enrollment Start Date": "08/15/2023",
        "Enrollment Status Code": "10",
        "Grade Level Code": "09",
    }
    return cells(layout, plain | {name.replace("_", " "): value for name, value in more.items()})


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


def test_a_layout_that_is_not_verified_waits_for_the_district(desk: Desk) -> None:
    path = desk.file("SENR.txt", joined([senr(ANA)]))
    with pytest.raises(
        StateError, match=r"confirms layout calpads-senr-2016.*1\.05 School"
    ) as told:
        desk.bring(path)
    assert "accord layouts confirm" in str(told.value)
    desk.confirm(SENR)
    assert desk.bring(path)[0].manifest.lines.loaded == 1


def test_a_verified_layout_needs_no_confirmation(desk: Desk) -> None:
    row = senr(ANA, SENR_2015, Academic_Year_ID="2015-2016", Enrollment_Start_Date="08/17/2015")
    (one,) = desk.bring(desk.file("SENR.txt", joined([row])))
    assert desk.rows(one, "enrolments", "school_year") == [("2015-16",)]


def test_it_says_what_the_file_is_taken_for_and_why(desk: Desk) -> None:
    (taken,) = desk.look(desk.file("SENR.txt", joined([senr(ANA), senr(BEN)])))
    assert taken.why == (
        "Taken for: CALPADS, SSID enrolment (SENR).",
        "Its lines begin with SENR, and carets divide them.",
        "Layout calpads-senr-2016 (from 2016-17) fits: 35 fields.",
        "Its lines are of 2023-24.",
    )
    assert not taken.is_confirmed


def test_a_workbook_with_a_header(desk: Desk) -> None:
    desk.confirm(SENR)
    layout = find_layout(shipped_formats(), SENR)[1]
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append([field.name for field in layout.fields])
    book.active.append(senr(ANA))
    path = desk.folder / "enrolment.xlsx"
    book.save(path)
    (one,) = desk.bring(path)
    assert desk.rows(one, "enrolments", "school, grade, line") == [(CDS, 9, 2)]


def test_ssids_that_a_spreadsheet_has_spoiled(desk: Desk) -> None:
    desk.confirm(SENR)
    rows = [senr(ANA), senr("123456789"), senr("1.23457E+09"), senr("12345X7890")]
    (one,) = desk.bring(desk.file("SENR.csv", joined(rows, ",")))
    assert reasons(one.manifest.lines) == {
        ("lost-leading-zeros", "SSID"): 1,
        ("number-notation", "SSID"): 1,
        ("not-the-digits", "SSID"): 1,
    }
    assert one.manifest.lines.loaded == 1


def test_schools_that_a_spreadsheet_has_spoiled(desk: Desk) -> None:
    desk.confirm(SENR)
    rows = [senr(ANA), *(senr(ANA, School_of_Attendance="123456") for _ in range(1))]
    (one,) = desk.bring(desk.file("SENR.csv", joined(rows, ",")))
    assert reasons(one.manifest.lines) == {("not-a-cds-code", "School CDS"): 1}


def test_an_unknown_code_is_kept_listed_and_counts_as_missing(desk: Desk) -> None:
    desk.confirm(SENR)
    rows = [senr(ANA, Enrollment_Status_Code="77"), senr(BEN)]
    (one,) = desk.bring(desk.file("SENR.txt", joined(rows)))
    assert one.manifest.lines.loaded == 2
    assert reasons(one.manifest.lines, "kept") == {("kept-code", "Enrollment Status Code"): 1}
    assert one.quarantine is not None
    lines = openpyxl.load_workbook(one.quarantine)["Lines"]
    assert [cell.value for cell in lines[2]][:4] == [
        1,
        None,
        "enrolments",
        "Enrollment Status Code",
    ]


def test_preschool_and_adults_are_set_aside_and_an_unknown_grade_is_not(desk: Desk) -> None:
    desk.confirm(SENR)
    rows = [senr(ANA), *(senr(f"100000010{n}") for n in range(6))]
    rows += [senr(BEN, Grade_Level_Code="AD"), senr(CAI, Grade_Level_Code="Q9")]
    (one,) = desk.bring(desk.file("SENR.txt", joined(rows)))
    assert reasons(one.manifest.lines, "set_aside") == {("not-kept", ""): 1}
    assert reasons(one.manifest.lines) == {("grade-out-of-range", "Grade Level Code"): 1}


class TestLayoutsThatDoNotFit:
    def test_the_field_the_line_what_was_found_and_which_layout_would_fit(self, desk: Desk) -> None:
        row = senr(ANA, SENR_2015, Academic_Year_ID="2023-2024")
        with pytest.raises(InputError) as told:
            desk.bring(desk.file("SENR.txt", joined([row, row])))
        (problem,) = told.value.problems
        assert problem.line == 1
        assert problem.what == (
            "The line has 32 fields; this layout has 35. Layout calpads-senr-2016 (from 2016-17) "
            "does not fit. Layout calpads-senr-2015 (2014-15 to 2015-16) would fit."
        )

    def test_the_layout_of_another_year_can_be_named(self, desk: Desk) -> None:
        row = senr(ANA, SENR_2015)
        (one,) = desk.bring(desk.file("SENR.txt", joined([row])), named=SENR_2015)
        assert desk.rows(one, "enrolments", "school_year") == [("2023-24",)]

    def test_fields_that_have_moved(self, desk: Desk) -> None:
        rows = [senr(student) for student in (ANA, BEN, CAI)]
        for row in rows:
            row.insert(7, row.pop(9))  # a first name, blank here, before the SSID
            row[7] = "Given"
        with pytest.raises(InputError) as told:
            desk.bring(desk.file("SENR.txt", joined(rows)))
        first = told.value.problems[0]
        assert (first.line, first.field) == (1, "1.08 SSID")
        assert first.what.startswith(
            "Here are 5 signs without a digit where the 10 digits of an SSID belongs."
        )
        assert "Given" not in str(told.value)

    def test_a_mixture_of_years(self, desk: Desk) -> None:
        desk.confirm(SENR)
        rows = [senr(ANA), senr(BEN), senr(CAI, Academic_Year_ID="2022-2023")]
        file = desk.file("SENR.txt", joined(rows))
        (seen,) = desk.look(file)
        assert "Of its first lines 2 are of 2023-24, 1 of another year." in seen.why
        with pytest.raises(InputError, match="2023-24 on 2 lines, first on line 1; 2022-23 on 1"):
            desk.bring(file)

    def test_a_mixture_of_record_types(self, desk: Desk) -> None:
        rows = [senr(ANA), senr(BEN), ["SINF", *senr(CAI)[1:]], ["SINF", *senr(CAI)[1:]]]
        with pytest.raises(InputError, match="several record types: SENR, SINF"):
            desk.bring(desk.file("both.txt", joined(rows)))

    def test_a_record_type_that_nothing_reads(self, desk: Desk) -> None:
        with pytest.raises(InputError, match="begin with SDEM, a record type that is not read"):
            desk.bring(desk.file("staff.txt", joined([["SDEM", *senr(ANA)[1:]]])))

    def test_a_year_that_is_not_over_needs_a_day(self, desk: Desk) -> None:
        desk.confirm(SENR)
        row = senr(ANA, Academic_Year_ID="2058-2059", Enrollment_Start_Date="08/15/2058")
        path = desk.file("SENR.txt", joined([row]))
        with pytest.raises(InputError, match="2058-59 is not over"):
            desk.bring(path)
        assert desk.bring(path, as_of=date(2058, 10, 1))[0].manifest.as_of == date(2058, 10, 1)


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
