"""A definition as people write it, before its expressions are read.

A file holds one definition, or several that differ in a few words: ``variants`` names them and
gives each its words, which replace ``{word}`` wherever it stands. What is checked and hashed is the
expanded definition; a variant is nothing but less typing.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from accord.base.documents import Source, Written, check_document
from accord.base.errors import InputError
from accord.base.periods import GRADES
from accord.indicators.sourced import Exact, Period, Standing
from accord.indicators.vocabulary import Name

_SLUG = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
_VERSION = re.compile(r"^[0-9]{1,4}\.[0-9]{1,4}$")
_WORD = re.compile(r"\{([a-z_]+)\}")
_LONGEST_SLUG = 60


def _slug(text: str) -> str:
    if not _SLUG.match(text) or len(text) > _LONGEST_SLUG:
        raise ValueError("an id is small letters and digits joined by “-”, such as attendance-rate")
    return text


def _version(text: str) -> str:
    if not _VERSION.match(text):
        raise ValueError("a version is written like 1.0")
    return text


def _grade(text: str) -> str:
    if text not in GRADES:
        raise ValueError(f"a grade is one of {', '.join(GRADES)}")
    return text


def _as_text(value: Any) -> Any:
    """YAML reads ``true`` and ``1`` as what they are; an expression is text all the same."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else value


Slug = Annotated[str, AfterValidator(_slug)]
Expression = Annotated[str, BeforeValidator(_as_text)]
Grade = Annotated[str, BeforeValidator(_as_text), AfterValidator(_grade)]


class WrittenConstant(Written):
    """A number that the expressions use by name, with its source."""

    value: Exact
    meaning: str
    since: Period = Field(alias="from")
    source: str
    standing: Standing


class WrittenSpread(Written):
    """Which sums a mean's standard error is made of."""

    count: Name
    total: Name
    squares: Name


class WrittenDefinition(Written):
    """One definition. Expressions are text; `build` reads and checks them."""

    definition: Slug
    version: Annotated[str, AfterValidator(_version)]
    title: str = Field(min_length=1, max_length=120)
    question: str
    plain: str
    notes: list[str] = Field(default_factory=list)
    fact: Name
    constants: dict[Name, WrittenConstant] = Field(default_factory=dict)
    population: Expression
    grades: list[Grade] | None = Field(default=None, min_length=1)
    sums: dict[Name, Expression] = Field(default_factory=dict)
    numerator: Expression
    denominator: Expression
    value: Expression
    unit: Literal["percent", "points", "score"]
    decimals: int = Field(ge=0, le=6)
    direction: Literal["higher", "lower"]
    strand: Slug
    timing: Literal["leading", "lagging"]
    period_kinds: list[Literal["year", "semester", "month"]] = Field(min_length=1)
    data_statuses: list[Literal["certified", "preliminary", "unofficial"]] = Field(min_length=1)
    levels: list[Literal["district", "school"]] = Field(min_length=1)
    groups: dict[Slug, Expression] = Field(default_factory=dict)
    spread: WrittenSpread | None = None
    interval: Literal["wilson", "t", "none"]
    rests_on: list[str] = Field(default_factory=list)
    source: str
    standing: Standing


class _Variants(Written):
    variants: dict[str, dict[str, str]]


def expand(value: Any, source: Source) -> list[Any]:
    """The plain values of all definitions in a file. Raises `InputError` on broken variants."""
    if not isinstance(value, dict) or "variants" not in value:
        return [value]
    listed = check_document({"variants": value["variants"]}, source, _Variants).variants
    pattern = {name: inner for name, inner in value.items() if name != "variants"}
    return [_fill(pattern, words, source, (name,)) for name, words in listed.items()]


def _fill(value: Any, words: dict[str, str], source: Source, variant: tuple[str]) -> Any:
    if isinstance(value, dict):
        return {name: _fill(inner, words, source, variant) for name, inner in value.items()}
    if isinstance(value, list):
        return [_fill(inner, words, source, variant) for inner in value]
    if not isinstance(value, str):
        return value
    for word in _WORD.findall(value):
        if word not in words:
            raise InputError(
                source.problem(
                    ("variants", *variant),
                    f"The variant has no word for “{{{word}}}”.",
                    f"Add “{word}: …” to it.",
                )
            )
    return _WORD.sub(lambda match: words[match[1]], value)
