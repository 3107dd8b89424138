"""The list of the security standard is complete, and every test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[3]
ITEMS: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "docs" / "asvs.yaml").read_text(encoding="utf-8")
)["items"]
LEVELS_1_AND_2 = 253
"""How many items of ASVS 5.0.0 are of level 1 or 2."""


def test_every_item_stands_once_with_a_test_a_gap_or_its_absence() -> None:
    numbers = [number for item in ITEMS for number in item["for"].split()]
    assert len(numbers) == len(set(numbers)) == LEVELS_1_AND_2
    for item in ITEMS:
        assert len({"test", "gap", "absent"} & set(item)) == 1, item["for"]


def test_every_test_that_is_named_is_there() -> None:
    written = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")
    )
    there = set(re.findall(r"def (test_\w+)", written))
    assert {item["test"] for item in ITEMS if "test" in item} <= there
