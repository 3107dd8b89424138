"""Who is in the story: the positions of both districts and made-up people who hold them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from accord.workspace.demo.story import Post, story
from accord.workspace.people.holding import take
from accord.workspace.people.models import District, Partnership, Person, Position, Seat
from accord.workspace.people.pairing import pair
from accord.workspace.people.roles import Role

_PRINCIPALS = 14
_SUPERINTENDENT_CHANGED = timedelta(days=120)


def gather(
    partnership: Partnership, schools: dict[str, list[str]], founded: date, today: date
) -> Person:
    """Fill the positions; returns whoever leads the first district's part.

    `schools` names the schools of each district, by its code. One superintendent came lately, so
    that a handover can be seen.
    """
    for place, district in enumerate(partnership.districts.all()):
        for post in story().posts[place]:
            _position(partnership, district, post)
        for school in schools[district.code][:_PRINCIPALS]:
            title = f"Principal, {school}"
            _position(partnership, district, Post(role=Role.PRINCIPAL.value, title=title))
    for post in story().third_parties:
        _position(partnership, None, post)
    vacant = {post.title for posts in story().posts for post in posts if post.vacant}
    for position in partnership.positions.select_related("district"):
        if position.title not in vacant:
            _seat(position, founded, today)
    _pair(partnership)
    leading = Seat.objects.filter(
        position__partnership=partnership,
        position__role=Role.LEAD,
        position__district__order=0,
    )
    return leading.earliest("pk").person


def _pair(partnership: Partnership) -> None:
    """Strand leads and leads do alike work; not always one to one, and some have nobody."""
    first, second = (
        list(partnership.positions.filter(district=one)) for one in partnership.districts.all()[:2]
    )
    heads = {role: next(one for one in first if one.role == role) for role in _ALIKE}
    for one in first:
        for other in second:
            leads_alike = one.strand and one.strand == other.strand
            if leads_alike or (one.role == other.role and one in heads.values()):
                holder = other.seats.first()
                if holder is not None:
                    pair(one, other, "", by=holder.person)


_ALIKE = (Role.SUPERINTENDENT, Role.LEAD)


def _position(partnership: Partnership, district: District | None, post: Post) -> None:
    Position.objects.create(
        partnership=partnership, district=district, role=post.role, title=post.title
    )


def _seat(position: Position, founded: date, today: date) -> None:
    changed = (
        position.role == Role.SUPERINTENDENT
        and position.district is not None
        and position.district.order == 1
    )
    if changed:
        before = _person(position, " (until this summer)")
        last = today - _SUPERINTENDENT_CHANGED
        take(before, position, since=founded, until=last, source=_FOUNDING, by=before)
    person = _person(position)
    since = today - _SUPERINTENDENT_CHANGED + timedelta(days=1) if changed else founded
    until = today + timedelta(days=200) if position.district is None else None
    take(person, position, since=since, until=until, source=_FOUNDING, by=person)


_FOUNDING = Seat.Source.FOUNDING


def _person(position: Position, addition: str = "") -> Person:
    where = position.district.short if position.district else "third party"
    slug = re.sub(r"[^a-z0-9]+", ".", f"{position.title}{addition}".lower()).strip(".")
    domain = re.sub(r"[^a-z0-9]+", "-", where.lower())
    return Person.objects.create_user(
        f"{slug}@{domain}.example", name=f"{position}{addition}"[:120], made_up=True
    )
