"""Job-alike pairs: who does what another does in the partner district. Many to many: districts are
not built alike."""

from __future__ import annotations

from collections.abc import Iterable

from accord.base.errors import RefusedError
from accord.workspace.people.models import Pairing, Partnership, Person, Position
from accord.workspace.trail.writing import record


def pair(one: Position, other: Position, about: str, *, by: Person) -> Pairing:
    """Pair two positions. Raises `RefusedError` within a district, or where they are paired."""
    if one.district_id is None or other.district_id is None or one.district_id == other.district_id:
        raise RefusedError.because(
            "A pair has a position in each of two districts.", "Choose one of each."
        )
    first, second = sorted((one, other), key=lambda position: position.pk)
    if Pairing.objects.filter(first=first, second=second).exists():
        raise RefusedError.because("These two are a pair already.", "Nothing needs to be done.")
    made = Pairing.objects.create(first=first, second=second, about=about)
    record("paired", made, by=by.email, chain=one.partnership_id, first=first.pk, second=second.pk)
    return made


def part(pairing: Pairing, *, by: Person) -> None:
    """End a pair."""
    record("parted", pairing, by=by.email, chain=pairing.first.partnership_id)
    pairing.delete()


def pairs_of(partnership: Partnership) -> dict[int, list[tuple[Pairing, Position]]]:
    """Each position's pairs, with the position on the other side, by its primary key."""
    found: dict[int, list[tuple[Pairing, Position]]] = {}
    pairings = Pairing.objects.filter(first__partnership=partnership).select_related(
        "first__district", "second__district"
    )
    for pairing in pairings:
        found.setdefault(pairing.first_id, []).append((pairing, pairing.second))
        found.setdefault(pairing.second_id, []).append((pairing, pairing.first))
    return found


def unmatched(
    positions: Iterable[Position], pairs: dict[int, list[tuple[Pairing, Position]]]
) -> list[Position]:
    """Positions of a district that have no pair, board members aside: they don't work together
    outside of a meeting."""
    return [
        one
        for one in positions
        if one.district_id is not None and one.pk not in pairs and not one.is_of_board
    ]
