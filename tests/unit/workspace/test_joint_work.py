"""Joint work: who took part, term by term, and versions of what is made."""

from __future__ import annotations

from datetime import date

import pytest

from accord.base.errors import RefusedError
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.strands.doing import add_version, meet, take_back
from accord.workspace.strands.engagement import Term, engagement
from accord.workspace.strands.models import Contact, Work
from accord.workspace.strands.modes import Kind, Mode
from accord.workspace.strands.strand_views import mode_rows
from accord.workspace.trail.models import Event
from workspace_things import work
from workspace_world import World


def a_work(world: World, **changes: object) -> Work:
    made = work(
        {
            "partnership": world.served,
            "district": world.cedar,
            "author": world.person(Role.LEAD),
            "visibility": Visibility.PARTNERS,
            "made_at": "2024-08-01T12:00:00Z",
        }
    )
    for name, value in changes.items():
        setattr(made, name, value)
    made.save()
    return made


def test_a_school_year_has_a_fall_and_a_spring() -> None:
    assert Term.of(date(2024, 8, 1)).name == "fall 2024"
    assert Term.of(date(2025, 7, 31)).name == "spring 2025"
    assert Term.of(date(2024, 12, 31)).following == Term.of(date(2025, 1, 1))
    assert Term.of(date(2025, 1, 1)).following == Term.of(date(2025, 8, 1))


class TestEngagement:
    def test_people_are_counted_each_time_by_term_and_district(self, world: World) -> None:
        made, by = a_work(world), world.person(Role.LEAD)
        meet(made, date(2024, 9, 10), Kind.VISIT, {world.cedar: 3, world.harbor: 5}, by=by)
        meet(made, date(2024, 11, 5), Kind.CALL, {world.cedar: 2, world.harbor: 1}, by=by)
        meet(made, date(2025, 2, 5), Kind.SESSION, {world.cedar: 4, world.harbor: 0}, by=by)
        found = self.of(made, world)
        assert [term.name for term in found.terms] == ["fall 2024", "spring 2025", "fall 2025"]
        assert [[bar.people for bar in term.bars] for term in found.terms] == [
            [5, 6], [4, 0], [0, 0],
        ]  # fmt: skip
        assert [term.contacts for term in found.terms] == [2, 1, 0]
        assert found.sentence == "In spring 2025: 4 from Cedar Valley and 0 from Harbor Point."

    def test_the_tallest_bar_fills_the_drawing_and_a_shared_scale_makes_it_smaller(
        self, world: World
    ) -> None:
        made = a_work(world)
        meet(made, date(2024, 9, 10), Kind.VISIT, {world.cedar: 6}, by=world.person(Role.LEAD))
        alone, shared = self.of(made, world), self.of(made, world, most=12)
        assert alone.terms[0].bars[0].height == 82.0
        assert shared.terms[0].bars[0].height == 41.0

    def test_what_was_taken_back_counts_no_more_until_it_does_again(self, world: World) -> None:
        made, by = a_work(world), world.person(Role.LEAD)
        contact = meet(made, date(2024, 9, 10), Kind.VISIT, {world.cedar: 6}, by=by)
        take_back(contact, by=by)
        assert self.of(made, world).terms[0].contacts == 0
        take_back(Contact.objects.get(), by=by)
        assert self.of(made, world).terms[0].contacts == 1
        acts = list(Event.objects.order_by("-sequence").values_list("act", flat=True)[:2])
        assert acts == ["let a contact count again", "took back a contact"]

    def of(self, made: Work, world: World, most: int = 0):  # type: ignore[no-untyped-def]
        contacts = made.contacts.prefetch_related("presences")
        ends = (date(2024, 8, 15), date(2025, 9, 1))
        return engagement(contacts, [world.cedar, world.harbor], *ends, most=most)


def test_a_label_names_one_version(world: World) -> None:
    made, by = a_work(world), world.person(Role.LEAD)
    add_version(made, "1.0", date(2025, 1, 1), "First", by=by)
    with pytest.raises(RefusedError, match="already"):
        add_version(made, "1.0", date(2025, 2, 1), "Again", by=by)


def test_what_goes_on_stands_before_what_is_over(world: World) -> None:
    over = a_work(world, title="Over", until=date(2025, 1, 1))
    going = a_work(world, title="Going on")
    other = a_work(world, title="Talks", mode=Mode.OTHER)
    rows = mode_rows([over, going, other], date(2026, 1, 1))
    assert [(row.mode, [one.title for one in row.works]) for row in rows] == [
        (Mode.DEVELOPMENT, ["Going on", "Over"]),
        (Mode.OTHER, ["Talks"]),
    ]
