"""A small catalogue in the shape that a charter needs, so that these tests need no other room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from accord.base.canonical import content_hash


@dataclass(frozen=True)
class StubDefinition:
    title: str
    plain: str
    unit: str
    direction: str


@dataclass(frozen=True)
class StubGroup:
    name: str
    partition: str | None = None


def _definitions() -> dict[str, StubDefinition]:
    found = {
        "chronic-absenteeism@1.0": StubDefinition(
            "Chronic absenteeism",
            "The share of students who were absent on 10 % or more of the days expected of them.",
            "percent",
            "lower",
        ),
        "attendance-rate@1.0": StubDefinition(
            "Attendance", "The share of expected days on which students came.", "percent", "higher"
        ),
        "suspension-rate@1.0": StubDefinition(
            "Suspension",
            "The share of students who were suspended for a day or more in all.",
            "percent",
            "lower",
        ),
        "stability-rate@1.0": StubDefinition(
            "Stability", "The share of students who stayed all year.", "percent", "higher"
        ),
    }
    for subject, name in (
        ("mathematics", "mathematics"),
        ("ela", "English language arts"),
        ("reading", "reading"),
    ):
        kinds = {
            "test-participation": (f"Test participation, {name}", "percent"),
            "met-standard": (f"Met the standard, {name}", "percent"),
            "advanced": (f"Advanced, {name}", "percent"),
            "distance-from-standard": (f"Distance from standard, {name}", "points"),
            "mean-scale-score": (f"Mean scale score, {name}", "score"),
        }
        for kind, (title, unit) in kinds.items():
            plain = f"What the state test in {name} says about the students who took it."
            found[f"{kind}-{subject}@1.0"] = StubDefinition(title, plain, unit, "higher")
    return found


def _groups() -> dict[str, StubGroup]:
    race = (
        *("african-american", "american-indian", "asian", "filipino", "hispanic"),
        *("pacific-islander", "white", "two-or-more", "race-not-reported"),
    )
    gender = ("female", "male", "nonbinary", "gender-not-reported")
    other = (
        *("english-learners", "reclassified", "ever-english-learners", "disadvantaged"),
        *("students-with-disabilities", "foster", "homeless", "migrant", "gifted"),
    )

    def name(group: str) -> str:
        words = group.replace("-", " ").capitalize()
        return words if "students" in words.lower() else f"{words} students"

    return {
        "all": StubGroup("All students"),
        **{group: StubGroup(name(group), "race_ethnicity") for group in race},
        **{group: StubGroup(name(group), "gender") for group in gender},
        **{group: StubGroup(name(group)) for group in other},
    }


@dataclass(frozen=True)
class StubCatalogue:
    """Satisfies `accord.charter.known.CatalogueIndex`."""

    definitions: Mapping[str, StubDefinition] = field(default_factory=_definitions)
    groups: Mapping[str, StubGroup] = field(default_factory=_groups)

    def references(self) -> dict[str, str]:
        return {reference: content_hash(reference) for reference in self.definitions}

    def definition(self, reference: str) -> StubDefinition:
        return self.definitions[reference]
