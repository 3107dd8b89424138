"""Reading the catalogue: what ships with accord, then what a folder of the district's adds.

An added folder may hold ``definitions/*.yaml``, ``tests/*.yaml`` and ``groups.yaml``. It adds; it
never replaces, so that an id and version mean the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from accord.base.documents import Source, Written, check_document, read_document, read_yaml
from accord.base.errors import InputError, Problem
from accord.indicators.assistance import AssistanceRule, read_assistance
from accord.indicators.bands import read_bands
from accord.indicators.build import Surroundings, build_definition, read_condition
from accord.indicators.catalogue.model import Catalogue
from accord.indicators.definition import Definition
from accord.indicators.groups import Group
from accord.indicators.language.nodes import MeaningError
from accord.indicators.levels import read_levels
from accord.indicators.rules import read_rule
from accord.indicators.scores import ScaledTest, read_test
from accord.indicators.vocabulary import Vocabulary, read_vocabulary
from accord.indicators.written import Expression, Slug, WrittenDefinition, expand

SHIPPED = Path(__file__).parent


class WrittenGroup(Written):
    """A student group as the file writes it."""

    id: Slug
    name: str
    short: str
    plain: str
    partition: str | None = None
    union: tuple[Slug, Slug] | None = None
    rule: Expression
    reference: Slug | None = None
    source: str


class WrittenGroups(Written):
    """``groups.yaml``."""

    groups: Literal[1]
    list: list[WrittenGroup]


@cache
def load_catalogue(extra_folder: Path | None = None) -> Catalogue:
    """The shipped catalogue and what `extra_folder` adds. Raises `InputError`, `MachineError`.

    Read once a process: nothing in a catalogue can change.
    """
    if extra_folder is not None and not extra_folder.is_dir():
        raise InputError.because(
            "There is no such folder to add to the catalogue.", "Check the path.", file=extra_folder
        )
    folders = [SHIPPED] if extra_folder is None else [SHIPPED, extra_folder]
    vocabulary = read_vocabulary(SHIPPED / "facts")
    rules = {rule.id: rule for rule in map(read_rule, _files([SHIPPED], "rules"))}
    tests = _tests(folders)
    groups = _groups(folders, vocabulary)
    around = Surroundings(
        vocabulary=vocabulary.with_codes("test", {test.id: test.name for test in tests.values()}),
        groups=groups,
        rests={f"rules/{rule.id}": rule.hash for rule in rules.values()}
        | {f"tests/{test.id}": test.hash for test in tests.values()},
    )
    return Catalogue(
        vocabulary=around.vocabulary,
        groups=groups,
        definitions=_definitions(folders, around),
        rules=rules,
        tests=tests,
        bands=read_bands(SHIPPED / "disclosure" / "bands.yaml"),
        written_levels={
            written.indicator: written for written in map(read_levels, _files([SHIPPED], "levels"))
        },
        assistance=shipped_assistance(),
    )


def shipped_assistance() -> AssistanceRule:
    """The criteria of differentiated assistance that ship with accord."""
    return read_assistance(SHIPPED / "assistance.yaml")


def read_definitions(path: Path, around: Surroundings) -> list[Definition]:
    """Every definition in a file. Raises `InputError`."""
    value, source = read_yaml(path)
    return [
        build_definition(check_document(plain, source, WrittenDefinition), source, around)
        for plain in expand(value, source)
    ]


def _files(folders: Iterable[Path], kind: str) -> list[Path]:
    return [path for folder in folders for path in sorted((folder / kind).glob("*.yaml"))]


def _tests(folders: Iterable[Path]) -> dict[str, ScaledTest]:
    found: dict[str, ScaledTest] = {}
    for path in _files(folders, "tests"):
        test = read_test(path)
        if test.id in found:
            raise _twice(path, f"The test “{test.id}”")
        found[test.id] = test
    return found


def _definitions(folders: Iterable[Path], around: Surroundings) -> dict[str, Definition]:
    found: dict[str, Definition] = {}
    for path in _files(folders, "definitions"):
        for definition in read_definitions(path, around):
            if definition.reference in found:
                raise _twice(path, f"The definition “{definition.reference}”")
            found[definition.reference] = definition
    return found


def _groups(folders: Iterable[Path], vocabulary: Vocabulary) -> dict[str, Group]:
    found: dict[str, Group] = {}
    for path in (folder / "groups.yaml" for folder in folders):
        if not path.exists():
            continue
        written, source = read_document(path, WrittenGroups)
        for index, item in enumerate(written.list):
            if item.id in found:
                raise _twice(path, f"The group “{item.id}”")
            found[item.id] = _group(item, source, index, vocabulary)
        for index, item in enumerate(written.list):
            named = [("reference", item.reference), *(("union", each) for each in item.union or ())]
            for field, other in named:
                if other is not None and other not in found:
                    what = f"There is no student group “{other}”."
                    place = ("list", index, field)
                    raise InputError(source.problem(place, what, "Name one that is listed."))
    return found


def _group(written: WrittenGroup, source: Source, index: int, vocabulary: Vocabulary) -> Group:
    sizes = {name: column.size for name, column in vocabulary.common.items() if column.size}
    try:
        predicate = read_condition(written.rule, vocabulary.group_scope(), sizes)
    except MeaningError as error:
        text = str(error)
        place = ("list", index, "rule")
        what = f"{text[0].upper()}{text[1:]}."
        raise InputError(source.problem(place, what, "Correct this expression.")) from None
    return Group(
        id=written.id,
        name=written.name,
        short=written.short,
        plain=written.plain,
        partition=written.partition,
        predicate=predicate,
        reference=written.reference,
        source=written.source,
        union=written.union,
    )


def _twice(path: Path, what: str) -> InputError:
    return InputError(
        Problem(
            f"{what} is in the catalogue already.",
            "Give yours another id or version: a name means the same everywhere.",
            file=str(path),
        )
    )
