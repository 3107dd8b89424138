"""What can be wrong with a single cell: reasons, and the SQL conditions under which they hold."""

from __future__ import annotations

from accord.station.records.mapping import ColumnMapping
from accord.station.records.model import Field, FieldType
from accord.station.records.sql import literals
from accord.station.records.values import ANY, CDS

LOCAL_ID = "id"
EARLIEST, LATEST = "DATE '1800-01-01'", "DATE '2200-12-31'"


def digit_checks(digits: int) -> list[tuple[str, str]]:
    """Reasons against a student's identifier that is to have so many digits.

    Excel takes leading zeros off a number and writes a long one as a power of ten.
    """
    power = "[0-9]([.][0-9]+)?[eE][+]?[0-9]+"
    return [
        ("lost-leading-zeros", f"regexp_full_match({LOCAL_ID}, '[0-9]{{0,{digits - 1}}}')"),
        ("number-notation", f"regexp_full_match({LOCAL_ID}, '{power}')"),
        ("not-the-digits", f"NOT regexp_full_match({LOCAL_ID}, '[0-9]{{0,{digits}}}|{power}')"),
    ]


def field_checks(
    item: Field, mapping: ColumnMapping, cell: str, value: str
) -> list[tuple[str, str]]:
    """Reasons and conditions of one field that comes from a column."""
    checks = []
    if item.required and item.default is None and mapping.blank is None:
        checks.append(("missing", f"{cell} IS NULL"))
    unread = f"{cell} IS NOT NULL AND {value} IS NULL"
    if mapping.codes is not None:
        blanks = [key for key, meaning in mapping.codes.items() if meaning is None]
        if ANY not in mapping.codes:
            but = f" AND {cell} NOT IN ({literals(blanks)})" if blanks else ""
            checks.append(("unknown-code", unread + but))
        return checks
    match item.type:
        case FieldType.ID:
            checks.append(("id-with-spaces", f"contains({cell}, ' ')"))
            if mapping.format == CDS:
                checks.append(("not-a-cds-code", f"NOT regexp_full_match({cell}, '[0-9]{{14}}')"))
        case FieldType.CODE | FieldType.BOOLEAN:
            checks.append(("unknown-code", unread))
        case FieldType.GRADE:
            checks.append(("grade-out-of-range", unread))
        case FieldType.SCHOOL_YEAR:
            checks.append(("not-a-school-year", unread))
        case FieldType.DATE:
            outside = f"{value} NOT BETWEEN {EARLIEST} AND {LATEST}"
            # DuckDB reads these words as the first of January 1900, whatever the format.
            word = f"{value} = DATE '1900-01-01' AND regexp_matches({cell}, '^\\s*-?[ei]', 'i')"
            checks.append(("impossible-date", f"{unread} OR {outside} OR {word}"))
        case FieldType.INTEGER | FieldType.DECIMAL:
            checks.append(("not-a-number", unread))
            bounds = [f"{value} < {item.least}"] if item.least is not None else []
            bounds += [f"{value} > {item.most}"] if item.most is not None else []
            if bounds:
                checks.append(("out-of-range", " OR ".join(bounds)))
    return checks
