"""The forms of an action."""

from __future__ import annotations

from typing import Any

from django import forms

from accord.workspace.actions.models import Action
from accord.workspace.actions.states import NEXT, Horizon, Status
from accord.workspace.people.models import Partnership, Position
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.screening.forms import ScreenedForm
from accord.workspace.shell.widgets import DayInput


class ActionForm(ScreenedForm):
    """A new action outside of a meeting."""

    title = forms.CharField(label="What is to be done", max_length=200)
    detail = forms.CharField(
        label="More about it (optional)", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    indicator = forms.ChoiceField(label="For the indicator", required=False)
    horizon = forms.ChoiceField(
        label="Horizon", choices=Horizon.choices, widget=forms.RadioSelect,
        initial=Horizon.IMMEDIATE,
    )  # fmt: skip
    due = forms.DateField(label="Due", widget=DayInput)
    owners = forms.ModelMultipleChoiceField(
        Position.objects.none(),
        label="Owners",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Name at least one owner."},
    )
    visibility = forms.ChoiceField(
        label="Who sees it",
        choices=[
            (Visibility.DISTRICT.value, "My district"),
            (Visibility.PARTNERS.value, "The partners"),
        ],
        widget=forms.RadioSelect,
        initial=Visibility.DISTRICT,
        help_text="It can be shared more widely later, never less.",
    )

    def __init__(
        self,
        *args: Any,
        partnership: Partnership,
        indicators: list[tuple[str, str]],
        district: int | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._district = district
        owners, about = self.fields["owners"], self.fields["indicator"]
        assert isinstance(owners, forms.ModelMultipleChoiceField)
        assert isinstance(about, forms.ChoiceField)
        owners.queryset = (
            Position.objects.filter(partnership=partnership)
            .exclude(role__in=(Role.BOARD, Role.FUNDER, Role.RESEARCHER))
            .select_related("district")
        )
        about.choices = [("", "No single indicator"), *indicators]

    def clean(self) -> dict[str, Any]:
        """What a district keeps to itself is owned by its own people alone."""
        cleaned = super().clean()
        owning = {owner.district_id for owner in cleaned.get("owners") or ()}
        is_own = cleaned.get("visibility") == Visibility.DISTRICT
        if is_own and owning and owning != {self._district}:
            self.add_error(
                "owners",
                "An action that your district keeps to itself has owners in your district alone. "
                "Share it with the partners, or choose other owners.",
            )
        return cleaned


class StepForm(ScreenedForm):
    """How far an action is."""

    to = forms.ChoiceField(label="How far is it?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="What happened (optional)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = Status(action.status)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = [(now.value, f"Still: {now.label.lower()}")] + [
            (after.value, after.label) for after in NEXT[now]
        ]
        to.initial = now.value


class EditForm(ScreenedForm):
    """What an action says, with the revision that its editor saw."""

    title = forms.CharField(label="What is to be done", max_length=200)
    detail = forms.CharField(
        label="More about it (optional)", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    due = forms.DateField(label="Due", widget=DayInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
