"""A text field that seals what it writes and opens what it reads, where a key is at hand."""

from __future__ import annotations

from typing import Any, cast

from django.db import models

from accord.base.errors import StateError
from accord.workspace.sealing import ring, shelf
from accord.workspace.sealing.envelope import (
    from_text,
    new_text_key,
    read_public,
    seal,
    to_text,
    unseal,
    unwrap,
    wrap,
)
from accord.workspace.sealing.models import DistrictKey, Sealed

_MARK = "sealed:1:"
_JUST_MADE = "_key_just_made"


class Shut(str):
    """What stands for a text whose key is not at hand; `token` is the sealed text itself."""

    __slots__ = ("token",)
    token: str

    @classmethod
    def of(cls, token: str, words: str) -> Shut:
        """A stand-in that says why in `words`."""
        made = cls(words)
        made.token = token
        return made


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
    return f"{_MARK}{thing.seal}:{to_text(seal(text, key, thing.seal))}"


def opened(token: str) -> str:
    """The text of a token; a plain text is itself."""
    if not token.startswith(_MARK):
        return token
    name, letters = token.removeprefix(_MARK).split(":", maxsplit=1)
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


def is_shut(thing: Sealed) -> bool:
    """Whether any text of a thing is sealed with a key that is locked, or was destroyed."""
    texts = (one.name for one in thing._meta.fields if isinstance(one, SealedText))
    return any(isinstance(getattr(thing, name), Shut) for name in texts)


def require_open(thing: Sealed) -> None:
    """Raises `StateError` where a thing's key is locked, so that nothing is written over it."""
    kept = shelf.take(thing.seal)
    if kept is not None and _unwrapped(kept, thing.seal) is None:
        raise StateError.because(
            "This is sealed with a district’s key, which is locked.",
            "Unlock your district’s key on the page “What we keep”, and do it again.",
        )


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
    """Wrapped for each district of a circle; open where one of them has no key, or all may read."""
    publics = dict(
        DistrictKey.objects.filter(district__in=circle or ()).values_list("district", "public")
    )
    if circle and set(publics) == circle:
        wrapped = {pk: wrap(key, read_public(pem), name) for pk, pem in publics.items()}
        shelf.put(name, shelf.Kept(None, wrapped))
    else:
        shelf.put(name, shelf.Kept(key, {}))


def _unwrapped(kept: shelf.Kept, name: str) -> bytes | None:
    if kept.open is not None:
        return kept.open
    for district, private in ring.held().items():
        if district in kept.wrapped:
            return unwrap(kept.wrapped[district], private, name)
    return None
