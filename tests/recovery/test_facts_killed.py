"""`kill -9` while facts are made: what was current stays current, and the next run finishes.

The kill falls at points spread over a whole run, from its first file to its last, so that it meets
the building, the renaming and the pointer. A reader between runs sees whole facts or none.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import duckdb
import pytest

from accord.base.files import PARTIAL
from accord.station.facts.build import current_facts, read_manifest
from accord.station.station import Station

KILLS = 3

# Records of 4,000 students in three years, as an import leaves them, and the command made on them.
_RECORDS = """
COPY (
    SELECT
        md5(i::VARCHAR) AS student, 'school-' || (i % 9) AS school, year AS school_year,
        (i % 6)::SMALLINT AS grade, make_date(left(year, 4)::INTEGER, 8, 15) AS entry_date,
        NULL::DATE AS exit_date, NULL::VARCHAR AS exit_reason, 'primary' AS enrolment_type,
        i::INTEGER AS line
    FROM range(4000) AS student(i), (VALUES ('2021-22'), ('2022-23'), ('2023-24')) AS years(year)
) TO '{path}' (FORMAT parquet)
"""
_RUN = """
import sys
from datetime import date
from pathlib import Path
from accord.base.progress import SILENT
from accord.station.facts import build
from accord.station.records.current import CurrentRecords
from accord.station.station import Station

folder, records, digits = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
build.current = lambda station: CurrentRecords(
    {"enrolments": [records]}, date(2024, 6, 30), "certified", digits, (digits,), ()
)
print("ready", flush=True)
build.build_facts(Station.open(folder), SILENT)
"""


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "enrolments.parquet"
    duckdb.sql(_RECORDS.format(path=path))
    return path


def run(station: Station, records: Path, digits: str) -> subprocess.Popen[str]:
    """Start making facts of records whose hash is `digits`; returns when work begins."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(_RUN), station.folder, records, digits],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def rows_of(station: Station) -> list[tuple[str, int]]:
    """The rows of each year of the current facts, read from the files."""
    pattern = str(current_facts(station) / "student_year" / "*.parquet")
    query = "SELECT period, count(*) FROM read_parquet($files) GROUP BY ALL ORDER BY ALL"
    return duckdb.execute(query, {"files": pattern}).fetchall()


def test_a_kill_at_any_point_leaves_whole_facts_or_none(tmp_path: Path, records: Path) -> None:
    station = Station.create(tmp_path / "station", "D", "A district")
    began = time.monotonic()
    assert run(station, records, "first").wait() == 0
    whole = time.monotonic() - began
    expected, first = rows_of(station), current_facts(station)
    assert expected == [(year, 8000) for year in ("2021-22", "2022-23", "2023-24")]

    killed = 0
    for point in range(KILLS):
        digits = f"kill-{point}"
        process = run(station, records, digits)
        time.sleep(whole * point / KILLS)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        folder = current_facts(station)
        snapshots = read_manifest(folder)["records"]["snapshots"]
        assert folder == first or snapshots == [digits]
        assert rows_of(station) == expected

        assert run(station, records, digits).wait() == 0
        first = current_facts(station)
        assert read_manifest(first)["records"]["snapshots"] == [digits]
        assert rows_of(station) == expected
        assert not list(station.facts_folder.glob(f"*{PARTIAL}*"))
    assert killed > 0
