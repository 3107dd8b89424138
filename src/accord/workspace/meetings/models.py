"""Meetings, their agendas, and what was decided on which evidence."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from accord.workspace.actions.models import Action
from accord.workspace.editing.models import Edited
from accord.workspace.meetings.states import Decision, Outcome, State
from accord.workspace.people.models import District, Partnership, Person, Position
from accord.workspace.permissions.shared import Shared


class Meeting(Shared):
    """A formal meeting. Its author prepares it; the partners see it once it is sent."""

    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=160, blank=True)
    host = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="hosted_meetings"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("starts_at",)

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED

    @property
    def is_under_way(self) -> bool:
        return self.state == State.UNDER_WAY


class Attendance(models.Model):
    """A position that is asked to a meeting, who held it then, and whether they were there."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    position = models.ForeignKey(Position, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True)
    was_there = models.BooleanField(default=False)

    class Meta:
        ordering = ("position__district__order", "position__pk")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "position"), name="one_chair_a_position"),
        )

    def __str__(self) -> str:
        return f"{self.position} at {self.meeting}"


class Evidence(models.Model):
    """What the releases said about an indicator when a decision was taken. Never changed.

    `figures` names the set of releases, `said` the findings in words and numbers, `drawing` the
    chart as it stood; `hash` covers all of it.
    """

    indicator = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    frozen_at = models.DateTimeField()
    figures = models.CharField(max_length=80)
    releases = models.JSONField()
    said = models.JSONField()
    drawing = models.TextField(blank=True)
    hash = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.title}, {self.frozen_at:%Y-%m-%d}"


class AgendaItem(Edited):
    """One item. `indicator` is empty for a topic that the partners add themselves.

    `reasons` say why it is in focus; `since` is when it was last worked through, for “unchanged”;
    `put_off_to` the day of the meeting that takes it up, for “not discussed”.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    strand = models.CharField(max_length=120, blank=True)
    reasons = models.JSONField(default=list)
    in_focus = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=15, choices=Outcome.choices, blank=True, default="")
    since = models.DateField(null=True, blank=True)
    put_off_to = models.DateField(null=True, blank=True)
    notes = models.TextField(blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True, default="")
    because = models.TextField(blank=True)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True)
    actions = models.ManyToManyField(Action, related_name="agenda_items", blank=True)

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.title

    @property
    def is_settled(self) -> bool:
        return bool(self.outcome)


class CalendarLink(models.Model):
    """Somebody's secret address of their meetings, for their own calendar. Kept as its hash."""

    person = models.ForeignKey(Person, models.CASCADE)
    partnership = models.ForeignKey(Partnership, models.CASCADE)
    secret_hash = models.CharField(max_length=80, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "partnership"), name="one_calendar_link"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.partnership}"
