"""Reading a file in chunks gives what reading it whole would, wherever the chunks end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.station.records import findings
from accord.station.records.findings import lines_at
from accord.station.records.readers import careful, text
from accord.station.records.readers.careful import physical_lines, write_clean
from accord.station.records.readers.reading import HOLE
from accord.station.records.readers.text import plain_text

checked = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

CONTENT = st.lists(
    st.sampled_from(["a,b", "é,日本", "", '"x', '","', "\n", "\r\n", "\r", "\n\n"]), max_size=12
).map("".join)


@pytest.fixture(params=[1, 2, 3, 7, 1 << 20])
def chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    for module in (careful, findings, text):
        monkeypatch.setattr(module, "_CHUNK", request.param)
    return int(request.param)


@checked
@given(content=CONTENT)
def test_physical_lines(chunk: int, tmp_path: Path, content: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content.encode())
    lines = content.split("\n")
    expected = lines if lines[-1] else lines[:-1]
    assert list(physical_lines(path)) == [line.removesuffix("\r") for line in expected]


@checked
@given(content=CONTENT, data=st.data())
def test_lines_by_number(chunk: int, tmp_path: Path, content: str, data: st.DataObject) -> None:
    path = tmp_path / "file"
    path.write_bytes(content.encode())
    lines = list(physical_lines(path))
    wanted = sorted(data.draw(st.sets(st.integers(0, max(0, len(lines) - 1))))) if lines else []
    found = [line.decode() for line in lines_at(path, np.asarray([n + 5 for n in wanted], int), 5)]
    assert found == [lines[number] for number in wanted]


@checked
@given(content=CONTENT.filter(bool))
def test_the_survey(chunk: int, tmp_path: Path, content: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content.encode())
    plain = plain_text(path, "utf-8", tmp_path)
    if "\n" not in content and "\r" in content:
        content = content.replace("\r", "\n")
    assert plain.lines == content.count("\n") + (not content.endswith("\n"))
    assert plain.is_damaged is False
    ends = {"\r\n" if line.endswith("\r") else "\n" for line in content.split("\n")[:-1]}
    stray = content.count("\r") != content.count("\r\n")
    expected = None if stray or len(ends) == 2 else "".join(ends) or "\n"
    assert plain.newline == expected


@checked
@given(content=CONTENT.filter(bool), block=st.sampled_from([1, 2, 5, 100]))
def test_the_clean_copy_has_every_line(tmp_path: Path, content: str, block: int) -> None:
    """Whatever the file, its clean copy has as many lines, and a hole for each that is none."""
    path, target = tmp_path / "file", tmp_path / "clean"
    path.write_bytes(content.encode())
    plain = plain_text(path, "utf-8", tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(careful, "_BLOCK", block)
        walk = write_clean(plain, target, ",", 2, 0)
    copied = target.read_text(encoding="utf-8").split("\n")
    assert copied.pop() == ""
    assert len(copied) == plain.lines
    holes = {number for number, line in enumerate(copied, start=1) if line.startswith(HOLE)}
    refused = {line for lines in walk.refused.values() for line in lines}
    assert holes == refused | set(walk.joined)
    assert not refused & set(walk.joined)


def test_blocks_do_not_matter(tmp_path: Path) -> None:
    """A file with every fault gives the same clean copy, however it is cut into blocks."""
    rows = ['a,"b', 'c",d', "", "e,f", 'g,"h""', '"i"j,k', "l,m,n", "o,p,", "q", 'r,"s\nt"', "u,v"]
    path = tmp_path / "file"
    path.write_text("\n".join(rows * 5))
    plain = plain_text(path, "utf-8", tmp_path)
    copies = set()
    for block in (1, 3, 8, 1000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(careful, "_BLOCK", block)
            walk = write_clean(plain, tmp_path / "clean", ",", 2, 0)
        copies.add((tmp_path / "clean").read_text() + repr(sorted(walk.refused.items())))
    assert len(copies) == 1
