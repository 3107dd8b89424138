"""The kinds of value that a charter is written in, each refused with a sentence when it is wrong.

Decimals stay exact (they are read from text, never through floating-point numbers), days and school
years are real ones, text can be shown and printed anywhere, and ids are safe in a file's name.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, PlainValidator

from accord.base.numbers import decimal_text
from accord.base.periods import SchoolYear
from accord.base.signing import parse_public, public_text

PENDING = "pending"
"""What a draft has in the place of a party's key until the party has made one."""

FILL_IN = "FILL IN"
"""What a blank charter has wherever its districts write their own words (`replicating`)."""

EVERY: Literal["all"] = "all"
"""Every district, group, grade or indicator that the charter names; also the group of all."""

_LONGEST_TEXT = 10_000
_LONGEST_NAME = 200
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DISTRICT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38}[A-Za-z0-9])?")
_REFERENCE = re.compile(rf"(?P<id>{_ID.pattern})@(?P<version>[0-9]+(?:\.[0-9]+)*)")
_DECIMAL = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HASH = re.compile(r"sha256:[0-9a-f]{64}")


def _text(value: str) -> str:
    if not value:
        raise ValueError("this is empty")
    if len(value) > _LONGEST_TEXT:
        raise ValueError(f"this is longer than {_LONGEST_TEXT:,} characters")
    if any(_is_unprintable(sign) for sign in value):
        raise ValueError("this holds a character that can't be printed or that reorders text")
    return value


def _is_unprintable(sign: str) -> bool:
    code = ord(sign)
    reorders = 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    is_no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    control = unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t"
    return reorders or is_no_character or control


def _name(value: str) -> str:
    _text(value)
    if "\n" in value or "\t" in value or len(value) > _LONGEST_NAME:
        raise ValueError(f"this is one line of at most {_LONGEST_NAME} characters")
    return value


def _id(value: str) -> str:
    if len(value) > 80 or not _ID.fullmatch(value):
        raise ValueError("an id is lower-case letters and digits, with single hyphens between")
    return value


def _whole_number_as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _district(value: str) -> str:
    if not _DISTRICT.fullmatch(value):
        raise ValueError("a district's id is at most 40 letters, digits, “-” and “_”")
    return value


def _reference(value: str) -> str:
    if len(value) > 100 or not _REFERENCE.fullmatch(value):
        raise ValueError("a definition is named by id and version, like chronic-absenteeism@1.0")
    return value


def _hash(value: str) -> str:
    if not _HASH.fullmatch(value):
        raise ValueError("a hash is “sha256:” and 64 of the signs 0–9 and a–f")
    return value


def _key(value: str) -> str:
    return value if value == PENDING else public_text(parse_public(value))


def _exact(value: Any) -> Decimal:
    written = _whole_number_as_text(value)
    if not isinstance(written, str) or not _DECIMAL.fullmatch(written.strip()):
        raise ValueError("a number is written like 95 or 2.5, with at most six decimals")
    return Decimal(written.strip())


def _day(value: Any) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value.strip()):
        raise ValueError("a date is written like 2022-08-15")
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        raise ValueError("there is no such day") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"a date lies between {_FIRST_YEAR} and {_LAST_YEAR}")
    return day


def _year(value: Any) -> SchoolYear:
    if not isinstance(value, str):
        raise ValueError("a school year is written like 2023-24")
    year = SchoolYear.parse(value)
    if not _FIRST_YEAR <= year.start <= _LAST_YEAR:
        raise ValueError(f"a school year lies between {_FIRST_YEAR} and {_LAST_YEAR}")
    return year


def _selection(value: Any) -> Literal["all"] | tuple[str, ...]:
    if value == EVERY:
        return EVERY
    if not isinstance(value, list | tuple) or not all(
        isinstance(part, str) and len(part) <= _LONGEST_NAME for part in value
    ):
        raise ValueError("this is the word all, or a list like [a, b]")
    if not value:
        raise ValueError("this list is empty, so nothing would leave; name some, or write all")
    return tuple(value)


Text = Annotated[str, AfterValidator(_text)]
Name = Annotated[str, AfterValidator(_name)]
Id = Annotated[str, AfterValidator(_id)]
DistrictId = Annotated[str, BeforeValidator(_whole_number_as_text), AfterValidator(_district)]
Reference = Annotated[str, AfterValidator(_reference)]
Hash = Annotated[str, AfterValidator(_hash)]
Key = Annotated[str, AfterValidator(_key)]
Exact = Annotated[Decimal, PlainValidator(_exact), PlainSerializer(decimal_text)]
Day = Annotated[date, PlainValidator(_day), PlainSerializer(date.isoformat)]
Year = Annotated[SchoolYear, PlainValidator(_year), PlainSerializer(str)]
Count = Annotated[int, Field(strict=True, ge=0, le=1_000)]
Selection: TypeAlias = Annotated[
    Literal["all"] | tuple[str, ...],
    PlainValidator(_selection),
    PlainSerializer(lambda chosen: chosen if chosen == EVERY else list(chosen)),
]


def id_of(reference: str) -> str:
    """The indicator's id in a definition reference: ``chronic-absenteeism@1.0`` without its end."""
    return reference.partition("@")[0]


def version_of(reference: str) -> str:
    """The version in a definition reference: ``1.0``."""
    return reference.partition("@")[2]
