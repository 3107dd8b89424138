"""Trials: predicting first, then plan, do, study and act."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from accord.workspace.editing.changing import BOTH_KEPT, changing
from accord.workspace.editing.form_page import answer_form
from accord.workspace.inquiry.doing import begin_trial, predict, study
from accord.workspace.inquiry.models import Inquiry, Trial
from accord.workspace.inquiry.page import STEPS
from accord.workspace.inquiry.tree import tree_of
from accord.workspace.inquiry.trial_forms import NewTrialForm, PredictionForm, ResultForm
from accord.workspace.inquiry.views import back_to
from accord.workspace.permissions.pages import Asked, page
from accord.workspace.permissions.rules import find
from accord.workspace.screening.forms import record_overlooked

_TITLES = {
    "plan": "Plan: who does what, where, until when",
    "do": "Do: what was done",
    "study": "Study: the result, held against the prediction",
    "act": "Act: adopt, adapt or abandon",
}


@page(see="inquiries.write", do="inquiries.write")
def new_trial(request: Asked, pk: int) -> HttpResponse:
    """Begin a trial, by predicting what will come of it."""
    found = find(request.actor, "inquiries.write", Inquiry, pk)
    tree = tree_of(found.causes.all())
    form = NewTrialForm(
        request.POST or None, inquiry=found, tree=tree, initial={"cause": request.GET.get("cause")}
    )
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        begin_trial(
            found, told["words"], told["expected"], told["look_on"],
            by=request.actor.writer(), cause=told["cause"],
        )  # fmt: skip
        record_overlooked(form, found, by=request.actor.name, chain=found.partnership_id)
        return redirect(_trials(found))
    lede = "Write it before you can know. It carries its day, and stands once there is a result."
    return answer_form(request, form, back_to(found, "Predict", "Keep the prediction", lede))


@page(see="inquiries.write", do="inquiries.write")
def predict_again(request: Asked, pk: int, part: int) -> HttpResponse:
    """Predict something else, as long as there is no result; the earlier wording stays beside."""
    found = find(request.actor, "inquiries.write", Inquiry, pk)
    trial = _trial(found, part)
    newest = trial.predictions.all()[0]
    initial = {"words": newest.words, "expected": newest.expected, "look_on": newest.look_on}
    form = PredictionForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        predict(trial, told["words"], told["expected"], told["look_on"], by=request.actor.writer())
        record_overlooked(form, found, by=request.actor.name, chain=found.partnership_id)
        return redirect(_trials(found))
    lede = "The earlier wording is kept beside the new one, each with its day."
    return answer_form(request, form, back_to(found, "Predict again", "Keep it", lede))


@page(see="inquiries.write", do="inquiries.write")
def trial_step(request: Asked, pk: int, part: int, step: str) -> HttpResponse:
    """Plan, do, study or act."""
    found, by = find(request.actor, "inquiries.write", Inquiry, pk), request.actor.writer()
    trial = _trial(found, part)
    if step not in STEPS:
        raise Http404
    words = back_to(found, _TITLES[step], "Keep it", str(trial.predictions.all()[0].words))
    if step == "study" and request.method == "POST" and "settle" not in request.GET:
        form = ResultForm(request.POST, inquiry=found)
        if not form.is_valid():
            return answer_form(request, form, words)
        told = dict(form.cleaned_data)
        if study(trial, told, seen=told.pop("seen") or 0, by=by):
            messages.warning(request, BOTH_KEPT)
        return redirect(_trials(found))
    asked = {"inquiry": found} if step == "study" else {}
    return changing(request, trial, STEPS[step], words, by=by, chain=found.partnership_id, **asked)


def _trial(inquiry: Inquiry, part: int) -> Trial:
    trial = inquiry.trials.filter(pk=part).first()
    if trial is None:
        raise Http404
    return trial


def _trials(inquiry: Inquiry) -> str:
    return f"{back_to(inquiry, '', '').back}#trials"
