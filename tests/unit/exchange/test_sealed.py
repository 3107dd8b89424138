"""A sealed exchange: nobody can choose what to show after seeing the others' figures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from accord.base.errors import InputError, RefusedError, StateError
from accord.base.signing import new_private_key
from accord.exchange.folder import Exchange
from accord.exchange.release import Release, open_release
from accord.exchange.sealed import Round
from accord.exchange.signatures import Signature
from partnership import CEDAR, HARBOR, LAST_DAY, SIGNED, Partnership


@dataclass
class Sealing:
    """An exchange folder with the round “fall”, and each district's release in its own folder."""

    partnership: Partnership
    folder: Path

    def __post_init__(self) -> None:
        self.exchange = Exchange(self.folder / "exchange")
        self.exchange.add_charter(self.partnership.charter_file)

    @property
    def round(self) -> Round:
        return self.exchange.round("fall")

    def put(self, district: str, chronic: int = 30, **changes: object) -> tuple[Release, Path]:
        path = self.folder / f"{district}.accord"
        cells = [self.partnership.cell(chronic, district=district)]
        data = self.partnership.release(
            cells, district=district, sign=self._both(district), **changes
        )
        path.write_bytes(data)
        return open_release(path), path

    def seal(self, district: str, chronic: int = 30) -> None:
        key = self.partnership.signers[district, "approver"]
        self.round.seal(*self.put(district, chronic), key, now=SIGNED)

    def open(self, district: str) -> Path:
        path = self.folder / f"{district}.accord"
        key = self.partnership.signers[district, "approver"]
        return self.round.open(open_release(path), path, key, now=SIGNED)

    def _both(self, district: str) -> Callable[[str], list[Signature]]:
        return lambda release: [
            self.partnership.signature(release, "preparer", district=district),
            self.partnership.signature(release, "approver", district=district),
        ]


@pytest.fixture
def sealing(partnership: Partnership, tmp_path: Path) -> Sealing:
    return Sealing(partnership, tmp_path)


def test_both_commit_then_both_open_then_each_receives(sealing: Sealing) -> None:
    for district in (CEDAR, HARBOR):
        sealing.seal(district)
    opened = [sealing.open(district) for district in (CEDAR, HARBOR)]
    for path in opened:
        sealing.exchange.receive(path, sealing.partnership.catalogue)
    assert len(sealing.exchange.current("partners")) == 2


def test_a_commitment_tells_nothing_of_the_release(sealing: Sealing) -> None:
    """The same release sealed twice, with two salts, gives two digests."""
    sealing.seal(CEDAR)
    first = sealing.round.commitments()[CEDAR].statement.digest
    shutil.rmtree(sealing.round.folder)
    for salt in sealing.folder.glob("*.salt.json"):
        assert salt.stat().st_mode & 0o077 == 0
        salt.unlink()
    sealing.seal(CEDAR)
    assert sealing.round.commitments()[CEDAR].statement.digest != first


def test_nothing_is_opened_before_all_have_committed(sealing: Sealing) -> None:
    sealing.seal(CEDAR)
    with pytest.raises(StateError, match="Harbor Point Unified has not committed"):
        sealing.open(CEDAR)
    assert list(sealing.round.folder.glob("*.accord")) == []


def test_a_release_that_was_sealed_is_not_received_before_it_is_opened(sealing: Sealing) -> None:
    sealing.seal(CEDAR)
    path = sealing.folder / f"{CEDAR}.accord"
    with pytest.raises(StateError, match="has not committed"):
        sealing.exchange.receive(path, sealing.partnership.catalogue)
    sealing.seal(HARBOR)
    with pytest.raises(StateError, match="not opened yet"):
        sealing.exchange.receive(path, sealing.partnership.catalogue)
    assert sealing.exchange.newest(CEDAR, "partners") is None


def test_opening_something_else_than_committed_is_refused(sealing: Sealing) -> None:
    sealing.seal(CEDAR)
    sealing.seal(HARBOR)
    sealing.put(CEDAR, chronic=12)  # a better figure, after the fact
    with pytest.raises(RefusedError, match="not the release that Cedar Valley Unified committed"):
        sealing.open(CEDAR)


def test_a_partner_notices_when_another_file_lies_in_the_place_of_an_opened_one(
    sealing: Sealing,
) -> None:
    for district in (CEDAR, HARBOR):
        sealing.seal(district)
    opened = sealing.open(CEDAR)
    better, path = sealing.put(CEDAR, chronic=12)
    opened.write_bytes(path.read_bytes())
    assert better.id == open_release(opened).id
    with pytest.raises(RefusedError, match="not the release that Cedar Valley Unified committed"):
        sealing.exchange.receive(opened, sealing.partnership.catalogue)


