"""`accord audit`: what a release gives away, and the certificate that it gives nothing away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from accord.audit.attacks import Attack, Audit, Kind, audit
from accord.audit.certificate import read_certificate
from accord.audit.certifying import certify
from accord.audit.checking import check_certificate
from accord.audit.history import read_history
from accord.audit.sources import Source, figures_of_table, read_source
from accord.base.canonical import short_hash
from accord.base.errors import RefusedError
from accord.base.periods import SchoolYear
from accord.base.words import count_words
from accord.cli.console import JsonOption, TerminalProgress, print_json, say, show_table

_MARK = {Kind.EXACT: "the number itself", Kind.NARROW: "too narrow", Kind.EXTREME: "an extreme"}
_MOST_ROWS = 20


def verb(
    release: Annotated[
        Path,
        typer.Argument(metavar="RELEASE", help="A .accord file, or a table of cells as CSV."),
    ],
    with_: Annotated[
        list[Path] | None,
        typer.Option(
            "--with", help="What else is out: releases, a folder of them, or a ledger. Repeat it."
        ),
    ] = None,
    knows: Annotated[
        list[Path] | None,
        typer.Option(help="Figures that others hold: CSV as accord cells --csv prints. Repeat it."),
    ] = None,
    write: Annotated[
        Path | None, typer.Option(help="Write the certificate of a safe release here.")
    ] = None,
    check: Annotated[
        Path | None, typer.Option(help="Check this certificate instead of attacking.")
    ] = None,
    most: Annotated[int, typer.Option(help="Work out so many attacks as formulas.")] = 20,
    json: JsonOption = False,
) -> None:
    """Attack a release with all that is published: can hidden numbers be worked out?

    Needs no records. Every hidden number is bounded from everything that is shown, for both
    audiences together; each attack that succeeds is told as a formula. A certificate proves to
    anybody that none does: --check needs whole-number arithmetic only.

    Example: accord audit cedar-valley.accord --with releases --write cedar-valley.certificate
    """
    sources = _sources(release, with_ or [], knows or [])
    if check is not None:
        certificate = read_certificate(check)
        hidden = check_certificate(certificate, sources)
        if json:
            print_json({"certificate": certificate.hash, "holds": True, "hidden": hidden})
            return
        say(f"The certificate holds: {hidden:,} hidden numbers, each with two tables that fit.")
        say(f"Certificate {short_hash(certificate.hash)}")
        return
    found = audit(sources, most_formulas=most, progress=TerminalProgress())
    certificate_hash = ""
    if write is not None and found.is_safe:
        certificate = certify(found)
        certificate.write(write)
        certificate_hash = certificate.hash
    if json:
        print_json(_plain(found, certificate_hash))
    else:
        _show(found, certificate_hash)
    if not found.is_safe:
        raise typer.Exit(RefusedError.exit_code)


def _sources(release: Path, with_: Sequence[Path], knows: Sequence[Path]) -> list[Source]:
    """The release, all that is out of its districts, and outside figures; each only once."""
    first = read_source(release)
    districts = set(first.table.distinct("district"))
    found = {first.id: first}
    for path in with_:
        for source in read_history(path):
            if districts & set(source.table.distinct("district")):
                found.setdefault(source.id, replace(source, is_background=True))
    for path in knows:
        figures = figures_of_table(read_source(path).table, path.name)
        found.setdefault(figures.id, figures)
    return list(found.values())


def _show(found: Audit, certificate: str) -> None:
    """The result for people."""
    added = [attack for attack in found.attacks if not attack.pre_existing]
    before = len(found.attacks) - len(added)
    widths = [each.narrowest for each in found.findings if each.narrowest is not None]
    if found.is_safe:
        say(
            "[bold green]✓[/] Nothing is given away: "
            f"{found.hidden:,} hidden numbers were attacked."
        )
        if widths:
            say(f"  The narrowest range that a reader can prove still spans {min(widths):,}.")
    else:
        say(f"[bold red]✗[/] {len(added):,} of {found.hidden:,} hidden numbers are given away.")
        show_table(
            "", ["indicator", "school year", "exposed"], list(_counts(added)), right={"exposed"}
        )
        for attack in [one for one in added if one.formula][:_MOST_ROWS]:
            say()
            say(f"{attack.indicator}, {SchoolYear.parse(attack.period).shown}, {attack.place}: "
                f"{_MARK[attack.kind]} ({attack.what})")  # fmt: skip
            for line in attack.formula:
                say(f"  {line}")
        untold = sum(not one.formula for one in added)
        if untold:
            say()
            say(f"{untold:,} more are not worked out here; see --most and --json.")
    if before:
        numbers = count_words(before, "number is", "numbers are")
        say(f"{numbers} exposed by the outside figures alone.")
    for note in found.notes:
        say(note)
    if certificate:
        say(f"Certificate {short_hash(certificate)}")


def _counts(attacks: Sequence[Attack]) -> Iterator[tuple[str, str, int]]:
    keys = [(attack.indicator, attack.period) for attack in attacks]
    for indicator, period in sorted(set(keys)):
        yield indicator, SchoolYear.parse(period).shown, keys.count((indicator, period))


def _plain(found: Audit, certificate: str) -> dict[str, object]:
    """The result for programs."""
    return {
        "safe": found.is_safe,
        "hidden": found.hidden,
        "sources": [{"id": each.id, "audience": each.audience, "number": each.number}
                    for each in found.sources],
        "attacks": [
            {
                "kind": each.kind.value,
                "district": each.district,
                "period": each.period,
                "indicator": each.indicator,
                "what": each.what,
                "school": each.school,
                "grade": each.grade,
                "group": each.group,
                "formula": list(each.formula),
                "pre_existing": each.pre_existing,
            }
            for each in found.attacks
        ],
        "notes": list(found.notes),
        "certificate": certificate,
    }  # fmt: skip
