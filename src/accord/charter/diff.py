"""What changed between two charters, as a list that people can read before they sign.

The canonical forms are compared, so that spelling never shows and every change of meaning does:
the list is empty exactly when the two hashes are equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from accord.charter.model import Charter

_LISTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "parties": ("party", ("id",)),
    "goals": ("goal", ("id",)),
    "strategies": ("strategy", ("id",)),
    "strands": ("strand", ("id",)),
    "indicators": ("indicator", ("definition",)),
    "targets": ("target", ("indicator", "group", "district")),
    "groups": ("group", ()),
    "intersections": ("intersection", ("id",)),
    "publication": ("publication", ("audience", "level", "groups", "grades", "indicators")),
    "roles": ("role", ("role", "district")),
}
"""How an entry of each of the charter's lists is called, and the fields that tell it apart."""

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Change:
    """One change. `before` and `after` are said in words, empty where there is nothing."""

    kind: Kind
    subject: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """``Changed: target met-standard-mathematics, all, 470: rule value: 65 → 70.``"""
        if self.kind == "changed":
            words = f"{self.before or 'nothing'} → {self.after or 'nothing'}"
        else:
            words = self.after or self.before
        return f"{self.kind.capitalize()}: {self.subject}{f': {words}' if words else ''}"


def diff_charters(old: Charter, new: Charter) -> tuple[Change, ...]:
    """Every change of meaning from `old` to `new`, in the order of the charter."""
    return tuple(_fields("", old.canonical(), new.canonical()))


def _fields(subject: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys((*old, *new)):
        label = f"{subject} {name.replace('_', ' ')}".strip()
        before, after = old.get(name), new.get(name)
        if not subject and name in _LISTS:
            yield from _entries(name, before or [], after or [])
        elif isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from _fields(label, before, after)
        elif before != after:
            yield Change(_kind(before, after), label, plain_words(before), plain_words(after))


def _entries(name: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    noun, _ = _LISTS[name]
    before, after = _by_key(name, old), _by_key(name, new)
    for key, entry in before.items():
        if key not in after:
            yield Change("removed", f"{noun} {_shown(key)}", _rest(name, entry), "")
    for key, entry in after.items():
        if key not in before:
            yield Change("added", f"{noun} {_shown(key)}", "", _rest(name, entry))
        elif entry != before[key]:
            yield from _fields(f"{noun} {_shown(key)}:", before[key], entry)
    stayed = [key for key in before if key in after]
    order = [key for key in after if key in before]
    if stayed != order:
        shown = [", ".join(_shown(key) for key in keys) for keys in (stayed, order)]
        yield Change("changed", f"order of {name}", shown[0], shown[1])


_Key = tuple[tuple[str, ...], int]


def _by_key(name: str, entries: Sequence[Any]) -> dict[_Key, Any]:
    """Entries by what tells them apart; a number keeps those apart that nothing does."""
    seen: Counter[tuple[str, ...]] = Counter()
    found: dict[_Key, Any] = {}
    for entry in entries:
        fields = _LISTS[name][1]
        key = (
            tuple(plain_words(entry[field]) for field in fields)
            if fields
            else (plain_words(entry),)
        )
        found[key, seen[key]] = entry
        seen[key] += 1
    return found


def _shown(key: _Key) -> str:
    return ", ".join(key[0])


def _rest(name: str, entry: Any) -> str:
    """What an entry says beyond the fields that name it."""
    if not isinstance(entry, Mapping):
        return ""
    return plain_words(
        {field: value for field, value in entry.items() if field not in _LISTS[name][1]}
    )


def _kind(before: Any, after: Any) -> Kind:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


def plain_words(value: Any) -> str:
    """A value of the canonical form as it is said in a change."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        parts = {name.replace("_", " "): plain_words(inner) for name, inner in value.items()}
        return ", ".join(f"{name} {words}" for name, words in parts.items() if words)
    if isinstance(value, list):
        return f"[{', '.join(plain_words(inner) for inner in value)}]"
    return f"“{value}”" if isinstance(value, str) and " " in value else str(value)
