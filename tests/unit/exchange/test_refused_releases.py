"""Altered, replayed, downgraded and wrongly signed releases: all refused, each with its reason.

ACCORD_REFUSALS says how many; every kind of wrong comes up among a few hundred.
"""

from __future__ import annotations

import os
import random

import pytest
from wrong_releases import FILE, KINDS, Maker

from accord.base.errors import AccordError
from accord.charter.sign import read_signed
from accord.exchange.release import parse_release
from accord.exchange.verify import verify
from partnership import Partnership

CASES = int(os.environ.get("ACCORD_REFUSALS", "250"))


def test_the_release_that_they_are_made_of_is_honest(partnership: Partnership) -> None:
    maker = Maker(partnership, random.Random(1))
    charters = [read_signed(partnership.charter_file)]
    verify(maker.honest, charters, partnership.catalogue, file=FILE)
    assert parse_release(maker.signed(maker.honest.signatures.values()), FILE) is not None


def test_every_wrong_release_is_refused_with_its_reason(partnership: Partnership) -> None:
    maker = Maker(partnership, random.Random(2026))
    charters, seen = [read_signed(partnership.charter_file)], set()
    for _ in range(CASES):
        kind, wrong = maker.one()
        seen.add(kind)
        with pytest.raises(AccordError) as caught:
            release = parse_release(wrong.data, FILE)
            verify(release, charters, partnership.catalogue, wrong.before, wrong.known, file=FILE)
        assert wrong.reason in str(caught.value), kind
        assert all(problem.remedy for problem in caught.value.problems), kind
    assert CASES < 200 or len(seen) == len(KINDS)
