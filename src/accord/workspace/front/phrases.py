"""The catalogue's titles, named here so that the translators' tools find them.

A test holds the list against the catalogue.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop

TITLES = (
    gettext_noop("Attendance rate"),
    gettext_noop("Chronic absenteeism"),
    gettext_noop("Distance from standard, English language arts"),
    gettext_noop("Distance from standard, mathematics"),
    gettext_noop("Mean scale score, English language arts"),
    gettext_noop("Mean scale score, mathematics"),
    gettext_noop("Mean scale score, reading"),
    gettext_noop("Met the standard, English language arts"),
    gettext_noop("Met the standard, mathematics"),
    gettext_noop("Met the standard, reading"),
    gettext_noop("Reached the highest level, English language arts"),
    gettext_noop("Reached the highest level, mathematics"),
    gettext_noop("Reached the highest level, reading"),
    gettext_noop("Stability rate"),
    gettext_noop("Suspension rate"),
    gettext_noop("Test participation, English language arts"),
    gettext_noop("Test participation, mathematics"),
    gettext_noop("Test participation, reading"),
)
