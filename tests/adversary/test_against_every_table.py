"""The attacker's verdict on tiny publications equals that of looking at every table there is."""

from __future__ import annotations

import os

import numpy as np
import pytest

from accord.audit.attacks import audit
from accord.cells.cell import Cell
from accord.cells.relations import Relations
from accord.charter.model import Disclosure
from adversary.enumerator import Enumerator, Place, is_hidden
from adversary.publications import cell, source

TABLES = int(os.environ.get("ACCORD_TABLES", "200"))
SCHOOLS, GROUPS = ("A", "B"), ("x", "y")
RELATIONS = Relations((GROUPS,), ())
INDICATOR = "own-rate"
WHAT = {"counted": 0, "not counted": 1}


def publication(seed: int) -> tuple[dict[Place, tuple[int, int]], list[Place], Disclosure]:
    """What is shown, what is hidden, and the rules, of a made-up district."""
    chance = np.random.default_rng(seed)
    students = chance.integers(0, 4, (len(SCHOOLS), len(GROUPS)))
    counted = chance.binomial(students, chance.uniform(0.1, 0.9))
    places = [(s, g) for s in ("", *SCHOOLS) for g in ("all", *GROUPS)]
    rules = Disclosure(
        minimum=11, threshold=int(chance.integers(1, 4)), colluders=int(chance.integers(0, 3))
    )
    shown, hidden = {}, []
    for school, group in places:
        rows = [SCHOOLS.index(school)] if school else list(range(len(SCHOOLS)))
        columns = [GROUPS.index(group)] if group != "all" else list(range(len(GROUPS)))
        where = np.ix_(rows, columns)
        total = int(counted[where].sum()), int(students[where].sum())
        if (school, group) != ("", "all") and (chance.random() < 0.55 or total[1] == 0):
            hidden.append((school, group))
        elif total[1]:
            shown[school, group] = total
    return shown, hidden, rules


@pytest.mark.parametrize("start", range(0, TABLES, 40))
def test_the_verdict_is_that_of_every_table(start: int) -> None:
    exposed = 0
    for seed in range(start, min(start + 40, TABLES)):
        shown, hidden, rules = publication(seed)
        if ("", "all") not in shown or not hidden:
            continue
        cells: list[Cell] = [
            cell(INDICATOR, group, numbers, school=school)
            for (school, group), numbers in shown.items()
        ] + [cell(INDICATOR, group, None, school=school) for school, group in hidden]
        found = audit([source(*cells, rules=rules)], relations=RELATIONS, most_formulas=0)
        named = {(each.school, each.group, each.what) for each in found.attacks}
        everything = Enumerator(SCHOOLS, GROUPS, shown)
        tables = list(everything.tables())
        expected = set()
        for school, group in hidden:
            inside = everything.inside((school, group))
            totals = [everything.total(table, inside) for table in tables]
            for what, values in (
                ("counted", totals),
                ("not counted", [(n - x, n) for x, n in totals]),
            ):
                if not is_hidden(values, rules.colluders, rules.threshold):
                    expected.add((school, group, what))
        assert named == expected, (seed, shown, hidden, rules)
        exposed += len(expected)
    assert exposed > 20
