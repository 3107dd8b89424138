"""Mangled files and mappings: never a traceback, never a lost line, never a value in a message.

A few dozen of each here; ACCORD_FUZZ=N tries N of each.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import duckdb
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.base.errors import AccordError
from accord.station.records import import_files
from accord.station.records.snapshot import Manifest
from unit.records.records_bench import TESTS, Bench, results_source, source, table

EXAMPLES = int(os.environ.get("ACCORD_FUZZ", "30"))
SECONDS = 5
MARK = "S3CR3T"  # stands in every cell that could be a student's

fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

HEADER = "Id,School,Year,Subject,Grade,Score,Name"
ROWS = [f"{MARK}{n},7001,2023-24,{'ME'[n % 2]},{1 + n % 9},{2300 + n},{MARK}" for n in range(12)]
GOOD = "\n".join(
    [HEADER, *ROWS[:6], f'{MARK}6,7001,2023-24,M,5,2400,"{MARK} ""a"", b"', *ROWS[7:], ""]
)
BASES = [
    GOOD.encode(),
    GOOD.replace("\n", "\r\n").encode(),
    GOOD.replace(f"{MARK} ", "é\n").encode(),
    GOOD.replace(f"{MARK} ", "é").encode("cp1252"),
    GOOD.encode("utf-8-sig"),
    GOOD.replace(",", "^").encode(),
    GOOD.encode("utf-16"),
]
PIECES = [
    *(b'"', b",", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xe9", b"\xef\xbb\xbf", b"\\", b" "),
    *(b'""', b'","', b'"\n', b",,,,,,,", b"\x1ahole", b"\xed\xa0\x80", b"^", b"\t", b"=1+1"),
]


@st.composite
def mangled_files(draw: st.DrawFn) -> bytes:
    """A good file with pieces put in, taken out, copied or overwritten."""
    data = draw(st.sampled_from(BASES))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(data)))
        until = min(len(data), at + draw(st.integers(0, 40)))
        change = draw(st.sampled_from(["insert", "delete", "overwrite", "copy"]))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=4)))
        if change == "copy":
            piece = data[at:until]
        kept = until if change in ("delete", "overwrite") else at
        data = data[:at] + (b"" if change == "delete" else piece) + data[kept:]
    return data


def physical_lines(data: bytes) -> int:
    """Lines of a file of single bytes, counted another way than the importer does."""
    end = b"\n" if b"\n" in data else b"\r"
    return len(data.split(end)) - data.endswith(end)


def checked(act: Callable[[], Manifest]) -> Manifest | None:
    """Run an import that may be refused, but only in words, in time and without a value."""
    began, manifest, refusal = time.process_time(), None, None
    try:
        manifest = act()
    except AccordError as error:
        refusal = error
    assert time.process_time() - began < SECONDS
    if refusal is not None:
        assert type(refusal) is not AccordError, "a failure that nobody foresaw"
        assert all(problem.remedy for problem in refusal.problems)
        assert MARK not in str(refusal)
    return manifest


def assert_every_line_is_somewhere(bench: Bench, manifest: Manifest) -> None:
    lines = manifest.lines
    assert lines.read == lines.loaded + lines.quarantined + lines.set_aside
    folder = bench.station.imports_folder / manifest.snapshot
    path = folder / "tests.parquet"
    if path.exists():
        query = f"SELECT count(*), count(DISTINCT line), min(line), max(line) FROM '{path}'"
        ((rows, places, first, last),) = duckdb.sql(query).fetchall()
        assert rows == places <= lines.loaded
        assert rows == 0 or 1 <= first <= last <= lines.read + 1
    assert (folder / "quarantine.xlsx").exists() == bool(lines.quarantined)
    assert MARK not in (folder / "manifest.json").read_text()


@fuzz
@given(data=mangled_files())
def test_mangled_files(bench: Bench, data: bytes) -> None:
    mapping = bench.mapping(
        source(table("tests", TESTS), table("names", {"last_name": "Name"}, repeats="observe"))
    )
    path = bench.file(data)
    manifest = checked(lambda: import_files(bench.station, mapping, [path]).files[0].manifest)
    if manifest is not None:
        assert_every_line_is_somewhere(bench, manifest)
        if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and not any(
            "utf-16" in note for note in manifest.notes
        ):
            assert manifest.lines.read == physical_lines(data) - 1


ODD: list[Any] = [
    *(
        None,
        True,
        0,
        -1,
        10**30,
        "",
        " ",
        "*",
        "{district}",
        "{",
        "%",
        "%Y-%m-%d",
        "'",
        "\\",
        "a\0b",
    ),
    *(
        "constant",
        "Grade",
        "tests",
        "students",
        "observe",
        [],
        {},
        [[]],
        {"column": "Grade"},
        "é",
        "x" * 500,
    ),
    *(
        {"constant": None},
        {"column": "Score", "codes": {"*": 1}},
        {"column": "Id", "unit": {"divide": 0}},
    ),
]


def places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a plain value."""
    inner: list[tuple[Any, ...]] = []
    if isinstance(value, dict):
        inner = [each for key, item in value.items() for each in places(item, (*place, key))]
    elif isinstance(value, list):
        inner = [each for key, item in enumerate(value) for each in places(item, (*place, key))]
    return [place, *inner] if place else inner


@st.composite
def mangled_mappings(draw: st.DrawFn) -> bytes:
    """A good mapping with values changed, names changed or lines of text mangled."""
    columns = TESTS | {"test_date": {"column": "Score", "date": "%m/%d/%Y"}}
    sources = [results_source(keep={"School": "7001"}), source(table("tests", columns), name="b")]
    whole: dict[str, Any] = {
        "mapping": 1,
        "as_of": "2024-06-30",
        "data_status": "certified",
        "sources": yaml.safe_load(yaml.safe_dump(sources)),
    }
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.sampled_from(places(whole)))
        target: Any = whole
        for part in place[:-1]:
            target = target[part]
        if isinstance(target, dict) and draw(st.booleans()):
            target[
                draw(st.one_of(st.sampled_from(["when", "repeats", "codes"]), st.text(max_size=5)))
            ] = target.pop(place[-1])
        else:
            target[place[-1]] = draw(
                st.one_of(st.sampled_from(ODD).map(deepcopy), st.text(max_size=8))
            )
    data = yaml.safe_dump(whole, allow_unicode=True).encode()
    if draw(st.integers(0, 4)) == 0:
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=5)) + data[at + draw(st.integers(0, 10)) :]
    return data


@fuzz
@given(data=mangled_mappings())
def test_mangled_mappings(bench: Bench, data: bytes) -> None:
    mapping = bench.folder / "mapping.yaml"
    mapping.write_bytes(data)
    path = bench.file(GOOD)
    manifest = checked(lambda: import_files(bench.station, mapping, [path]).files[0].manifest)
    if manifest is not None:
        assert_every_line_is_somewhere(bench, manifest)


@pytest.mark.parametrize("base", range(len(BASES)))
def test_the_files_that_are_mangled_are_good(bench: Bench, base: int) -> None:
    manifest = bench.manifest(BASES[base])
    assert manifest.lines.loaded == manifest.lines.read


def test_the_mark_is_in_every_file() -> None:
    assert all(MARK.encode() in base or MARK.encode("utf-16-le") in base for base in BASES)
