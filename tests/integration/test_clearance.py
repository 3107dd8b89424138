"""Nothing is signed that was not audited with all that is out: from the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from accord.exchange.ledger import Ledger
from demonstration import CEDAR, Outcome
from district import District

CERTIFICATE = "drafts/partners/draft.certificate"


def refused(outcome: Outcome, words: str, code: int) -> None:
    assert (outcome.code, words in outcome.err) == (code, True), outcome.err


def reviewed(district: District) -> District:
    district.done("release", district.station, "--review")
    return district


def test_a_release_leaves_with_its_certificate(prepared: District) -> None:
    done = reviewed(prepared).step("approve", "approver")
    assert done.code == 0, done.err
    release = prepared.station / "releases" / f"{CEDAR}-partners-2.accord"
    certificate = release.with_suffix(".certificate")
    entry = Ledger(prepared.ledger).entries()[-1]
    checked = prepared.done(
        "audit", release, "--with", prepared.ledger, "--check", certificate, "--json"
    )
    told = json.loads(checked.out)
    assert told["holds"]
    assert told["hidden"] > 0
    assert told["certificate"] == entry.subject["certificate"]


def test_without_its_certificate_a_draft_is_not_signed(prepared: District) -> None:
    (reviewed(prepared).station / CERTIFICATE).unlink()
    refused(prepared.step("approve", "approver"), "no certificate", 5)
    assert Ledger(prepared.ledger).entries()[-1].subject.get("number") != 2


def test_another_drafts_certificate_does_not_do(prepared: District) -> None:
    first = prepared.station / "releases" / f"{CEDAR}-partners-1.certificate"
    (reviewed(prepared).station / CERTIFICATE).write_bytes(first.read_bytes())
    refused(prepared.step("approve", "approver"), "other publications", 4)


def test_an_altered_certificate_is_refused(prepared: District) -> None:
    file = reviewed(prepared).station / CERTIFICATE
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))
    assert prepared.step("approve", "approver").code in {3, 4}
    assert not (prepared.station / "releases" / f"{CEDAR}-partners-2.accord").exists()


def test_every_earlier_release_must_be_at_hand(district: District) -> None:
    (district.station / "releases" / f"{CEDAR}-partners-1.accord").unlink()
    refused(district.step("prepare", "preparer"), "its file is not here", 4)


def test_outside_figures_are_registered_once_and_counted_in(district: District) -> None:
    """The state shows one more number than the district did: nobody can hide it any more."""
    release = district.station / "releases" / f"{CEDAR}-partners-1.accord"
    rows = list(csv.DictReader(district.done("cells", release, "--csv").out.splitlines()))
    told = next(row for row in rows if row["state"] == "published" and not row["school"])
    table = district.folder / "state.csv"
    _write(table, [told])
    for new in (True, False):
        done = district.done("station", "knows", district.station, table, "--json")
        assert json.loads(done.out)["new"] is new
    prepared = district.step("prepare", "preparer")
    assert prepared.code == 0, prepared.err
    district.done("release", district.station, "--review")
    assert district.step("approve", "approver").code == 0
    (district.station / "outside").rename(district.folder / "elsewhere")
    refused(district.step("prepare", "preparer"), "outside figures", 4)


def test_figures_of_another_district_are_not_registered(district: District, demo: Path) -> None:
    release = next(path for path in (demo / "releases").glob("*.accord") if CEDAR not in path.name)
    table = district.folder / "other.csv"
    table.write_text(district.done("cells", release, "--csv").out, encoding="utf-8")
    outcome = district.accord("station", "knows", district.station, table)
    refused(outcome, "not about this district", 3)


def test_the_same_measure_is_released_as_it_was(prepared: District) -> None:
    """What was shown is shown again, what was hidden stays hidden."""
    assert reviewed(prepared).step("approve", "approver").code == 0
    first, second = (
        prepared.done(
            "cells", prepared.station / "releases" / f"{CEDAR}-partners-{n}.accord", "--csv"
        ).out
        for n in (1, 2)
    )
    assert first == second


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
