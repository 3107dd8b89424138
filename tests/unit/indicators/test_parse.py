"""What the language allows, and what it says about everything else."""

from __future__ import annotations

import time

import pytest

from accord.indicators.language.canonical import as_json, as_text
from accord.indicators.language.nodes import Literal, MeaningError, Type
from accord.indicators.language.parse import (
    MOST_CHARACTERS,
    MOST_DEEP,
    MOST_NESTED,
    Scope,
    parse,
)

ROWS = Scope(
    noun="column of student_year",
    names={
        "grade": Type.INTEGER,
        "days_absent": Type.DECIMAL,
        "days_expected": Type.DECIMAL,
        "gender": Type.TEXT,
        "foster": Type.BOOLEAN,
    },
    over_cells=False,
    constants={"fewest_days": Literal(31)},
    codes={"gender": {"F": "Female", "M": "Male"}},
    hints={"student": "nobody is singled out"},
)
CELLS = Scope("sum", {"members": Type.INTEGER, "absent": Type.DECIMAL}, over_cells=True)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("GRADE  between 3 AND 8", "grade >= 3 and grade <= 8"),
        ("grade not between 3 and 8", "not (grade >= 3 and grade <= 8)"),
        ("((grade)) != 3", "grade <> 3"),
        ("grade == 3", "grade = 3"),
        ("gender not in ('F')", "not gender in ('F')"),
        ("days_absent is not null", "not (days_absent is null)"),
        ("days_expected >= fewest_days", "days_expected >= 31"),
        ("case when foster then 1 else null end = 1", "case when foster then 1 end = 1"),
        ("- -3 = grade", "3 = grade"),
        ("foster or foster and not foster", "foster or (foster and (not foster))"),
        ("grade - 1 - 2 = 0", "(grade - 1) - 2 = 0"),
        ("1 - grade * 2 > 0", "1 - (grade * 2) > 0"),
        ("days_absent >= 0.10 * days_expected", "days_absent >= 0.1 * days_expected"),
        ("grade in (2, 1)", "grade in (1, 2)"),
    ],
)
def test_spelling_makes_no_difference(written: str, meant: str) -> None:
    assert as_json(parse(written, ROWS)) == as_json(parse(meant, ROWS))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("days_absnt > 3", "no column of student_year “days_absnt”: did you mean “days_absent”?"),
        ("zzz", "it has grade, days_absent, days_expected, gender, foster"),
        ("student = 'a'", "“student” can't be used here: nobody is singled out"),
        ("gender = 'X'", "“X” is no code of gender: it has F, M"),
        ("'X' = gender", "“X” is no code of gender"),
        ("gender in ('F', 'female')", "“female” is no code of gender"),
        ('gender = "F"', "text is written in single quotes"),
        ("gender / 2 > 1", "rows are never divided"),
        ("grade / 2 > 1", "rows are never divided"),
        ("gender + 1 > 1", "“+” needs numbers on both sides, and one side is text"),
        ("gender = 3", "can't compare with “=”: one is text, the other integer"),
        ("foster < true", "true and false have no order"),
        ("grade and foster", "“and” needs a condition, and this is integer"),
        ("-gender = 'F'", "“-” needs a number, and this is text"),
        ("grade in ()", "“in ()” needs at least one choice"),
        ("grade in (grade)", "“in (…)” chooses among constants"),
        ("grade = null", "“null” is only asked for"),
        ("foster is true", "“is” only goes with null"),
        ("case grade when 3 then true end", "write “case when … then … end”"),
        ("case when foster then 1 else 'a' end = 1", "can't choose between them in one “case”"),
        ("greatest(grade) > 1", "take two numbers or more"),
        ("greatest(grade, gender) > 1", "“greatest” compares numbers, and one is text"),
        ("ceil(grade) > 1", "“ceil” is for numerators, denominators and values"),
        ("coalesce(grade, 1) = 1", "“coalesce” is not part of this language"),
        ("grade::text = 'a'", "“cast” is not part of this language"),
        ("gender like 'F%'", "“like” is not part of this language"),
        ("sum(grade) > 1", "“sum” is not part of this language"),
        ("read_csv('x') = 1", "“read_csv” is not part of this language"),
        ("exists (select 1)", "“exists” is not part of this language"),
        ("grade in (select grade)", "this form of “in” is not part of this language"),
        ("grade between symmetric 1 and 2", "this form of “between” is not part"),
        ("t.grade = 1", "this form of “column” is not part of this language"),
        ("grade // 2 = 1", "“intdiv” is not part of this language"),
        ("grade % 2 = 1", "“mod” is not part of this language"),
        ("grade = 1e3", "write the number “1e3” in plain digits"),
        ("grade = 1234567890123456789", "a number has 18 digits at most"),
        ("foster; foster", "one expression is expected here"),
        ("foster -- and gone", "an expression has no comments"),
        ("foster /* and */ and foster", "an expression has no comments"),
        ("foster and", "can't be read (at character 10)"),
        ("gender = 'F", "can't be read"),
        ("  ", "an expression is expected here, and there is none"),
    ],
)
def test_everything_else_is_refused_with_a_sentence(text: str, told: str) -> None:
    with pytest.raises(MeaningError) as caught:
        parse(text, ROWS)
    assert told in str(caught.value)


def test_the_place_of_trouble_is_told() -> None:
    with pytest.raises(MeaningError, match=r"\(at character 12\)$"):
        parse("foster and gradde = 3", ROWS)


def test_cells_divide_and_round_up() -> None:
    text = "100 * greatest(0, ceil(0.95 * members) - absent) / -members"
    assert as_text(parse(text, CELLS)) == text


@pytest.mark.parametrize(
    "text",
    [
        "not " * 400 + "foster",
        "(" * 500 + "foster" + ")" * 500,
        "case when foster then " * 100 + "1" + " end" * 100,
        "greatest(1, " * 200 + "grade" + ")" * 200,
        " and ".join(["foster"] * 290),
        " and ".join(["foster"] * (MOST_DEEP + 1)),
        " or ".join(["grade = 1"] * 2000),
        "grade in (" + ",".join(["1"] * 50_000) + ")",
        "-" * 3000 + "1",
        "[" * 3000,
        "a in (" * 300,
        "x" * 1_000_000,
        "'" * 3999,
        "\x00",
        "🜚 = 1",
    ],
)
def test_hostile_text_is_refused_at_once(text: str) -> None:
    began = time.perf_counter()
    with pytest.raises(MeaningError):
        parse(text, ROWS)
    assert time.perf_counter() - began < 1


def test_the_limits_leave_room() -> None:
    assert parse("(" * MOST_NESTED + "foster" + ")" * MOST_NESTED, ROWS)
    assert parse(" and ".join(["foster"] * (MOST_DEEP - 2)), ROWS)
    assert parse("foster".ljust(MOST_CHARACTERS), ROWS)
