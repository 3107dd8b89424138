"""A text field that seals what it writes and opens what it reads, where a key is at hand."""

from __future__ import annotations

from typing import Any, cast

from django.db import models, transaction

from accord.base.errors import StateError
from accord.workspace.people.models import District
from accord.workspace.sealing import ring, shelf
from accord.workspace.sealing.district_keys import in_force
from accord.workspace.sealing.envelope import (
    from_text,
    mark_of,
    new_text_key,
    seal,
    to_text,
    unseal,
    unwrap,
    wrap,
)
from accord.workspace.sealing.models import Sealed
from accord.workspace.sealing.shut import Shut
from accord.workspace.trail.writing import await_turn

MARK = "sealed:1:"
_JUST_MADE = "_key_just_made"


class SealedText(models.TextField):  # type: ignore[type-arg]
    """A text of a `Sealed` thing. In the database it is a token that names its key, or plain.

    Reading gives the text, or `Shut` where the key is locked or was destroyed. Writing a `Shut`
    back changes nothing.
    """

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Open what can be opened."""
        return value if value is None else opened(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The text as it is to be written."""
        thing = cast(Sealed, model_instance)
        return sealed(thing, super().pre_save(model_instance, add))


def sealed(thing: Sealed, text: str) -> str:
    """`text` as the database keeps it for a thing: sealed for its circle, or plain."""
    if isinstance(text, Shut):
        return text.token
    circle = thing.circle()
    if text == "" or (circle is None and not thing.ALWAYS_SEALED):
        return text
    key = _key_of(thing, circle)
    return f"{MARK}{thing.seal}:{to_text(seal(text, key, thing.seal))}"


def opened(token: str) -> str:
    """The text of a token; a plain text is itself."""
    if not token.startswith(MARK):
        return token
    name, letters = token.removeprefix(MARK).split(":", maxsplit=1)
    kept = shelf.take(name)
    if kept is None:
        return Shut.of(token, "This text’s time was over, and its key was destroyed.")
    key = _unwrapped(kept, name)
    if key is None:
        return Shut.of(token, "Sealed with the district’s key. Unlock it to read.")
    return unseal(from_text(letters), key, name)


def rewrap(thing: Sealed) -> bool:
    """Lay a thing's key on the shelf anew, for who reads it now; whether its key was at hand."""
    kept = shelf.take(thing.seal)
    if kept is None:
        return True
    key = _unwrapped(kept, thing.seal)
    if key is None:
        return False
    _lay(thing.seal, key, thing.circle())
    return True


def texts_of(thing: Sealed) -> dict[str, str]:
    """The sealed texts of a thing, by the name of their field, without those that are empty."""
    names = [one.name for one in thing._meta.fields if isinstance(one, SealedText)]
    return {name: str(getattr(thing, name)) for name in names if getattr(thing, name)}


def require_open(thing: Sealed) -> None:
    """Raises `StateError` where a thing's key is locked, so that nothing is written over it."""
    kept = shelf.take(thing.seal)
    if kept is not None and _unwrapped(kept, thing.seal) is None:
        raise StateError.because(
            "This is sealed with a district’s key, which is locked.",
            "Unlock your district’s key on the page “What we keep”, and do it again.",
        )


def own_key(thing: Sealed) -> bytes:
    """A thing's own key, for what is sealed beside its texts; a new one where it has none yet.

    Raises `StateError` where it is locked.
    """
    return _key_of(thing, thing.circle())


def key_at_hand(thing: Sealed) -> bytes:
    """A thing's own key, to open what is sealed beside its texts.

    Raises `StateError` where it is locked, or was destroyed.
    """
    require_open(thing)
    kept = shelf.take(thing.seal)
    if kept is None:
        raise StateError.because(
            "Its time was over, and its key was destroyed.", "Nobody can open it any more."
        )
    return cast(bytes, _unwrapped(kept, thing.seal))


def _key_of(thing: Sealed, circle: frozenset[int] | None) -> bytes:
    """The thing's own key; a new one where it has none yet.

    Writing needs no district's key: a key that was made for this very object is still at hand for
    its other texts.
    """
    kept = shelf.take(thing.seal)
    if kept is None:
        key = new_text_key()
        _lay(thing.seal, key, circle)
        thing.__dict__[_JUST_MADE] = key
        return key
    if _JUST_MADE in thing.__dict__:
        return cast(bytes, thing.__dict__[_JUST_MADE])
    require_open(thing)
    return cast(bytes, _unwrapped(kept, thing.seal))


def _lay(name: str, key: bytes, circle: frozenset[int] | None) -> None:
    """Wrapped for each district of a circle; open where one of them has no key, or all may read.

    Whoever is changing a district's key is waited for, so that it is wrapped for the new one.
    """
    with transaction.atomic():
        partnerships = District.objects.filter(pk__in=circle or ()).values_list("partnership")
        for (chain,) in sorted(set(partnerships)):
            await_turn(chain)
        keys = in_force(circle or ())
        if circle and set(keys) == circle:
            wrapped = {one.mark: wrap(key, one.half, name) for one in keys.values()}
            shelf.put(name, shelf.Kept(None, wrapped))
        else:
            shelf.put(name, shelf.Kept(key, {}))


def _unwrapped(kept: shelf.Kept, name: str) -> bytes | None:
    if kept.open is not None:
        return kept.open
    for private in ring.held().values():
        mark = mark_of(private.public_key())
        if mark in kept.wrapped:
            return unwrap(kept.wrapped[mark], private, name)
    return None
