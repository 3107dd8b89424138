"""One condition on rows that answers both questions: may they, and what are all that they may.

A page that lists and a page that opens use the same condition, so that nothing can be listed that
can't be opened, nor opened by its address though it is not listed.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.http import Http404

from accord.workspace.people.holding import held_since
from accord.workspace.people.models import Seat
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.shared import Candid, Shared
from accord.workspace.permissions.table import ACTS, READS, Reach
from accord.workspace.permissions.visibility import Visibility

Thing = TypeVar("Thing", bound=Shared)

_NOTHING = Q(pk__in=())


def seen(actor: Actor, kind: type[Shared]) -> Q:
    """The rows of `kind` that somebody may see at all."""
    here = Q(partnership=actor.partnership)
    rows = _NOTHING
    if actor.is_member:
        rows |= Q(author=actor.person) | _named(actor, kind)
        for district in actor.districts_as(READS[Visibility.DISTRICT]):
            rows |= _of_district(actor, kind, district)
    if actor.roles & READS[Visibility.PARTNERS]:
        rows |= Q(visibility=Visibility.PARTNERS)
    if actor.roles & READS[Visibility.PUBLIC] or actor.partnership.public_pages:
        rows |= Q(visibility=Visibility.PUBLIC)
    return here & rows


def reachable(actor: Actor, act: str, kind: type[Shared]) -> Q:
    """The rows of `kind` to which somebody may do `act`. Raises `KeyError` for an unknown act."""
    rule = ACTS[act]
    if not may(actor, act):
        return _NOTHING
    rows = seen(actor, kind)
    if rule.reach is Reach.SEEN:
        return rows
    if rule.reach is Reach.NAMED:
        return rows & _named(actor, kind)
    written = Q(author=actor.person)
    if rule.reach is Reach.WRITTEN:
        return rows & written
    return rows & (written | Q(district__in=actor.districts_as(rule.roles)))


def may(actor: Actor, act: str) -> bool:
    """Whether somebody may do `act` at all, to something. Raises `KeyError`."""
    rule = ACTS[act]
    if rule.public and actor.partnership.public_pages:
        return True
    return bool(actor.roles & rule.roles)


def may_to(actor: Actor, act: str, thing: Shared) -> bool:
    """Whether somebody may do `act` to this thing."""
    kind = type(thing)
    return kind._default_manager.filter(reachable(actor, act, kind), pk=thing.pk).exists()


def may_in(actor: Actor, act: str, district: int | None) -> bool:
    """Whether somebody may do `act` for a district, where there is no row to ask about yet."""
    rule = ACTS[act]
    if rule.reach is Reach.SEEN:
        return may(actor, act)
    return district in actor.districts_as(rule.roles)


def listing(actor: Actor, act: str, kind: type[Thing]) -> QuerySet[Thing]:
    """All rows to which somebody may do `act`."""
    return kind._default_manager.filter(reachable(actor, act, kind))


def find(actor: Actor, act: str, kind: type[Thing], pk: int) -> Thing:
    """One row to which somebody may do `act`.

    Raises `Http404` where there is none: whether a thing exists is not told to those who may not
    see it.
    """
    thing = listing(actor, act, kind).filter(pk=pk).first()
    if thing is None:
        raise Http404
    return thing


def _named(actor: Actor, kind: type[Shared]) -> Q:
    naming = kind.named.through._default_manager.filter(
        **{f"{kind._meta.model_name}_id": OuterRef("pk"), "person_id": actor.writer().pk}
    )
    return ~Q(visibility=Visibility.AUTHOR) & Q(Exists(naming))


def _of_district(actor: Actor, kind: type[Shared], district: int) -> Q:
    rows = Q(visibility=Visibility.DISTRICT, district=district)
    if not issubclass(kind, Candid):
        return rows
    there = Seat.objects.filter(position__district=district)
    came = there.filter(person=actor.person).aggregate(first=Min("since"))["first"]
    met = there.filter(held_since(came), person=OuterRef("author"))
    return rows & (Q(handed_over=True) | Q(Exists(met)))