def test_a_commitment_can_not_be_replaced_after_a_partner_opened(sealing: Sealing) -> None:
    """Harbor Point opens; Cedar Valley then commits anew, to a release made with that in view."""
    sealing.seal(CEDAR)
    sealing.seal(HARBOR)
    sealing.open(HARBOR)
    (sealing.round.folder / f"{CEDAR}.commitment.json").unlink()
    sealing.seal(CEDAR, chronic=12)
    with pytest.raises(RefusedError, match="Cedar Valley Unified had committed to something else"):
        sealing.open(CEDAR)


def test_a_district_commits_once_in_a_round(sealing: Sealing) -> None:
    sealing.seal(CEDAR)
    before = sealing.round.commitments()[CEDAR]
    sealing.seal(CEDAR)  # the same again is harmless, after an interruption for one
    assert sealing.round.commitments()[CEDAR] == before
    with pytest.raises(StateError, match="committed to another release"):
        sealing.seal(CEDAR, chronic=12)


def test_a_stranger_can_not_commit_for_a_district(sealing: Sealing) -> None:
    release, path = sealing.put(CEDAR)
    with pytest.raises(RefusedError, match="key has not signed this release"):
        sealing.round.seal(release, path, new_private_key())
    sealing.seal(HARBOR)
    harbor = sealing.round.folder / f"{HARBOR}.commitment.json"
    shutil.copyfile(harbor, sealing.round.folder / f"{CEDAR}.commitment.json")
    with pytest.raises(RefusedError, match="for another round or district"):
        sealing.round.commitments()


def test_an_altered_commitment_is_refused(sealing: Sealing) -> None:
    sealing.seal(CEDAR)
    path = sealing.round.folder / f"{CEDAR}.commitment.json"
    written = json.loads(path.read_text())
    written["statement"]["signatures"] = []
    path.write_text(json.dumps(written))
    with pytest.raises(RefusedError, match="not signed by Cedar Valley Unified"):
        sealing.round.commitments()
    path.write_text("{}")
    with pytest.raises(InputError, match="not a sealed exchange's commitment"):
        sealing.round.commitments()


def test_a_key_whose_time_is_over_can_not_commit(sealing: Sealing) -> None:
    release, path = sealing.put(CEDAR)
    key = sealing.partnership.signers[CEDAR, "approver"]
    late = datetime.combine(LAST_DAY, time(), UTC) + timedelta(days=1)
    with pytest.raises(RefusedError, match="expired on June 30, 2026"):
        sealing.round.seal(release, path, key, now=late)
    assert sealing.round.commitments() == {}


def test_a_round_is_for_one_audience(sealing: Sealing) -> None:
    sealing.seal(HARBOR)
    release, path = sealing.put(CEDAR, audience="public")
    with pytest.raises(RefusedError, match="for another audience"):
        sealing.round.seal(release, path, sealing.partnership.signers[CEDAR, "approver"])


def test_the_salt_is_needed_to_open(sealing: Sealing) -> None:
    sealing.seal(CEDAR)
    sealing.seal(HARBOR)
    (sealing.folder / f"{CEDAR}.accord.fall.salt.json").unlink()
    with pytest.raises(StateError, match="no salt beside this release"):
        sealing.open(CEDAR)


@pytest.mark.parametrize("name", ["../fall", "", "Fall 2026"])
def test_a_round_has_a_plain_name(sealing: Sealing, name: str) -> None:
    with pytest.raises(ValueError, match="id is lower-case"):
        sealing.exchange.round(name)


def test_a_release_under_embargo_is_kept_and_not_shown_until_its_day(sealing: Sealing) -> None:
    exchange, catalogue = sealing.exchange, sealing.partnership.catalogue
    first = exchange.receive(sealing.put(CEDAR)[1], catalogue)
    _, path = sealing.put(CEDAR, 31, number=2, follows=first.id, embargo="2026-01-15")
    second = exchange.receive(path, catalogue)
    day_before, day = date(2026, 1, 14), date(2026, 1, 15)
    assert [one.id for one in exchange.current("partners")] == [second.id]

    def showable(on: date, reader: str | None = None) -> list[list[str]]:
        both = exchange.showable("partners", on, reader=reader)
        return [[release.id for release in part] for part in both]

    assert showable(day_before) == [[first.id], [second.id]]
    assert showable(day_before, reader=HARBOR) == [[first.id], [second.id]]
    assert showable(day_before, reader=CEDAR) == [[second.id], []]
    assert showable(day) == [[second.id], []]
