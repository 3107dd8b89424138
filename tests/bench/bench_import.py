"""Import against DuckDB's bare `read_csv` into Parquet, of the same file, in the same run.

The bare run types the columns by itself and checks nothing. The import checks and types every cell
it uses, turns identifiers into pseudonyms, looks for repeated keys, writes snapshot and quarantine
and accounts for every physical line.

    python tests/bench/bench_import.py [--rows 4000000]
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
from figures import Figure, write_figures

from accord.station.records import ImportedFile, import_files
from accord.station.station import Station

RUNS = 3
GOAL = 2.0

MAPPING = """
mapping: 1
as_of: 2024-06-30
data_status: certified
sources:
  - name: absences
    files: "*.csv"
    student: StudentID
    tables:
      - table: absences
        columns:
          school: SchoolCode
          school_year: AcademicYear
          date: {column: AbsenceDate, date: "%m/%d/%Y"}
          days: Portion
          reason:
            column: Code
            codes: {EX: excused, UN: unexcused, SO: suspension_out, SI: suspension_in}
"""

# Twelve absences each for students of 80 schools, as a student system exports them.
ROWS = """
COPY (
    SELECT
        'S' || lpad(CAST(i // 12 AS VARCHAR), 7, '0') AS "StudentID",
        '9910001' || lpad(CAST(1 + hash(i // 12) % 80 AS VARCHAR), 7, '0') AS "SchoolCode",
        '2023-2024' AS "AcademicYear",
        strftime(DATE '2023-08-15' + CAST((i % 12) * 25 + hash(i) % 25 AS INTEGER), '%m/%d/%Y')
            AS "AbsenceDate",
        CASE WHEN hash(i, 1) % 10 = 0 THEN '0.5' ELSE '1' END AS "Portion",
        (['EX', 'UN', 'SO', 'SI'])[CAST(1 + hash(i, 2) % 4 AS INTEGER)] AS "Code",
        'Period ' || CAST(hash(i, 3) % 7 AS VARCHAR) AS "Note",
        'clerk' || CAST(hash(i, 4) % 500 AS VARCHAR) AS "EnteredBy",
        i AS "RecordID"
    FROM range({rows}) AS t(i)
) TO '{path}' (FORMAT csv, HEADER)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=4_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "mapping.yaml").write_text(MAPPING)
        clean, messy = folder / "clean.csv", folder / "messy.csv"
        duckdb.sql(ROWS.format(rows=rows, path=clean))
        _spoil(clean, messy)
        figures = [
            _compare(folder, clean, clean, f"import of {rows:,} lines"),
            _compare(folder, messy, clean, f"import of {rows:,} lines, 1 in 10,000 broken"),
        ]
    write_figures("engine", figures)


def _spoil(clean: Path, messy: Path) -> None:
    """A copy with one line in 10,000 spoiled, each in one of five ways; they keep their places."""
    faults: list[Callable[[bytes], bytes]] = [
        lambda line: b'"' + line,
        lambda line: line.rsplit(b",", 2)[0] + b"\n",
        lambda line: line.replace(b"2023-2024", b"2023-2025"),
        lambda line: b"\n",
        lambda line: line.replace(b"/", b"-"),
    ]
    with clean.open("rb") as source, messy.open("wb") as target:
        for number, line in enumerate(source):
            spoiled = number % 10_000 == 5_000
            target.write(faults[number // 10_000 % len(faults)](line) if spoiled else line)


def _compare(folder: Path, path: Path, readable: Path, title: str) -> Figure:
    """Both ways in turn, the best of three.

    DuckDB alone can't read a broken file; it reads the one that it was made from, so there the
    goal does not apply.
    """
    bare, whole = [], []
    for _ in range(RUNS):
        bare.append(_seconds(lambda: _read_bare(readable, folder / "bare.parquet")))
        station = Station.create(folder / "station", "99100010000000", "Cedar Valley Unified")
        done: list[ImportedFile] = []
        whole.append(_seconds(lambda: done.extend(_import(station, folder, path))))  # noqa: B023
        _check(done[0], path)
        shutil.rmtree(station.folder)
    ratio = min(whole) / min(bare)
    same = path == readable
    return Figure(
        figure=title,
        value=round(min(whole), 2),
        unit="s",
        compared_with="DuckDB read_csv into Parquet" + ("" if same else ", of the unbroken file"),
        ratio=round(ratio, 2),
        goal=f"at most {GOAL:g} times as long" if same else "",
        met=ratio <= GOAL if same else None,
    )


def _read_bare(path: Path, target: Path) -> None:
    with duckdb.connect() as con:
        con.execute(f"COPY (FROM read_csv('{path}')) TO '{target}'")


def _import(station: Station, folder: Path, path: Path) -> tuple[ImportedFile, ...]:
    return import_files(station, folder / "mapping.yaml", [path]).files


def _check(done: ImportedFile, path: Path) -> None:
    """Every physical line after the header is loaded, quarantined or set aside."""
    lines = done.manifest.lines
    with path.open("rb") as stream:
        assert lines.read == sum(1 for _ in stream) - 1
    assert lines.read == lines.loaded + lines.quarantined + lines.set_aside
    assert bool(lines.quarantined) == (path.name == "messy.csv")


def _seconds(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
