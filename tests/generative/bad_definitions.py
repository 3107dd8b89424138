"""Definition files broken in random ways: each is read or refused, never worse."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from accord.base.errors import InputError
from accord.indicators.build import Surroundings
from accord.indicators.catalogue import load_catalogue
from accord.indicators.catalogue.loading import SHIPPED, read_definitions

_WORDS = """
and or not in between is null case when then else end true false greatest least ceil
( ) , + - * / = <> < <= >= > % :: . ; || [ ] { } -> ? $1 @ # ' " -- /* */
grade days_absent days_expected gender members numerator test subject tested
select from where sum( count(*) over cast interval date exists like coalesce( lambda
0 1 -1 0.10 1e9 99999999999999999999 'F' 'sbac' '' 'it''s' ☃ é \x00
"""
_ODD_VALUES = (
    "null",
    "[]",
    "{}",
    "3",
    "1.5",
    "true",
    "'",
    "[[[[[[[[]]]]]]]]",
    "&a x",
    "*a",
    "!!python/object:os.system x",
    "|",
    "x" * 5000,
    "{a: {b: {c: {d: 1}}}}",
    "2020-01-01",
    "'\\x00'",
    ".inf",
)


_ODD_LETTERS = "a:'\"{}[]|>&*!%@`-#\t \udcff\x01"


@dataclass
class Survival:
    """What came of reading broken files."""

    read: int = 0
    refused: int = 0
    slowest: float = 0.0
    worst: list[str] = field(default_factory=list)


def break_definitions(cases: int, seed: int = 0) -> Survival:
    """Read `cases` broken definition files. `worst` lists whatever was neither read nor refused."""
    catalogue = load_catalogue()
    rests = [f"rules/{rule}" for rule in catalogue.rules] + [
        f"tests/{test}" for test in catalogue.tests
    ]
    around = Surroundings(catalogue.vocabulary, catalogue.groups, dict.fromkeys(rests, ""))
    shipped = [path.read_text("utf-8") for path in sorted(SHIPPED.glob("definitions/*.yaml"))]
    survival = Survival()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "broken.yaml"
        for case in range(cases):
            random = Random(f"{seed}-{case}")
            text = broken(random, random.choice(shipped))
            path.write_bytes(text.encode("utf-8", "surrogateescape"))
            began = time.perf_counter()
            try:
                read_definitions(path, around)
                survival.read += 1
            except InputError as error:
                survival.refused += 1
                if not all(problem.what and problem.remedy for problem in error.problems):
                    survival.worst.append(f"case {case}: refused without a word")
            except Exception as error:
                survival.worst.append(f"case {case}: {type(error).__name__}: {error}")
            survival.slowest = max(survival.slowest, time.perf_counter() - began)
    return survival


def broken(random: Random, text: str) -> str:
    """The text with one to three random damages."""
    for _ in range(random.randint(1, 3)):
        text = random.choice(_DAMAGES)(random, text)
    return text


def _lose_a_line(random: Random, text: str) -> str:
    lines = text.split("\n")
    del lines[random.randrange(len(lines))]
    return "\n".join(lines)


def _repeat_a_line(random: Random, text: str) -> str:
    lines = text.split("\n")
    lines.insert(random.randrange(len(lines)), random.choice(lines))
    return "\n".join(lines)


def _cut(random: Random, text: str) -> str:
    return text[: random.randrange(len(text) + 1)]


def _change_characters(random: Random, text: str) -> str:
    letters = list(text)
    for _ in range(random.randint(1, 10)):
        if letters:
            letters[random.randrange(len(letters))] = random.choice(
                "a:'\"{}[]|>&*!%@`-#\t \udcff\x01"
            )
    return "".join(letters)


def _odd_value(random: Random, text: str) -> str:
    return _replace_value(random, text, random.choice(_ODD_VALUES))


def _soup(random: Random, text: str) -> str:
    words = " ".join(random.choice(_WORDS.split()) for _ in range(random.randint(1, 40)))
    return _replace_value(random, text, '"' + words.replace("\\", "").replace('"', '\\"') + '"')


def _nested(random: Random, text: str) -> str:
    opening, closing = random.choice((("(", ")"), ("not ", ""), ("case when ", ""), ("-", "")))
    many = random.choice((10, 100, 1000))
    return _replace_value(random, text, f"'{opening * many}grade{closing * many}'")


def _replace_value(random: Random, text: str, value: str) -> str:
    lines = text.split("\n")
    places = [index for index, line in enumerate(lines) if ": " in line]
    if places:
        index = random.choice(places)
        lines[index] = lines[index].split(": ")[0] + ": " + value
    return "\n".join(lines)


_DAMAGES: Sequence[Callable[[Random, str], str]] = (
    _lose_a_line,
    _repeat_a_line,
    _cut,
    _change_characters,
    _odd_value,
    _odd_value,
    _soup,
    _soup,
    _nested,
)
