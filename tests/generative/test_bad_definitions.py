"""Broken definitions are read, or refused with words, at once. `ACCORD_FUZZ=10000` breaks more."""

from __future__ import annotations

import os

from generative.bad_definitions import break_definitions

CASES = int(os.environ.get("ACCORD_FUZZ", "300"))


def test_broken_definitions_are_read_or_refused() -> None:
    survival = break_definitions(CASES, seed=7)
    assert survival.worst == []
    assert survival.slowest < 5
    assert survival.read + survival.refused == CASES
    assert survival.refused > CASES / 2
    assert survival.read > 0
