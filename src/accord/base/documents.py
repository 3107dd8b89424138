"""YAML that remembers its lines, checked against a model, with errors a person can act on.

Charters, mappings and definitions are written by people. `read_document` returns a checked model
or raises one `InputError` that lists *every* problem with file, line, field and remedy. Refused
outright: files over `LIMIT` bytes or `VALUES` values (reading stays within seconds), repeated keys,
aliases (a few lines of them can expand to gigabytes), tags, text that can't be written down again,
and more than one document in a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from yaml._yaml import CParser
from yaml.composer import Composer
from yaml.resolver import BaseResolver

from accord.base.errors import InputError, Problem
from accord.base.files import machine_errors

LIMIT = 1_000_000
VALUES = 50_000
_DEPTH = 40
_MOST_PROBLEMS = 200  # nobody mends more at a time

Place = tuple[str | int, ...]


class Written(BaseModel):
    """The base of everything that people write: nothing unknown, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Source:
    """Where each value of a document stands."""

    file: str
    lines: Mapping[Place, int]

    def line_of(self, place: Place) -> int | None:
        """The line of a value, or of the nearest thing around it that has one."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return None

    def problem(self, place: Place, what: str, remedy: str) -> Problem:
        """A problem that stands at `place`."""
        return Problem(
            what=what,
            remedy=remedy,
            file=self.file,
            line=self.line_of(place),
            field=field_text(place),
        )


def field_text(place: Place) -> str:
    """``indicators[2].definition``: a place as people write it. Lists count from 1."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


def read_yaml(path: Path) -> tuple[Any, Source]:
    """The plain value of a YAML file, and where its parts stand. Raises `InputError`."""
    with machine_errors(path):
        data = path.read_bytes()
    return parse_yaml(data, str(path))


