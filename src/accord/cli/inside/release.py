"""`accord release`: prepare, review and approve what may leave."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from pydantic import TypeAdapter, ValidationError

from accord.base.errors import InputError
from accord.base.files import machine_errors, whole_file
from accord.base.progress import Progress
from accord.base.signing import load_private_key
from accord.cells.cell import State
from accord.charter.model import Audience
from accord.charter.values import Day
from accord.cli.console import (
    JsonOption,
    TerminalProgress,
    home_relative,
    print_json,
    say,
    show_table,
)
from accord.cli.inside.station import StationFolder
from accord.cli.verify import show_release
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.station.certifying import certificate_file
from accord.station.releasing import Made, approve, prepare
from accord.station.review.changes import Kind, write_changes
from accord.station.review.draft import Draft, read_draft
from accord.station.review.page import write_page
from accord.station.review.review import Review, audited_words, review_draft
from accord.station.station import Station


def verb(
    station: StationFolder,
    prepare_: Annotated[
        bool, typer.Option("--prepare", help="Protect the measured cells and sign a draft.")
    ] = False,
    review: Annotated[
        bool, typer.Option("--review", help="Show what would leave. Needs no key.")
    ] = False,
    approve_: Annotated[
        bool, typer.Option("--approve", help="Sign the reviewed draft: it is released.")
    ] = False,
    key: Annotated[
        list[Path] | None,
        typer.Option(
            help="Your private key: the preparer's to prepare, the approver's to approve. Given "
            "twice, preparer's first, all three steps are done at once."
        ),
    ] = None,
    audience: Annotated[
        Literal["partners", "public"], typer.Option(help="Whom the release is for.")
    ] = "partners",
    embargo: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="With --prepare: partners' reports leave it out before this day.",
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(help="With --approve: also put a copy of the release here, to send."),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Release what may leave, in three steps: --prepare, --review, --approve.

    Two people sign, each with a key that the district's root has delegated. The preparer has the
    gate protect the measured cells and signs a draft; nothing leaves. The review shows what would
    leave, what is hidden and why, and what changes. The approver signs exactly what was reviewed;
    then the release is written and entered in the district's ledger.

    Where both sit at one desk, two keys do all three steps.

    Example: accord release station --prepare --key keys/preparer.pem

    Example: accord release station --review

    Example: accord release station --approve --key keys/approver.pem --to cedar-valley.accord
    """
    place, keys = Station.open(station), key or []
    steps = _steps(station, prepare_, review, approve_, keys)
    catalogue, progress = load_catalogue(), TerminalProgress()
    if "prepare" in steps:
        draft = prepare(
            place,
            audience,
            load_private_key(keys[0]),
            catalogue,
            embargo=_day(embargo),
            progress=progress,
        )
        if steps == ("prepare",):
            _show_draft(place, draft, json)
    if "review" in steps:
        seen = review_release(place, audience, catalogue, progress)
        if not json:
            show_review(seen)
        elif steps == ("review",):
            print_json(seen.as_json())
    if "approve" in steps:
        made = approve(place, audience, load_private_key(keys[-1]), catalogue, progress=progress)
        if to is not None:
            copy_release(made, to)
        show_release(made.release, json, done="signed by two, and in the ledger")
        if not json:
            say(f"Written: {home_relative(to or made.path)}")
            say("Next: send it to your partners, who run accord receive")


def review_release(
    station: Station, audience: Audience, catalogue: Catalogue, progress: Progress
) -> Review:
    """Look through the draft, write the page for its reviewer, and note what was shown."""
    with progress.step("Reviewing the draft") as step:
        draft = read_draft(station, audience)
        review = review_draft(station, draft)
        write_changes(review.changes, draft.changes_file)
        write_page(review, station.name, catalogue, draft.page)
        draft.mark_reviewed()
        step.note(home_relative(draft.page))
    return review


def copy_release(made: Made, to: Path) -> None:
    """Put a copy of a release where it can be sent from, with its certificate beside it."""
    for source, target in (
        (made.path, to),
        (certificate_file(made.path), certificate_file(to)),
    ):
        with whole_file(target) as draft, machine_errors(source):
            shutil.copyfile(source, draft)


def show_review(review: Review) -> None:
    """The review as tables in the terminal."""
    manifest = review.draft.release.manifest
    show_table(
        f"Release {manifest.number} for {manifest.audience} · a draft: nothing has left",
        ["indicator", "level", "shown", "hidden", "nobody", "no data", "students in view"],
        [
            (
                line.indicator,
                line.level,
                sum(line.cells[state.value] for state in State if state.needs),
                line.cells[State.SUPPRESSED.value],
                line.cells[State.NOT_APPLICABLE.value],
                line.cells[State.MISSING.value],
                "–" if line.share is None else f"{100 * line.share:.1f} %",
            )
            for line in review.lines
        ],
        right={"shown", "hidden", "nobody", "no data", "students in view"},
    )
    say()
    show_table(
        "Hidden, and why (for this district alone)",
        ["reason", "cells"],
        [(reason, sum(line.hidden.get(reason, 0) for line in review.lines))
         for reason in review.reasons],
        right={"cells"},
    )  # fmt: skip
    say()
    say(audited_words(review))
    if review.former is None:
        say("This is the first release for this audience: everything in it is new.")
    else:
        show_table(
            f"Since release {review.former.manifest.number}",
            ["what readers see", "cells"],
            [(kind.value, review.count(kind)) for kind in Kind],
            right={"cells"},
        )
        say(f"Each of them: {home_relative(review.draft.changes_file)}")
    say(f"The same as a page: {home_relative(review.draft.page)}")
    say("Next: accord release STATION --approve --key APPROVER")


def _steps(
    station: Path, prepare_: bool, review: bool, approve_: bool, keys: list[Path]
) -> tuple[str, ...]:
    """Which of the three steps are asked for, with the keys that they need."""
    asked = tuple(
        name
        for name, wanted in (("prepare", prepare_), ("review", review), ("approve", approve_))
        if wanted
    )
    if not asked and len(keys) == 2:
        return ("prepare", "review", "approve")
    if len(asked) != 1:
        raise InputError.because(
            "Say which step to take: --prepare, --review or --approve.",
            "First: accord release STATION --prepare --key PREPARER. With both people at one desk: "
            "accord release STATION --key PREPARER --key APPROVER",
            file=station,
        )
    needed = 0 if asked == ("review",) else 1
    if len(keys) != needed:
        raise InputError.because(
            f"--{asked[0]} takes {'one key' if needed else 'no key'}.",
            "Name your own private key with --key." if needed else "Leave --key out.",
            field="--key",
        )
    return asked


def _show_draft(station: Station, draft: Draft, as_json: bool) -> None:
    manifest = draft.release.manifest
    if as_json:
        print_json(
            {
                "draft": draft.hash,
                "release": draft.release.id,
                "audience": manifest.audience,
                "number": manifest.number,
                "cells": manifest.cells,
            }
        )
        return
    say(f"Draft of release {manifest.number} for {manifest.audience}. Nothing has left.")
    say(f"Next: accord release {home_relative(station.folder)} --review")


def _day(moment: datetime | None) -> date | None:
    if moment is None:
        return None
    try:
        return TypeAdapter(Day).validate_python(moment.date().isoformat())
    except ValidationError as error:
        what = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise InputError.because(
            f"An embargo can't end then: {what}.", "Name a day soon.", field="--embargo"
        ) from None
