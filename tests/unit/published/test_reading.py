"""Downloads become figures that name their source; what can't be read is named by its line."""

from __future__ import annotations

import gzip
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from accord.base.errors import InputError
from accord.exchange.published.adding import with_all_students
from accord.exchange.published.figure import Figure, Standing
from accord.exchange.published.keeping import read_figures, shipped, write_figures
from accord.exchange.published.layout import read_layout
from accord.exchange.published.reading import read_published
from accord.exchange.published.years import parse_year
from published_files import CEDAR, COHORT, GRADUATES, HARBOR, written


def figures(path: Path, indicator: str) -> list[Figure]:
    return [each for each in read_published(path).figures if each.indicator == indicator]


def test_a_row_becomes_figures_with_their_place(tmp_path: Path) -> None:
    path = written(
        tmp_path, "cohort_2018-19.csv", COHORT, "9,99,10001,0,All,RH,16,13,81.3,5,38.5,1,7.7"
    )
    graduation, courses, _ = read_published(path).figures
    assert graduation.key == ("2018-19", CEDAR, "all", "graduation-rate", "hispanic")
    assert (graduation.numerator, graduation.denominator) == (13, 16)
    assert graduation.value == Decimal("81.3")
    assert graduation.rate == Fraction(1300, 16)
    assert (graduation.file, graduation.line, graduation.kind) == (
        "cohort_2018-19.csv", 2, "district",
    )  # fmt: skip
    assert (courses.numerator, courses.denominator) == (5, 13), "a–g is over graduates"


def test_tabs_windows_letters_and_gzip_are_read_too(tmp_path: Path) -> None:
    text = COHORT.replace(",", "\t") + "\n9\t99\t10001\t0\tAll\tGF\t20\t10\t50\t5\t50\t*\t*\n"
    path = tmp_path / "cohort1819.txt.gz"
    path.write_bytes(gzip.compress(text.encode("cp1252")))
    found = read_published(path).figures
    assert [each.standing for each in found] == [
        Standing.SHOWN, Standing.SHOWN, Standing.SUPPRESSED,
    ]  # fmt: skip
    assert found[2].numerator is None
    assert found[2].denominator is None, "a hidden figure shows nothing, not even its size"
    assert found[0].year == "2018-19"


def test_rows_that_look_alike_are_told_apart_by_size(tmp_path: Path) -> None:
    path = written(
        tmp_path, "cohort_2018-19.csv", COHORT,
        "9,99,10001,0,All,GF,90,80,88.9,1,1.3,0,0",
        "9,99,10001,0,All,GF,100,85,85,1,1.2,0,0",
    )  # fmt: skip
    some, whole = figures(path, "graduation-rate")
    assert (whole.schools, some.schools) == ("all", "all, some kinds")


def test_an_unknown_code_is_kept_and_counted(tmp_path: Path) -> None:
    path = written(tmp_path, "g.csv", GRADUATES, "9910001,0809,Q,10,4")
    found = read_published(path)
    assert found.figures[0].group == "unlisted:Q"
    assert found.unlisted == {("ETHNIC", "Q"): 1}


def test_all_students_are_the_sum_of_the_groups_that_add_up(tmp_path: Path) -> None:
    path = written(
        tmp_path, "g.csv", GRADUATES,
        "9910001,0809,5,30,6", "9910001,0809,7,10,4", "9920002,0809,7,10,12",
    )  # fmt: skip
    sums = [each for each in with_all_students(read_published(path)) if each.group == "all"]
    assert [(each.cds, each.numerator, each.denominator) for each in sums] == [
        (CEDAR, 10, 40),
        (HARBOR, None, None),
    ]
    assert sums[1].standing is Standing.MISSING, "more eligible graduates than graduates"
    assert "added up" in sums[0].source


def test_only_the_districts_asked_for_are_kept(tmp_path: Path) -> None:
    path = written(tmp_path, "g.csv", GRADUATES, "9910001,0809,5,30,6", "9920002,0809,7,10,4")
    found = read_published(path, districts=[HARBOR])
    assert [each.cds for each in found.figures] == [HARBOR]
    assert found.rows == 2


