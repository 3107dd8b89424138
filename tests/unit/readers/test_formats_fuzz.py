"""Corrupted files of every format: no traceback, no lost line, no value in a message.

A few dozen here; ACCORD_FUZZ=N tries N.
"""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.base.errors import AccordError
from accord.station.records import import_intakes
from accord.station.records.formats import Asked, Wanted, recognised_intakes
from accord.station.records.importing import ImportedFile
from unit.readers.desk import CDS, Desk, cells, joined
from unit.readers.test_clearinghouse import HEADER
from unit.readers.test_edfi import ATTENDANCE
from unit.readers.test_oneroster import BULK, MANIFEST
from unit.readers.test_state_tests import CAASPP, LINES, delimited, records

EXAMPLES = int(os.environ.get("ACCORD_FUZZ", "25"))
SECONDS = 20
MARK = "S3CR3T"  # stands where a student's name could

fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _calpads(layout: str, record_type: str, delimiter: str) -> bytes:
    rows = [
        cells(
            layout,
            {
                "Record Type Code": record_type,
                "Reporting LEA": "9910001",
                "School of Attendance": "0000001",
                "Academic Year ID": "2023-2024",
                "SSID": f"10000000{number:02d}",
                "Student Legal Last Name": MARK,
                "Student Birth Date": "05/06/2009",
            }
            | ({"Enrollment Start Date": "08/15/2023"} if record_type == "SENR" else {})
            | ({"Grade Level Code": "09"} if record_type == "SENR" else {}),
        )
        for number in range(12)
    ]
    return joined(rows, delimiter).encode()


def _zipped(files: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:  # not compressed, so that damage reaches the text
        for name, text in files.items():
            made.writestr(name, text.replace("Family", MARK))
    return stream.getvalue()


_RESULTS = delimited(CAASPP, LINES).replace("01^1000000001", f"01^{MARK}")
_DETAIL = (
    f"1000000001_,{MARK},,B,,,Y,20250101,001139-00,A,CA,4-year,Public,20240820,20241215,F,N,,\n"
)
GOOD: dict[str, bytes] = {
    "SENR.txt": _calpads("calpads-senr-2016", "SENR", "^"),
    "SENR.csv": _calpads("calpads-senr-2016", "SENR", ","),
    "SINF.txt": _calpads("calpads-sinf-2016", "SINF", "^"),
    "results.csv": _RESULTS.encode(),
    "results.dat": records(CAASPP, LINES).encode(),
    "results.zip": _zipped({f"{CDS}.csv": _RESULTS, f"{CDS}.dat": records(CAASPP, LINES)}),
    "detail_2024-25.csv": (HEADER + _DETAIL * 3).encode(),
    "roster.zip": _zipped({"manifest.csv": MANIFEST.format(mode="bulk"), **BULK}),
    "attendance.xml": ATTENDANCE.replace("Excused", MARK).encode(),
}
PIECES = [
    *(b'"', b",", b"^", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xe9", b"\xef\xbb\xbf", b" "),
    *(
        b'","',
        b"^^^^^^^",
        b"SENR",
        b"SINF",
        b"\x1ahole",
        b"<",
        b"</a>",
        b"&x;",
        b"]]>",
        b"2022-2023",
    ),
    *(b"PK\x03\x04", b"1E+09", b"0000000000", b"999999999999999999"),
]


@st.composite
def corrupted(draw: st.DrawFn) -> tuple[str, bytes]:
    """A good file with pieces put in, taken out, copied or overwritten, or cut short."""
    name = draw(st.sampled_from(sorted(GOOD)))
    data = GOOD[name]
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(data)))
        until = min(len(data), at + draw(st.integers(0, 60)))
        change = draw(st.sampled_from(["insert", "delete", "overwrite", "copy", "cut"]))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=4)))
        if change == "copy":
            piece = data[at:until]
        kept = until if change in ("delete", "overwrite") else at
        rest = b"" if change == "cut" and draw(st.booleans()) else data[kept:]
        data = data[:at] + (b"" if change in ("delete", "cut") else piece) + rest
    return name, data


def checked(act: Callable[[], list[ImportedFile]]) -> list[ImportedFile]:
    """Run an import that may be refused, but only in words, in time and without a value."""
    began, done, refusal = time.process_time(), [], None
    try:
        done = act()
    except AccordError as error:
        refusal = error
    assert time.process_time() - began < SECONDS
    if refusal is not None:
        assert type(refusal) is not AccordError, "a failure that nobody foresaw"
        assert all(problem.remedy for problem in refusal.problems)
        assert MARK not in str(refusal)
    return done


def bring(desk: Desk, name: str, data: bytes) -> list[ImportedFile]:
    path = desk.file(name, data)
    asked = Asked(Wanted())
    return checked(
        lambda: list(
            import_intakes(desk.station, recognised_intakes(desk.station, [path], asked)).files
        )
    )


@fuzz
@given(variant=corrupted())
def test_corrupted_files(desk: Desk, variant: tuple[str, bytes]) -> None:
    if not desk.station.layouts_journal.exists():
        desk.confirm_all()
    name, data = variant
    for one in bring(desk, name, data):
        lines = one.manifest.lines
        assert lines.read == lines.loaded + lines.quarantined + lines.set_aside
        assert MARK not in str(one.manifest)
        if name.endswith((".txt", ".dat")) and b"\n" in data and b"\0" not in data:
            assert lines.read == data.count(b"\n") + (not data.endswith(b"\n"))


@pytest.mark.parametrize("name", GOOD)
def test_the_files_that_are_corrupted_are_good(desk: Desk, name: str) -> None:
    desk.confirm_all()
    assert any(one.manifest.lines.loaded for one in bring(desk, name, GOOD[name]))


def test_the_mark_is_in_every_file() -> None:
    without = [name for name, data in GOOD.items() if MARK.encode() not in data]
    assert without == ["results.dat"]  # its fields are too short
