"""Rules that the facts are made by, as data: ``catalogue/rules/*.yaml``.

A rule is a few named numbers and lists of codes, each with its source. Definitions whose facts a
rule makes say so (`rests_on`), and the rule's hash becomes part of theirs: change the rule and it
is another indicator.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from pydantic import Field

from accord.base.canonical import content_hash
from accord.base.documents import Written, read_document
from accord.indicators.sourced import Exact, Period, Standing


class RuleNumber(Written):
    """One number of a rule, in force since the school year `since`."""

    value: Exact
    unit: str
    since: Period = Field(alias="from")
    source: str
    standing: Standing


class RuleCodes(Written):
    """A list of codes of a rule, each with what it stands for."""

    meaning: str
    source: str
    standing: Standing
    values: dict[str, str]


class WrittenRule(Written):
    """A rule as the file writes it."""

    rule: str
    title: str
    plain: str
    numbers: dict[str, RuleNumber]
    codes: dict[str, RuleCodes]


@dataclass(frozen=True)
class Rule:
    """A rule by its id, with its named numbers and code lists."""

    id: str
    title: str
    plain: str
    numbers: Mapping[str, RuleNumber]
    code_lists: Mapping[str, RuleCodes]

    def number(self, name: str) -> Decimal:
        """The value of one of its numbers. Raises `KeyError`."""
        return self.numbers[name].value

    def codes(self, name: str) -> frozenset[str]:
        """The codes on one of its lists. Raises `KeyError`."""
        return frozenset(self.code_lists[name].values)

    @cached_property
    def hash(self) -> str:
        """The hash of what the rule says; wording and sources can be mended without changing it."""
        return content_hash(
            {
                "rule": self.id,
                "numbers": {name: f"{n.value.normalize():f}" for name, n in self.numbers.items()},
                "codes": {name: sorted(codes.values) for name, codes in self.code_lists.items()},
            }
        )


def read_rule(path: Path) -> Rule:
    """Read one rule. Raises `InputError`."""
    written, _ = read_document(path, WrittenRule)
    return Rule(written.rule, written.title, written.plain, written.numbers, written.codes)
