"""The forms of joint work: each way of working has its own fields, and one has none."""

from __future__ import annotations

from typing import Any

from django import forms

from accord.workspace.editing.changing import EditedForm
from accord.workspace.people.models import District, Partnership
from accord.workspace.permissions.circle import CircleForm
from accord.workspace.screening.forms import ScreenedForm
from accord.workspace.shell.widgets import DayInput
from accord.workspace.strands.modes import Kind, Mode


class WorkFields(forms.Form):
    """What every joint work has; enough for another way of working."""

    title = forms.CharField(
        label="What it is called", max_length=160, error_messages={"required": "Give it a name."}
    )
    detail = forms.CharField(
        label="In your own words (optional)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    since = forms.DateField(
        label="Since", widget=DayInput, error_messages={"required": "Say since when."}
    )
    until = forms.DateField(label="Until (empty while it goes on)", widget=DayInput, required=False)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("helper", "helped"):
            if name in self.fields:
                field = self.fields[name]
                assert isinstance(field, forms.ModelChoiceField)
                field.queryset = partnership.districts.all()

    def clean(self) -> dict[str, Any]:
        """An end comes after its beginning; nobody assists themselves."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "This is before it began.")
        if cleaned.get("helper") and cleaned.get("helper") == cleaned.get("helped"):
            self.add_error("helped", "Choose the other district.")
        return cleaned


class AssistanceFields(WorkFields):
    """Who helps whom in what."""

    helper = forms.ModelChoiceField(
        District.objects.none(), label="Who helps", error_messages={"required": "Say who helps."}
    )
    helped = forms.ModelChoiceField(
        District.objects.none(), label="Whom", error_messages={"required": "Say who is helped."}
    )
    subject = forms.CharField(
        label="In what", max_length=200, error_messages={"required": "Say in what."}
    )


class DevelopmentFields(WorkFields):
    """What both need, and what they make."""

    need = forms.CharField(
        label="What both need, and neither has",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what is needed."},
    )
    product = forms.CharField(label="What is made", max_length=200, required=False)


class CollectiveFields(WorkFields):
    """With whom, and what it brought."""

    organisation = forms.CharField(
        label="With which organisation",
        max_length=200,
        error_messages={"required": "Name the organisation."},
    )
    secured = forms.CharField(
        label="What it secured (optional)",
        max_length=200,
        required=False,
        help_text="Places, hours, materials, a grant: what neither would have got alone.",
    )
    amount = forms.DecimalField(
        label="Worth, in dollars (optional)",
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
    )


class NewOther(CircleForm, WorkFields):
    """A new work in another way."""


class NewAssistance(CircleForm, AssistanceFields):
    """New partner assistance."""


class NewDevelopment(CircleForm, DevelopmentFields):
    """A new joint development."""


class NewCollective(CircleForm, CollectiveFields):
    """New collective work."""


class ChangeOther(EditedForm, WorkFields):
    """What a work in another way says."""


class ChangeAssistance(EditedForm, AssistanceFields):
    """What partner assistance says."""


class ChangeDevelopment(EditedForm, DevelopmentFields):
    """What a joint development says."""


class ChangeCollective(EditedForm, CollectiveFields):
    """What collective work says."""


NEW: dict[Mode, type[CircleForm]] = {
    Mode.ASSISTANCE: NewAssistance, Mode.DEVELOPMENT: NewDevelopment,
    Mode.COLLECTIVE: NewCollective, Mode.OTHER: NewOther,
}  # fmt: skip
CHANGE: dict[Mode, type[EditedForm]] = {
    Mode.ASSISTANCE: ChangeAssistance, Mode.DEVELOPMENT: ChangeDevelopment,
    Mode.COLLECTIVE: ChangeCollective, Mode.OTHER: ChangeOther,
}  # fmt: skip
"""The forms of each way of working: for a new work, and to change one."""


class ContactForm(ScreenedForm):
    """Who met, and when."""

    on = forms.DateField(
        label="Day", widget=DayInput, error_messages={"required": "Say on which day."}
    )
    kind = forms.ChoiceField(label="How", choices=Kind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="What it was about (optional)",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._districts = list(partnership.districts.all())
        for district in self._districts:
            self.fields[f"people_{district.pk}"] = forms.IntegerField(
                label=f"People from {district.short}", min_value=0, max_value=2000, initial=0
            )

    def people(self) -> dict[District, int]:
        """How many of each district took part."""
        return {one: self.cleaned_data[f"people_{one.pk}"] for one in self._districts}


class VersionForm(ScreenedForm):
    """A version of what is made together."""

    label = forms.CharField(
        label="Version", max_length=40, help_text="Such as 1.0, or “for fall 2026”."
    )
    on = forms.DateField(label="Day", widget=DayInput)
    words = forms.CharField(
        label="What changed, and why",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PlanFields(forms.Form):
    """A school's own plan."""

    school = forms.CharField(label="School", max_length=160)
    plan = forms.CharField(
        label="The plan’s title", max_length=160, initial="School Plan for Student Achievement"
    )
    words = forms.CharField(
        label="What the plan says of this strand", widget=forms.Textarea(attrs={"rows": 3})
    )
    link = forms.URLField(
        label="Where it can be read (optional)",
        required=False,
        assume_scheme="https",
        help_text="An address that begins with https://",
    )

    def clean_link(self) -> str:
        """Links lead to pages on the web alone."""
        link = str(self.cleaned_data["link"])
        if link and not link.startswith("https://"):
            raise forms.ValidationError("Give an address that begins with https://")
        return link


class NewPlan(CircleForm, PlanFields):
    """A new link to a school's plan."""


class ChangePlan(EditedForm, PlanFields):
    """What is said of a school's plan."""
