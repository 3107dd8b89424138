"""What is searched of the joint work: inquiries, works, commitments, the library and
the founding."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from accord.workspace.commitments.models import Commitment, Resource, Waiver
from accord.workspace.founding.answering import readable_answers
from accord.workspace.founding.models import Letter
from accord.workspace.inquiry.models import Inquiry
from accord.workspace.library.models import Document, Practice
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.rules import listing
from accord.workspace.search.candidates import Candidate, Hit, readable
from accord.workspace.strands.models import SchoolPlan, Work


def inquiries(actor: Actor) -> Iterator[Candidate]:
    """Questions, what was learned, causes and results."""
    rows = listing(actor, "inquiries.see", Inquiry).prefetch_related("causes", "trials")
    for one in rows:
        causes = [cause.statement for cause in one.causes.all() if cause.removed_at is None]
        results = [trial.result for trial in one.trials.all()]
        texts = readable(one.question, one.reason, one.learned, *causes, *results)
        url = reverse("inquiry", args=[one.partnership_id, one.pk])
        yield Hit(one.question, " ".join(texts[1:]), url, one.made_at), texts


def works(actor: Actor) -> Iterator[Candidate]:
    """Joint works, and the schools' plans that take up a strand."""
    for one in listing(actor, "work.see", Work):
        texts = readable(
            one.title, one.detail, one.subject, one.need, one.product, one.organisation, one.secured
        )
        url = reverse("work", args=[one.partnership_id, one.pk])
        yield Hit(one.title, " ".join(texts[1:]), url, one.since), texts
    for plan in listing(actor, "plans.see", SchoolPlan):
        url = reverse("strand", args=[plan.partnership_id, plan.strand])
        texts = readable(plan.school, plan.plan, plan.words)
        yield Hit(plan.school, plan.words, f"{url}#plans"), texts


def commitments(actor: Actor) -> Iterator[Candidate]:
    """Promises, what is shared, and waivers."""
    for one in listing(actor, "commitments.see", Commitment):
        url = reverse("commitment", args=[one.partnership_id, one.pk])
        yield Hit(one.what, one.where, url, one.since), readable(one.what, one.where)
    for shared in listing(actor, "commitments.see", Resource):
        url = reverse("resource", args=[shared.partnership_id, shared.pk])
        texts = readable(shared.what, shared.detail)
        yield Hit(shared.what, shared.detail, url, shared.since), texts
    for waiver in listing(actor, "commitments.see", Waiver):
        url = reverse("waiver", args=[waiver.partnership_id, waiver.pk])
        texts = readable(
            waiver.fund, waiver.rule, waiver.condition, waiver.consultation, waiver.benchmark
        )
        yield Hit(waiver.fund, " ".join(texts[1:]), url, waiver.expires_on), texts


def library(actor: Actor) -> Iterator[Candidate]:
    """Practices and documents."""
    for one in listing(actor, "library.see", Practice):
        url = reverse("practice", args=[one.partnership_id, one.pk])
        texts = readable(one.title, one.what, one.evidence)
        yield Hit(one.title, " ".join(texts[1:]), url, one.made_at), texts
    for document in listing(actor, "library.see", Document):
        url = f"{reverse('library', args=[document.partnership_id])}#documents"
        texts = readable(document.title, document.about)
        yield Hit(document.title, document.about, url, document.made_at), texts


def letters(actor: Actor) -> Iterator[Candidate]:
    """Exploration letters."""
    for one in listing(actor, "letters.see", Letter):
        url = reverse("letter", args=[one.partnership_id, one.pk])
        texts = readable(one.title, one.looks_into, one.ended_words)
        yield Hit(one.title, one.looks_into, url, one.since), texts


def conditions(actor: Actor) -> Iterator[Candidate]:
    """What districts say of the conditions for success, as far as the reader is shown it."""
    for readiness in readable_answers(actor):
        url = reverse("conditions", args=[readiness.partnership_id])
        for one in readiness.answers.all():
            address = f"{url}#{one.condition}"
            yield Hit(one.asked, one.words, address, readiness.made_at), readable(one.words)
