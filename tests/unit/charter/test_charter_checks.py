"""A charter whose parts do not fit: each problem with its file, line, field and remedy."""

from __future__ import annotations

import pytest
from charter_stub import StubCatalogue
from charter_text import EAST, SMALL, WEST, changed, parsed

from accord.base.errors import InputError, Problem
from accord.base.signing import public_text
from accord.charter.checks import check_charter
from accord.charter.drafts import EXAMPLES, example


def problems_of(text: str, known: StubCatalogue) -> list[Problem]:
    charter, source = parsed(text)
    with pytest.raises(InputError) as caught:
        check_charter(charter, source, known)
    return list(caught.value.problems)


@pytest.mark.parametrize("text", [SMALL, *(example(name) for name in EXAMPLES)])
def test_a_good_charter_passes(text: str, known: StubCatalogue) -> None:
    charter, source = parsed(text)
    check_charter(charter, source, known)


PARTIES = [
    (
        ("to: 2027-06-30", "to: 2022-08-15"),
        ("partnership.term.to", "ends on 2022-08-15, before it begins", "after 2022-08-15"),
    ),
    (
        ("founded: 2022-08-15", "founded: 2022-08-16"),
        ("partnership.founded", "after its term begins", "Choose 2022-08-15"),
    ),
    (('"020"\n', '"010"\n'), ("parties[2].id", "district's id is given twice", "Keep one")),
    (("West Unified", "EAST UNIFIED"), ("parties[2].name", "name is given twice", "Keep one")),
    (
        (public_text(WEST), public_text(EAST)),
        ("parties[2].key", "key is given twice (first on line 12)", "change one"),
    ),
    (('- id: "010"', "- id: all"), ("parties[1].id", "stands for every district", "another id")),
    (
        ('district: "010", title', 'district: "011", title'),
        ("roles[1].district", "no district “011”", "Did you mean “010”?"),
    ),
    (
        ("Head of Curriculum", "Dr. Example"),
        ("strands[1].leads.020", "looks like a person", "job title"),
    ),
    (
        ("title: Superintendent", "title: someone@west.example"),
        ("roles[1].title", "looks like a person", "job title"),
    ),
    (
        ("goal: Every", f"amends: sha256:{'0' * 64}\ngoal: Every"),
        ("amends", "says not from which school year", "governs_from: 2022-23"),
    ),
    (
        ("goal: Every", "governs_from: 2023-24\ngoal: Every"),
        ("governs_from", "Only an amendment", "add amends"),
    ),
]

AIMS = [
    (
        ('{"010": E1, "020": W1}', '{"010": E1}'),
        ("goals[1].aligned", "not aligned to the plan of West", '"020": and the goal of West Plan'),
    ),
    (
        ('"020": W1}', '"020": W1, "030": X}'),
        ("goals[1].aligned.030", "no district “030”", "Did you mean"),
    ),
    (
        ("goals: [mathematics]", "goals: [mathematic]"),
        ("strategies[1].goals[1]", "no goal “mathematic”", "Did you mean “mathematics”?"),
    ),
    (("goals: [mathematics]", "goals: []"), ("strategies[1].goals", "serves no goal", "at least")),
    (
        ("from: 2022-09-01", "from: 2022-08-14"),
        ("strands[1].from", "before the partnership was founded", "2022-08-15 or a later"),
    ),
    (
        ("from: 2022-09-01", "from: 2027-07-01"),
        ("strands[1].from", "after the term has ended", "lengthen the term"),
    ),
    (
        ("from: 2022-09-01", "from: 2022-09-01\n    to: 2022-08-31"),
        ("strands[1].to", "before it begins", "after 2022-09-01"),
    ),
]

