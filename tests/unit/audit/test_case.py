"""What a reader can write down of one district, school year and fact."""

from __future__ import annotations

from accord.audit.attacks import audit
from accord.cells.cell import Cell, State
from accord.cells.equations import Relations
from adversary.publications import banded, cell, source

RATE = "suspension-rate"
GENDERS = Relations((("female", "male", "nonbinary"),), ())


def nobody(group: str) -> Cell:
    """A cell of a group that nobody is in."""
    return Cell(**{**vars(cell(RATE, group, None)), "state": State.NOT_APPLICABLE})


def test_a_band_of_the_largest_size_has_no_upper_end() -> None:
    """Bands of half a point are those of 1,000 students and more; two such groups are over 2,000.

    The only number that is shown is that of a group that nobody is in.
    """
    found = audit(
        [
            source(
                banded(RATE, "all", "5", "5.5"),
                banded(RATE, "female", "5", "5.5"),
                banded(RATE, "male", "5", "5.5"),
                nobody("nonbinary"),
            )
        ],
        relations=GENDERS,
    )
    assert found.is_safe
