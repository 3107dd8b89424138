"""What queries need to know of a school year and of the rules: dates, numbers and codes.

Business numbers come from the catalogue's rules, with their sources; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from accord.base.canonical import content_hash
from accord.base.periods import GRADES, SchoolYear, grade_number
from accord.indicators.catalogue import Catalogue
from accord.station.facts.workbench import Setting

RULES = ("absence", "continuous-enrolment", "english-learners", "stability", "suspension")
"""The catalogue's rules that facts are made by."""

Standard = tuple[str, str, int, int | None, int, int]


def lasting_settings(catalogue: Catalogue) -> dict[str, Setting]:
    """What holds in every school year, by the names that queries use."""
    rules = catalogue.rules
    learners = rules["english-learners"]
    learning, fluent = learners.codes("learners"), learners.codes("reclassified")
    return {
        "continuity_gap_days": int(rules["continuous-enrolment"].number("longest_gap")),
        "stability_days": int(rules["stability"].number("fewest_days")),
        "disqualifying_exits": sorted(rules["stability"].codes("disqualifying")),
        "learner_statuses": sorted(learning),
        "reclassified_statuses": sorted(fluent),
        "ever_statuses": sorted(learning | fluent),
        "least_absence": rules["absence"].number("least_part"),
        "present_reasons": sorted(rules["absence"].codes("present")),
        "handover_days": int(rules["absence"].number("handover")),
        "suspension_actions": sorted(rules["suspension"].codes("actions")),
        "full_suspension_days": rules["suspension"].number("fewest_days"),
    }


def settings_of(year: SchoolYear, as_of: date, catalogue: Catalogue) -> dict[str, Setting]:
    """The days of one school year, by the names that queries use."""
    followed_for = int(catalogue.rules["english-learners"].number("monitored_years"))
    return {
        "period": str(year),
        "period_before": str(year.plus(-1)),
        "year_start": year.first_day,
        "year_end": year.last_day,
        "horizon": min(year.last_day, as_of),
        "census_day": census_day(year, catalogue),
        "followed_since": year.plus(-followed_for).last_day,
    }


def census_day(year: SchoolYear, catalogue: Catalogue) -> date:
    """The first of the rule's weekday in the rule's month: the first Wednesday in October."""
    rule = catalogue.rules["continuous-enrolment"]
    first = date(year.start, int(rule.number("census_month")), 1)
    return first + timedelta((int(rule.number("census_weekday")) - first.isoweekday()) % 7)


def standards_of(year: SchoolYear, catalogue: Catalogue) -> Iterator[Standard]:
    """Test, subject, grade, and the standard, lowest and highest score, as they hold in a year."""
    for test in catalogue.tests.values():
        for subject in test.subjects:
            for grade in GRADES:
                scale = test.scale(subject, grade, str(year))
                if scale is not None:
                    number = grade_number(grade)
                    yield test.id, subject, number, scale.standard, scale.lowest, scale.highest


def rules_hash(catalogue: Catalogue) -> str:
    """The hash of everything in the catalogue that facts are made by."""
    return content_hash(
        {
            "rules": {name: catalogue.rules[name].hash for name in RULES},
            "tests": {test.id: test.hash for test in catalogue.tests.values()},
        }
    )