def parse_yaml(data: bytes, file: str) -> tuple[Any, Source]:
    """Like `read_yaml`, for bytes already in hand; `file` is the name used in messages."""
    if len(data) > LIMIT:
        raise _unreadable(file, None, "The file is too large.", f"Keep it under {LIMIT:,} bytes.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _unreadable(file, line, "The file is not UTF-8 text.", "Save it as UTF-8.") from error
    try:
        node = _Loader(text).get_single_node()
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it can't be read"
        raise _unreadable(
            file,
            mark.line + 1 if mark else None,
            f"This is not valid YAML: {reason}.",
            "Check the indentation, quotes and colons around this line.",
        ) from error
    if node is None:
        raise _unreadable(file, None, "The file is empty.", "Start from an example in docs/.")
    lines: dict[Place, int] = {}
    problems: list[Problem] = []
    value = _plain(node, (), lines, problems, file)
    if problems:
        raise InputError(*problems)
    return value, Source(file, lines)


def read_document(path: Path, model: type[Model]) -> tuple[Model, Source]:
    """Read a YAML file as `model`. Raises `InputError` with every problem found."""
    value, source = read_yaml(path)
    return check_document(value, source, model), source


def check_document(value: Any, source: Source, model: type[Model]) -> Model:
    """Check a plain value against `model`. Raises `InputError` with every problem found."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise InputError(*_problems(error, source, model)) from None


class _Loader(Composer, CParser, BaseResolver):
    """Reads true, false, null and whole numbers; everything else is text.

    libyaml takes the text apart, ten times as fast as the parser in Python; nodes are made here.
    """

    composed = 0

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)
        Composer.__init__(self)
        BaseResolver.__init__(self)

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        self.composed += 1
        if self.composed > VALUES:
            self._refuse(f"it holds more than {VALUES:,} values")
        if self.check_event(yaml.AliasEvent):
            self._refuse("aliases (*name) are not allowed")
        return super().compose_node(parent, index)

    def _refuse(self, what: str) -> NoReturn:
        event: Any = self.peek_event()
        raise yaml.composer.ComposerError(None, None, what, event.start_mark)


# Only what JSON would know as well: YAML's own rules read 011 as nine, yes as true, 2020-01-01 as a
# date and 0.1 as its binary neighbour. Codes with leading zeros and decimals stay as written.
_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""]
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789")
)


def _plain(
    node: yaml.Node, place: Place, lines: dict[Place, int], problems: list[Problem], file: str
) -> Any:
    line = node.start_mark.line + 1
    lines[place] = line
    if len(place) > _DEPTH:
        problems.append(
            Problem("This is nested too deeply.", "Flatten it.", file, line, field_text(place[:3]))
        )
        return None
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, inner in node.value:
            key = _name(key_node)
            here = (*place, key)
            at = key_node.start_mark.line + 1
            if not key:
                problems.append(
                    Problem("A name is expected here.", "Write a plain name.", file, at)
                )
            elif key in result:
                problems.append(
                    Problem(
                        "This name is given twice.",
                        "Keep one of the two.",
                        file,
                        at,
                        field_text(here),
                    )
                )
            else:
                result[key] = _plain(inner, here, lines, problems, file)
                lines[here] = at
        return result
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(inner, (*place, index), lines, problems, file)
            for index, inner in enumerate(node.value)
        ]
    return _scalar(node, line, place, problems, file)


def _name(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        return ""
    unwritable = any(unicodedata.category(sign) == "Cc" for sign in node.value)
    return "" if unwritable else str(node.value)


def _scalar(node: yaml.Node, line: int, place: Place, problems: list[Problem], file: str) -> Any:
    try:
        return _MEANING[node.tag](node.value)
    except (KeyError, ValueError):
        problems.append(
            Problem("This value can't be read.", "Put it in quotes.", file, line, field_text(place))
        )
        return None


_MEANING: Mapping[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:str": str,
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:bool": {"true": True, "false": False}.__getitem__,
    "tag:yaml.org,2002:null": lambda written: None,
}


def _problems(error: ValidationError, source: Source, model: type[BaseModel]) -> list[Problem]:
    found = []
    items = error.errors(include_url=False, include_input=False, include_context=True)
    for item in items[:_MOST_PROBLEMS]:
        place = _written_place(item["loc"], source, is_missing=item["type"] == "missing")
        what, remedy = _sentence(item, place, model)
        found.append(source.problem(place, what, remedy))
    return found


def _written_place(location: Place, source: Source, *, is_missing: bool) -> Place:
    """Where a person would look: without the names of the alternatives that pydantic tried."""
    place: Place = ()
    for index, part in enumerate(location):
        if (*place, part) in source.lines or (is_missing and index == len(location) - 1):
            place = (*place, part)
    return place


def _sentence(item: Any, place: Place, model: type[BaseModel]) -> tuple[str, str]:
    name = str(place[-1]) if place else "document"
    kind = str(item["type"])
    if kind == "missing":
        meaning = _meanings(model).get(name)
        return f"“{name}” is missing.", f"Add it: {meaning}." if meaning else "Add it."
    if kind in _WRONG_KIND:
        return _WRONG_KIND[kind]
    if kind == "extra_forbidden":
        near = get_close_matches(name, _known_names(model), n=1)
        remedy = f"Did you mean “{near[0]}”?" if near else "Remove it, or check its spelling."
        return f"“{name}” is not a field here.", remedy
    if kind == "value_error":
        text = str(item["ctx"]["error"])
        return text[0].upper() + text[1:] + ("" if text.endswith(".") else "."), "Correct it."
    if kind == "union_tag_not_found":
        return f"“{item['ctx']['discriminator'].strip(chr(39))}” is missing.", "Add it."
    if kind == "union_tag_invalid":
        return "This is not one of the kinds.", f"Use {item['ctx']['expected_tags']}."
    if kind in ("literal_error", "enum"):
        return "This is not one of the choices.", f"Use {item['ctx']['expected']}."
    return f"{item['msg']}.".replace("..", "."), "Correct it."


_WRONG_KIND = {
    "string_type": ("This should be text.", "Put it in quotes."),
    "int_type": ("This should be a whole number.", "Write digits only, without quotes."),
    "int_parsing": ("This should be a whole number.", "Write digits only, without quotes."),
    "bool_type": ("This should be true or false.", "Write true or false, without quotes."),
    "tuple_type": ("This should be a list.", "Begin each entry with a dash, or write [a, b]."),
    "list_type": ("This should be a list.", "Begin each entry with a dash, or write [a, b]."),
    "dict_type": ("This should be named fields.", "Write name: value under it, indented."),
    "model_attributes_type": ("This should be named fields.", "Write name: value, indented."),
    "model_type": ("This should be named fields.", "Write name: value under it, indented."),
}


def _known_names(model: type[BaseModel]) -> list[str]:
    return sorted({info.alias or name for name, info in _fields(model)})


def _meanings(model: type[BaseModel]) -> dict[str, str]:
    """What to write in the fields that a model describes, by name."""
    return {
        info.alias or name: info.description for name, info in _fields(model) if info.description
    }


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    waiting: list[type[BaseModel]] = [model]
    seen: set[type[BaseModel]] = set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for name, info in current.model_fields.items():
            yield name, info
            waiting.extend(_models_in(info.annotation))


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in getattr(annotation, "__args__", ()) for model in _models_in(inner)]


def _unreadable(file: str, line: int | None, what: str, remedy: str) -> InputError:
    return InputError(Problem(what=what, remedy=remedy, file=file, line=line))
