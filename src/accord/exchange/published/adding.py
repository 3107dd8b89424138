"""All students, where a download has only groups that share nobody and leave nobody out.

The sum is ours, not the state's, and says so in its source. A hidden part hides the sum; a part
that can't be right (more eligible graduates than graduates) leaves the sum out altogether.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from accord.exchange.published.figure import Figure, Standing
from accord.exchange.published.reading import PublishedFile

ALL = "all"
SUMMED = "added up over its groups"


def with_all_students(found: PublishedFile) -> list[Figure]:
    """The file's figures, and all students where its layout says that the groups add up."""
    if not found.layout.groups_add_up:
        return found.figures
    return [*found.figures, *_sums(found.figures)]


def _sums(figures: Iterable[Figure]) -> Iterator[Figure]:
    rows: dict[tuple[str, str, str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        rows[figure.key[:4]].append(figure)
    for parts in rows.values():
        standing = _of_all(parts)
        shown = standing is Standing.SHOWN
        yield replace(
            parts[0],
            source=f"{parts[0].source}; {SUMMED}",
            group=ALL,
            standing=standing,
            numerator=_total(part.numerator for part in parts) if shown else None,
            denominator=_total(part.denominator for part in parts) if shown else None,
            value=None,
        )


def _of_all(parts: list[Figure]) -> Standing:
    if any(part.standing is Standing.SUPPRESSED for part in parts):
        return Standing.SUPPRESSED
    if any(part.oddities or part.standing is Standing.MISSING for part in parts):
        return Standing.MISSING
    return Standing.SHOWN


def _total(numbers: Iterable[Fraction | None]) -> Fraction | None:
    known = [number for number in numbers if number is not None]
    return sum(known, Fraction()) if known else None
