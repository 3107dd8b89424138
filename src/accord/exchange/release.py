"""The release file: protected cells of one district for one audience, signed.

A `.accord` file is a zip with exactly these entries, the same bytes for the same content:

=====================  ==========================================================================
``manifest.json``      what this is, under which charter, and the hash of every other entry
``cells.parquet``      the protected cells
``cells.csv``          the same cells, for Excel
``definitions/…json``  the canonical form of every definition used; its bytes hash to its hash
``charter.json``       the canonical form of the charter; its bytes hash to its hash
``signatures.json``    a DSSE envelope over the bytes of ``manifest.json``
=====================  ==========================================================================

The hash of ``manifest.json`` is the release's id. This module packs and opens; `verify` decides
whether what was opened may be believed.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import Field, ValidationError

from accord.base.canonical import bytes_hash, canonical_bytes
from accord.base.documents import Written
from accord.base.errors import InputError, RefusedError
from accord.base.files import machine_errors, whole_file
from accord.base.signing import payload_of, sign
from accord.cells.reading import parse_parquet
from accord.cells.table import CellTable

FORMAT = "accord-release/1"
PAYLOAD_TYPE = "application/vnd.accord.release+json"

MANIFEST = "manifest.json"
PARQUET = "cells.parquet"
CSV = "cells.csv"
CHARTER = "charter.json"
SIGNATURES = "signatures.json"
DEFINITIONS = "definitions/"

# Far above any honest release, far below what would fill a partner's machine.
LARGEST_FILE = 200_000_000
LARGEST_OPENED = 1_000_000_000
MOST_ENTRIES = 2_000
_ALWAYS = frozenset({MANIFEST, PARQUET, CSV, CHARTER, SIGNATURES})
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class UsedDefinition(Written):
    """A definition as the manifest names it: its hash, and the key of each of its sums."""

    hash: str
    sums: dict[str, str]


class MadeFrom(Written):
    """Where the cells come from, for whoever must find the records again inside the district."""

    snapshots: tuple[str, ...]
    facts: str
    measure: str
    software: str


class Manifest(Written):
    """What a release says of itself. `schools` gives the name of each school in the cells."""

    format: Literal["accord-release/1"]
    partnership: str
    district: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")  # becomes a file name
    audience: Literal["partners", "public"]
    number: int = Field(ge=1)
    follows: str | None
    ledger: str
    charter: str
    definitions: dict[str, UsedDefinition]
    groups: tuple[str, ...]
    schools: dict[str, str]
    periods: tuple[str, ...]
    as_of: str
    data_status: Literal["certified", "preliminary", "unofficial"]
    disclosure: dict[str, Any]
    made_from: MadeFrom
    cells: dict[str, int]
    files: dict[str, str]

    def written(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical_bytes(self.model_dump(mode="json"))


@dataclass(frozen=True)
class Release:
    """An opened release. Opening checks its form and its hashes, not who signed it."""

    id: str
    manifest: Manifest
    table: CellTable
    definitions: Mapping[str, bytes]
    charter: bytes
    envelope: Mapping[str, Any]
    data: bytes


def pack(
    manifest: Manifest,
    table: CellTable,
    definitions: Mapping[str, bytes],
    charter: bytes,
    key: Ed25519PrivateKey,
) -> bytes:
    """The bytes of a signed release.

    `definitions` maps references to canonical forms; `manifest.files` and `manifest.cells` are
    filled in here, whatever they held.
    """
    entries = {PARQUET: table.parquet_bytes(), CSV: table.csv_bytes(), CHARTER: charter}
    entries |= {f"{DEFINITIONS}{name}.json": form for name, form in definitions.items()}
    sealed = manifest.model_copy(
        update={
            "files": {name: bytes_hash(content) for name, content in sorted(entries.items())},
            "cells": {state.value: count for state, count in table.counts().items()},
        }
    ).written()
    entries[MANIFEST] = sealed
    entries[SIGNATURES] = canonical_bytes(sign(sealed, PAYLOAD_TYPE, key))
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name in sorted(entries):
            about = zipfile.ZipInfo(name, _NO_TIME)
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, entries[name], compresslevel=6)
    return sink.getvalue()


def write_release(data: bytes, path: Path) -> None:
    """Write packed bytes whole. Raises `MachineError`."""
    with whole_file(path) as draft:
        draft.write_bytes(data)


def open_release(path: Path) -> Release:
    """Open a file as a release.

    Raises `InputError` when it isn't one, `RefusedError` when its parts don't match its manifest,
    `MachineError` when it can't be read.
    """
    with machine_errors(path):
        if path.stat().st_size > LARGEST_FILE:
            raise _not_a_release(path, "it is larger than any release")
        data = path.read_bytes()
    return parse_release(data, path)


def parse_release(data: bytes, path: Path) -> Release:
    """Like `open_release`, for bytes in hand; `path` is the name used in messages."""
    entries = _entries(data, path)
    manifest = _manifest(entries[MANIFEST], path)
    envelope = _json(entries[SIGNATURES], path, SIGNATURES)
    try:
        signed = payload_of(envelope, PAYLOAD_TYPE)
    except (ValueError, TypeError):
        raise _not_a_release(path, "its signatures can't be read") from None
    if signed != entries[MANIFEST]:
        raise _altered(path, MANIFEST, "is not what was signed")
    _check_hashes(manifest, entries, path)
    table = parse_parquet(entries[PARQUET], f"{path}:{PARQUET}")
    if table.csv_bytes() != entries[CSV]:
        raise _altered(path, CSV, f"does not say the same as {PARQUET}")
    counted = {state.value: count for state, count in table.counts().items()}
    if counted != manifest.cells:
        raise _altered(path, PARQUET, "holds other cells than the manifest counts")
    return Release(
        id=bytes_hash(entries[MANIFEST]),
        manifest=manifest,
        table=table,
        definitions={
            name.removeprefix(DEFINITIONS).removesuffix(".json"): content
            for name, content in entries.items()
            if name.startswith(DEFINITIONS)
        },
        charter=entries[CHARTER],
        envelope=envelope,
        data=data,
    )


def _entries(data: bytes, path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            names = [about.filename for about in listed]
            if len(names) > MOST_ENTRIES or len(set(names)) != len(names):
                raise _not_a_release(path, "its list of entries is not that of a release")
            if sum(about.file_size for about in listed) > LARGEST_OPENED:
                raise _not_a_release(path, "it would open to more than any release holds")
            entries = {}
            for about in listed:
                with archive.open(about) as stream:
                    entries[about.filename] = stream.read(about.file_size + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise _not_a_release(path, "it is not a whole zip file") from None
    except Exception as error:  # zlib and its kin raise their own kinds on spoiled data
        if isinstance(error, InputError):
            raise
        raise _not_a_release(path, "it is not a whole zip file") from None
    unknown = [name for name in entries if name not in _ALWAYS and not _is_definition(name)]
    missing = sorted(_ALWAYS - entries.keys())
    if missing:
        raise _not_a_release(path, f"it has no {missing[0]}")
    if unknown:
        raise _not_a_release(path, "it has an entry that no release has")
    return entries


def _is_definition(name: str) -> bool:
    inner = name.removeprefix(DEFINITIONS)
    return name.startswith(DEFINITIONS) and name.endswith(".json") and "/" not in inner


def _manifest(data: bytes, path: Path) -> Manifest:
    value = _json(data, path, MANIFEST)
    try:
        manifest = Manifest.model_validate(value)
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
        raise _not_a_release(
            path, f"the field “{field}” of its manifest is not as it should be"
        ) from None
    if manifest.written() != data:
        raise _not_a_release(path, "its manifest is not in canonical form")
    return manifest


def _json(data: bytes, path: Path, name: str) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise _not_a_release(path, f"its {name} can't be read") from None


def _check_hashes(manifest: Manifest, entries: Mapping[str, bytes], path: Path) -> None:
    for name, content in entries.items():
        if name not in (MANIFEST, SIGNATURES) and manifest.files.get(name) != bytes_hash(content):
            raise _altered(path, name, "is not what the manifest says")
    for name in manifest.files:
        if name not in entries:
            raise _altered(path, name, "is missing")
    for reference, used in manifest.definitions.items():
        form = entries.get(f"{DEFINITIONS}{reference}.json")
        if form is None or bytes_hash(form) != used.hash:
            raise _altered(path, reference, "is not the definition that the manifest names")
    if bytes_hash(entries[CHARTER]) != manifest.charter:
        raise _altered(path, CHARTER, "is not the charter that the manifest names")


def _not_a_release(path: Path, why: str) -> InputError:
    return InputError.because(
        f"This is not a release: {why}.", "Ask its sender for the file once more.", file=path
    )


def _altered(path: Path, name: str, how: str) -> RefusedError:
    return RefusedError.because(
        f"This release was altered: {name} {how}.",
        "Don't use it. Ask its sender for the file once more, by another way.",
        file=path,
    )
