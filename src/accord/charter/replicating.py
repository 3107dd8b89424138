"""A blank charter for other districts: what was agreed here, without whatever is these districts'.

Parties, keys, posts, plans and targets are taken out, and every place that another pair of
districts must fill in says so. The blank reads as a charter; `checks` tells each place, with its
line, until it is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import yaml

from accord.base.periods import SchoolYear
from accord.charter.model import Charter, Publication, Strand
from accord.charter.values import FILL_IN, PENDING

BLANK_PARTIES = ("first-district", "second-district")
"""The ids of the parties of a blank; whoever fills it in puts official codes in their places."""

_WIDTH = 96
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def blank_charter(charter: Charter, today: date) -> str:
    """The text of a blank charter, YAML with comments, as of `today`.

    Days and school years move along, so that what lay two years before the founding still does.
    """
    return "\n".join(_blocks(charter, today)) + "\n"


def _blocks(charter: Charter, today: date) -> Iterator[str]:
    free = _Freed(charter)
    canonical: dict[str, Any] = free.of_names(charter.canonical())
    later = SchoolYear.of(today).start - SchoolYear.of(charter.partnership.founded).start
    yield (
        "# A charter to fill in, made from one that is in force elsewhere. Nothing here belongs to"
        "\n# the districts that it was made from."
        f"\n#\n# Put your own words wherever it says {FILL_IN}, and look at every day and number:"
        "\n# they are proposals. `accord charter check FILE` lists what is left, with its line.\n"
    )
    yield _dump("accord", "charter/1")
    yield _told("What you are called, when you begin, and for how long.")
    yield _dump("partnership", _partnership(charter, today))
    yield _told(
        "The districts. Replace each id by the district’s official code, here and wherever it",
        "comes again. Each district makes its own key: accord keys new, then accord charter key.",
    )
    yield _dump("parties", [_party(district) for district in BLANK_PARTIES])
    yield _told("What you want for students; each goal with the goal of each plan that it serves.")
    yield _dump("goal", canonical["goal"])
    aligned = f"{FILL_IN} the goal of your own plan that it serves"
    yield _dump("goals", [goal | {"aligned": _in_each(aligned)} for goal in canonical["goals"]])
    yield _told("How you mean to get there.")
    yield _dump("strategies", canonical["strategies"])
    yield _told("Areas of joint work; they are led by posts, never by persons.")
    pairs = zip(charter.strands, canonical["strands"], strict=True)
    yield _dump("strands", [_strand(one, told, charter, today) for one, told in pairs])
    yield _told("Definitions of the catalogue, each from a school year on.")
    yield _dump("indicators", [_moved(one, later) for one in canonical["indicators"]])
    yield _told(
        "Set your own, once you have seen your own figures. One is written like this:",
        "  - {indicator: ID, group: all, district: all,",
        "     rule: {kind: yearly-step, step: 1, baseline: 2025-26}}",
    )
    yield "targets: []"
    yield _told("The student groups, and what may leave a district about them, for whom.")
    for name in ("groups", "intersections"):
        yield _dump(name, canonical[name])
    yield _dump("publication", [_publication(one) for one in charter.publication])
    yield _told("How small a group may be before it is hidden.")
    yield _dump("disclosure", canonical["disclosure"])
    yield _told("How you meet, and which posts do what.")
    yield _dump("meetings", _without_empty(canonical["meetings"]))
    yield _dump("roles", list(_roles(free.of_names([role.role for role in charter.roles]))))
    yield _told("What the figures are for, and how long things are kept.")
    yield _dump("purpose", canonical["purpose"])
    yield _dump("retention", _without_empty(canonical["retention"]))
    if charter.workspace is not None:
        yield _dump("workspace", canonical["workspace"])


class _Freed:
    """Takes the names, codes, plans and posts of a charter's districts out of texts."""

    def __init__(self, charter: Charter) -> None:
        posts = [title for strand in charter.strands for title in strand.leads.values()]
        plans = [text for goal in charter.goals for text in goal.aligned.values()]
        names = [
            *(charter.partnership.name, charter.partnership.id),
            *(getattr(one, name) for one in charter.parties for name in ("plan", "name", "short")),
            *(party.id for party in charter.parties),
            *(party.signatory for party in charter.parties),
        ]
        ids = (_NOT_IN_ID.sub("-", name.lower()).strip("-") for name in names)
        whole = {*names, *ids, *plans, *(post for post in posts if " " in post)}
        longest_first = sorted(whole - {"Superintendent", "superintendent"}, key=len, reverse=True)
        self._found = re.compile(
            "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first), re.IGNORECASE
        )

    def of_names(self, value: Any) -> Any:
        """The same plain value with the place to fill in for every such name in its texts.

        An id keeps its shape, so that what refers to it still does.
        """
        if isinstance(value, str):
            return self._found.sub("new" if _ID.fullmatch(value) else f"{FILL_IN} (a name)", value)
        if isinstance(value, Mapping):
            return {name: self.of_names(inner) for name, inner in value.items()}
        return [self.of_names(inner) for inner in value] if isinstance(value, list) else value


def _partnership(charter: Charter, today: date) -> dict[str, Any]:
    term = charter.partnership.term
    years = max(round((term.end - term.start).days / 365), 1)
    end = date(SchoolYear.of(today).start + years, 6, 30)
    return {
        "id": "new-partnership",
        "name": f"{FILL_IN} the name of your partnership",
        "founded": today.isoformat(),
        "term": {"from": today.isoformat(), "to": end.isoformat()},
    }


def _party(district: str) -> dict[str, str]:
    words = district.replace("-", " ")
    return {
        "id": district,
        "name": f"{FILL_IN} the name of the {words}",
        "short": f"{FILL_IN} the {words} in short",
        "plan": f"{FILL_IN} the title of the {words}’s own plan",
        "signatory": "Superintendent",
        "key": PENDING,
    }


def _strand(strand: Strand, told: dict[str, Any], charter: Charter, today: date) -> dict[str, Any]:
    since = today + (strand.start - charter.partnership.founded)
    return {
        "id": told["id"],
        "name": told["name"],
        "from": since.isoformat(),
        "leads": _in_each(f"{FILL_IN} the post that leads it"),
    }


def _in_each(words: str) -> dict[str, str]:
    return dict.fromkeys(BLANK_PARTIES, words)


def _moved(indicator: dict[str, Any], years: int) -> dict[str, Any]:
    moved = {
        name: str(SchoolYear(SchoolYear.parse(indicator[name]).start + years))
        for name in ("from", "to")
        if indicator[name]
    }
    return _without_empty(indicator | moved)


def _publication(entry: Publication) -> dict[str, Any]:
    return entry.model_dump(mode="json", by_alias=True)


def _roles(roles: Iterable[str]) -> Iterator[dict[str, str]]:
    for role in dict.fromkeys(roles):
        for district in BLANK_PARTIES:
            yield {"role": role, "district": district, "title": f"{FILL_IN} the post"}


def _without_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _told(*lines: str) -> str:
    return "\n" + "\n".join(f"# {line}" for line in lines)


def _dump(name: str, value: Any) -> str:
    written = yaml.safe_dump(
        {name: value}, sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=False
    )
    return str(written).rstrip("\n")
