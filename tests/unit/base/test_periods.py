"""School years and grades."""

from datetime import date

import pytest

from accord.base.periods import GRADES, SchoolYear, grade_number, grade_text


@pytest.mark.parametrize("text", ["2023-24", "2023-2024", "2023–24", "2023/24", "2023_2024"])
def test_a_school_year_is_read_however_districts_write_it(text: str) -> None:
    assert str(SchoolYear.parse(text)) == "2023-24"


@pytest.mark.parametrize("text", ["2023", "2023-25", "2023-2034", "23-24", "", "2023-1924"])
def test_what_is_not_a_school_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="school year"):
        SchoolYear.parse(text)


def test_a_year_runs_from_july_to_june() -> None:
    year = SchoolYear.of(date(2023, 7, 1))
    assert year == SchoolYear.of(date(2024, 6, 30)) == SchoolYear(2023)
    assert SchoolYear.of(date(2024, 7, 1)) == year.plus(1) > year
    assert (year.first_day, year.last_day) == (date(2023, 7, 1), date(2024, 6, 30))


def test_the_century_turns() -> None:
    assert str(SchoolYear.parse("1999-00")) == "1999-00"


def test_grades_go_there_and_back() -> None:
    assert [grade_text(grade_number(grade)) for grade in GRADES] == list(GRADES)
    assert (grade_number("TK"), grade_number("K"), grade_number("12")) == (-1, 0, 12)


@pytest.mark.parametrize("number", [-2, 13])
def test_a_grade_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="stored as"):
        grade_text(number)
