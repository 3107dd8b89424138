"""Files as an audit reads them: what is judged, what is known, and what everybody can look up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from accord.audit.history import read_history
from accord.audit.sources import Source, figures_of_table, meanings_of, read_source, relations_of
from accord.base.errors import InputError
from accord.cells.table import CellTable
from accord.charter.model import Disclosure
from accord.indicators.catalogue import load_catalogue
from adversary.publications import cell, source

TABLE = CellTable.of([cell("own-rate", "all", (90, 460)), cell("own-rate", "foster", None)])


def test_a_table_is_audited_by_the_usual_rules_and_figures_are_only_known() -> None:
    table, own = source(*TABLE), figures_of_table(TABLE, "figures")
    assert (table.is_outside, table.is_background, table.is_audited) == (False, False, True)
    assert (own.is_outside, own.is_audited) == (True, False)
    earlier = replace(table, is_background=True)
    assert (earlier.is_outside, earlier.is_audited) == (False, False)
    assert table.rules == Disclosure()
    assert source(*TABLE, rules=Disclosure(minimum=20)).rules.minimum == 20
    assert table.id == own.id
    assert table.id != source(cell("own-rate", "all", (91, 460))).id


def test_the_ending_says_how_a_file_is_read(tmp_path: Path) -> None:
    TABLE.write_csv(tmp_path / "one.csv")
    TABLE.write_parquet(tmp_path / "one.parquet")
    for name in ("one.csv", "one.parquet"):
        read = read_source(tmp_path / name)
        assert (read.name, read.audience, read.table) == (name, "public", TABLE)
        assert read.meanings == read.crossings == {}
    (tmp_path / "one.parquet").rename(tmp_path / "two.csv")
    with pytest.raises(InputError):
        read_source(tmp_path / "two.csv")


def test_what_else_is_out_is_a_file_or_a_folder_of_releases(tmp_path: Path) -> None:
    TABLE.write_csv(tmp_path / "one.csv")
    (only,) = read_history(tmp_path / "one.csv")
    assert only.name == "one.csv"
    with pytest.raises(InputError, match="no release in this folder"):
        read_history(tmp_path)


def crossing(group: str, *parts: str) -> Source:
    return replace(source(*TABLE), crossings={group: parts})


def test_groups_that_a_charter_crosses_lie_in_what_they_are_made_of() -> None:
    known = load_catalogue()
    made = crossing("foster-learners", "foster", "english-learners")
    found = relations_of([made], known)
    assert ("foster-learners", ("foster", "english-learners")) in found.intersections
    assert found.partitions == relations_of([], known).partitions
    assert found.partitions


def test_a_crossing_of_unknown_groups_or_with_a_known_name_says_nothing() -> None:
    plain = relations_of([]).intersections
    assert relations_of([crossing("both", "foster", "left-handed")]).intersections == plain
    assert relations_of([crossing("homeless", "foster", "english-learners")]).intersections == plain


def test_a_releases_own_meaning_of_a_definition_counts() -> None:
    known = load_catalogue()
    rate = known.definition("suspension-rate@1.0")
    assert meanings_of([], known)[rate.hash]["definition"] == "suspension-rate"
    own = replace(source(*TABLE), meanings={rate.hash: {"definition": "own"}})
    assert meanings_of([own], known)[rate.hash] == {"definition": "own"}
    assert len(meanings_of([own])) == len(known.definitions)
