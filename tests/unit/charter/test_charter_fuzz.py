"""Whatever the bytes of a charter: a charter comes out, or an error that says what to do."""

from __future__ import annotations

import base64
import json
import time
from pathlib import Path

from charter_stub import StubCatalogue
from charter_text import EAST, SMALL, WEST, parsed, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.base import signing
from accord.base.errors import AccordError
from accord.charter.checks import check_charter
from accord.charter.diff import diff_charters
from accord.charter.drafts import example
from accord.charter.plan import Plan
from accord.charter.read import read_canonical, read_charter
from accord.charter.sign import PAYLOAD_TYPE, read_signed, signatures_path

_LIMIT = 5.0  # seconds of work, whatever else the machine is doing
_CASES = 100

_PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [
            *(b"", b"\n", b"  ", b"\t", b":", b"- ", b"? ", b"{", b"}", b"[", b"]", b"#", b"|\n"),
            *(b"'", b'"', b"~", b"null", b"true", b"-1", b"0", b"1e9", b"999999999999999999999"),
            *(
                b"!!int ''",
                b"!!bool x",
                b"!!binary x",
                b"&a ",
                b"*a",
                b"<<: ",
                b"%YAML 9\n",
                b"--- ",
            ),
            *(b'"\\ud800"', b'"\\0"', b"\xef\xbb\xbf", b"\xff\xfe", b"\xc2\x85", b"\xe2\x80\xa8"),
            *(b"0000-00", b"9999-99", b"2022-13-45", b"all", b"each", b"pending", b"[" * 3000),
        ]
    ),
)


@st.composite
def mutated(draw: st.DrawFn, text: str) -> bytes:
    """A good charter with some of its bytes taken out, put in, doubled or exchanged."""
    data = text.encode()
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        match draw(st.sampled_from(["replace", "insert", "double", "move"])):
            case "replace":
                data = data[:start] + draw(_PIECES) + data[end:]
            case "insert":
                data = data[:start] + draw(_PIECES) + data[start:]
            case "double":
                data = data[:end] + data[start:end] + data[end:]
            case _:
                rest = data[:start] + data[end:]
                place = draw(st.integers(0, len(rest)))
                data = rest[:place] + data[start:end] + rest[place:]
    return data


def try_out(path: Path, data: bytes, known: StubCatalogue) -> None:
    path.write_bytes(data)
    began = time.process_time()
    try:
        charter, source = read_charter(path)
        check_charter(charter, source, known)
        assert read_canonical(charter.canonical_bytes, "charter.json") == charter
        assert diff_charters(charter, charter) == ()
        Plan(charter)
    except AccordError as error:
        for problem in error.problems:
            assert problem.what
            assert problem.remedy
            str(problem).encode()
    assert time.process_time() - began < _LIMIT


_SETTINGS = settings(
    max_examples=_CASES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@_SETTINGS
@given(data=mutated(SMALL))
def test_a_mutated_charter(data: bytes, tmp_path: Path, known: StubCatalogue) -> None:
    try_out(tmp_path / "charter.yaml", data, known)


@settings(_SETTINGS, max_examples=15)
@given(data=mutated(example("cedar-harbor")))
def test_a_mutated_example(data: bytes, tmp_path: Path, known: StubCatalogue) -> None:
    try_out(tmp_path / "charter.yaml", data, known)


def _envelope() -> str:
    payload = parsed()[0].canonical_bytes
    envelope = signing.add_signature(signing.sign(payload, PAYLOAD_TYPE, EAST), WEST)
    return json.dumps(envelope["signatures"])


@_SETTINGS
@given(data=mutated(_envelope()))
def test_mutated_signatures(data: bytes, tmp_path: Path) -> None:
    """Signatures are as they were made, or they do not count; the payload stays as it was."""
    path = write(tmp_path)
    payload = base64.b64encode(parsed()[0].canonical_bytes)
    head = b'{"payload": "' + payload + b'", "payloadType": "' + PAYLOAD_TYPE.encode()
    signatures_path(path).write_bytes(head + b'", "signatures": ' + data + b"}")
    try:
        signed = read_signed(path)
        assert len(signed.signed_parties) + len(signed.missing_parties) == 2
        assert signed.state
    except AccordError as error:
        str(error).encode()


@_SETTINGS
@given(data=st.binary(max_size=400))
def test_any_bytes(data: bytes, tmp_path: Path, known: StubCatalogue) -> None:
    try_out(tmp_path / "charter.yaml", data, known)
    try:
        read_canonical(data, "charter.json")
    except AccordError:
        pass
    else:
        raise AssertionError("random bytes are no charter")


def test_the_most_of_everything_is_still_quick(tmp_path: Path, known: StubCatalogue) -> None:
    """Thousands of wrong references, each of which asks for a suggestion."""
    indicators = "".join(
        f"  - {{definition: met-{number}@1.0, strand: s{number}, goal: g, from: 2020-21}}\n"
        for number in range(1_200)
    )
    targets = "".join(
        f"  - {{indicator: met-{number}, group: g{number}, district: all,"
        " rule: {kind: level, value: 5, by: 2025-26}}\n"
        for number in range(500)
    )
    text = SMALL.replace("targets:\n", f"{indicators}targets:\n{targets}")
    try_out(tmp_path / "charter.yaml", text.encode(), known)
