"""From the text of a cell to the value of a field, in SQL, with the checks that go with it.

Everything with a closed list of spellings (codes, grades, school years, yes and no) goes through a
*lookup*: a DuckDB enumeration of the spellings and a list of what each stands for. That is exact,
as fast for a thousand codes as for two, and treats what is not on the list as unknown. What codes
and school years stand for is an enumeration too: DuckDB writes it to Parquet as text ten times as
fast as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from accord.base.canonical import content_hash, short_hash
from accord.base.periods import GRADES, SchoolYear, grade_number
from accord.station.records.mapping import ColumnMapping, Unit, Value
from accord.station.records.model import Field, FieldType
from accord.station.records.sql import literal, literals

ANY = "*"
ISO_DATE = "%Y-%m-%d"
CDS = "cds"

SCHOOL_YEARS = tuple(map(SchoolYear, range(1980, 2060)))
_PAIRED = {
    f"YYYY{mark}{second}": (mark, len(second))
    for mark in ("-", "–", "/", "_", "")
    for second in ("YY", "YYYY")
}
_SINGLE = {"YYYY first": 0, "YYYY last": 1}
SCHOOL_YEAR_FORMATS = (*_PAIRED, *_SINGLE)
_DEFAULT_SCHOOL_YEARS = tuple(name for name, (mark, _) in _PAIRED.items() if mark)

_YES = ("true", "True", "TRUE", "yes", "Yes", "YES", "Y", "y", "T", "t", "1")
_NO = ("false", "False", "FALSE", "no", "No", "NO", "N", "n", "F", "f", "0")


@dataclass(frozen=True)
class Lookup:
    """Spellings, and the SQL literal of what each stands for."""

    spellings: tuple[str, ...]
    meanings: tuple[str, ...]

    @property
    def type_sql(self) -> str:
        """The enumeration to create before `value_sql` is used."""
        return _enumeration(self.spellings)

    def value_sql(self, cell: str, type_name: str, working: str) -> str:
        """What `cell` stands for, or null."""
        code = f"CAST(enum_code(TRY_CAST({cell} AS {type_name})) AS INTEGER)"
        return f"CAST([{', '.join(self.meanings)}] AS {working}[])[{code} + 1]"


def working_type(field: Field) -> str:
    """The type while importing: as stored, but an enumeration for what has a closed list."""
    if field.type is FieldType.SCHOOL_YEAR:
        return "school_year"
    return f"code_{_mark(field.codes)}" if field.codes else field.type.storage


def working_types(fields: Iterable[Field]) -> dict[str, str]:
    """The enumerations that `fields` need while importing: name and SQL."""
    return {working_type(field): _enumeration(field.codes) for field in fields if field.codes} | {
        "school_year": _enumeration(map(str, SCHOOL_YEARS))
    }


def stored_literal(field: Field, value: Value | None) -> str:
    """A value that a mapping writes, as SQL. Raises `ValueError` when the field can't hold it."""
    if value is None:
        return f"CAST(NULL AS {working_type(field)})"
    text = str(value)
    match field.type:
        case FieldType.BOOLEAN:
            if not isinstance(value, bool):
                raise ValueError("write true or false")
            return literal(value)
        case FieldType.CODE:
            if value not in field.codes:
                raise ValueError(f"use one of {', '.join(field.codes)}")
            return f"CAST({literal(text)} AS {working_type(field)})"
        case FieldType.GRADE:
            return literal(grade_number(text))
        case FieldType.SCHOOL_YEAR:
            return _school_year_literal(SchoolYear.parse(text))
        case FieldType.DATE:
            return f"DATE '{date.fromisoformat(text).isoformat()}'"
        case FieldType.INTEGER | FieldType.DECIMAL:
            return _number_literal(field, text)
        case FieldType.ID if " " in text:
            raise ValueError("an identifier has no spaces")
        case FieldType.ID | FieldType.TEXT if not text:
            raise ValueError("write a text, or leave the field out")
        case _:
            return literal(text)


def lookup_of(field: Field, mapping: ColumnMapping) -> Lookup | None:
    """The closed list of spellings that a field is read by, if there is one."""
    if mapping.codes is not None:
        written = {key: value for key, value in mapping.codes.items() if key != ANY}
        return _lookup({key: stored_literal(field, value) for key, value in written.items()})
    match field.type:
        case FieldType.CODE:
            return _lookup({code: stored_literal(field, code) for code in field.codes})
        case FieldType.BOOLEAN:
            return _lookup(dict.fromkeys(_YES, "TRUE") | dict.fromkeys(_NO, "FALSE"))
        case FieldType.GRADE:
            spellings = {grade: literal(grade_number(grade)) for grade in GRADES}
            padded = {f"0{grade}": literal(grade) for grade in range(1, 10)}
            return _lookup(spellings | padded | {"KN": literal(grade_number("K"))})
        case FieldType.SCHOOL_YEAR:
            return _lookup(_school_years(mapping.format))
        case _:
            return None


