"""What a reader takes for granted though no release says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Assumed:
    """What is likely, each by itself.

    `schools`: schools are off their district by no more than the totals of all students show.
    `unchanged`: figures that were not seen to be revised are as they were. `sums`: numbers that are
    no plain sums add up where all that is shown does. `newest` says which of two figures of one
    thing counts: with what is said now, or with what was said before it was corrected. Neither is
    stronger; a reader has both. `alike`: numbers that are the same wherever both are shown are one.
    """

    schools: bool = True
    unchanged: bool = True
    sums: bool = True
    newest: bool = True
    alike: bool = True

    @property
    def weaker(self) -> list[Assumed]:
        """Every part of this, most of it first."""
        every = [
            Assumed(schools, unchanged, sums, self.newest, alike)
            for alike in (True, False)
            for schools in (True, False)
            for unchanged in (True, False)
            for sums in (True, False)
        ]
        return [
            each
            for each in every
            if each.schools <= self.schools
            and each.unchanged <= self.unchanged
            and each.sums <= self.sums
            and each.alike <= self.alike
        ]

    def given_up(self, kept: Assumed) -> Iterator[str]:
        """What had to be given up so that only `kept` is left, in sentences."""
        if self.sums > kept.sums:
            yield "Numbers that are no plain sums don't add up, and were not added."
        if self.unchanged > kept.unchanged:
            yield "Figures were revised; what was said before was held apart from what is said now."
        if self.alike > kept.alike:
            yield "Numbers that were the same by chance contradict others, and were held apart."
        if self.schools > kept.schools:
            yield "Schools' totals contradict the district's, and were left out."
