"""The operations that read."""

from __future__ import annotations

import json
from typing import Annotated, cast

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router

from accord.cells.cell import Cell
from accord.workspace.actions.models import Action
from accord.workspace.api.checking import Called
from accord.workspace.api.paging import Asked, Chosen, Page, page_of
from accord.workspace.api.problems import WRONG
from accord.workspace.api.schemas import (
    ActionOut,
    CellOut,
    CharterOut,
    DistrictValue,
    EditionOut,
    HitOut,
    IndicatorCells,
    IndicatorOut,
    Me,
    MeetingOut,
    MeetingWhole,
    NoteOut,
    PositionOut,
    ReleaseOut,
)
from accord.workspace.api.shown import (
    action_out,
    meeting_out,
    meeting_whole,
    note_out,
    release_out,
)
from accord.workspace.editions.models import Edition
from accord.workspace.indicators.figures import figures_for
from accord.workspace.indicators.news import News, news_of
from accord.workspace.meetings.models import Meeting
from accord.workspace.notes.models import Note
from accord.workspace.people.holding import holder_of
from accord.workspace.people.models import District, Position
from accord.workspace.people.pairing import pairs_of
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.rules import find, listing
from accord.workspace.releases.exchanging import charter_now
from accord.workspace.releases.models import Arrival
from accord.workspace.search.finding import search

router = Router()

Id = Annotated[int, Path(ge=1, le=2**63 - 1)]
Slug = Annotated[str, Path(pattern="^[a-z0-9][a-z0-9-]*$", max_length=80)]


def caller(request: HttpRequest) -> Actor:
    """For whom a checked request acts."""
    return cast(Called, request).actor


@router.get("/me", response={200: Me, **WRONG}, url_name="api-me")
def me(request: HttpRequest, partnership: Slug) -> Me:
    """For whom this token acts."""
    actor = caller(request)
    district = District.objects.filter(pk=actor.district or 0).first()
    return Me(
        name=actor.writer().name,
        partnership=actor.partnership.pk,
        district=district.code if district else None,
        roles=sorted(actor.roles),
    )


@router.get("/charter", response={200: CharterOut, **WRONG}, url_name="api-charter")
def charter(request: HttpRequest, partnership: Slug) -> CharterOut:
    """The charter in force, as it was signed; each amendment replaces it whole."""
    now = charter_now(caller(request).partnership)
    return CharterOut(hash=now.hash, charter=json.loads(now.canonical_bytes))


@router.get("/indicators", response={200: list[IndicatorOut], **WRONG}, url_name="api-indicators")
def indicators(request: HttpRequest, partnership: Slug) -> list[IndicatorOut]:
    """Every indicator in each district, in the charter's order; none before the first releases."""
    figures = figures_for(caller(request))
    return [_indicator(item) for item in news_of(figures)] if figures.shown else []


@router.get(
    "/indicators/{indicator}", response={200: IndicatorCells, **WRONG}, url_name="api-indicator"
)
def indicator(request: HttpRequest, partnership: Slug, indicator: Slug) -> IndicatorCells:
    """One indicator with every released cell, and the releases that they come from."""
    figures = figures_for(caller(request))
    news = news_of(figures) if figures.shown else []
    found = next((item for item in news if item.indicator == indicator), None)
    if found is None:
        raise Http404
    cells = figures.view.cells.where(indicator=indicator).cells()
    return IndicatorCells(
        indicator=_indicator(found),
        releases=[row.release for row in figures.shown],
        cells=[_cell(one) for one in cells],
    )


@router.get("/meetings", response={200: Page[MeetingOut], **WRONG}, url_name="api-meetings")
def meetings(request: HttpRequest, partnership: Slug, asked: Asked) -> Chosen:
    """The meetings that the token's person sees, by day."""
    return page_of(listing(caller(request), "meetings.see", Meeting), asked, meeting_out)


@router.get("/meetings/{pk}", response={200: MeetingWhole, **WRONG}, url_name="api-meeting")
def meeting(request: HttpRequest, partnership: Slug, pk: Id) -> MeetingWhole:
    """A meeting: its agenda, and what was decided."""
    return meeting_whole(find(caller(request), "meetings.see", Meeting, pk))


