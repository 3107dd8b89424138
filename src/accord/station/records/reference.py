"""The reference page of the records, written from the model so that the two can't differ."""

from __future__ import annotations

from accord.station.records.model import Field, RecordModel, Table, record_model
from accord.station.records.reasons import Reason, reasons

_TYPES = {
    "student": "student (pseudonym)",
    "staff": "staff (pseudonym)",
    "local_id": "text",
    "id": "identifier",
    "text": "text",
    "code": "code",
    "school_year": "school year, `2023-24`",
    "grade": "grade: −1 = TK, 0 = K, 1 to 12",
    "date": "date",
    "integer": "whole number",
    "decimal": "number, 2 decimals",
    "boolean": "true or false",
}


def reference_page() -> str:
    """The page docs/reference/records.md, as Markdown."""
    model = record_model()
    parts = [_introduction(model), *map(_table_section, model.tables), _reasons_section()]
    return "\n\n".join(parts) + "\n"


def _introduction(model: RecordModel) -> str:
    listed = "\n".join(
        f"- [{table.title}](#{_anchor(table)}): `{table.name}`" for table in model.tables
    )
    return (
        "# Records\n\n"
        "What an import can fill, table by table. A mapping file says how a district's own "
        "columns become these fields; every field that is not required may be left out. CEDS "
        "names the element of the Common Education Data Standards, CALPADS the field of "
        "California's submission files, where a source at hand says so. Every table also has "
        "`line`, the line of the source file.\n\n" + listed
    )


def _table_section(table: Table) -> str:
    rows = "\n".join(_field_row(field) for field in table.fields)
    key = ", ".join(f"`{name}`" for name in table.key)
    repeats = (
        "A source may say `repeats: observe`: all observations are kept, and facts settle them."
        if table.observable
        else "A repeated key that says the same is stored once; one that differs is quarantined."
    )
    rules = "\n".join(f"- {rule.what}" for rule in table.rules)
    refused = f"\n\nA line is quarantined when:\n\n{rules}" if rules else ""
    return (
        f"## {table.title}\n\n`{table.name}`. {table.about}\n\nKey: {key}. {repeats}\n\n"
        "| field | type | required | meaning | CEDS | CALPADS |\n|---|---|---|---|---|---|\n"
        f"{rows}{refused}"
    )


def _field_row(field: Field) -> str:
    kind = _TYPES[field.type.value]
    if field.least is not None:
        kind += f", {field.least} to {field.most}"
    meaning = field.meaning
    if field.codes:
        codes = ", ".join(f"`{code}` {text}" for code, text in field.codes.items())
        meaning += f" {codes}."
    if field.default is not None:
        default = str(field.default).lower() if isinstance(field.default, bool) else field.default
        meaning += f" When blank: `{default}`."
    required = "yes" if field.required and field.default is None else ""
    cells = (f"`{field.name}`", kind, required, meaning, field.ceds, field.calpads)
    return f"| {' | '.join(cells)} |"


def _reasons_section() -> str:
    def listed(outcome: str) -> str:
        return "\n".join(
            _reason_row(each) for each in reasons().values() if each.outcome == outcome
        )

    return (
        "## What becomes of a line\n\n"
        "Every physical line of a file is loaded, quarantined or set aside. Besides the rules "
        "above, a line is quarantined when:\n\n"
        "| reason | what is wrong | how to mend it |\n|---|---|---|\n"
        f"{listed('quarantined')}\n\nand set aside when:\n\n"
        "| reason | what | |\n|---|---|---|\n"
        f"{listed('set_aside')}\n\n"
        "A line may also be kept, loaded but listed for the clerk, when:\n\n"
        "| reason | what | how to mend it |\n|---|---|---|\n"
        f"{listed('kept')}"
    )


def _reason_row(reason: Reason) -> str:
    return f"| `{reason.id}` | {reason.what} | {reason.remedy} |"


def _anchor(table: Table) -> str:
    return table.title.lower().replace(" ", "-")
