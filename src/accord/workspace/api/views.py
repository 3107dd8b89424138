"""The page of one's own tokens."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accord.workspace.api.forms import TokenForm
from accord.workspace.api.models import Token
from accord.workspace.api.tokens import A_MINUTE, make_token, revoke
from accord.workspace.permissions.pages import Asked, page

_USUAL = timedelta(days=90)


@page(see="tokens.see", do="tokens.make")
def tokens(request: Asked) -> HttpResponse:
    """Tokens made here, and a new one: its secret is shown this once."""
    actor = request.actor
    form = TokenForm(request.POST or None, initial={"until": timezone.localdate() + _USUAL})
    secret = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        _, secret = make_token(
            actor, name=told["name"], may_write=told["may_write"], until=told["until"]
        )
    status = 422 if request.method == "POST" and secret is None else 200
    shown = {
        "tokens": Token.objects.filter(
            person=actor.person, partnership=actor.partnership, revoked_at=None
        ),
        "form": form,
        "secret": secret,
        "a_minute": A_MINUTE,
        "today": timezone.localdate(),
    }
    return render(request, "api/tokens.html", shown, status=status)


@page(do="tokens.make")
def revoke_token(request: Asked, pk: int) -> HttpResponse:
    """Take back a token of one's own."""
    own = {"person": request.actor.person, "partnership": request.actor.partnership}
    revoke(get_object_or_404(Token, pk=pk, revoked_at=None, **own), by=request.actor)
    messages.success(request, "The token opens nothing any more.")
    return redirect("tokens", request.actor.partnership.pk)