@router.get("/actions", response={200: Page[ActionOut], **WRONG}, url_name="api-actions")
def actions(request: HttpRequest, partnership: Slug, asked: Asked) -> Chosen:
    """The actions that the token's person sees, by the day they are due."""
    seen = listing(caller(request), "actions.see", Action).prefetch_related("owners")
    return page_of(seen, asked, action_out)


@router.get("/actions/{pk}", response={200: ActionOut, **WRONG}, url_name="api-action")
def action(request: HttpRequest, partnership: Slug, pk: Id) -> ActionOut:
    """One action."""
    return action_out(find(caller(request), "actions.see", Action, pk))


@router.get("/notes", response={200: Page[NoteOut], **WRONG}, url_name="api-notes")
def notes(request: HttpRequest, partnership: Slug, asked: Asked) -> Chosen:
    """The notes that the token's person sees; sealed ones without their text."""
    seen = listing(caller(request), "notes.see", Note).select_related("author")
    return page_of(seen, asked, note_out)


@router.get("/notes/{pk}", response={200: NoteOut, **WRONG}, url_name="api-note")
def note(request: HttpRequest, partnership: Slug, pk: Id) -> NoteOut:
    """One note."""
    return note_out(find(caller(request), "notes.see", Note, pk))


@router.get("/positions", response={200: list[PositionOut], **WRONG}, url_name="api-positions")
def positions(request: HttpRequest, partnership: Slug) -> list[PositionOut]:
    """Positions, whether they are vacant, and with which they are paired."""
    served, today = caller(request).partnership, timezone.localdate()
    pairs = pairs_of(served)
    rows = Position.objects.filter(partnership=served).select_related("district")
    return [
        PositionOut(
            id=one.pk,
            title=one.title,
            role=one.role,
            district=one.district.code if one.district else None,
            is_vacant=holder_of(one, today) is None,
            pairs=[other.pk for _, other in pairs.get(one.pk, [])],
        )
        for one in rows
    ]


@router.get("/releases", response={200: Page[ReleaseOut], **WRONG}, url_name="api-releases")
def releases(request: HttpRequest, partnership: Slug, asked: Asked) -> Chosen:
    """The ledgers, and what is pending for one's own district."""
    seen = listing(caller(request), "releases.see", Arrival).select_related("district")
    return page_of(seen, asked, release_out)


@router.get("/releases/{pk}", response={200: ReleaseOut, **WRONG}, url_name="api-release")
def release(request: HttpRequest, partnership: Slug, pk: Id) -> ReleaseOut:
    """One release."""
    return release_out(find(caller(request), "releases.see", Arrival, pk))


@router.get("/editions", response={200: list[EditionOut], **WRONG}, url_name="api-editions")
def editions(request: HttpRequest, partnership: Slug) -> list[EditionOut]:
    """Editions, and what each district answered."""
    seen = listing(caller(request), "editions.see", Edition)
    return [
        EditionOut(
            id=one.pk,
            title=one.title,
            readers=one.readers,
            hash=one.hash,
            answers={each.district.code: each.kind for each in one.answers.all()},
        )
        for one in seen.prefetch_related("answers__district")
    ]


@router.get("/search", response={200: list[HitOut], **WRONG}, url_name="api-search")
def find_words(
    request: HttpRequest, partnership: Slug, q: Annotated[str, Query(max_length=200)] = ""
) -> list[HitOut]:
    """What one may see that has every one of these words."""
    return [
        HitOut(kind=found.kind, title=str(hit.title), around=hit.around, url=hit.url)
        for found in search(caller(request), q)
        for hit in found.hits
    ]


def _indicator(item: News) -> IndicatorOut:
    return IndicatorOut(
        id=item.indicator,
        title=item.title,
        strand=item.strand,
        reasons=list(item.reasons),
        districts=[
            DistrictValue(
                district=one.code,
                year=one.year,
                value=one.value,
                change=one.moved,
                finding=one.movement,
                target=one.target,
                status=one.status,
            )
            for one in item.districts
        ],
    )


def _cell(cell: Cell) -> CellOut:
    return CellOut(
        district=cell.district,
        school=cell.school,
        group=cell.group,
        grade=cell.grade,
        period=cell.period,
        state=cell.state.value,
        numerator=_number(cell.numerator),
        denominator=_number(cell.denominator),
        value=_number(cell.value),
    )


def _number(value: object) -> str | None:
    return None if value is None else str(value)
