"""The catalogue as shipped, and what a folder can add to it."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from accord.base.errors import InputError
from accord.indicators.catalogue import Catalogue, load_catalogue
from accord.indicators.language.canonical import as_text
from accord.indicators.language.evaluate import evaluate_row
from support.definitions import WRITTEN


def test_the_catalogue_covers_the_strands(catalogue: Catalogue) -> None:
    by_strand: dict[str, set[str]] = {}
    for definition in catalogue.definitions.values():
        by_strand.setdefault(definition.strand, set()).add(definition.timing)
    assert set(by_strand) == {
        *("attendance", "climate", "literacy", "mathematics"),
        *("english-learners", "leadership", "college-career"),
    }
    for strand in ("mathematics", "english-learners", "college-career"):
        assert by_strand[strand] == {"leading", "lagging"}
    assert len(catalogue.definitions) >= 30


def test_every_definition_is_of_its_first_version(catalogue: Catalogue) -> None:
    assert all(definition.version == "1.0" for definition in catalogue.definitions.values())
    assert catalogue.references() == {
        reference: definition.hash for reference, definition in catalogue.definitions.items()
    }


def test_every_title_is_one_indicators_own(catalogue: Catalogue) -> None:
    titles = [definition.title for definition in catalogue.definitions.values()]
    assert len(set(titles)) == len(titles)
    assert not any("{" in text for text in titles)


def test_nothing_about_adults_is_of_a_school(catalogue: Catalogue) -> None:
    for definition in catalogue.definitions.values():
        if definition.fact in ("principal_post", "implementation_count"):
            assert definition.levels == ("district",)


def test_families_share_their_members(catalogue: Catalogue) -> None:
    met = catalogue.definition("met-standard-mathematics@1.0")
    advanced = catalogue.definition("advanced-mathematics@1.0")
    assert met.sum_keys["members"] == advanced.sum_keys["members"]
    assert met.sum_keys["met"] != advanced.sum_keys["advanced"]


def test_partitions_leave_nobody_out_and_count_nobody_twice(catalogue: Catalogue) -> None:
    for partition in ("race_ethnicity", "gender"):
        groups = [group for group in catalogue.groups.values() if group.partition == partition]
        for code in catalogue.vocabulary.common[partition].codes:
            row: dict[str, Any] = {partition: code}
            holding = [group.id for group in groups if evaluate_row(group.predicate, row) is True]
            assert len(holding) == 1, (partition, code, holding)


def test_references_of_groups(catalogue: Catalogue) -> None:
    assert catalogue.group("hispanic").reference == "white"
    assert catalogue.group("white").reference == "all"
    assert catalogue.group("foster").reference == "all"
    assert catalogue.group("all").reference is None


def test_intersections(catalogue: Catalogue) -> None:
    both = catalogue.intersect("el-swd", ["english-learners", "students-with-disabilities"])
    assert both.name == "English learners and Students with disabilities"
    assert both.reference == "all"
    assert catalogue.intersect("hf", ["hispanic", "foster"]).reference == "white"
    assert [part.id for part in both.parts] == ["english-learners", "students-with-disabilities"]
    for learner, disability in product((True, False), repeat=2):
        row = {"english_learner": learner, "disability": disability}
        assert evaluate_row(both.predicate, row) is (learner and disability)


@pytest.mark.parametrize(
    ("group_id", "of", "told"),
    [
        ("el-swd", ["english-learner", "foster"], "Did you mean “english-learners”?"),
        ("el-swd", ["foster"], "two different groups or more"),
        ("el-swd", ["foster", "foster"], "two different groups or more"),
        ("foster", ["foster", "homeless"], "is a student group of the catalogue already"),
    ],
)
def test_intersections_that_make_no_sense(
    catalogue: Catalogue, group_id: str, of: list[str], told: str
) -> None:
    with pytest.raises(InputError, match=told.replace("?", r"\?")):
        catalogue.intersect(group_id, of)


def test_an_unknown_definition_is_told_with_its_nearest(catalogue: Catalogue) -> None:
    with pytest.raises(InputError, match=r"Did you mean “attendance-rate@1\.0”\?"):
        catalogue.definition("attendence-rate@1.0")


def test_the_hash_of_a_group_is_who_belongs_to_it(catalogue: Catalogue) -> None:
    hashes = {group.hash for group in catalogue.groups.values()}
    assert len(hashes) == len(catalogue.groups)


def test_a_folder_adds_definitions_tests_and_groups(tmp_path: Path) -> None:
    (tmp_path / "definitions").mkdir()
    (tmp_path / "definitions" / "ours.yaml").write_text(
        WRITTEN + "groups: {young: grade < 1}\n", encoding="utf-8"
    )
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "ours.yaml").write_text(
        "test: ours\nname: Ours\nlevels: {1: Low, 2: High}\nmeets: 2\nsubjects: {}\n",
        encoding="utf-8",
    )
    (tmp_path / "groups.yaml").write_text(
        "groups: 1\nlist:\n  - {id: young, name: Young, short: Young, plain: Grades TK and K.,"
        " rule: grade <= 0, reference: all, source: ours}\n",
        encoding="utf-8",
    )
    catalogue = load_catalogue(tmp_path)
    definition = catalogue.definition("long-absence@1.0")
    assert as_text(definition.rule_of(catalogue.group("young"))) == "grade < 1"
    assert "ours" in catalogue.vocabulary.facts["test_result"].columns["test"].codes
    assert catalogue.definition("attendance-rate@1.0")


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        (
            "definitions/ours.yaml",
            WRITTEN.replace("long-absence", "attendance-rate"),
            "“attendance-rate@1.0” is in the catalogue already",
        ),
        (
            "groups.yaml",
            "groups: 1\nlist:\n  - {id: foster, name: F, short: F, plain: F, rule: foster,"
            " source: ours}\n",
            "“foster” is in the catalogue already",
        ),
        (
            "groups.yaml",
            "groups: 1\nlist:\n  - {id: young, name: Y, short: Y, plain: Y, rule: days_absent > 1,"
            " source: ours}\n",
            "no column that every fact has “days_absent”",
        ),
        (
            "groups.yaml",
            "groups: 1\nlist:\n  - {id: young, name: Y, short: Y, plain: Y, rule: grade < 1,"
            " reference: whites, source: ours}\n",
            "no student group “whites”",
        ),
        (
            "groups.yaml",
            "groups: 1\nlist:\n  - {id: young, name: Y, short: Y, plain: Y, rule: grade < 1,"
            " union: [foster, babies], source: ours}\n",
            "no student group “babies”",
        ),
        (
            "tests/ours.yaml",
            "test: sbac\nname: Ours\nlevels: {1: Low}\nmeets: 1\nsubjects: {}\n",
            "“sbac” is in the catalogue already",
        ),
    ],
)
def test_a_folder_never_replaces(tmp_path: Path, path: str, text: str, told: str) -> None:
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_catalogue(tmp_path)
    assert told in str(caught.value)
    assert str(tmp_path / path) in str(caught.value)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no such folder"):
        load_catalogue(tmp_path / "nowhere")