INDICATORS = [
    (
        ("definition: met-standard-mathematics@1.0", "definition: met-standard-mathematics@2.0"),
        ("indicators[1].definition", "no version 2.0 of “met-standard-mathematics”", "has: 1.0."),
    ),
    (
        ("chronic-absenteeism@1.0", "chronic-absentism@1.0"),
        ("indicators[2].definition", "no indicator “chronic-absentism”", "“chronic-absenteeism”?"),
    ),
    (
        (
            "chronic-absenteeism@1.0\n",
            f"chronic-absenteeism@1.0\n    hash: sha256:{'ab' * 32}\n",
        ),
        ("indicators[2].hash", "abababababab… here", "Ask the partners"),
    ),
    (
        ("chronic-absenteeism@1.0\n    strand: numbers", "chronic-absenteeism@1.0\n    strand: n"),
        ("indicators[2].strand", "no strand “n”", "Use one of: numbers."),
    ),
    (
        ("chronic-absenteeism@1.0\n", "chronic-absenteeism@1.0\n    to: 2019-20\n"),
        ("indicators[2].to", "ends with 2019-20, before it begins", "2020-21 or a later"),
    ),
    (
        ("    from: 2020-21\ntargets", "    from: 2027-28\ntargets"),
        ("indicators[2].from", "after the term has ended", "2026-27 or an earlier"),
    ),
    (
        (
            "definition: chronic-absenteeism@1.0",
            "definition: met-standard-mathematics@1.0",
        ),
        ("indicators[2].definition", "two definitions in 2020-21", "end one with to:"),
    ),
]

TARGETS = [
    (
        ("group: english-learners", "group: english-learner"),
        ("targets[2].group", "no group “english-learner”", "Did you mean “english-learners”?"),
    ),
    (
        ('district: "010"\n', 'district: "011"\n'),
        ("targets[2].district", "no district “011”", "Did you mean “010”?"),
    ),
    (
        (
            "indicator: met-standard-mathematics\n    group: all",
            "indicator: attendance\n    group: all",
        ),
        ("targets[1].indicator", "no indicator “attendance”", "Use one of"),
    ),
    (
        ("reference: all", "reference: english-learners"),
        ("targets[2].rule.reference", "no gap to itself", "compared with"),
    ),
    (
        ("reference: all", "reference: asian"),
        ("targets[2].rule.reference", "no group “asian”", "Use one of"),
    ),
    (
        ("step: 2.5, baseline: 2021-22", "step: 2.5, baseline: 2019-20"),
        ("targets[1].rule.baseline", "There is no baseline", "Choose a year"),
    ),
    (
        ("by: 2025-26", "by: 2027-28"),
        ("targets[2].rule.by", "after the term has ended", "2026-27 or an earlier"),
    ),
    (
        ("step: 2.5", "step: -2.5"),
        ("targets[1].rule.step", "makes “met-standard-mathematics” worse", "above zero"),
    ),
    (
        ("step: 2.5", "limit: 110, step: 2.5"),
        ("targets[1].rule.limit", "can't be 110", "from 0 to 100"),
    ),
    (
        ('group: english-learners\n    district: "010"', "group: all\n    district: all"),
        ("targets[2]", "target is given twice (first on line 42)", "Keep one"),
    ),
    (
        ("indicators: all", "indicators: [chronic-absenteeism]"),
        ("targets[1]", "never leaves a district", "publication plan"),
    ),
]

GROUPS = [
    (
        ("hispanic,", "hispanics,"),
        ("groups[2]", "no group “hispanics” in the catalogue", "Did you mean “hispanic”?"),
    ),
    (("[all, hispanic", "[hispanic"), ("groups", "group of all students", "Add all")),
    (("white, ", "white, white, "), ("groups[4]", "group is given twice", "Keep one")),
    (
        ("of: [english-learners, ", "of: [english-learnrs, "),
        ("intersections[1].of[1]", "no group “english-learnrs”", "“english-learners”?"),
    ),
    (
        ("of: [english-learners, ", "of: ["),
        ("intersections[1].of", "two groups or more", "at least two"),
    ),
    (
        ("of: [english-learners, students-with-disabilities]", "of: [hispanic, white]"),
        ("intersections[1].of[2]", "No student is both in “hispanic” and in “white”", "Take one"),
    ),
    (
        ("id: learners-with-disabilities", "id: gifted"),
        ("intersections[1].id", "group of the catalogue already", "id of its own"),
    ),
    (
        ("groups: all\n", "groups: [all, asian]\n"),
        ("publication[1].groups[2]", "no group “asian”", "Use one of"),
    ),
    (
        ("indicators: all", "indicators: [chronic-absenteeism@1.0, met-standard-mathematics]"),
        ("publication[1].indicators[1]", "names a version", "Write chronic-absenteeism."),
    ),
    (
        ("minimum: 11\n  threshold: 3", "minimum: 4\n  threshold: 2"),
        ("disclosure.minimum", "Groups of 4 students would be shown", "5 or more"),
    ),
    (("threshold: 3", "threshold: 0"), ("disclosure.threshold", "threshold of 0", "3 is usual")),
    (
        ("threshold: 3", "threshold: 6"),
        ("disclosure.threshold", "could never be shown", "half of the minimum"),
    ),
    (
        ("threshold: 3", "threshold: 3\n  prefer: [school, school]"),
        ("disclosure.prefer", "each named once", "[school, district]"),
    ),
]


