"""The zip in which a release travels: the same bytes for the same parts, opened with care.

A file that arrives may be anything. It is opened only as far as any honest release would go.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# Far above any honest release, far below what would fill a partner's machine.
LARGEST_OPENED = 1_000_000_000
MOST_ENTRIES = 2_000
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def archive_bytes(entries: Mapping[str, bytes]) -> bytes:
    """These parts as a zip, in the order of their names and without a time."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name in sorted(entries):
            about = zipfile.ZipInfo(name, _NO_TIME)
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, entries[name], compresslevel=6)
    return sink.getvalue()


def archive_entries(data: bytes) -> dict[str, bytes]:
    """The parts of a zip by name. Raises `ValueError`, which says what is wrong with it."""
    entries: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            unlikely = _unlikely(listed)
            for about in () if unlikely else listed:
                with archive.open(about) as stream:
                    entries[about.filename] = stream.read(about.file_size + 1)
    except Exception:  # zlib and its kin raise their own kinds on spoiled data
        raise ValueError("it is not a whole zip file") from None
    if unlikely:
        raise ValueError(unlikely)
    return entries


def _unlikely(listed: list[zipfile.ZipInfo]) -> str:
    """What no release's list of parts is like."""
    names = {about.filename for about in listed}
    if len(listed) > MOST_ENTRIES or len(names) != len(listed):
        return "its list of entries is not that of a release"
    if sum(about.file_size for about in listed) > LARGEST_OPENED:
        return "it would open to more than any release holds"
    return ""
