"""The migration that lays the districts' keys on the shelf: what was sealed before still opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from accord.workspace.notes.models import Note
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.sealing import shelf
from accord.workspace.sealing.district_keys import key_of
from accord.workspace.sealing.envelope import lock, new_text_key, public_pem, seal, to_text, wrap
from accord.workspace.sealing.fields import MARK
from accord.workspace.sealing.migrating import keys_on_the_shelf
from accord.workspace.sealing.models import DistrictKey
from accord.workspace.sealing.opening import unlocked_by_passphrase
from accord.workspace.sealing.ring import holding
from workspace_fixtures import PASSPHRASE
from workspace_world import World


@dataclass
class FormerRow:
    """A row of the table as it was: with the key in it."""

    district_id: int
    public: str
    locked: str
    name: str = ""
    saved: list[str] = field(default_factory=list)

    def save(self, update_fields: list[str]) -> None:
        self.saved += update_fields


@pytest.mark.parametrize("times", [1, 2], ids=["once", "again, after a kill"])
def test_a_key_of_before_opens_what_it_opened(world: World, times: int) -> None:
    private, text_key = X25519PrivateKey.generate(), new_text_key()
    public, pk = public_pem(private.public_key()), world.cedar.pk
    note = world.note(Visibility.DISTRICT, world.person(Role.LEAD), text="")
    token = f"{MARK}{note.seal}:{to_text(seal('candid', text_key, note.seal))}"
    Note.objects.filter(pk=note.pk).update(text=token)
    wrapped = {str(pk): wrap(text_key, private.public_key(), note.seal)}
    shelf.put(note.seal, shelf.Kept(None, wrapped))
    row = FormerRow(pk, public, to_text(lock(private, PASSPHRASE)))
    for _ in range(times):
        keys_on_the_shelf(former(row), None)
    assert row.saved == ["name"] * times
    lead = world.person(Role.LEAD)
    DistrictKey.objects.create(district=world.cedar, name=row.name, made_by=lead,
                               made_at=note.made_at)  # fmt: skip
    key = key_of(pk)
    assert key is not None
    with holding({pk: unlocked_by_passphrase(key, PASSPHRASE)}):
        assert Note.objects.get(pk=note.pk).text == "candid"


def former(row: FormerRow) -> Any:
    """The models as a migration sees them."""
    model = SimpleNamespace(objects=SimpleNamespace(all=lambda: [row]))
    return SimpleNamespace(get_model=lambda *_: model)
