"""Sealed files: opened they are what they were; altered, shortened or shuffled they are refused."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from accord.base.errors import RefusedError
from accord.workspace.sealing.envelope import new_text_key
from accord.workspace.sealing.streams import PIECE, seal_file, unsealed

KEY, ABOUT = new_text_key(), "the seal of an upload"
HEAD, WHOLE = 16, PIECE + 16


def sealed(folder: Path, data: bytes) -> Path:
    (folder / "plain").write_bytes(data)
    seal_file(folder / "plain", folder / "sealed", KEY, ABOUT)
    return folder / "sealed"


def opened(path: Path, about: str = ABOUT) -> bytes:
    return b"".join(unsealed(path, KEY, about))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_a_file_of_any_size_is_opened_as_it_was(tmp_path: Path, size: int) -> None:
    data = bytes(place % 251 for place in range(size))
    path = sealed(tmp_path, data)
    assert opened(path) == data
    if size > HEAD:  # of a letter or two, the sealed bytes have the same by chance
        assert data[:40] not in path.read_bytes()


def pieces(path: Path) -> tuple[bytes, list[bytes]]:
    """The head of a sealed file, and its sealed pieces."""
    raw = path.read_bytes()
    return raw[:HEAD], [raw[at : at + WHOLE] for at in range(HEAD, len(raw), WHOLE)]


def spoilt(path: Path, how: str) -> bytes:
    head, (first, second, third) = pieces(path)
    return {
        "a letter altered": head + first[:-1] + bytes([first[-1] ^ 1]) + second + third,
        "two pieces changed over": head + second + first + third,
        "a piece left out": head + first + third,
        "the last piece cut off": head + first + second,
        "a part of the last cut off": head + first + second + third[:-1],
        "a piece added": head + first + second + third + third,
        "another head": bytes(HEAD) + first + second + third,
        "nothing left": b"",
    }[how]


@pytest.mark.parametrize(
    "how",
    [
        "a letter altered",
        "two pieces changed over",
        "a piece left out",
        "the last piece cut off",
        "a part of the last cut off",
        "a piece added",
        "another head",
        "nothing left",
    ],
)
def test_whatever_is_done_to_it_is_found(tmp_path: Path, how: str) -> None:
    path = sealed(tmp_path, bytes(3 * PIECE))
    path.write_bytes(spoilt(path, how))
    with pytest.raises(RefusedError, match="altered"):
        opened(path)


def test_it_opens_under_its_own_name_alone(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="altered"):
        opened(sealed(tmp_path, b"words"), "the seal of another upload")


def test_a_large_file_takes_little_memory(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(bytes(200 * PIECE))
    tracemalloc.start()
    seal_file(tmp_path / "plain", tmp_path / "sealed", KEY, ABOUT)
    size = sum(len(piece) for piece in unsealed(tmp_path / "sealed", KEY, ABOUT))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (size, most < 10 * PIECE) == (200 * PIECE, True)
