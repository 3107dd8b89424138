"""A published figure: one number of the state's, with where it stands in which file.

Nothing is filled in. A figure that the state suppressed keeps that mark and shows no number; one
that the state left blank is missing; a code that no layout knows is kept as it was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Standing(StrEnum):
    """What stands in a published figure."""

    SHOWN = "shown"
    """A count, a numerator with its denominator, or a value."""
    SUPPRESSED = "suppressed"
    """The state hid it, by its mark or by a blank where its layout says that blanks hide."""
    MISSING = "missing"
    """The state published no number here."""


UNLISTED = "unlisted:"
"""How a code begins that no layout knows: ``unlisted:GX``. It is kept, listed and never guessed."""


@dataclass(frozen=True)
class Figure:
    """One published figure.

    `cds` has 14 digits, fourteen zeros for the state. `kind` is ``state``, ``county``,
    ``district`` or ``school``; `schools` says which of its schools count, ``all`` where the file
    does not tell them apart. `year` is a school year. A rate has `numerator` and `denominator`,
    a count only `numerator`; `value` is what the state printed, in percent where `denominator` is
    there. `change` is in points. `status`, `trend` and `colour` are the state's levels as the
    catalogue names them. `added_numerator` and `added_denominator` are the sums of the parts that
    the file gives beside them. `line` counts from 1.
    """

    source: str
    file: str
    line: int
    year: str
    cds: str
    name: str
    kind: str
    schools: str
    indicator: str
    group: str
    standing: Standing
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    value: Decimal | None = None
    change: Decimal | None = None
    status: str = ""
    trend: str = ""
    colour: str = ""
    added_numerator: Fraction | None = None
    added_denominator: Fraction | None = None

    @property
    def district(self) -> str:
        """The district's own CDS code; fourteen zeros for the state."""
        return self.cds[:7] + "0000000"

    @property
    def rate(self) -> Fraction | None:
        """Numerator over denominator in percent, exact; nothing where either is not shown."""
        if self.numerator is None or not self.denominator:
            return None
        return 100 * self.numerator / self.denominator

    @property
    def exact(self) -> Fraction | None:
        """The best that is known of the value: the exact rate, or what the state printed."""
        if self.rate is not None:
            return self.rate
        return None if self.value is None else Fraction(self.value)

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What the figure is about: year, CDS code, schools, indicator, group."""
        return self.year, self.cds, self.schools, self.indicator, self.group

    @property
    def oddities(self) -> tuple[str, ...]:
        """What can't be right in the figure as published, in words."""
        found = []
        if self.denominator is not None and (self.numerator or 0) > self.denominator:
            found.append("more are counted in it than there are students to count")
        for name in ("numerator", "denominator"):
            whole, added = getattr(self, name), getattr(self, f"added_{name}")
            if whole is not None and added is not None and whole != added:
                found.append(f"its {name} is not the sum of its parts")
        return tuple(found)
