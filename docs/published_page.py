"""The reference page of the state's downloads that accord reads, made from the layouts."""

from __future__ import annotations

from collections.abc import Iterator

from page_parts import MADE, STANDINGS, joined, listed, table

from accord.exchange.published.comparable import comparable
from accord.exchange.published.layout import Coded, Layout, shipped_layouts


def published_page() -> str:
    """``docs/reference/published.md``."""
    standings = " ".join(f"*{name}*: {text}." for name, text in STANDINGS.items())
    blocks = [
        "# Published figures",
        MADE,
        "The downloads of the state that accord reads as they are, each by a dated layout in "
        "`src/accord/exchange/published/layouts/`. A file of any other shape is read with a layout "
        f"of your own: `--layout FILE`. {standings}",
    ]
    for layout in shipped_layouts().values():
        blocks += _layout(layout)
    pairs = [
        (pair.ours, pair.published, pair.counts, pair.published_counts, pair.source)
        for pair in comparable().pairs
    ]
    header = ("ours", "published", "ours counts", "the state counts", "source")
    blocks += ["## Which figures answer each other", table(header, pairs)]
    return joined(blocks)


def _layout(layout: Layout) -> Iterator[str]:
    yield f"## {layout.layout}"
    until = f" to {layout.until}" if layout.until else " on"
    yield f"{layout.title}. From {layout.since}{until}. {layout.source}. *{layout.standing}*"
    rows = [
        (
            _coded(figure.indicator),
            f"{figure.years_before} before" if figure.years_before else "the row's",
            f"`{figure.numerator}`" if figure.numerator else "",
            f"`{figure.denominator}`" if figure.denominator else "",
            f"`{figure.value}`" if figure.value else "",
        )
        for figure in layout.figures
    ]
    yield table(("indicator", "year", "numerator", "denominator", "value"), rows)
    marks = ", ".join(f"`{mark}`" if mark else "blank" for mark in layout.suppressed)
    yield f"Hidden by the state: {marks or 'nothing'}."
    yield from listed("Worth knowing:", layout.notes)


def _coded(coded: Coded) -> str:
    if coded.column is None:
        return coded.fixed or ""
    return f"by `{coded.column}`: {', '.join(dict.fromkeys(coded.codes.values()))}"
