"""The rules that settle facts, as people read them: `rulebook/`, checked and set as a page.

The queries beside this module carry the rules out; this says what they are, why, and in which ways
a row can come out. Numbers are filled in from the catalogue, where each has its source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

from pydantic import Field

from accord.base.documents import Written, read_document
from accord.base.numbers import decimal_text
from accord.indicators.catalogue import Catalogue

_PLACE = re.compile(r"\{([a-z-]+)(?:\.([a-z_]+))?\}")
EVERY_FACT = "every_fact"


_ABOUT = (
    "Facts have one row for each student, school year, level and organisation. Records see the "
    "same student several times and don't always agree; each attribute is settled by one rule, "
    "which gives the same answer whatever order the records come in. The manifest of the facts "
    "(`facts/FACTS/manifest.json` in the station) counts how many rows were settled in which way."
)


class FactRule(Written):
    """How one attribute, or a few that go together, is settled."""

    id: str
    columns: tuple[str, ...]
    rule: str
    why: str
    uses: tuple[str, ...] = ()
    ways: Mapping[str, str] = Field(default_factory=dict)


class _FactRules(Written):
    """A file of the rulebook: the rules of one fact."""

    rules: tuple[FactRule, ...]


class _Rulebook(Written):
    """``rulebook.yaml``: the version of all rules, and the facts in order."""

    version: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Rulebook:
    """All rules by fact, those of every fact first. `version` changes when what a row says does;
    wording can be mended without."""

    version: str
    of: Mapping[str, tuple[FactRule, ...]]

    @property
    def rules(self) -> tuple[FactRule, ...]:
        return tuple(rule for rules in self.of.values() for rule in rules)


@cache
def fact_rules() -> Rulebook:
    """The rules that this version of accord settles facts by."""
    with as_file(files(__package__) / "rulebook") as folder:
        book, _ = read_document(folder / "rulebook.yaml", _Rulebook)
        return Rulebook(
            book.version,
            {
                fact: read_document(folder / f"{fact}.yaml", _FactRules)[0].rules
                for fact in book.facts
            },
        )


def rules_page(catalogue: Catalogue) -> str:
    """The reference page of the rules, as Markdown."""
    lines = [
        "# How facts are settled",
        "",
        _ABOUT,
    ]
    for fact, rules in fact_rules().of.items():
        title = "Every fact" if fact == EVERY_FACT else catalogue.vocabulary.facts[fact].title
        lines += ["", f"## {title}"]
        for rule in rules:
            lines += _section(rule, catalogue)
    return "\n".join(lines) + "\n"


def _section(rule: FactRule, catalogue: Catalogue) -> list[str]:
    columns = ", ".join(f"`{column}`" for column in rule.columns)
    lines = [
        "",
        f"### {rule.id}",
        "",
        f"Columns: {columns}.",
        "",
        _filled(rule.rule, catalogue),
        "",
        f"*Why.* {_filled(rule.why, catalogue)}",
    ]
    if rule.ways:
        lines += ["", "| counted as | when |", "|---|---|"]
        lines += [f"| `{way}` | {when} |" for way, when in rule.ways.items()]
    return lines


def _filled(text: str, catalogue: Catalogue) -> str:
    def fill(match: re.Match[str]) -> str:
        rule = catalogue.rules[match[1]]
        return decimal_text(rule.number(match[2])) if match[2] else rule.plain

    return _PLACE.sub(fill, text)
