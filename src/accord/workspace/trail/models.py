"""One act: written once, in the transaction of what it records, and never changed."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

BEGINNING = "sha256:" + "0" * 64


class Event(models.Model):
    """An entry of a chain. `chain` is a partnership's id, or `workspace` for sign-in.

    `hash` covers every other field and, through `previous`, every event before. `said` holds ids,
    states and hashes of texts, never a text: what is forgotten elsewhere is not kept here.
    """

    chain = models.CharField(max_length=80)
    sequence = models.PositiveIntegerField()
    previous = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    act = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    object = models.CharField(max_length=80)
    said = models.JSONField(default=dict)
    hash = models.CharField(max_length=80)

    class Meta:
        ordering = ("chain", "sequence")
        constraints = (
            models.UniqueConstraint(fields=("chain", "sequence"), name="one_event_a_place"),
        )

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence}: {self.act} {self.kind} {self.object}"

    def body(self) -> dict[str, Any]:
        """What the hash covers, as plain JSON."""
        return {
            "chain": self.chain,
            "sequence": self.sequence,
            "previous": self.previous,
            "at": self.at.isoformat(),
            "by": self.by,
            "act": self.act,
            "kind": self.kind,
            "object": self.object,
            "said": self.said,
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the event. Raises `ValueError` when it is there already."""
        if self.pk is not None:
            raise ValueError("an event of the trail is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises `ValueError`: an event of the trail is never taken out."""
        raise ValueError("an event of the trail is never taken out")
