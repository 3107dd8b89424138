"""The quality checks, read from `checks/`: what each looks for, when it matters, how to fix."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import Literal

from accord.base.documents import Written, read_document

Severity = Literal["error", "warning", "notice"]


class QualityCheck(Written):
    """One check. `sql` gives a row a finding: detail, school_year, file, line; `calpads` are codes
    of CALPADS errors that say the same."""

    id: str
    title: str
    severity: Severity
    counts: str
    needs: tuple[str, ...] = ()
    calpads: tuple[str, ...] = ()
    what: str
    matters: str
    fix: str
    sql: str


class _Checks(Written):
    checks: tuple[QualityCheck, ...]


@cache
def quality_checks() -> tuple[QualityCheck, ...]:
    """All checks, in the order of the report."""
    with as_file(files(__package__) / "checks") as folder:
        return tuple(
            check
            for path in sorted(folder.glob("*.yaml"))
            for check in read_document(path, _Checks)[0].checks
        )
