"""`accord sql`: the statement that computes one number from the facts."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from accord.base.errors import InputError
from accord.base.periods import GRADES, SchoolYear
from accord.charter.sign import read_signed
from accord.cli.console import JsonOption, print_json
from accord.cli.inside.station import StationFolder
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.station.engines.duckdb.statement import Cell, statement
from accord.station.engines.measure import station_groups
from accord.station.facts.build import current_facts
from accord.station.station import Station


def verb(
    station: StationFolder,
    indicator: Annotated[str, typer.Option(help="An indicator's id, or id@version.")],
    period: Annotated[str, typer.Option(help="The school year, such as 2024-25.")],
    group: Annotated[str, typer.Option(help="The student group.")] = "all",
    grade: Annotated[str, typer.Option(help="The grade; all if left out.")] = "",
    school: Annotated[str, typer.Option(help="The school; the district if left out.")] = "",
    json: JsonOption = False,
) -> None:
    """Print the SQL behind a number: readable, and run by hand it gives that number.

    Run it in DuckDB from the station's folder. It works on facts, so it stays inside the district.

    Example: accord sql station --indicator chronic-absenteeism --period 2024-25 --group foster
    """
    opened, catalogue = Station.open(station), load_catalogue()
    year = _year(period)
    definition = catalogue.definition(_reference(opened, catalogue, indicator, year))
    groups = {one.id: one for one in station_groups(opened, catalogue)}
    if group not in groups:
        raise InputError.because(
            "There is no such student group.", f"Use one of {', '.join(groups)}.", field="group"
        )
    if grade and grade not in GRADES:
        raise InputError.because(
            "There is no such grade.", f"Use one of {', '.join(GRADES)}.", field="grade"
        )
    facts = current_facts(opened)
    source = facts / definition.fact / f"{year}.parquet"
    if not source.is_file():
        raise InputError.because(
            f"The facts have no {definition.fact} of {year.shown}.",
            "Import records of that year, then run accord facts.",
            field="period",
        )
    cell = Cell(
        level="school" if school else "district",
        organisation=school or opened.district,
        grade=grade,
        period=str(year),
    )
    text = statement(
        definition,
        groups[group],
        cell,
        catalogue.vocabulary.facts[definition.fact],
        source.relative_to(opened.folder),
    )
    if json:
        print_json({"definition": definition.reference, "hash": definition.hash, "sql": text})
    else:
        sys.stdout.write(text.rstrip() + "\n")


def _year(period: str) -> SchoolYear:
    try:
        return SchoolYear.parse(period)
    except ValueError as error:
        raise InputError.because(
            f"{str(error).capitalize()}.", "Correct it.", field="period"
        ) from None


def _reference(station: Station, catalogue: Catalogue, indicator: str, year: SchoolYear) -> str:
    """The version that the charter lists for the year; any that is named is taken as it is."""
    if "@" in indicator:
        return indicator
    listed = read_signed(station.charter_file).charter.indicator_for(indicator, year)
    if listed is not None:
        return listed.definition
    known = [name for name in catalogue.definitions if name.partition("@")[0] == indicator]
    return known[-1] if known else indicator
