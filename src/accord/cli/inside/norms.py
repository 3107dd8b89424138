"""`accord norms`: growth norms, fitted once by their holder and applied by every station."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord.base.periods import SchoolYear
from accord.base.signing import load_private_key
from accord.cli.console import JsonOption, TerminalProgress, home_relative, print_json, say
from accord.cli.inside.station import StationFolder
from accord.station.facts.build import current_facts
from accord.station.facts.growth_result import history_of
from accord.station.growth.keeping import adopt as adopt_norms
from accord.station.growth.keeping import write_norms
from accord.station.growth.norms import FEWEST_STUDENTS, Norms, NormsAbout, fit_norms
from accord.station.station import Station

app = typer.Typer(
    no_args_is_help=True,
    help="""Fit growth norms on a base cohort, sign them, and let a station apply them.

    Norms hold no student: they are curves that say which scores a hundredth, two hundredths, … of
    the base cohort stayed under, given where they were before. Fit them once; growth of later years
    is then measured against the same cohort.""",
)


@app.command("fit", no_args_is_help=True)
def fit(
    station: StationFolder,
    out: Annotated[Path, typer.Argument(metavar="FILE", help="Where the signed norms go.")],
    test: Annotated[str, typer.Option(help="The test, as the catalogue names it: sbac.")],
    subject: Annotated[str, typer.Option(help="The subject: mathematics, ela or reading.")],
    base: Annotated[str, typer.Option(help="The base school year, such as 2023-24.")],
    key: Annotated[Path, typer.Option(help="The holder's private key, which signs the norms.")],
    fewest: Annotated[
        int, typer.Option(help="How many students a grade and history must have.", min=100)
    ] = FEWEST_STUDENTS,
    json: JsonOption = False,
) -> None:
    """Fit norms on the station's current facts, and sign them.

    Example: accord norms fit station mathematics.norms --test sbac --subject mathematics
    --base 2023-24 --key keys/holder.pem
    """
    opened = Station.open(station)
    signer = load_private_key(key)
    year = _school_year(base)
    _, history = history_of(current_facts(opened), str(year), test, subject)
    about = NormsAbout(test, subject, str(year), opened.district)
    norms = fit_norms(history, about, fewest=fewest, progress=TerminalProgress())
    write_norms(norms, signer, out)
    _show(norms, json)
    if not json:
        say(f"Next: accord norms adopt {home_relative(station)} {home_relative(out)} --holder KEY")


@app.command("adopt", no_args_is_help=True)
def adopt(
    station: StationFolder,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Signed norms.")],
    holder: Annotated[str, typer.Option(help="The holder's public key as text (ed25519:…).")],
    json: JsonOption = False,
) -> None:
    """Let a station apply norms from now on. Refused unless the holder's key has signed them.

    Example: accord norms adopt station mathematics.norms --holder ed25519:…
    """
    norms = adopt_norms(Station.open(station), file, holder)
    _show(norms, json)
    if not json:
        say(f"Next: accord facts {home_relative(station)}")


def _school_year(text: str) -> SchoolYear:
    try:
        return SchoolYear.parse(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.", param_hint="--base") from None


def _show(norms: Norms, json: bool) -> None:
    students = {
        grade: {priors: fit.students for priors, fit in fits.items()}
        for grade, fits in norms.fits.items()
    }
    if json:
        print_json({"hash": norms.hash, "base": norms.base, "students": students})
        return
    say(f"Growth norms, {norms.test}, {norms.subject}, base year {norms.base}")
    say(f"Hash: {norms.hash}")
    for grade, by_priors in students.items():
        counts = ", ".join(f"{count:,} with {priors}" for priors, count in by_priors.items())
        say(f"Grade {grade}: {counts} earlier scores")
