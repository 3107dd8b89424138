"""The board, the list, one action with its history, and the form behind an e-mail's link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accord.indicators.catalogue import load_catalogue
from accord.workspace.actions.doing import agree, move
from accord.workspace.actions.forms import ActionForm, EditForm, StepForm
from accord.workspace.actions.links import open_link
from accord.workspace.actions.models import Action
from accord.workspace.actions.states import UNFINISHED, Horizon, Status
from accord.workspace.editing.saving import save_edit, settle, waiting
from accord.workspace.indicators.figures import figures_for
from accord.workspace.indicators.news import news_of
from accord.workspace.people.models import Partnership
from accord.workspace.permissions.pages import Asked, outside, page
from accord.workspace.permissions.rules import find, listing, may, may_to
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.releases.exchanging import charter_now
from accord.workspace.sealing.fields import require_open

_LONGEST_LIST = 200
_MOST_CARDS = {True: 12, False: 8}
"""How many cards a column of the board shows: of unfinished actions, and of finished ones."""


@dataclass(frozen=True)
class Column:
    """One column of the board."""

    status: Status
    actions: list[Action]
    more: int


@page(see="actions.see")
def actions(request: Asked) -> HttpResponse:
    """All actions, as a board or a list; what is chosen stands in the address."""
    chosen = _chosen(request)
    today = timezone.localdate()
    shape = "list" if request.GET.get("as") == "list" else "board"
    every = list(chosen.prefetch_related("owners__district").select_related("district"))
    indicators = indicator_names(request.actor.partnership)
    names = dict(indicators)
    for action in every:
        action.about = names.get(action.indicator, "")  # type: ignore[attr-defined]
        action.late = action.is_late(today)  # type: ignore[attr-defined]
    return render(
        request,
        "actions/actions.html",
        {
            "shape": shape,
            "columns": _columns(every),
            "actions": every[:_LONGEST_LIST],
            "count": len(every),
            "unfinished": sum(one.is_unfinished for one in every),
            "late": sum(one.is_late(today) for one in every),
            "indicators": indicators,
            "horizons": Horizon.choices,
            "statuses": Status.choices,
            "asked": request.GET,
            "may_write": may(request.actor, "actions.write"),
            "today": today,
        },
    )


def _chosen(request: Asked) -> QuerySet[Action]:
    """The actions that are seen, narrowed by what the address asks for."""
    seen = listing(request.actor, "actions.see", Action)
    asked = request.GET
    if asked.get("horizon") in Horizon.values:
        seen = seen.filter(horizon=asked["horizon"])
    if asked.get("status") in Status.values:
        seen = seen.filter(status=asked["status"])
    if asked.get("indicator"):
        seen = seen.filter(indicator=asked["indicator"])
    if asked.get("whose") == "mine":
        seen = seen.filter(owners__in=[item.position for item in request.actor.standings])
    elif asked.get("whose", "").isdigit():
        seen = seen.filter(owners__district=int(asked["whose"]))
    return seen.distinct()


def _columns(every: list[Action]) -> list[Column]:
    columns = []
    for status in Status:
        held = [one for one in every if one.status == status]
        if status not in UNFINISHED:
            held.sort(key=lambda one: one.done_on or one.due, reverse=True)
        shown = held[: _MOST_CARDS[status in UNFINISHED]]
        columns.append(Column(status, shown, len(held) - len(shown)))
    return columns


@page(see="actions.write", do="actions.write")
def new_action(request: Asked) -> HttpResponse:
    """Agree on an action outside of a meeting."""
    actor = request.actor
    form = ActionForm(
        request.POST or None,
        partnership=actor.partnership,
        indicators=indicator_names(actor.partnership),
        district=actor.district,
        initial={"indicator": request.GET.get("indicator", "")},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = agree(
            actor.partnership,
            by=actor.writer(),
            title=told["title"],
            detail=told["detail"],
            indicator=told["indicator"],
            horizon=Horizon(told["horizon"]),
            due=told["due"],
            owners=told["owners"],
            visibility=Visibility(told["visibility"]),
        )
        return redirect("action", actor.partnership.pk, made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "actions/new.html", {"form": form}, status=status)


@page(see="actions.see", do="actions.write")
def action(request: Asked, pk: int) -> HttpResponse:
    """One action: how far it is, what happened, and the indicator before and after."""
    act = "actions.write" if request.method == "POST" else "actions.see"
    found = find(request.actor, act, Action, pk)
    form = StepForm(request.POST or None, action=found)
    if request.method == "POST" and form.is_valid():
        move(
            found,
            Status(form.cleaned_data["to"]),
            by=request.actor.writer(),
            words=form.cleaned_data["words"],
        )
        messages.success(request, "Noted.")
        return redirect("action", found.partnership_id, found.pk)
    status = 422 if request.method == "POST" else 200
    shown = _shown(request, found) | {"form": form}
    return render(request, "actions/action.html", shown, status=status)


@page(see="actions.write", do="actions.write")
def edit_action(request: Asked, pk: int) -> HttpResponse:
    """Change what an action says; where somebody did meanwhile, both are kept, side by side."""
    found = find(request.actor, "actions.write", Action, pk)
    require_open(found)
    standing = {
        "title": found.title, "detail": found.detail, "due": found.due, "seen": found.revision,
    }  # fmt: skip
    form = EditForm(request.POST or None, initial=standing)
    other = waiting(found).filter(pk=_number(request.GET.get("settle"))).first()
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("title", "detail", "due")}
        seen, actor = form.cleaned_data["seen"], request.actor
        by, chain = actor.writer(), actor.partnership.pk
        if other is not None:
            settle(found, other, told, by=by, chain=chain)
        elif save_edit(found, told, seen=seen, by=by, chain=chain):
            messages.warning(request, "Somebody else changed this at the same time. Both are kept.")
        return redirect("action", found.partnership_id, found.pk)
    status = 422 if request.method == "POST" else 200
    shown = {"form": form, "action": found, "other": other}
    return render(request, "actions/edit.html", shown, status=status)


@outside(
    "the signed link names one action and one owner, and changes nothing until it is confirmed"
)
@require_http_methods(["GET", "POST"])
def update_by_mail(request: HttpRequest, link: str) -> HttpResponse:
    """The form behind an e-mail's link: it asks first."""
    opened = open_link(link, timezone.localdate())
    initial = {"to": request.GET.get("to") or opened.action.status}
    form = StepForm(request.POST or None, action=opened.action, initial=initial)
    if request.method == "POST" and form.is_valid():
        move(
            opened.action,
            Status(form.cleaned_data["to"]),
            by=opened.person,
            words=form.cleaned_data["words"],
            by_mail=True,
        )
        return render(request, "actions/mail_done.html", {"opened": opened})
    status = 422 if request.method == "POST" else 200
    return render(
        request, "actions/mail_form.html", {"opened": opened, "form": form}, status=status
    )


def indicator_names(partnership: Partnership) -> list[tuple[str, str]]:
    """The charter's indicators: id and title."""
    charter, catalogue = charter_now(partnership), load_catalogue()
    return [
        (indicator, catalogue.definition(charter.newest(indicator).definition).title)
        for indicator in charter.indicator_ids
    ]


def _number(text: str | None) -> int:
    """A row's number as an address gives it; 0, which no row has, for anything else."""
    return int(text) if text and text.isdigit() else 0


def _shown(request: Asked, action: Action) -> dict[str, Any]:
    figures = figures_for(request.actor)
    news = news_of(figures) if figures.shown and action.indicator else []
    others = [(other, other.said) for other in waiting(action)]
    return {
        "action": action,
        "owners": action.owners.select_related("district"),
        "steps": action.steps.select_related("by"),
        "meetings": action.agenda_items.select_related("meeting"),
        "news": next((item for item in news if item.indicator == action.indicator), None),
        "others": others,
        "may_write": may_to(request.actor, "actions.write", action),
        "is_late": action.is_late(timezone.localdate()),
    }
