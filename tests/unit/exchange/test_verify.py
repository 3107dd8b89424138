"""A release is believed only when nothing speaks against it; every refusal says why."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from accord.base.errors import AccordError, InputError, RefusedError
from accord.charter.sign import read_signed
from accord.exchange.acts import Sent
from accord.exchange.release import Release, parse_release
from accord.exchange.verify import verify
from partnership import CEDAR, HARBOR, Partnership

FILE = Path("cedar.accord")


def check(partnership: Partnership, data: bytes, before: Sent | None = None) -> Release:
    release = parse_release(data, FILE)
    charters = [read_signed(partnership.charter_file)]
    verify(release, charters, partnership.catalogue, before, file=FILE)
    return release


def refusal(partnership: Partnership, data: bytes, before: Sent | None = None) -> str:
    with pytest.raises(RefusedError) as caught:
        check(partnership, data, before)
    assert all(problem.remedy and problem.file for problem in caught.value.problems)
    return str(caught.value)


def altered(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The same zip with some entries changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return sink.getvalue()


def test_an_honest_release_is_believed(partnership: Partnership) -> None:
    release = check(partnership, partnership.release())
    assert len(release.table) == 5
    assert release.manifest.cells["suppressed"] == 1


def test_the_same_content_is_the_same_bytes(partnership: Partnership) -> None:
    assert partnership.release() == partnership.release()


@pytest.mark.parametrize("name", ["cells.parquet", "cells.csv", "charter.json"])
def test_a_changed_part_shows(partnership: Partnership, name: str) -> None:
    def spoil(entries: dict[str, bytes]) -> None:
        entries[name] = entries[name].replace(b"120", b"121") + b" "

    with pytest.raises(RefusedError, match=f"altered: {name}"):
        check(partnership, altered(partnership.release(), spoil))


def test_a_changed_manifest_shows(partnership: Partnership) -> None:
    def spoil(entries: dict[str, bytes]) -> None:
        entries["manifest.json"] = entries["manifest.json"].replace(b'"number":1', b'"number":2')

    with pytest.raises(RefusedError, match="manifest.json is not what was signed"):
        check(partnership, altered(partnership.release(), spoil))


def test_a_part_left_out_or_put_in_shows(partnership: Partnership) -> None:
    data = partnership.release()
    with pytest.raises(InputError, match="it has no cells.csv"):
        check(partnership, altered(data, lambda entries: entries.pop("cells.csv", None) and None))
    with pytest.raises(InputError, match="an entry that no release has"):
        check(partnership, altered(data, lambda entries: entries.update({"../evil": b"x"})))


def test_a_charter_that_one_party_has_not_signed_lets_nothing_be_believed(tmp_path: Path) -> None:
    partnership = Partnership(tmp_path)
    partnership.sign([CEDAR])
    found = refusal(partnership, partnership.release())
    assert "The charter is not in force" in found
    assert "Harbor Point Unified" in found


def test_another_charter_is_refused(partnership: Partnership, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Partnership(tmp_path / "other", keys=partnership.keys)
    text = other.charter_file.read_text()
    other.charter_file.write_text(text.replace("minimum: 11", "minimum: 12"))
    assert "under another charter" in refusal(partnership, other.release())


def test_a_district_outside_the_charter_is_refused(partnership: Partnership) -> None:
    cells = [partnership.cell(district="99300030000000")]
    assert "not a party" in refusal(
        partnership, partnership.release(cells, district="99300030000000")
    )


def test_a_release_sent_twice_is_a_replay(partnership: Partnership) -> None:
    data = partnership.release()
    first = check(partnership, data)
    assert "it is a replay" in refusal(partnership, data, Sent(1, first.id))
    assert "it is a replay" in refusal(partnership, data, Sent(3, "sha256:later"))


def test_a_gap_says_which_release_to_ask_for(partnership: Partnership) -> None:
    third = partnership.release(number=3, follows="sha256:second")
    assert "Ask for release 2" in refusal(partnership, third, Sent(1, "sha256:first"))


def test_another_history_is_refused(partnership: Partnership) -> None:
    second = partnership.release(number=2, follows="sha256:another-first")
    assert "history differs" in refusal(partnership, second, Sent(1, "sha256:first"))


def test_the_next_release_is_believed(partnership: Partnership) -> None:
    check(
        partnership,
        partnership.release(number=2, follows="sha256:first"),
        Sent(1, "sha256:first"),
    )


def test_an_indicator_that_the_charter_does_not_list_is_refused(partnership: Partnership) -> None:
    definition = partnership.catalogue.definition("advanced-reading@1.0")
    cell = partnership.cell(indicator=definition.id, definition_hash=definition.hash)
    found = refusal(partnership, partnership.release([cell]))
    assert "The charter in force for 2024-25 does not list advanced-reading@1.0" in found


def test_a_year_before_the_charters_first_is_refused(partnership: Partnership) -> None:
    found = refusal(partnership, partnership.release([partnership.cell(period="2010-11")]))
    assert "does not list chronic-absenteeism@1.0" in found


def test_a_definition_of_another_meaning_is_refused(partnership: Partnership) -> None:
    real = partnership.catalogue.definition("chronic-absenteeism@1.0")
    other = replace(real, hash="sha256:" + "1" * 64)
    cells = [partnership.cell(definition_hash=other.hash)]
    assert "name another definition than the manifest" in refusal(
        partnership, partnership.release(cells)
    )


def test_more_than_the_plan_lets_leave_is_refused(partnership: Partnership) -> None:
    cells = [partnership.cell(school="99100010000001", grade="5")]
    found = refusal(partnership, partnership.release(cells))
    assert "does not let chronic-absenteeism leave for partners at school level" in found


@pytest.mark.parametrize(
    "changes",
    [
        {"partnership": "other"},
        {"as_of": "2024-01-01"},
        {"data_status": "preliminary"},
        {"district": HARBOR},
    ],
)
def test_cells_that_disagree_with_the_manifest_are_refused(
    partnership: Partnership, changes: dict[str, Any]
) -> None:
    found = refusal(partnership, partnership.release([partnership.cell(**changes)]))
    assert f"Some cells have another {next(iter(changes))}" in found


@pytest.mark.parametrize(("chronic", "students"), [(4, 10), (2, 40), (38, 40)])
def test_a_number_smaller_than_the_charter_lets_leave_is_refused(
    partnership: Partnership, chronic: int, students: int
) -> None:
    """Under eleven students, or under three of them counted or not counted."""
    small = partnership.cell(chronic, students, group="foster")
    assert "fewer students than the charter lets" in refusal(
        partnership, partnership.release([small])
    )


def test_a_value_that_its_numerator_does_not_make_is_refused(partnership: Partnership) -> None:
    found = refusal(partnership, partnership.release([partnership.cell(value=Decimal("24.9"))]))
    assert "not what their numerator and denominator make" in found


@pytest.mark.parametrize("length", [0, 1, 10, 200])
def test_a_torn_file_is_no_release(partnership: Partnership, length: int) -> None:
    with pytest.raises(InputError, match="not a release"):
        check(partnership, partnership.release()[:length])


def test_every_single_changed_byte_is_noticed(partnership: Partnership) -> None:
    """Wherever a byte is changed, the release is refused, or says exactly what it said."""
    data = partnership.release()
    honest = check(partnership, data)
    for place in range(0, len(data), max(1, len(data) // 400)):
        spoiled = bytearray(data)
        spoiled[place] ^= 0x20
        try:
            release = check(partnership, bytes(spoiled))
        except AccordError:
            continue
        assert release.id == honest.id
        assert release.table == honest.table
