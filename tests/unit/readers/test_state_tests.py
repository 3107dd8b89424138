"""State test files, by hand: delimited and fixed-width, in their zip, by layout and by name."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from accord.base.errors import InputError, StateError
from accord.station.records.formats import find_layout, shipped_formats
from unit.readers.desk import ANA, BEN, CAI, CDS, OTHER_CDS, Desk, cells, fixed, joined, reasons

CAASPP, ELPAC, INITIAL = "caaspp-2022", "elpac-2021", "elpac-initial-2023"

TESTED = {
    "RecordType": "01",
    "SSID": ANA,
    "DateofBirth": "2012-05-06",
    "Gender": "F",
    "GradeAssessed": "04",
    "CALPADSSchoolCode": CDS,
    "ReportingEthnicity": "500",
    "EconomicDisadvantageStatus": "Yes",
    "CALPADSIDEAIndicator": "No",
    "FinalTestedSchoolCode": OTHER_CDS,
    "FinalTestCompletedDate": "2022-05-10",
    "Attemptedness": "Y",
    "IncludeIndicator": "Y",
    "ScaleScore": "2480",
    "AchievementLevels": "3",
}
LINES = [
    TESTED,
    TESTED | {"RecordType": "02", "ScaleScore": "2400", "AchievementLevels": "1"},
    # Tested, but not enough for a score that counts.
    TESTED | {"SSID": BEN, "IncludeIndicator": "T", "ScaleScore": "2131", "AchievementLevels": "1"},
    # Exempt in the first year in the country.
    TESTED | {"SSID": CAI, "IncludeIndicator": "E", "ScaleScore": "", "AchievementLevels": "9"},
    # Not enrolled any more: the school where it was tested stands in.
    TESTED | {"SSID": CAI, "RecordType": "02", "IncludeIndicator": "N", "CALPADSSchoolCode": ""}
    | {"ScaleScore": "", "AchievementLevels": "", "FinalTestCompletedDate": ""},
]  # fmt: skip
RESULTS = [
    ("sbac", "ela", CDS, 4, True, 2480, 3, False),
    ("sbac", "mathematics", CDS, 4, True, 2400, 1, False),
    ("sbac", "ela", CDS, 4, True, None, None, False),
    ("sbac", "ela", CDS, 4, False, None, None, True),
    ("sbac", "mathematics", OTHER_CDS, 4, False, None, None, False),
]
SHOWN = "test, subject, school, grade, tested, scale_score, achievement_level, first_year_el"


def delimited(layout: str, lines: Sequence[dict[str, str]]) -> str:
    names = {name: name for name in cells_names(layout)}
    return joined([cells(layout, names), *(cells(layout, line) for line in lines)])


def cells_names(layout: str) -> list[str]:
    return [field.name for field in find_layout(shipped_formats(), layout)[1].fields]


def records(layout: str, lines: Sequence[dict[str, str]]) -> str:
    return "".join(fixed(layout, line) + "\r\n" for line in lines)


def download(desk: Desk, name: str, **inside: str) -> Path:
    path = desk.folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for ending, text in inside.items():
            zipped.writestr(f"{CDS}_CAASPP_Student_Score_Data_File.{ending}", text)
    return path


def test_the_download_as_it_comes(desk: Desk) -> None:
    path = download(desk, "a.zip", csv=delimited(CAASPP, LINES), dat=records(CAASPP, LINES))
    (one,) = desk.bring(path)
    assert desk.rows(one, "tests", SHOWN) == RESULTS
    assert one.manifest.lines.read == 5
    assert "Layout caaspp-2022 (2021-22) fits: 365 fields." in one.manifest.notes
    assert desk.rows(one, "programmes", "DISTINCT programme, school_year") == [("sed", "2021-22")]
    assert desk.rows(one, "students", "race_ethnicity, birth_date")[0] == ("HI", date(2012, 5, 6))


def test_fixed_width_records_say_the_same(desk: Desk) -> None:
    (one,) = desk.bring(desk.file("Student_Results.dat", records(CAASPP, LINES)))
    assert desk.rows(one, "tests", SHOWN) == RESULTS
    assert "Its records have 4,037 signs." in one.manifest.notes


def test_a_record_cut_short_waits_in_quarantine(desk: Desk) -> None:
    text = records(CAASPP, LINES[:2]) + fixed(CAASPP, LINES[2])[:-9].rstrip() + "\r\n\r\n"
    (one,) = desk.bring(desk.file("Student_Results.dat", text))
    lines = one.manifest.lines
    assert (lines.read, lines.loaded, lines.quarantined, lines.set_aside) == (4, 2, 1, 1)
    assert reasons(lines) == {("wrong-record-length", ""): 1}


def test_a_newer_download_of_the_year_takes_the_earlier_ones_place(desk: Desk) -> None:
    first = desk.bring(download(desk, "June.zip", csv=delimited(CAASPP, LINES[:1])))[0]
    second = desk.bring(download(desk, "July.zip", csv=delimited(CAASPP, LINES)))[0]
    assert second.supersedes == first.manifest.snapshot


def test_science_of_an_earlier_year_is_set_aside(desk: Desk) -> None:
    lines = [*LINES, TESTED | {"RecordType": "06", "CASTCurrentYearFlag": "N"}]
    (one,) = desk.bring(desk.file("results.csv", delimited(CAASPP, lines)))
    assert reasons(one.manifest.lines, "set_aside") == {("not-kept", ""): 1}


def test_a_field_that_the_years_layout_has_elsewhere(desk: Desk) -> None:
    text = delimited("caaspp-2021", [line for line in LINES if line["ScaleScore"]])
    moved = text.replace("^IncludeIndicator", "^Include", 1)
    with pytest.raises(InputError, match="none of the formats"):
        desk.bring(desk.file("results.csv", moved))
    extra = "".join(f"new^{line}\r\n" for line in text.splitlines())
    with pytest.raises(InputError) as told:
        desk.bring(desk.file("01234567890123_2021.csv", extra))
    first = told.value.problems[0]
    assert first.what.startswith("The header has 352 fields; this layout has 351.")
    assert told.value.problems[1].field == "1 RecordType"
    assert told.value.problems[1].what.startswith("The header has this field in place 2.")


class TestNewerYearsByName:
    TEXT = (
        "RecordType^SSID^GradeAssessed^CALPADSSchoolCode^EthnicityforTesting^IncludeIndicator^"
        f"ScaleScore^AchievementLevels\n02^{ANA}^11^{CDS}^700^Y^2628^3\n"
    )

    def test_the_name_of_the_file_says_the_year(self, desk: Desk) -> None:
        desk.confirm("caaspp-by-name")
        path = desk.file(
            "CAASPP_Student_Score_Data_File_TestedStudentScoreData_2024.csv", self.TEXT
        )
        (one,) = desk.bring(path)
        assert desk.rows(one, "tests", "school_year, grade, scale_score") == [("2023-24", 11, 2628)]
        assert "Its name says 2023-24." in one.manifest.notes

    def test_or_the_user_does(self, desk: Desk) -> None:
        desk.confirm("caaspp-by-name")
        path = desk.file("results.csv", self.TEXT)
        with pytest.raises(InputError, match="say of which school year it is"):
            desk.bring(path)
        assert desk.bring(path, year="2024-25")[0].manifest.lines.loaded == 1

    def test_once_the_district_has_confirmed_it(self, desk: Desk) -> None:
        with pytest.raises(StateError, match="caaspp-by-name"):
            desk.bring(desk.file("results_2024.csv", self.TEXT))


def test_english_proficiency(desk: Desk) -> None:
    line = {
        "RecordType": "21",
        "SSID": ANA,
        "GradeAssessed": "KN",
        "CALPADSSchoolCode": CDS,
        "FinalTestCompletedDate": "2021-04-10",
        "IncludeIndicator": "Y",
        "OverallScaleScore": "1423",
        "OralLanguageScaleScore": "1430",
        "WrittenLanguageScaleScore": "NS",
        "OverallPL": "3",
        "OralLanguagePL": "3",
        "ListeningPL": "2",
        "SpeakingPL": "NS",
    }
    absent = {"RecordType": "21", "SSID": BEN, "GradeAssessed": "05", "IncludeIndicator": "N"}
    absent |= {"CALPADSSchoolCode": CDS}
    for name, text in (
        ("a.csv", delimited(ELPAC, [line, absent])),
        ("b.dat", records(ELPAC, [line, absent])),
    ):
        (one,) = desk.bring(desk.file(name, text))
        shown = "subject, grade, tested, scale_score, achievement_level"
        assert sorted(desk.rows(one, "tests", shown)) == [
            ("english_oral", 0, True, 1430, 3),
            ("english_proficiency", 0, True, 1423, 3),
            ("english_proficiency", 5, False, None, None),
            ("listening", 0, True, None, 2),
            ("speaking", 0, True, None, None),
        ]


def test_initial_english_proficiency(desk: Desk) -> None:
    line = {
        "RecordType": "22",
        "SSID": ANA,
        "GradeAssessed": "01",
        "CALPADSSchoolCode": CDS,
        "FinalTestCompletedDate": "2022-08-20",
        "IncludeIndicator": "Y",
        "OverallScaleScore": "215",
        "OverallPL": "Novice English learner",
        "CalculatedELAS": "EL",
    }
    alternate = line | {"RecordType": "24", "SSID": BEN}
    (one,) = desk.bring(desk.file("initial.csv", delimited(INITIAL, [line, alternate])))
    assert desk.rows(one, "tests", "test, subject, scale_score, achievement_level") == [
        ("elpac-initial", "english_proficiency", 215, 1)
    ]
    assert reasons(one.manifest.lines) == {("unknown-code", "RecordType"): 1}


class TestZips:
    def test_a_damaged_zip(self, desk: Desk) -> None:
        path = download(desk, "a.zip", csv=delimited(CAASPP, LINES))
        path.write_bytes(path.read_bytes()[:-40])
        with pytest.raises(InputError, match="damaged, cut short"):
            desk.bring(path)

    def test_an_empty_zip(self, desk: Desk) -> None:
        with pytest.raises(InputError, match="The zip is empty"):
            desk.bring(download(desk, "a.zip"))

    def test_two_files_of_one_year(self, desk: Desk) -> None:
        text = delimited(CAASPP, LINES)
        with pytest.raises(InputError, match="two files of one format"):
            desk.bring(download(desk, "a.zip", csv=text, txt=text))
