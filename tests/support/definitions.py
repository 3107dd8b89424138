"""A small definition for tests to read, change and break."""

from __future__ import annotations

from collections.abc import Callable

from accord.indicators.definition import Definition

WRITTEN = """\
definition: long-absence
version: 1.0
title: Long absence
question: Who was away for long?
plain: The share of students absent for twenty days or more.
fact: student_year
constants:
  long:
    value: 20
    meaning: Days that are long.
    from: 2020-21
    source: a test
    standing: unverified
population: days_expected > 0
sums:
  away: days_absent >= long
numerator: away
denominator: members
value: 100 * numerator / denominator
unit: percent
decimals: 1
direction: lower
strand: attendance
timing: leading
period_kinds: [year]
data_statuses: [certified]
levels: [district, school]
interval: wilson
rests_on: [rules/stability]
source: a test
standing: unverified
"""

Read = Callable[[str], list[Definition]]
