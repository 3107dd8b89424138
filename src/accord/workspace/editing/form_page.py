"""The page of one form: where it leads back to, what it asks, and what its button does."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True)
class FormPage:
    """The words of a form's page. `back` is the address it came from, called `back_name`."""

    title: str
    button: str
    back: str
    back_name: str
    lede: str = ""


def answer_form(
    request: HttpRequest, form: forms.Form, page: FormPage, **more: object
) -> HttpResponse:
    """The page of a form; with what was typed, and status 422, where the form has a mistake."""
    status = 422 if form.is_bound else 200
    shown = {"form": form, "page": page} | more
    return render(request, "editing/form.html", shown, status=status)
