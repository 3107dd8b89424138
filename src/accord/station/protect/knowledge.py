"""What a reader can write down of some numbers that stand in one another: their system.

The reader takes every group's size as known. Schools add up to their district but for students in
several schools or in none, and how many of those there are of a group shows in its sizes: what is
told of the group, or of whoever is not in it, is off by no more; nor is who is counted in one
number and not in another that it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from accord.base.errors import Problem, RefusedError
from accord.cells.frame import Frame
from accord.cells.places import Flags, Lines, Whole
from accord.cells.system import UNBOUNDED, Known, Link, System, system_of
from accord.station.protect.numbers import Number

_MOST_PROBLEMS = 10


def knowledge(numbers: Sequence[Number], nested: Sequence[tuple[int, int]]) -> System:
    """The system of numbers over one frame; `nested` are pairs (part, whole) of their positions.

    Raises `RefusedError` when what adds up by its meaning does not.
    """
    frame = numbers[0].frame
    lines = frame.exact.joined(frame.schools)
    nothing = np.full(len(frame.schools), UNBOUNDED)
    known = [
        Known(
            low=each.least,
            high=np.where(each.unbounded & (each.students > 0), UNBOUNDED, each.most),
            off_least=-nothing,
            off_most=nothing,
        )
        for each in numbers
    ]
    system = system_of(
        Frame(frame.places, frame.shown, lines, frame.schools),
        known,
        [Link(part, whole, 0, 1) for part, whole in nested],
    )
    least, most = system.least.copy(), system.most.copy()
    for position, number in enumerate(numbers):
        here = slice(position * len(lines), (position + 1) * len(lines))
        least[here], most[here] = _off(number, lines, len(frame.exact))
    system = replace(system, least=least, most=most)
    for part, whole in nested:
        system = _with_rest_over_schools(system, frame, numbers, part, whole)
    return system


def _off(number: Number, lines: Lines, exact: int) -> tuple[Whole, Whole]:
    """How far the reader takes each line to be off, the first `exact` ones over groups and grades.

    A number that is no plain sum need not add up; how far it is off there counts as known. A line
    over schools is off by what so many students more or fewer can bring.
    """
    off = lines.sums(number.values)
    is_exact = np.arange(len(lines)) < exact
    broken = is_exact & (lines.sums(number.students) != 0)
    if number.adds_up:
        broken |= is_exact & (off != 0)
    if broken.any():
        raise RefusedError(*_contradictions(number, lines, broken))
    moved = lines.sums(number.students) != 0
    brought = [lines.sums(each) * moved for each in (number.least, number.most)]
    ends = np.stack([off, np.zeros_like(off), *brought])
    return (
        np.where(is_exact, off, ends.min(axis=0)),
        np.where(is_exact, off, ends.max(axis=0)),
    )


def _with_rest_over_schools(
    system: System, frame: Frame, numbers: Sequence[Number], part: int, whole: int
) -> System:
    """The system with the lines over schools of who is in `whole` and not in `part`.

    Where nobody has two schools or none, they follow from those of the two.
    """
    schools = frame.schools
    off = schools.sums(numbers[whole].values - numbers[part].values)
    ends = np.stack([off, np.zeros_like(off), schools.sums(numbers[whole].most)])
    least, most = ends.min(axis=0), ends.max(axis=0)
    loose = least < most
    lines = schools.only(loose)
    line = np.concatenate([lines.line, lines.line])
    member = np.concatenate([lines.member + end * len(frame) for end in (whole, part)])
    order = np.argsort(line, kind="stable")
    sign = np.concatenate([lines.sign, -lines.sign])
    both = Lines(2 * lines.start, member[order], sign[order])
    return system.with_lines(both, least[loose], most[loose])


def _contradictions(number: Number, lines: Lines, broken: Flags) -> list[Problem]:
    """Which lines don't add up, by the places in them; no number is told."""
    problems = []
    for line in np.flatnonzero(broken)[:_MOST_PROBLEMS].tolist():
        members = lines.member[lines.start[line] : lines.start[line + 1]]
        names = [number.frame.places.name(member) for member in members.tolist()]
        whole, *parts = [
            " ".join([group, *(f"grade {grade}" for _ in grade[:1]), *([school] if school else [])])
            for school, grade, group in names
        ]
        problems.append(
            Problem(
                what=f"The numbers of {number.indicator} don't add up: {whole} is not "
                f"{' + '.join(parts)}.",
                remedy="Look for students who are counted twice or not at all, and measure again.",
                field=number.indicator,
            )
        )
    return problems
