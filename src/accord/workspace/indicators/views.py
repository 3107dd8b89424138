"""The pages of figures. What is chosen stands in the address: a link opens the same view."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accord.insight.of_group import of_group
from accord.insight.series import ALL
from accord.insight.view import IndicatorFinding
from accord.workspace.indicators.drawn import (
    kept,
    overview_of,
    section_of,
    sentences_of,
    sources_of,
)
from accord.workspace.indicators.exports import EXCEL, picture_bytes, table_bytes, workbook_bytes
from accord.workspace.indicators.figures import Figures, figures_for
from accord.workspace.indicators.news import news_of
from accord.workspace.indicators.portrait import portrait_of
from accord.workspace.permissions.pages import Asked, page


@page(see="figures.see")
def indicators(request: Asked) -> HttpResponse:
    """Every indicator in both districts, the answer first."""
    figures = _figures(request)
    if not figures.shown:
        return render(request, "indicators/none_yet.html", {"figures": figures})
    headline, summary = sentences_of(figures)
    return render(
        request,
        "indicators/indicators.html",
        {
            "figures": figures,
            "headline": headline[:2],
            "also": headline[2:],
            "summary": summary,
            "overview": overview_of(figures),
            "sources": sources_of(figures),
            "groups": _groups(figures),
            "view": _view(request),
        },
    )


@page(see="figures.see")
def indicator(request: Asked, indicator: str) -> HttpResponse:
    """One indicator: trend, target, pace, gaps, tables and where each number comes from."""
    figures, group = _figures(request), _group(request)
    section = section_of(figures, indicator, group) if figures.shown else None
    if section is None:
        raise Http404
    news = news_of(figures)
    place = next(number for number, item in enumerate(news) if item.indicator == indicator)
    return render(
        request,
        "indicators/indicator.html",
        {
            "figures": figures,
            "news": news[place],
            "before": news[place - 1] if place else None,
            "after": news[place + 1] if place + 1 < len(news) else None,
            "section": section,
            "sources": sources_of(figures),
            "groups": _groups(figures),
            "group": group,
            "group_name": dict(_groups(figures)).get(group, group),
            "view": _view(request),
        },
    )


@page(see="figures.see")
def portrait(request: Asked, group: str) -> HttpResponse:
    """One student group across every indicator."""
    figures = _figures(request)
    groups = dict(_groups(figures)) if figures.shown else {}
    if group not in groups:
        raise Http404
    return render(
        request,
        "indicators/portrait.html",
        {
            "figures": figures,
            "group": group,
            "group_name": groups[group],
            "groups": _groups(figures),
            "rows": portrait_of(figures, group),
            "view": _view(request),
        },
    )


@page(see="figures.see")
def workbook(request: Asked) -> HttpResponse:
    """The figures as an Excel workbook with formulas; `?indicator=` chooses one."""
    chosen = request.GET.get("indicator")
    figures = _figures(request)
    if not figures.shown or (chosen is not None and figures.finding(chosen) is None):
        raise Http404
    name = f"{figures.partnership.pk}-{chosen or 'figures'}.xlsx"
    return _download(workbook_bytes(figures.view, (chosen,) if chosen else ()), name, EXCEL)


@page(see="figures.see")
def table(request: Asked, indicator: str) -> HttpResponse:
    """An indicator's released cells as CSV."""
    figures, group = _figures(request), _group(request)
    _finding(figures, indicator)
    data = table_bytes(figures.view, indicator, group)
    return _download(data, f"{indicator}{'' if group == ALL else f'-{group}'}.csv", "text/csv")


@page(see="figures.see")
def picture(request: Asked, indicator: str) -> HttpResponse:
    """An indicator's trend as a picture for slides."""
    figures, group = _figures(request), _group(request)
    whole = _finding(figures, indicator)
    finding = whole if group == ALL else of_group(whole, group)
    if finding is None:
        raise Http404
    name = f"picture:{indicator}:{group}"
    data = kept(figures, name, lambda: picture_bytes(finding, figures.view))
    if data is None:
        raise Http404
    return _download(data, f"{indicator}{'' if group == ALL else f'-{group}'}.png", "image/png")


def _figures(request: Asked) -> Figures:
    return figures_for(request.actor, audience=request.GET.get("edition"))


def _finding(figures: Figures, indicator: str) -> IndicatorFinding:
    finding = figures.finding(indicator) if figures.shown else None
    if finding is None:
        raise Http404
    return finding


def _group(request: HttpRequest) -> str:
    return request.GET.get("group") or ALL


def _groups(figures: Figures) -> list[tuple[str, str]]:
    """The charter's student groups: id and name."""
    return kept(
        figures,
        "groups",
        lambda: [(group.id, group.name) for group in figures.view.groups.values()],
    )


def _view(request: HttpRequest) -> str:
    """What of the address must go along to other pages of figures."""
    chosen = {name: request.GET[name] for name in ("edition", "group") if request.GET.get(name)}
    return f"?{urlencode(chosen)}" if chosen else ""


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