def value_sql(
    field: Field, mapping: ColumnMapping, cell: str, type_name: str, *, typed_cells: bool
) -> str:
    """The value of a field from `cell`, null where it can't be read.

    `type_name` is the enumeration of `lookup_of`, where there is one. `typed_cells` says that
    dates may also stand in ISO form, as workbooks and Parquet files give them.
    """
    value = _read_sql(field, mapping, cell, type_name, typed_cells)
    if mapping.blank is None:
        return value
    blank = stored_literal(field, mapping.blank)
    return f"CASE WHEN {cell} IS NULL THEN {blank} ELSE {value} END"


def _read_sql(
    field: Field, mapping: ColumnMapping, cell: str, type_name: str, typed_cells: bool
) -> str:
    """The value of a cell that is not blank."""
    found = lookup_of(field, mapping)
    if found is not None:
        known = found.value_sql(cell, type_name, working_type(field)) if found.spellings else "NULL"
        return _with_any_other(field, mapping.codes or {}, cell, known)
    match field.type:
        case FieldType.DATE:
            return _date_sql(mapping.date or (ISO_DATE,), cell, typed_cells)
        case FieldType.INTEGER:
            return _integer_sql(cell)
        case FieldType.DECIMAL:
            return _decimal_sql(cell, mapping.unit)
        case _:
            return cell


def _with_any_other(field: Field, codes: Mapping[str, Value | None], cell: str, known: str) -> str:
    if ANY not in codes:
        return known
    any_other = stored_literal(field, codes[ANY])
    listed = [key for key in codes if key != ANY]
    inside = f"{cell} IN ({literals(listed)})" if listed else "FALSE"
    return f"CASE WHEN {inside} THEN {known} WHEN {cell} IS NOT NULL THEN {any_other} END"


def _lookup(meanings: Mapping[str, str]) -> Lookup:
    return Lookup(tuple(meanings), tuple(meanings.values()))


@cache
def _school_years(name: str | None) -> Mapping[str, str]:
    formats = (name,) if name else _DEFAULT_SCHOOL_YEARS
    spelled = {}
    for year in SCHOOL_YEARS:
        for each in formats:
            if each in _SINGLE:
                spelling = str(year.start + _SINGLE[each])
            else:
                mark, width = _PAIRED[each]
                spelling = f"{year.start}{mark}{str(year.start + 1)[-width:]}"
            spelled[spelling] = _school_year_literal(year)
    return spelled


def _school_year_literal(year: SchoolYear) -> str:
    if not SCHOOL_YEARS[0] <= year <= SCHOOL_YEARS[-1]:
        raise ValueError(f"a school year goes from {SCHOOL_YEARS[0]} to {SCHOOL_YEARS[-1]}")
    return f"'{year}'::school_year"


def _enumeration(values: Iterable[str]) -> str:
    return f"ENUM ({literals(values)})"


def _mark(codes: Mapping[str, str]) -> str:
    """A name that two fields share only when their codes are the same."""
    return short_hash(content_hash(list(codes)))


def _date_sql(forms: Sequence[str], cell: str, typed_cells: bool) -> str:
    """A day in the first of some formats that fits."""
    parsed = f"CAST(try_strptime({cell}, [{literals(forms)}]) AS DATE)"
    if not typed_cells:
        return parsed
    return f"coalesce({parsed}, CAST(try_strptime(left({cell}, 10), {literal(ISO_DATE)}) AS DATE))"


def _integer_sql(cell: str) -> str:
    """A whole number; DuckDB's own cast would round 3.7 and read 1e3."""
    number = f"TRY_CAST({cell} AS INTEGER)"
    return (
        f"CASE WHEN CAST({number} AS VARCHAR) = {cell} THEN {number} "
        f"WHEN regexp_full_match({cell}, '\\s*[+-]?[0-9]+(\\.0*)?\\s*') THEN {number} END"
    )


def _decimal_sql(cell: str, unit: Unit | None) -> str:
    """A number with two decimals, half-up; units are converted in whole numbers, so exactly."""
    if unit is None:
        return f"TRY_CAST({cell} AS DECIMAL(6,2))"
    up, down = _ratio(unit)
    millionths = f"CAST(TRY_CAST({cell} AS DECIMAL(18,6)) * 1000000 AS HUGEINT)"
    hundredths = f"((2 * {millionths} * {up} + {down * 10_000}) // {2 * down * 10_000})"
    return f"TRY_CAST(TRY_CAST({hundredths} AS DECIMAL(18,0)) * 0.01 AS DECIMAL(6,2))"


def _ratio(unit: Unit) -> tuple[int, int]:
    up, down = unit.multiply.as_integer_ratio(), unit.divide.as_integer_ratio()
    return up[0] * down[1], up[1] * down[0]


def _number_literal(field: Field, text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError("write a number") from None
    if not number.is_finite() or (field.type is FieldType.INTEGER and number % 1):
        raise ValueError("write a whole number")
    for bound, sign in ((field.least, 1), (field.most, -1)):
        if bound is not None and sign * number < sign * Decimal(bound):
            raise ValueError(f"the number goes from {field.least} to {field.most}")
    return f"CAST({number:f} AS {field.type.storage})"
