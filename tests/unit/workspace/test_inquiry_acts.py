"""An inquiry: how far it is, its tree, its chain, and predictions that stand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accord.base.errors import RefusedError, StateError
from accord.workspace.inquiry.chains import chains_of
from accord.workspace.inquiry.doing import (
    begin_trial,
    explain,
    learn,
    predict,
    prediction_hash,
    put_back,
    show,
    study,
    take_out,
)
from accord.workspace.inquiry.models import Inquiry, Trial
from accord.workspace.inquiry.page import known_before, trial_rows
from accord.workspace.inquiry.states import Stage, Sure
from accord.workspace.inquiry.tree import taken_out, tree_of
from accord.workspace.meetings.evidence import is_untouched
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.trail.models import Event
from workspace_world import CHRONIC, World

DAY = timezone.localdate() + timedelta(days=60)


def asked(world: World, **changes: object) -> Inquiry:
    usual = {
        "partnership": world.served,
        "district": world.cedar,
        "author": world.person(Role.LEAD),
        "visibility": Visibility.PARTNERS,
        "made_at": timezone.now(),
        "question": "Why do absences rise after the winter break?",
    }
    return Inquiry.objects.create(**(usual | changes))


def predicted(world: World, inquiry: Inquiry) -> Trial:
    return begin_trial(
        inquiry, "If we call early, fewer stay away", "Below 20 %", DAY, by=world.person(Role.LEAD)
    )


def test_how_far_it_is_follows_from_what_stands_in_it(world: World) -> None:
    inquiry, lead = asked(world), world.person(Role.LEAD)
    assert inquiry.stage is Stage.ASKED
    exhibit = show(inquiry, CHRONIC, words="Down in both", by=lead)
    assert inquiry.stage is Stage.LOOKING
    cause = explain(inquiry, "Families hear of it too late", by=lead)
    assert inquiry.stage is Stage.EXPLAINING
    trial = predicted(world, inquiry)
    assert inquiry.stage is Stage.PREDICTED
    told = {"result": "18 %", "verdict": "held", "exhibit": exhibit}
    study(trial, told, seen=1, by=lead)
    assert inquiry.stage is Stage.TESTING
    learn(inquiry, "Early calls help.", seen=1, by=lead)
    assert inquiry.stage is Stage.LEARNED
    take_out(cause, by=lead)
    assert inquiry.stage is Stage.LEARNED


class TestEvidence:
    def test_one_group_is_frozen_as_its_own_view(self, world: World) -> None:
        inquiry, lead = asked(world), world.person(Role.LEAD)
        everybody = show(inquiry, CHRONIC, words="", by=lead).evidence
        one = show(inquiry, CHRONIC, group="hispanic", words="", by=lead).evidence
        assert one.title == f"{everybody.title}: Hispanic or Latino students"
        # 230 − 26 × 3 of 600 in Cedar Valley's last year: (340 − 60 − 78) / 600 = 33.7 %
        assert one.said["districts"][0]["value"] == "33.7\N{NO-BREAK SPACE}%"
        assert (
            everybody.said["districts"][0]["value"] == "25.0\N{NO-BREAK SPACE}%"
        )  # (340 − 90) / 1,000
        assert is_untouched(one)
        assert one.hash != everybody.hash

    def test_what_no_release_holds_is_not_frozen(self, world: World) -> None:
        with pytest.raises(StateError, match="No release"):
            show(asked(world), CHRONIC, group="nobody", words="", by=world.person(Role.LEAD))


class TestTheTree:
    def test_each_cause_hangs_under_the_one_it_explains(self, world: World) -> None:
        inquiry, lead = asked(world), world.person(Role.LEAD)
        top = explain(inquiry, "Families hear of it too late", by=lead)
        middle = explain(inquiry, "Letters go out by month", by=lead, under=top)
        root = explain(inquiry, "The form asks for a month", by=lead, under=middle, sure=Sure.SOME)
        (node,) = tree_of(inquiry.causes.all())
        assert [node.cause, node.reasons[0].cause, node.reasons[0].reasons[0].cause] == [
            top, middle, root,
        ]  # fmt: skip
        assert [node.depth, node.reasons[0].reasons[0].depth] == [1, 3]
        assert [node.is_root, node.reasons[0].reasons[0].is_root] == [False, True]

    def test_what_is_taken_out_takes_its_reasons_along_and_comes_back_with_them(
        self, world: World
    ) -> None:
        inquiry, lead = asked(world), world.person(Role.LEAD)
        top = explain(inquiry, "Families hear of it too late", by=lead)
        explain(inquiry, "Letters go out by month", by=lead, under=top)
        take_out(top, by=lead)
        assert tree_of(inquiry.causes.all()) == ()
        assert taken_out(inquiry.causes.all()) == [top]
        put_back(top, by=lead)
        (node,) = tree_of(inquiry.causes.all())
        assert len(node.reasons) == 1


class TestAPrediction:
    def test_it_can_be_worded_anew_until_there_is_a_result(self, world: World) -> None:
        trial, lead = predicted(world, asked(world)), world.person(Role.LEAD)
        predict(trial, "If we write early, fewer stay away", "Below 22 %", DAY, by=lead)
        (row,) = trial_rows(trial.inquiry)
        assert row.prediction.expected == "Below 22 %"
        assert [one.expected for one in row.earlier] == ["Below 20 %"]
        study(trial, {"result": "23 %", "verdict": "failed"}, seen=1, by=lead)
        with pytest.raises(RefusedError, match="stands as it was written"):
            predict(trial, "If we write early …", "Below 25 %", DAY, by=lead)
        assert trial.predictions.count() == 2

    def test_a_stale_page_does_not_get_around_it(self, world: World) -> None:
        trial, lead = predicted(world, asked(world)), world.person(Role.LEAD)
        stale = Trial.objects.get(pk=trial.pk)
        study(trial, {"result": "23 %", "verdict": "failed"}, seen=1, by=lead)
        with pytest.raises(RefusedError):
            predict(stale, "What we thought all along", "23 %", DAY, by=lead)

    def test_a_result_without_its_time_is_refused_by_the_database(self, world: World) -> None:
        trial = predicted(world, asked(world))
        with pytest.raises(IntegrityError), transaction.atomic():
            Trial.objects.filter(pk=trial.pk).update(result="23 %")

    def test_its_hash_is_in_the_trail_and_tells_a_change(self, world: World) -> None:
        trial = predicted(world, asked(world))
        kept = trial.predictions.get()
        event = Event.objects.get(act="predicted")
        assert event.said["prediction"] == kept.hash == prediction_hash(kept)
        assert trial_rows(trial.inquiry)[0].is_whole
        type(kept).objects.update(expected="Below 24 %")
        assert not trial_rows(trial.inquiry)[0].is_whole

    def test_figures_that_had_come_before_make_it_a_reading(self, world: World) -> None:
        inquiry, lead = asked(world), world.person(Role.LEAD)
        trial = predicted(world, inquiry)
        exhibit = show(inquiry, CHRONIC, words="", by=lead)
        study(trial, {"result": "18 %", "verdict": "held", "exhibit": exhibit}, seen=1, by=lead)
        assert trial_rows(inquiry)[0].was_known
        first = min(row.received_at for row in world.served.arrival_set.all() if row.received_at)
        assert not known_before(exhibit, first)


def test_two_results_at_once_are_both_kept(world: World) -> None:
    trial = predicted(world, asked(world))
    one, two = world.person(Role.LEAD), world.person(Role.LEAD, world.harbor)
    assert study(trial, {"result": "18 %", "verdict": "held"}, seen=1, by=one) is None
    other = study(trial, {"result": "23 %", "verdict": "failed"}, seen=1, by=two)
    assert other is not None
    trial.refresh_from_db()
    assert (trial.result, other.fields["result"]) == ("18 %", "23 %")


def test_chains_follow_what_was_opened_and_show_only_what_is_seen(world: World) -> None:
    first = asked(world, question="Why?")
    second = asked(world, question="Why there?", came_from=first)
    third = asked(world, question="Why then?", came_from=second)
    alone = asked(world, question="Who?")
    chain, single = chains_of([third, alone, first, second])
    assert (chain.inquiry, chain.opened[0].inquiry, chain.length) == (first, second, 3)
    assert (single.inquiry, single.opened) == (alone, ())
    hidden = chains_of([third, first])
    assert [link.inquiry for link in hidden] == [first, third]
