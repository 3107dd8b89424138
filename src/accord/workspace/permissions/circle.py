"""Choosing who sees a new thing, and how much wider one that is there could be seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django import forms
from django.utils import timezone

from accord.workspace.people.models import Person
from accord.workspace.permissions.actor import Actor
from accord.workspace.permissions.shared import Shared
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.screening.forms import ScreenedForm, record_overlooked
from accord.workspace.sealing.fields import SealedText

Thing = TypeVar("Thing", bound=Shared)

_LAST = ("visibility", "named", "looked")


class CircleForm(ScreenedForm):
    """A form that makes a shared thing; it ends with who sees it. It starts narrow."""

    visibility = forms.ChoiceField(
        label="Who sees it",
        choices=[(item.value, item.label) for item in Visibility if item is not Visibility.PUBLIC],
        widget=forms.RadioSelect,
        initial=Visibility.AUTHOR,
        help_text="It can be shared more widely later, never less.",
    )
    named = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="The people I name", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor
        named = self.fields["named"]
        assert isinstance(named, forms.ModelMultipleChoiceField)
        named.queryset = (
            Person.objects.filter(seats__position__partnership=actor.partnership)
            .distinct()
            .order_by("name")
        )
        self.order_fields([name for name in self.fields if name not in _LAST])

    def is_shared(self) -> bool:
        """Whether anybody but its author sees it from the start."""
        return self.cleaned_data.get("visibility") != Visibility.AUTHOR

    def clean(self) -> dict[str, Any]:
        """Named people are named, and only somebody of a district has a district to share with."""
        cleaned = super().clean()
        chosen = cleaned.get("visibility")
        if chosen == Visibility.NAMED and not cleaned.get("named"):
            self.add_error("named", "Name at least one person, or keep it to yourself.")
        if chosen == Visibility.DISTRICT and self._actor.district is None:
            self.add_error("visibility", "You are of no district. Choose another circle.")
        return cleaned

    def make(self, kind: type[Thing], fields: Mapping[str, Any]) -> Thing:
        """A thing with these `fields`, its texts sealed for whoever sees it.

        The people named are known only once the thing has a row, and so is who holds its key.
        """
        texts = {
            one.name: fields[one.name]
            for one in kind._meta.fields
            if isinstance(one, SealedText) and one.name in fields
        }
        others = {name: value for name, value in fields.items() if name not in texts}
        made = kind._default_manager.create(**self.of_thing(), **others)
        made.named.set(self.cleaned_data["named"])
        for name, text in texts.items():
            setattr(made, name, text)
        made.save(update_fields=list(texts))
        record_overlooked(self, made, by=self._actor.name, chain=made.partnership_id)
        return made

    @property
    def own(self) -> dict[str, Any]:
        """What was told of the thing itself, without who sees it."""
        return {name: told for name, told in self.cleaned_data.items() if name not in _LAST}

    def of_thing(self) -> dict[str, Any]:
        """The fields of `Shared` for the thing that is made now."""
        return {
            "partnership": self._actor.partnership,
            "district_id": self._actor.district,
            "author": self._actor.person,
            "visibility": self.cleaned_data["visibility"],
            "made_at": timezone.now(),
        }


def wider_than(thing: Shared, most: Visibility = Visibility.PARTNERS) -> list[Visibility]:
    """The circles that a thing could be shared with from here, up to `most`."""
    now = Visibility(thing.visibility).width
    fits = [item for item in Visibility if now < item.width <= most.width]
    return [item for item in fits if item is not Visibility.DISTRICT or thing.district_id]
