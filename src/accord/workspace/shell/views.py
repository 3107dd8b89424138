"""The style sheet, the way in, and the pages that say what went wrong."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accord.workspace.people.holding import seats_of
from accord.workspace.people.models import Partnership, Person
from accord.workspace.permissions.pages import outside
from accord.workspace.shell.stylesheet import stylesheet


@outside("the style sheet says nothing of anybody")
def style(_: HttpRequest, mark: str) -> HttpResponse:
    """The style sheet; its hash in the address keeps it fresh, so that it can be kept for good."""
    response = HttpResponse(stylesheet(), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@outside("leads each person to their own partnership")
@login_required
def way_in(request: HttpRequest) -> HttpResponse:
    """To the partnership of whoever signed in; a choice where there are several."""
    person = request.user
    assert isinstance(person, Person)
    own = Partnership.objects.filter(
        pk__in=seats_of(person, timezone.localdate()).values("position__partnership")
    )
    if own.count() == 1:
        return redirect("home", own[0].pk)
    return render(request, "shell/choose.html", {"partnerships": own})


@outside("tells a monitor whether the database answers, and nothing else")
def health(_: HttpRequest) -> HttpResponse:
    """``ok`` when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long: what was typed is shown, so that it isn't lost."""
    typed = [
        (name, value)
        for name, value in request.POST.items()
        if name != "csrfmiddlewaretoken" and "password" not in name and isinstance(value, str)
    ]
    return render(request, "shell/form_expired.html", {"typed": typed}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or it is not theirs to see: the two look alike."""
    return render(request, "shell/not_found.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A member whose role may not do this."""
    return render(request, "shell/not_allowed.html", status=403)


def fault(request: HttpRequest) -> HttpResponse:
    """A fault in accord. Shows nothing of what was asked."""
    return render(request, "shell/fault.html", status=500)
