"""The release file: protected cells of one district for one audience, signed.

A `.accord` file is a zip with exactly these entries, the same bytes for the same content:

=====================  ==========================================================================
``manifest.json``      what this is, under which charter, and the hash of every other entry
``cells.parquet``      the protected cells
``cells.csv``          the same cells, for Excel
``definitions/…json``  the canonical form of every definition used; its bytes hash to its hash
``charter.json``       the canonical form of the charter; its bytes hash to its hash
``revocations.json``   the district's revocations of keys, as its root signed them
``signatures.json``    the preparer's and the approver's signature, each with its delegation
=====================  ==========================================================================

The hash of ``manifest.json`` is the release's id, and what both sign. This module packs and opens;
`verify` decides whether what was opened may be believed. A release that only its preparer has
signed is packed alike: it is the draft that waits inside the station.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from accord.base.canonical import bytes_hash, canonical_bytes
from accord.base.errors import InputError, RefusedError
from accord.base.files import machine_errors, whole_file
from accord.cells.reading import parse_parquet
from accord.cells.table import CellTable
from accord.exchange.archive import archive_bytes, archive_entries
from accord.exchange.custody import REVOCATION_TYPE, Revocation
from accord.exchange.manifest import FORMER_FORMATS, Manifest
from accord.exchange.signatures import Signature, Signatures, read_signatures
from accord.exchange.statements import Envelope, stated

MANIFEST = "manifest.json"
PARQUET = "cells.parquet"
CSV = "cells.csv"
CHARTER = "charter.json"
REVOCATIONS = "revocations.json"
SIGNATURES = "signatures.json"
DEFINITIONS = "definitions/"

Part = TypeVar("Part")

LARGEST_FILE = 200_000_000  # far above any honest release
_ALWAYS = frozenset({MANIFEST, PARQUET, CSV, CHARTER, REVOCATIONS, SIGNATURES})


@dataclass(frozen=True)
class Release:
    """An opened release. Opening checks its form and its hashes, not who signed it."""

    id: str
    manifest: Manifest
    table: CellTable
    definitions: Mapping[str, bytes]
    charter: bytes
    revocations: tuple[Envelope, ...]
    signatures: Signatures
    data: bytes


def pack(
    manifest: Manifest,
    table: CellTable,
    definitions: Mapping[str, bytes],
    charter: bytes,
    *,
    revocations: Sequence[Envelope],
    sign: Callable[[str], Iterable[Signature]],
) -> bytes:
    """The bytes of a release.

    `definitions` maps references to canonical forms; `manifest.files` and `manifest.cells` are
    filled in here, whatever they held. `sign` is asked for the signatures once the id is known.
    """
    entries = {
        PARQUET: table.parquet_bytes(),
        CSV: table.csv_bytes(),
        CHARTER: charter,
        REVOCATIONS: canonical_bytes(list(revocations)),
    }
    entries |= {f"{DEFINITIONS}{name}.json": form for name, form in definitions.items()}
    sealed = manifest.model_copy(
        update={
            "files": {name: bytes_hash(content) for name, content in sorted(entries.items())},
            "cells": {state.value: count for state, count in table.counts().items()},
        }
    ).written()
    entries[MANIFEST] = sealed
    return _zipped(entries, sign(bytes_hash(sealed)))


def add_signature(release: Release, signature: Signature) -> bytes:
    """The bytes of the same release with one more signature."""
    entries = archive_entries(release.data)
    return _zipped(entries, [*release.signatures.values(), signature])


def _zipped(entries: dict[str, bytes], signatures: Iterable[Signature]) -> bytes:
    written = {signature.signing.role: signature.written() for signature in signatures}
    entries[SIGNATURES] = canonical_bytes(written)
    return archive_bytes(entries)


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
    manifest, id_ = _manifest(entries[MANIFEST], path), bytes_hash(entries[MANIFEST])
    signatures = _read(read_signatures, entries, SIGNATURES, path)
    if signatures and all(one.signing.release != id_ for one in signatures.values()):
        raise _altered(path, MANIFEST, "is not what was signed")
    _check_hashes(manifest, entries, path)
    revocations = _read(_revocations, entries, REVOCATIONS, path)
    table = parse_parquet(entries[PARQUET], f"{path}:{PARQUET}")
    if table.csv_bytes() != entries[CSV]:
        raise _altered(path, CSV, f"does not say the same as {PARQUET}")
    counted = {state.value: count for state, count in table.counts().items()}
    if counted != manifest.cells:
        raise _altered(path, PARQUET, "holds other cells than the manifest counts")
    return Release(
        id=id_,
        manifest=manifest,
        table=table,
        definitions={
            name.removeprefix(DEFINITIONS).removesuffix(".json"): content
            for name, content in entries.items()
            if name.startswith(DEFINITIONS)
        },
        charter=entries[CHARTER],
        revocations=revocations,
        signatures=signatures,
        data=data,
    )


def _entries(data: bytes, path: Path) -> dict[str, bytes]:
    try:
        entries = archive_entries(data)
    except ValueError as error:
        raise _not_a_release(path, str(error)) from None
    _refuse_former(entries.get(MANIFEST, b""), path)
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


def _refuse_former(manifest: bytes, path: Path) -> None:
    """A form that one key could sign is no longer believed, whatever else speaks for it."""
    try:
        stated_format = json.loads(manifest)["format"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return
    if stated_format in FORMER_FORMATS:
        raise RefusedError.because(
            f"This release has a former form ({stated_format}), which a single key could sign.",
            "Ask the district to release again with a current version of accord.",
            file=path,
        )


def _revocations(value: Any) -> tuple[Envelope, ...]:
    if not isinstance(value, list):
        raise ValueError("revocations are a list")
    for envelope in value:
        stated(envelope, REVOCATION_TYPE, Revocation)
    return tuple(value)


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


def _read(
    reading: Callable[[Any], Part], entries: Mapping[str, bytes], name: str, path: Path
) -> Part:
    """A part that was signed elsewhere, read with its own reader."""
    try:
        return reading(_json(entries[name], path, name))
    except (ValueError, TypeError):
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