@pytest.mark.parametrize(("change", "expected"), [*PARTIES, *AIMS, *INDICATORS, *TARGETS, *GROUPS])
def test_each_problem_says_where_what_and_what_to_do(
    change: tuple[str, str], expected: tuple[str, str, str], known: StubCatalogue
) -> None:
    field, what, remedy = expected
    found = problems_of(changed(change), known)
    problem = next(problem for problem in found if problem.field == field)
    assert what in problem.what
    assert remedy in problem.remedy
    assert problem.file == "charter.yaml"
    assert problem.line is not None


def test_one_party_is_not_a_partnership(known: StubCatalogue) -> None:
    start, end = SMALL.index('  - id: "020"'), SMALL.index("goal: Every")
    text = SMALL[:start] + SMALL[end:]
    fields = {problem.field: problem.what for problem in problems_of(text, known)}
    assert "at least two districts" in fields["parties"]
    assert "no district “020”" in fields["goals[1].aligned.020"]


def test_the_line_is_that_of_the_value(known: StubCatalogue) -> None:
    text = changed(("goals: [mathematics]", "goals: [mathematic]"))
    (problem,) = problems_of(text, known)
    assert problem.line == text[: text.index("[mathematic]")].count("\n") + 1
    assert str(problem).startswith("charter.yaml, line 26, field strategies[1].goals[1]: ")


def test_every_problem_is_told_at_once(known: StubCatalogue) -> None:
    text = changed(
        ("goals: [mathematics]", "goals: [mathematic]"),
        ("hispanic,", "hispanics,"),
        ("minimum: 11", "minimum: 4"),
        ("step: 2.5", "step: -2.5"),
    )
    assert {problem.field for problem in problems_of(text, known)} == {
        "strategies[1].goals[1]",
        "groups[2]",
        "disclosure.minimum",
        "disclosure.threshold",
        "targets[1].rule.step",
    }


def test_the_baseline_of_a_target_lies_in_the_years_of_the_newest_version(
    known: StubCatalogue,
) -> None:
    definitions = dict(known.definitions)
    definitions["met-standard-mathematics@1.1"] = definitions["met-standard-mathematics@1.0"]
    text = changed(
        (
            "definition: chronic-absenteeism@1.0\n    strand: numbers\n    goal: mathematics\n"
            "    from: 2020-21",
            "definition: met-standard-mathematics@1.1\n    strand: numbers\n"
            "    goal: mathematics\n    from: 2023-24",
        ),
        (
            "definition: met-standard-mathematics@1.0",
            "to: 2022-23\n    definition: met-standard-mathematics@1.0",
        ),
    )
    found = problems_of(text, StubCatalogue(definitions=definitions))
    assert [problem.field for problem in found] == [
        "targets[1].rule.baseline",
        "targets[2].rule.baseline",
    ]
    assert "met-standard-mathematics@1.1 is in use from 2023-24 on" in found[0].what


def test_problems_without_end_are_cut_short(known: StubCatalogue) -> None:
    groups = ", ".join(f"group-{number}" for number in range(5_000))
    text = changed(("hispanic,", f"hispanic, {groups},"))
    assert len(problems_of(text, known)) == 100
