"""Actions: what they can become, the e-mail's link, and the weekly digest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accord.base.errors import RefusedError, StateError
from accord.workspace.actions.digest import digests
from accord.workspace.actions.doing import move
from accord.workspace.actions.links import make_link, open_link
from accord.workspace.actions.states import NEXT, Status
from accord.workspace.people.holding import end
from accord.workspace.people.roles import Role
from workspace_world import World


@pytest.mark.parametrize("before", list(Status))
@pytest.mark.parametrize("after", list(Status))
def test_an_action_becomes_what_the_table_lets_it(
    world: World, before: Status, after: Status
) -> None:
    action, lead = world.action(), world.person(Role.LEAD)
    type(action).objects.filter(pk=action.pk).update(status=before)
    action.refresh_from_db()
    if after is before or after in NEXT[before]:
        move(action, after, by=lead, words="so it is")
        assert action.status == after
        assert (action.done_on is not None) == (after is Status.DONE)
    else:
        with pytest.raises(RefusedError, match="can't become"):
            move(action, after, by=lead)


def test_somebody_elses_change_is_not_overwritten(world: World) -> None:
    action, lead = world.action(), world.person(Role.LEAD)
    stale = type(action).objects.get(pk=action.pk)
    move(action, Status.DONE, by=lead)
    with pytest.raises(RefusedError):
        move(stale, Status.DROPPED, by=lead)
    assert action.steps.get().after == Status.DONE


def test_one_owners_district_keeps_the_action(world: World) -> None:
    own = world.action(owners=[world.position(Role.LEAD, world.cedar)])
    assert own.district == world.cedar
    assert world.action().district is None


class TestTheLink:
    def test_it_opens_for_whoever_owns_the_action(self, world: World) -> None:
        action, lead = world.action(), world.person(Role.LEAD)
        opened = open_link(make_link(action, lead), timezone.localdate())
        assert (opened.action, opened.person) == (action, lead)

    @pytest.mark.parametrize("spoil", [lambda link: link[:-2] + "xx", lambda _: "nothing"])
    def test_a_spoiled_link_is_refused(self, world: World, spoil: object) -> None:
        link = make_link(world.action(), world.person(Role.LEAD))
        with pytest.raises(StateError, match="not whole"):
            open_link(spoil(link), timezone.localdate())  # type: ignore[operator]

    def test_who_owns_it_no_more_is_sent_to_sign_in(self, world: World) -> None:
        action, lead = world.action(), world.person(Role.LEAD)
        link, today = make_link(action, lead), timezone.localdate()
        end(lead.seats.get(), on=today - timedelta(days=1), by=lead)
        with pytest.raises(StateError, match="don't own"):
            open_link(link, today)


class TestTheDigest:
    def test_it_goes_to_owners_with_something_due_or_late(self, world: World) -> None:
        today = timezone.localdate()
        world.action(title="Soon")
        world.action(title="Late", due=today - timedelta(days=3))
        world.action(title="Far away", due=today + timedelta(days=90))
        done = world.action(title="Done already")
        move(done, Status.DONE, by=world.person(Role.LEAD))
        found = digests(world.served, today, lambda link: f"https://x.example/update/{link}/")
        leads = {world.person(Role.LEAD).email, world.person(Role.LEAD, world.harbor).email}
        assert {message.to[0] for message in found} == leads
        body = str(found[0].body)
        assert body.index("Late,") < body.index("Soon,")
        assert "https://x.example/update/" in body
        assert "Far away" not in body
        assert "Done already" not in body

    def test_a_vacant_position_gets_none(self, world: World) -> None:
        today, lead = timezone.localdate(), world.person(Role.LEAD)
        world.action(owners=[world.position(Role.LEAD, world.cedar)])
        end(lead.seats.get(), on=today - timedelta(days=1), by=lead)
        assert digests(world.served, today, str) == []
