"""The figures for people's own tools: a workbook that recomputes, a table, a picture."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import vl_convert

from accord.insight.series import ALL
from accord.insight.view import IndicatorFinding, View
from accord.reports.charts import WIDE, trend_chart
from accord.reports.drawing import VEGA_LITE, register_fonts
from accord.reports.trend_data import trend_of
from accord.reports.workbook import write_workbook

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SCALE = 2


def workbook_bytes(
    view: View, indicators: Collection[str] = (), beside: Sequence[tuple[str, str]] = ()
) -> bytes:
    """The scorecard's workbook, of some indicators or, where none is named, of all.

    `beside` goes on its first sheet.
    """
    chosen = _only(view, indicators) if indicators else view
    with TemporaryDirectory() as folder:
        path = Path(folder) / "figures.xlsx"
        write_workbook(chosen, path, beside)
        return path.read_bytes()


def table_bytes(view: View, indicator: str, group: str = ALL) -> bytes:
    """Every released cell of an indicator and a group, as CSV with numerator and denominator."""
    cells = view.cells.where(indicator=indicator)
    if group != ALL:
        cells = cells.where(group=group)
    return cells.csv_bytes()


def picture_bytes(finding: IndicatorFinding, view: View) -> bytes | None:
    """The trend as PNG, twice its size on the page for slides; nothing where nothing is shown."""
    trend = trend_of(finding, view, WIDE.plot[1])
    if trend is None:
        return None
    register_fonts()
    spec = trend_chart(trend, WIDE, short=False)
    return vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=_SCALE)


def _only(view: View, indicators: Collection[str]) -> View:
    strands = tuple(
        replace(
            strand,
            indicators=tuple(
                item for item in strand.indicators if item.definition.id in indicators
            ),
        )
        for strand in view.strands
    )
    return replace(
        view,
        strands=tuple(strand for strand in strands if strand.indicators),
        cells=view.cells.where(indicator=indicators),
    )
