"""The DuckDB engine as a neighbour: its files, its limits, and what it says when it can't."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from accord.base.errors import AccordError, MachineError, StateError
from accord.base.progress import SILENT
from accord.indicators.catalogue import Catalogue
from accord.station.engines.duckdb import Limits, measure
from accord.station.engines.request import MeasureRequest, sums_schema
from support.engines import write_facts
from unit.engines.conftest import PERIOD, MakeRow

SECRET = "a-student-s-own-code"


@pytest.fixture
def request_of(tmp_path: Path, catalogue: Catalogue, make_row: MakeRow) -> MeasureRequest:
    """The whole catalogue over a few hundred rows, in a folder whose name is a pattern."""
    facts = tmp_path / "it's [a] *?{b,c}"
    races = list(catalogue.vocabulary.common["race_ethnicity"].codes)
    rows = {
        fact: [
            make_row(
                fact,
                student=SECRET,
                level=level,
                organisation=organisation,
                grade=number % 14 - 1,
                race_ethnicity=races[number % len(races)],
            )
            for number in range(200)
            for level, organisation in (("district", "D"), ("school", f"S{number % 3}"))
        ]
        for fact in catalogue.vocabulary.facts
    }
    write_facts(
        facts, {fact: {PERIOD: listed} for fact, listed in rows.items()}, catalogue.vocabulary
    )
    return MeasureRequest(
        facts,
        (PERIOD,),
        tuple(catalogue.definitions.values()),
        tuple(catalogue.groups.values()),
    )


def test_files_are_where_and_as_promised(request_of: MeasureRequest, tmp_path: Path) -> None:
    out = tmp_path / "out [1]"
    measure(request_of, out, SILENT)
    facts = {part.fact for part in request_of.parts}
    assert {"student_year", "test_result", "cohort_member"} <= facts
    promised = facts | {f"{fact}/{PERIOD}.parquet" for fact in facts}
    assert {path.relative_to(out).as_posix() for path in out.rglob("*")} == promised
    for part in request_of.parts:
        assert pq.read_schema(part.target(out)).equals(sums_schema(part.definitions))


def test_the_same_request_gives_the_same_rows(request_of: MeasureRequest, tmp_path: Path) -> None:
    tables = []
    for threads in (1, 4):
        out = tmp_path / str(threads)
        measure(request_of, out, SILENT, Limits(threads=threads))
        tables.append([pq.read_table(part.target(out)) for part in request_of.parts])
    assert tables[0] == tables[1]


def test_only_the_levels_asked_for(request_of: MeasureRequest, tmp_path: Path) -> None:
    request = MeasureRequest(
        request_of.facts, (PERIOD,), request_of.definitions, request_of.groups, ("school",)
    )
    measure(request, tmp_path / "out", SILENT)
    table = pq.read_table(request.parts[0].target(tmp_path / "out"))
    assert set(table["level"].to_pylist()) == {"school"}


def test_a_period_without_a_file_has_no_sums(request_of: MeasureRequest, tmp_path: Path) -> None:
    request = MeasureRequest(
        request_of.facts, ("1999-00", PERIOD), request_of.definitions, request_of.groups
    )
    assert {part.period for part in request.parts} == {PERIOD}


def test_facts_of_another_version_are_refused(request_of: MeasureRequest, tmp_path: Path) -> None:
    source = request_of.parts[0].source
    pq.write_table(pq.read_table(source).drop_columns(["foster", "migrant"]), source)
    with pytest.raises(StateError, match="no column foster, migrant"):
        measure(request_of, tmp_path / "out", SILENT)


@pytest.mark.parametrize("spoil", ["text where a condition was", "cut off", "not Parquet"])
def test_spoilt_facts_are_refused_without_a_value(
    request_of: MeasureRequest, tmp_path: Path, spoil: str
) -> None:
    source = request_of.parts[0].source
    if spoil == "text where a condition was":
        table = pq.read_table(source)
        place = table.column_names.index("foster")
        spoilt = table.set_column(place, "foster", pa.array([SECRET] * len(table)))
        pq.write_table(spoilt, source)
    elif spoil == "cut off":
        source.write_bytes(source.read_bytes()[:-200])
    else:
        source.write_text(SECRET)
    with pytest.raises(AccordError) as caught:
        measure(request_of, tmp_path / "out", SILENT)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.problems[0].remedy


def test_too_little_memory_is_the_machine_s_fault(
    request_of: MeasureRequest, tmp_path: Path
) -> None:
    with pytest.raises(MachineError, match="not enough memory"):
        measure(request_of, tmp_path / "out", SILENT, Limits(memory="1MB", spill="0KB"))


def test_nothing_is_left_when_it_fails(request_of: MeasureRequest, tmp_path: Path) -> None:
    with pytest.raises(MachineError):
        measure(request_of, tmp_path / "out", SILENT, Limits(memory="1MB", spill="0KB"))
    assert not list((tmp_path / "out").glob("spill-*"))
