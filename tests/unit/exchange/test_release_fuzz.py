"""Spoiled releases: whatever is done to the bytes, the answer is a reason, quickly, or no change.

Bytes are changed, taken out, put in, repeated and cut; entries of the zip are spoiled inside and
zipped again with sound checksums, so that the damage is not found by zip itself. ACCORD_FUZZ says
how many.
"""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from pathlib import Path

from accord.base.errors import AccordError
from accord.charter.sign import read_signed
from accord.exchange.release import parse_release
from accord.exchange.verify import verify
from partnership import Partnership

CASES = int(os.environ.get("ACCORD_FUZZ", "250"))
SLOWEST = 5.0  # seconds
FILE = Path("spoiled.accord")


def spoil(data: bytes, chance: random.Random) -> bytes:
    """`data` with one piece of damage."""
    place = chance.randrange(len(data)) if data else 0
    length = chance.choice((1, 1, 2, 8, 64, 1024))
    piece = bytes(chance.randrange(256) for _ in range(min(length, 64)))
    return chance.choice(
        (
            lambda: data[:place] + piece + data[place + len(piece) :],
            lambda: data[:place] + data[place + length :],
            lambda: data[:place] + piece + data[place:],
            lambda: data[:place] + data[place : place + length] * 3 + data[place + length :],
            lambda: data[:place],
        )
    )()


def spoil_inside(data: bytes, chance: random.Random) -> bytes:
    """The same zip, one entry damaged, renamed, left out or given twice."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    which = chance.randrange(len(entries))
    name, content = entries[which]
    what = chance.choice(("content", "content", "content", "name", "out", "swap"))
    if what == "content":
        entries[which] = (name, spoil(content, chance))
    elif what == "name":
        entries[which] = (name + chance.choice(("x", "/x", "../x", "\u202e")), content)
    elif what == "out":
        del entries[which]
    else:
        entries[which] = (name, entries[chance.randrange(len(entries))][1])
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for entry in entries:
            archive.writestr(*entry)
    return sink.getvalue()


def test_fuzz_releases(partnership: Partnership) -> None:
    chance, data = random.Random(7), partnership.release()
    honest = parse_release(data, FILE)
    charters = [read_signed(partnership.charter_file)]
    refused = told = 0
    for _ in range(CASES):
        damage = chance.choice((spoil, spoil_inside))
        spoiled, began = damage(data, chance), time.monotonic()
        try:
            release = parse_release(spoiled, FILE)
            verify(release, charters, partnership.catalogue, file=FILE)
        except AccordError as error:
            refused += 1
            told += all(problem.what and problem.remedy for problem in error.problems)
        else:
            assert release.id == honest.id
            assert release.table == honest.table
        assert time.monotonic() - began < SLOWEST
    assert told == refused > CASES // 2
