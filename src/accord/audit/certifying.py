"""Making the certificate of an audit that found nothing to object to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from accord import __version__
from accord.audit.attacks import Audit
from accord.audit.certificate import (
    ATTACKERS,
    FORMAT,
    TABLE_COLUMNS,
    TARGET_COLUMNS,
    AuditedCase,
    Certificate,
    Statement,
    audited_sources_of,
)
from accord.audit.search import Finding
from accord.base.errors import RefusedError
from accord.cells.places import Whole


def certify(audit: Audit) -> Certificate:
    """The certificate of an audit. Raises `RefusedError` when it is not a safe one."""
    if not audit.is_safe:
        exposed = sum(int(each.unsafe.sum()) for each in audit.findings)
        raise RefusedError.because(
            f"There is no certificate for what exposes {exposed:,} hidden numbers.",
            "Protect the release again; accord audit names each attack.",
        )
    tables = [_table_rows(number, each) for number, each in enumerate(audit.findings)]
    targets = [_target_rows(number, each) for number, each in enumerate(audit.findings)]
    return Certificate(
        Statement(
            format=FORMAT,
            software=f"accord {__version__}",
            attackers=ATTACKERS,
            sources=audited_sources_of(audit.sources),
            cases=tuple(_case(each) for each in audit.findings),
        ),
        _columns(tables, TABLE_COLUMNS),
        _columns(targets, TARGET_COLUMNS),
    ).sealed()


def _case(finding: Finding) -> AuditedCase:
    case = finding.case
    return AuditedCase(
        district=case.district,
        period=case.period,
        fact=case.fact,
        schools=case.assumed.schools,
        unchanged=case.assumed.unchanged,
        sums=case.assumed.sums,
        newest=case.assumed.newest,
        alike=case.assumed.alike,
        hidden=len(case.targets),
        tables=len(finding.bounds.tables),
        pre_existing=tuple(np.flatnonzero(finding.pre_existing).tolist()),
    )


def _table_rows(number: int, finding: Finding) -> dict[str, Whole]:
    tables, system = finding.bounds.tables, finding.case.system
    free = np.flatnonzero(system.low < system.high)
    later, where = np.nonzero(tables[1:, free] != tables[0, free])
    table = np.concatenate([np.zeros(len(free), dtype=np.int64), later + 1])
    variable = np.concatenate([free, free[where]])
    return {
        "case": np.full(len(table), number),
        "table": table,
        "variable": variable,
        "number": tables[table, variable],
    }


def _target_rows(number: int, finding: Finding) -> dict[str, Whole]:
    targets = finding.case.targets
    return {
        "case": np.full(len(targets), number),
        "kind": targets.kind,
        "part": targets.part,
        "whole": targets.whole,
        "low": finding.bounds.low_table,
        "high": finding.bounds.high_table,
    }


def _columns(parts: Sequence[Mapping[str, Whole]], names: Sequence[str]) -> pa.Table:
    empty = np.zeros(0, dtype=np.int64)
    return pa.table(
        {name: np.concatenate([empty, *(part[name] for part in parts)]) for name in names}
    )
