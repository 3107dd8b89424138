"""What queries need to know of a school year and of the rules: dates, numbers and codes.

Business numbers come from the catalogue's rules, with their sources; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from accord.base.canonical import content_hash
from accord.base.periods import GRADES, SchoolYear, grade_number
from accord.indicators.catalogue import Catalogue
from accord.indicators.rules import Rule
from accord.station.facts.workbench import Setting

RULES = (
    "a-g-pace",
    "absence",
    "cohort",
    "college-career",
    "continuous-enrolment",
    "english-clock",
    "english-learners",
    "postsecondary",
    "stability",
    "suspension",
    "transcripts",
)
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
        **_clock_settings(rules["english-clock"]),
        **_transcript_settings(rules["transcripts"]),
        **_cohort_settings(rules["cohort"]),
        "monitored_years": int(learners.number("monitored_years")),
        "ap_score": int(rules["college-career"].number("ap_score")),
        "ib_score": int(rules["college-career"].number("ib_score")),
    }


def _clock_settings(rule: Rule) -> dict[str, Setting]:
    return {
        **{name: int(number.value) for name, number in rule.numbers.items()},
        "proficiency_tests": sorted(rule.codes("summative")),
        "alternate_tests": sorted(rule.codes("alternate")),
        "ela_tests": sorted(rule.codes("ela")),
    }


def _transcript_settings(rule: Rule) -> dict[str, Setting]:
    return {
        "letters": sorted(rule.numbers),
        "letters_c": "C",
        "c_points": int(rule.number("C")),
        "passing_words": sorted(rule.codes("passes")),
        "failing_words": sorted(rule.codes("failures")),
        "core_subjects": sorted(rule.codes("core")),
        "first_terms": sorted(rule.codes("first_semester")),
        "summer_terms": sorted(rule.codes("summer")),
        "full_year_terms": sorted(rule.codes("full_year")),
        "algebra_courses": sorted(rule.codes("algebra")),
    }


def _cohort_settings(rule: Rule) -> dict[str, Setting]:
    return {
        "cohort_years": int(rule.number("years")),
        **{name: sorted(rule.codes(name)) for name in rule.code_lists},
    }


def lasting_tables(catalogue: Catalogue) -> Iterator[tuple[str, str, list[tuple[object, ...]]]]:
    """Small tables of rules that hold in every year: name, columns in SQL, rows."""
    letters = catalogue.rules["transcripts"].numbers
    yield (
        "letter_points",
        "letter VARCHAR, points SMALLINT",
        [(letter, int(number.value)) for letter, number in letters.items()],
    )
    pace = catalogue.rules["a-g-pace"]
    yield (
        "a_g_need",
        "a_g VARCHAR, need SMALLINT",
        [(letter, int(pace.number(f"need_{letter}"))) for letter in "abcdefg"],
    )
    yield (
        "a_g_pace",
        "grade SMALLINT, semester SMALLINT, "
        "in_all SMALLINT, english SMALLINT, mathematics SMALLINT",
        [
            (
                grade,
                semester,
                *(
                    int(pace.number(f"{part}_{grade}_{semester}"))
                    for part in ("all", "english", "mathematics")
                ),
            )
            for grade in (9, 10, 11, 12)
            for semester in (1, 2)
        ],
    )


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
        "records_day": as_of,
        "year_number": year.start,
        "earlier_census_day": census_day(year.plus(-1), catalogue),
        **_class_days(year, catalogue),
    }


def _class_days(year: SchoolYear, catalogue: Catalogue) -> dict[str, Setting]:
    """The days of the class that ends with `year`: four-year cut-offs, falls after it."""
    cohort, college = catalogue.rules["cohort"], catalogue.rules["postsecondary"]

    def on(rule: Rule, name: str, years: int) -> date:
        month, day = (int(rule.number(f"{name}_{part}")) for part in ("month", "day"))
        return date(year.start + 1 + years, month, day)

    return {
        "class_start": year.plus(1 - int(cohort.number("years"))).first_day,
        "earlier_cut_off": on(cohort, "cut_off", -1),
        "cut_off": on(cohort, "cut_off", 0),
        "later_cut_off": on(cohort, "cut_off", 1),
        "fall_start": on(college, "fall", 0),
        "fall_end": on(college, "fall_end", 0),
        "second_fall_start": on(college, "fall", 1),
        "second_fall_end": on(college, "fall_end", 1),
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
