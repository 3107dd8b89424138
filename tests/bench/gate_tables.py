"""Made-up districts in the shape on which disclosure was measured: schools × groups, one rate.

Fifteen groups: all, eight that partition it, two that partition it again, and four by themselves.
Schools are of very different size, small groups are very small, and most students have one school.
"""

from __future__ import annotations

import numpy as np

from accord.cells.frame import Frame, frame_of
from accord.cells.places import Places, Whole
from accord.cells.relations import Relations
from accord.cells.system import System
from accord.station.protect.quantity import Interval, Least, Quantity

MINIMUM, THRESHOLD, COLLUDERS = 11, 3, 2
_EIGHT = tuple(f"race-{number}" for number in range(8))
_SHARES = (0.55, 0.2, 0.1, 0.07, 0.04, 0.02, 0.013, 0.007)
_TWO = ("female", "male")
_ALONE = {"learners": 0.2, "disabled": 0.13, "homeless": 0.03, "foster": 0.006}
GROUPS = ("all", *_EIGHT, *_TWO, *_ALONE)
_DISTRICT_IS_DEARER = 1e6


def district(schools: int, seed: int) -> Quantity:
    """How many students of each group are counted, in each school and in the district."""
    chance = np.random.default_rng(seed)
    sizes = np.maximum(chance.lognormal(6.1, 0.7, schools).astype(np.int64), 40)
    names = ("", *(f"{number:03}" for number in range(schools)))
    places = Places.of([(school, "", group) for school in names for group in GROUPS])
    relations = Relations((_EIGHT, _TWO), ())
    frame = frame_of(places, relations)
    students, counted = np.zeros((2, len(places)), dtype=np.int64)
    for school, size in enumerate(sizes.tolist()):
        members = _members(chance, size)
        yes = chance.random(size) < np.clip(chance.normal(0.2, 0.08), 0.03, 0.6)
        for group, inside in members.items():
            for organisation in (0, school + 1):
                here = (places.organisation == organisation) & (
                    places.group == places.groups.index(group)
                )
                students[here] += inside.sum()
                counted[here] += (inside & yes).sum()
    return _quantity(frame, frame.filled(counted), frame.filled(students))


def _members(chance: np.random.Generator, size: int) -> dict[str, Whole]:
    mix = chance.dirichlet(np.array(_SHARES) * 25)
    race = chance.choice(8, size, p=mix)
    gender = chance.choice(2, size)
    groups = {"all": np.ones(size, dtype=bool)}
    groups |= {name: race == number for number, name in enumerate(_EIGHT)}
    groups |= {name: gender == number for number, name in enumerate(_TWO)}
    return groups | {name: chance.random(size) < share for name, share in _ALONE.items()}


def _quantity(frame: Frame, counted: Whole, students: Whole) -> Quantity:
    size = len(frame)
    lines = frame.exact.joined(frame.schools)
    nothing = np.zeros(len(lines), dtype=np.int64)
    groups = (
        Least(students, MINIMUM), Least(counted, THRESHOLD), Least(students - counted, THRESHOLD),
    )  # fmt: skip
    unsafe = np.logical_or.reduce([group.values < group.least for group in groups])
    speaks = unsafe & (students >= THRESHOLD)
    shown = (np.arange(size) < frame.shown) & (students > 0)
    price = np.where(frame.places.organisation == 0, _DISTRICT_IS_DEARER, 0)
    return Quantity(
        system=System(size, np.zeros(size, dtype=np.int64), students, lines, nothing, nothing),
        values=counted,
        forced=np.arange(size) >= frame.shown,
        open=shown,
        cost=(students + price).astype(np.float64),
        interval=Interval(
            np.where(unsafe, np.minimum(students, COLLUDERS + 1), 0),
            np.where(speaks, THRESHOLD, -students),
            np.where(speaks, students - THRESHOLD, 2 * students),
        ),
        groups=groups,
        blur=COLLUDERS + 1,
    )