@pytest.mark.parametrize(
    ("row", "field", "what"),
    [
        ("9910001,0809,5,thirty,6", "GRADS", "not a number"),
        ("9910001,0810,5,30,6", "YEAR", "not a year"),
        ("99100010000,0809,5,30,6", "dist", "not a code of at most 7 digits"),
        ("9.91E+6,0809,5,30,6", "dist", "not a code"),
        ("9910001,0809,5,30", "", "4 fields where the header has 5"),
        ("9910001,0809,5,NaN,6", "GRADS", "not a number"),
    ],
)
def test_a_fault_is_named_by_line_field_and_remedy(
    tmp_path: Path, row: str, field: str, what: str
) -> None:
    path = written(tmp_path, "g.csv", GRADUATES, "9910001,0809,7,10,4", row)
    with pytest.raises(InputError) as caught:
        read_published(path)
    (problem,) = caught.value.problems
    assert (problem.line, problem.field, problem.file) == (3, field, str(path))
    assert what in problem.what
    assert problem.remedy


def test_every_fault_of_a_file_is_listed(tmp_path: Path) -> None:
    path = written(tmp_path, "g.csv", GRADUATES, *["9910001,0809,7,ten,4"] * 3)
    with pytest.raises(InputError) as caught:
        read_published(path)
    assert [problem.line for problem in caught.value.problems] == [2, 3, 4]


def test_a_file_that_no_layout_fits_names_the_nearest(tmp_path: Path) -> None:
    path = written(tmp_path, "g.csv", "dist,YEAR,ETHNIC,GRADS", "9910001,0809,7,10")
    with pytest.raises(InputError, match="cde-graduates.*also needs UC_GRADS"):
        read_published(path)


def test_a_cohort_without_its_year_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "cohort.csv", COHORT, "9,99,10001,0,All,GF,16,13,81.3,5,38.5,1,7.7")
    with pytest.raises(InputError, match="neither inside nor in its name"):
        read_published(path)


@pytest.mark.parametrize("content", [b"", b"\x1f\x8bbroken", b"PK\0\0\0", b"one column\n1\n"])
def test_what_is_no_download_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_published(path)
    assert caught.value.problems[0].remedy


def test_any_other_file_is_read_through_a_layout_of_ones_own(tmp_path: Path) -> None:
    layout = tmp_path / "mine.yaml"
    layout.write_text(
        """
layout: county-report
title: The county's report
source: County office, yearly report
from: 2022-23
standing: documented
organisation: {columns: [code], widths: [7]}
year: {column: year}
group: {fixed: all}
schools: {fixed: all}
suppressed: [n/a]
figures:
  - {indicator: {fixed: enrolment}, numerator: pupils}
""",
        encoding="utf-8",
    )
    path = written(tmp_path, "r.csv", "code|year|pupils", "9910001|2022-2023|1,204",
                   "9920002|2022-2023|n/a")  # fmt: skip
    mine = read_layout(layout)
    found = read_published(path, layouts={mine.layout: mine}).figures
    assert [(each.cds, each.numerator, each.standing) for each in found] == [
        (CEDAR, 1204, Standing.SHOWN),
        (HARBOR, None, Standing.SUPPRESSED),
    ]


def test_school_years_are_written_in_three_styles() -> None:
    assert str(parse_year("2023-2024", "school year")) == "2023-24"
    assert str(parse_year("2024", "year it ends in")) == "2023-24"
    assert [str(parse_year(text, "two digits each")) for text in ("9293", "9900", "0809")] == [
        "1992-93", "1999-00", "2008-09",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="follow"):
        parse_year("0810", "two digits each")


def test_figures_are_kept_as_they_were(tmp_path: Path) -> None:
    kept = tmp_path / "figures.csv"
    write_figures(shipped(), kept)
    assert read_figures(kept) == shipped()
    kept.write_text(kept.read_text("utf-8").replace("shown", "showm", 1), encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_figures(kept)


def test_what_ships_is_about_two_districts_and_names_its_lines() -> None:
    found = shipped()
    assert {each.cds for each in found} == {"10621660000000", "19647250000000"}
    assert all(each.file and each.line > 1 and each.source for each in found)
    progress = [
        (each.name, each.numerator, each.denominator, each.value, each.colour)
        for each in found
        if each.indicator == "english-learner-progress"
        and (each.year, each.group) == ("2023-24", "english-learners")
    ]
    assert progress == [
        ("Fresno Unified", 4074, 10123, Decimal("40.2"), "orange"),
        ("Long Beach Unified", 3285, 7969, Decimal("41.2"), "orange"),
    ]
