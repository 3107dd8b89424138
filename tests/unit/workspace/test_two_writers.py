"""Two people at one text: nobody's is lost."""

from __future__ import annotations

from accord.workspace.editing.changing import versions_of
from accord.workspace.editing.saving import save_edit, settle, waiting
from accord.workspace.inquiry.forms import ChangeQuestionForm
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from workspace_fixtures import unlocked
from workspace_things import MAKERS, shared_by_the_lead
from workspace_world import World

CHAIN = "cedar-harbor"


def test_both_versions_are_kept_until_somebody_settles_them(world: World) -> None:
    one, two = world.person(Role.LEAD), world.person(Role.LEAD, world.harbor)
    note = world.note(Visibility.PARTNERS, one, text="as it was")
    assert save_edit(note, {"text": "by one"}, seen=1, by=one, chain=CHAIN) is None
    other = save_edit(note, {"text": "by two"}, seen=1, by=two, chain=CHAIN)
    assert other is not None
    note.refresh_from_db()
    assert (note.text, note.revision) == ("by one", 2)
    assert [(item.said, item.by) for item in waiting(note)] == [([("text", "by two")], two)]
    settle(note, other, {"text": "by one, and by two"}, by=two, chain=CHAIN)
    assert note.text == "by one, and by two"
    assert not waiting(note).exists()


def test_writing_what_stands_there_changes_nothing(world: World) -> None:
    one = world.person(Role.LEAD)
    note = world.note(Visibility.PARTNERS, one, text="as it was")
    assert save_edit(note, {"text": "as it was"}, seen=0, by=one, chain=CHAIN) is None
    note.refresh_from_db()
    assert note.revision == 1


def test_two_versions_of_a_sealed_text_are_shown_in_its_words(world: World, pem: str) -> None:
    one, two = world.person(Role.LEAD), world.extra(Role.ANALYST, world.cedar, "Second writer")
    made = MAKERS["inquiry"](shared_by_the_lead(world, Visibility.DISTRICT))
    assert isinstance(made, Inquiry)
    with unlocked(world.cedar, pem):
        thing = Inquiry.objects.get(pk=made.pk)
        save_edit(thing, {"question": "Why in fall?"}, seen=1, by=one, chain=CHAIN)
        save_edit(thing, {"question": "Why in spring?"}, seen=1, by=two, chain=CHAIN)
        (version,) = versions_of(Inquiry.objects.get(pk=made.pk), ChangeQuestionForm)
    assert [(side.standing, side.other) for side in version.sides] == [
        ("Why in fall?", "Why in spring?")
    ]
