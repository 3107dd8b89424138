"""The main job from end to end, on two made-up districts: what `accord demo` runs."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from accord.base.errors import StateError
from accord.base.files import machine_errors, whole_file
from accord.base.progress import Progress
from accord.base.signing import (
    load_private_key,
    new_private_key,
    public_text,
    save_private_key,
)
from accord.charter.drafts import example, fill_keys
from accord.charter.model import AUDIENCES, Audience
from accord.charter.sign import read_signed, sign_charter
from accord.cli.console import TerminalProgress, home_relative, say
from accord.cli.inside.importing import expand
from accord.cli.inside.quality import found_text
from accord.cli.inside.release import copy_release, review_release
from accord.cli.inside.station import adopt_charter
from accord.cli.inside.synth import FIRST, LAST, SEED, school_years
from accord.cli.report import write_reports
from accord.exchange.bookkeeping import add_document
from accord.exchange.custody import Role, delegate
from accord.exchange.folder import Exchange
from accord.exchange.ledger import Ledger
from accord.exchange.statements import write_statement
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.station.engines.measure import measure_station
from accord.station.facts.build import build_facts
from accord.station.records.importing import import_files
from accord.station.records.mapping_checks import read_mapping
from accord.station.records.quality import check_quality, write_quality
from accord.station.releasing import approve, prepare
from accord.station.station import Station
from accord.station.synth import PROFILES, Profile, load_profile, make_district

CHARTER = "cedar-harbor"
_OURS = "charter.yaml"  # a folder that holds this was made by an earlier demo
_POSTS: dict[Role, str] = {
    "preparer": "Director of Assessment",
    "approver": "Chief Academic Officer",
}
_A_YEAR = timedelta(days=365)


def run(folder: Path, students: int | None) -> None:
    """Put two made-up districts and their partnership into `folder`, in place of an earlier demo.

    `students` makes the districts smaller. Raises `StateError` where the folder is not a demo's.
    """
    began = time.monotonic()
    progress = TerminalProgress()
    catalogue = load_catalogue()
    _clear(folder)
    profiles = [load_profile(name) for name in PROFILES]
    charter = _found(folder, profiles, catalogue)
    say(f"{read_signed(charter).charter.partnership.name}. {read_signed(charter).state}")
    releases = []
    for profile in profiles:
        say(f"\n{profile.district.name}")
        releases += _run_district(folder, profile, charter, students, catalogue, progress)
    say("\nBetween the districts")
    exchange = Exchange(folder / "exchange")
    exchange.add_charter(charter)
    with progress.step("Receiving and verifying", total=len(releases)) as step:
        for release in releases:
            exchange.receive(release, catalogue)
            step.advance()
        step.note(f"{len(releases)} releases believed")
    scorecard, workbook = write_reports(exchange, "partners", folder, progress)
    say(f"\nDone in {time.monotonic() - began:.0f} seconds.")
    say(f"The scorecard: {home_relative(scorecard)}")
    say(f"The workbook:  {home_relative(workbook)}")
    said = f"accord verify {home_relative(releases[0])} --charter {home_relative(charter)}"
    say(f"Try next:      {said}")


def _clear(folder: Path) -> None:
    """Remove an earlier demo; refuse to touch anything else."""
    with machine_errors(folder):
        if folder.exists() and any(folder.iterdir()):
            if not (folder / _OURS).is_file():
                raise StateError.because(
                    "This folder holds something that no demo made.",
                    "Choose another folder; nothing was changed.",
                    file=folder,
                )
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)


def _found(folder: Path, profiles: list[Profile], catalogue: Catalogue) -> Path:
    """Write the charter, make each district's key, and sign with both."""
    charter = folder / _OURS
    publics = {}
    for profile in profiles:
        key = new_private_key()
        save_private_key(key, _key(folder, profile))
        publics[profile.district.id] = public_text(key)
    text = fill_keys(example(CHARTER), publics, str(charter))
    with whole_file(charter) as draft:
        draft.write_text(text, encoding="utf-8")
    for profile in profiles:
        sign_charter(charter, load_private_key(_key(folder, profile)), catalogue)
    return charter


def _key(folder: Path, profile: Profile, role: Role | None = None) -> Path:
    """A district's key for a role; without one, its root."""
    end = f"-{role}" if role else ""
    return folder / "keys" / f"{profile.district.id}{end}.pem"


def _delegate(folder: Path, profile: Profile, station: Station, charter: Path) -> None:
    """Make a key for each role, have the root delegate it, and enter that in the ledger."""
    today = datetime.now(UTC).date()
    for role, title in _POSTS.items():
        key = new_private_key()
        save_private_key(key, _key(folder, profile, role))
        delegation = delegate(
            load_private_key(_key(folder, profile)),
            district=profile.district.id,
            key=public_text(key),
            role=role,
            title=title,
            first=today,
            last=today + _A_YEAR,
        )
        file = _key(folder, profile, role).with_suffix(".delegation.json")
        write_statement(delegation, file)
        add_document(Ledger(station.ledger), file, read_signed(charter).charter)


def _run_district(
    folder: Path,
    profile: Profile,
    charter: Path,
    students: int | None,
    catalogue: Catalogue,
    progress: Progress,
) -> list[Path]:
    """Everything that happens inside one district; the releases that leave it, partners' first."""
    district = profile.district
    years = school_years(FIRST, LAST)
    extracts = make_district(
        profile, folder / "extracts" / district.id, years, SEED, progress, students=students
    )
    station = Station.create(folder / "stations" / district.id, district.id, district.name)
    adopt_charter(station, charter)
    _delegate(folder, profile, station, charter)
    mapping = extracts / "mapping.yaml"
    files = expand([extracts], read_mapping(mapping)[0])
    with progress.step(f"Importing {len(files)} files", total=len(files)) as step:
        report = import_files(station, mapping, files, progress)
        lines = [one.manifest.lines for one in report.files]
        step.note(
            f"{sum(one.loaded for one in lines):,} lines loaded, "
            f"{sum(one.quarantined for one in lines):,} quarantined"
        )
    with progress.step("Looking at quality") as step:
        quality = check_quality(station, progress)
        write_quality(quality, folder / "quality" / f"{district.id}.xlsx")
        step.note(found_text(quality))
    build_facts(station, progress, catalogue=catalogue)
    measure_station(station, catalogue, progress=progress)
    return [
        _release(folder, profile, station, audience, catalogue, progress) for audience in AUDIENCES
    ]


def _release(
    folder: Path,
    profile: Profile,
    station: Station,
    audience: Audience,
    catalogue: Catalogue,
    progress: Progress,
) -> Path:
    """Prepared by one, looked at, and signed by the other."""
    preparer, approver = (load_private_key(_key(folder, profile, role)) for role in _POSTS)
    prepare(station, audience, preparer, catalogue, progress=progress)
    review_release(station, audience, catalogue, progress)
    made = approve(station, audience, approver, catalogue, progress=progress)
    end = "" if audience == "partners" else f"-{audience}"
    release = folder / "releases" / f"{profile.district.id}{end}.accord"
    copy_release(made, release)
    return release
