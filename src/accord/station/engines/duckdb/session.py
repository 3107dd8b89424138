"""A DuckDB connection that keeps within its limits and says plainly when it can't.

What does not fit into memory is spilled beside the measure being made, inside the station: it is
near student level, and goes when the connection closes. DuckDB's own messages can quote values of
records, so none is passed on.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from accord.base.errors import MachineError, StateError
from accord.base.files import explain, machine_errors

# Our queries name the small table last in every join. DuckDB would guess at sizes, and on a year of
# facts it guesses wrong: it then builds its table from millions of rows and looks a thousand
# organisations up in it. It would also make a join of every list of grades, and keep in memory what
# two steps scan alike; neither pays here.
_AS_WRITTEN = "join_order,build_side_probe_side,in_clause,common_subplan"


@dataclass(frozen=True)
class Limits:
    """What the engine may use. `threads` ``None`` = every core."""

    memory: str = "3GB"
    spill: str = "100GB"
    threads: int | None = None


@contextmanager
def session(folder: Path, limits: Limits) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that spills into a folder within `folder`, only there as long as it is.

    Raises `MachineError` when memory or disk run out, `StateError` when the facts can't be read.
    """
    with machine_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        spill = TemporaryDirectory(prefix="spill-", dir=folder)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": limits.memory,
        "temp_directory": spill.name,
        "max_temp_directory_size": limits.spill,
        "preserve_insertion_order": False,
        "disabled_optimizers": _AS_WRITTEN,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if limits.threads is not None:
        config["threads"] = limits.threads
    with spill, duckdb.connect(config=config) as connection, _plain_errors(folder):
        yield connection


@contextmanager
def _plain_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise MachineError.because(
            "There is not enough memory, or disk to spill to, for this.",
            "Free some, or measure fewer periods at once.",
            file=folder,
        ) from None
    except duckdb.IOException as error:
        if "No space left" in str(error):
            raise explain(OSError(errno.ENOSPC, ""), folder) from None
        raise MachineError.because(
            "A file of the facts can't be read, or a file of sums can't be written.",
            "Check the disk and the folder's permissions, and run it again.",
            file=folder,
        ) from None
    except duckdb.Error:
        raise StateError.because(
            "The facts are not as this version of accord writes them.",
            "Make them anew with: accord facts",
            file=folder,
        ) from None
