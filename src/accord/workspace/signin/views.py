"""Accepting an invitation, and where one is signed in; in the demonstration, becoming somebody."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accord.workspace.people.holding import held
from accord.workspace.people.models import Person, Seat
from accord.workspace.permissions.pages import outside
from accord.workspace.signin.forms import PasswordForm
from accord.workspace.signin.invitations import accept, read_invitation
from accord.workspace.signin.sessions import end_elsewhere, places

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@outside("whoever holds an invitation's secret is who was invited")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Accept an invitation: a new person chooses a password, a known one signs in first."""
    found = read_invitation(secret)
    known = Person.objects.filter(email__iexact=found.email).first()
    if known is not None:
        if request.user != known:
            return redirect_to_login(request.path)
        if request.method == "POST":
            accept(found, known)
            return redirect("home", found.position.partnership_id)
        return render(request, "signin/invitation.html", {"invitation": found, "known": True})
    person = Person(email=found.email, name=found.name)
    form = PasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            person = Person.objects.create_user(
                found.email, form.cleaned_data["password"], name=found.name
            )
            accept(found, person)
        _sign_in(request, person)
        record_authentication(request, person, method="password", reauthenticated=True)
        return redirect("mfa_activate_totp")
    return render(request, "signin/invitation.html", {"invitation": found, "form": form})


@outside("only in the demonstration, only made-up people, only on this machine")
def choose_somebody(request: HttpRequest) -> HttpResponse:
    """The made-up people of the demonstration, to sign in as one of them."""
    if not settings.ACCORD_DEMO:
        raise Http404
    seats = (
        Seat.objects.filter(held(timezone.localdate()), person__made_up=True)
        .select_related("person", "position__district", "position__partnership")
        .order_by("position__district__order", "position__pk")
    )
    return render(request, "signin/choose_somebody.html", {"seats": seats})


@outside("only in the demonstration, only made-up people, only on this machine")
@require_POST
def become(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in as a made-up person."""
    if not settings.ACCORD_DEMO:
        raise Http404
    person = get_object_or_404(Person, pk=pk, made_up=True, is_active=True)
    _sign_in(request, person)
    return redirect("way-in")


@outside("people see and end their own sessions, and nobody else's")
@login_required
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in. `only` is the session to end; without it, all but this one end."""
    person, here = request.user, request.session.session_key
    assert isinstance(person, Person)
    assert here
    if request.method == "POST":
        only = request.POST.get("only", "")
        if only and not only.isdecimal():
            raise Http404
        if end_elsewhere(person, here, only=int(only) if only else None):
            messages.success(request, gettext("Signed out there."))
        return redirect("sessions")
    return render(request, "signin/places.html", {"places": places(person, here)})


def _sign_in(request: HttpRequest, person: Person) -> None:
    """Sign somebody in past allauth, and keep where, as it does for its own ways."""
    login(request, person, backend=_BACKEND)
    UserSession.objects.create_from_request(request)
