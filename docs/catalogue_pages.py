"""The reference pages of facts, student groups, rules, tests, levels and bands."""

from __future__ import annotations

from collections.abc import Mapping

from page_parts import MADE, STANDINGS, code, joined, table

from accord.base.numbers import decimal_text
from accord.indicators.assistance import AssistanceRule
from accord.indicators.catalogue import Catalogue
from accord.indicators.language.canonical import as_text
from accord.indicators.levels import Cut, Grid, WrittenLevels
from accord.indicators.rules import Rule
from accord.indicators.scores import ScaledTest
from accord.indicators.vocabulary import FactColumn


def facts_page(catalogue: Catalogue) -> str:
    vocabulary = catalogue.vocabulary
    lines = [
        "# Facts",
        MADE,
        "What definitions read: rows that the station makes of a district's records, each "
        "attribute settled by a stated rule. They never leave the station. Definitions and the "
        "rules of student groups can use these columns and nothing else.",
        "## Columns of every fact",
        "Never empty. Those marked *key* name the cell; a definition means the same in every cell, "
        "so it can't use them.",
        _columns(vocabulary.common),
    ]
    for fact in vocabulary.facts.values():
        own = {name: each for name, each in fact.columns.items() if name not in vocabulary.common}
        lines += [f"## {fact.id}", f"**{fact.title}.** {fact.row}", _columns(own)]
    return joined(lines)


def _columns(columns: Mapping[str, FactColumn]) -> str:
    rows = []
    for each in columns.values():
        codes = "<br>".join(f"`{code}` {meaning}" for code, meaning in each.codes.items())
        meaning = f"{each.meaning}<br>{codes}" if codes else each.meaning
        marks = "key" if each.key else "can be empty" if each.empty else ""
        rows.append((f"`{each.name}`", each.stored, marks, meaning))
    return table(("column", "type", "", "meaning"), rows)


def groups_page(catalogue: Catalogue) -> str:
    rows = [
        (
            f"`{group.id}`",
            f"**{group.name}.** {group.plain}",
            code(as_text(group.predicate)),
            group.partition or ("" if group.union is None else " + ".join(group.union)),
            group.reference or "",
            group.source,
        )
        for group in catalogue.groups.values()
    ]
    header = ("id", "who", "rule", "partition or union", "compared with", "source")
    return joined(
        [
            "# Student groups",
            MADE,
            "Groups of one partition share no student and leave none out; a union is of two groups "
            "that share none. An indicator can have a rule of its own for a group outside the "
            "partitions; its page says so. A charter can add intersections, such as English "
            "learners with disabilities.",
            table(header, rows),
        ]
    )


def rules_page(catalogue: Catalogue) -> str:
    standings = " ".join(f"*{name}*: {text}." for name, text in STANDINGS.items())
    return joined(
        [
            "# Rules, tests, levels and bands",
            MADE,
            "The numbers that facts, tests, levels and the public edition rest on, each with its "
            f"date, source and standing. {standings}",
            *(line for rule in catalogue.rules.values() for line in _rule(rule)),
            *(line for test in catalogue.tests.values() for line in _test(test)),
            *(line for written in catalogue.written_levels.values() for line in _levels(written)),
            *_assistance(catalogue.assistance),
            *_bands(catalogue),
        ]
    )


def _assistance(rule: AssistanceRule) -> list[str]:
    rows = [
        (
            f"{area.priority}, {area.title}",
            ", ".join(area.groups) or "every group",
            area.since or rule.since,
            "; or ".join(
                " and ".join(f"{name} {' or '.join(found)}" for name, found in way.items())
                for way in area.ways
            ),
        )
        for area in rule.areas
    ]
    return [
        f"## {rule.assistance}",
        f"A district is eligible where one student group fails in {rule.fewest_areas} priority "
        "areas or more. A colour that is not known leaves open what it could decide. "
        f"Source: {rule.source}. *{rule.standing}*",
        table(("priority area", "groups", "since", "failed by"), rows),
    ]


def _levels(written: WrittenLevels) -> list[str]:
    sizes = [
        (
            f"{size.least}",
            ", ".join(size.groups) or "every group",
            ", ".join(size.kinds) or "everywhere",
            size.source,
            size.standing,
        )
        for size in written.sizes
    ]
    missing = [
        (each.applies_to, f"{each.since} to {each.until or 'now'}", each.why)
        for each in written.not_on_record
    ]
    lines = [f"## levels of {written.indicator}", *map(_grid, written.grids)]
    if sizes:
        header = ("students, this year and last", "group", "where", "source", "standing")
        lines += ["How many students a level takes:", table(header, sizes)]
    if missing:
        lines += ["Not on record:", table(("applies to", "school years", "why"), missing)]
    return lines


def _rule(rule: Rule) -> list[str]:
    numbers = [
        (
            f"`{name}`",
            f"{decimal_text(each.value)} {each.unit}",
            each.since,
            each.source,
            each.standing,
        )
        for name, each in rule.numbers.items()
    ]
    lines = [
        f"## {rule.id}",
        f"**{rule.title}.** {rule.plain}",
        table(("number", "value", "since", "source", "standing"), numbers),
    ]
    for name, codes in rule.code_lists.items():
        lines += [
            f"`{name}`: {codes.meaning} Source: {codes.source}. *{codes.standing}*",
            table(
                ("code", "meaning"), [(f"`{each}`", text) for each, text in codes.values.items()]
            ),
        ]
    return lines


def _test(test: ScaledTest) -> list[str]:
    levels = ", ".join(f"{level} {name.lower()}" for level, name in test.levels.items())
    lines = [
        f"## {test.id}",
        f"**{test.name}.** Levels: {levels}. Level {test.meets} meets the standard.",
    ]
    for subject, versions in test.subjects.items():
        for version in versions:
            until = f"to {version.until}" if version.until else "on"
            scales = [
                (grade, str(scale.lowest), str(scale.standard or "–"), str(scale.highest))
                for grade, scale in version.scores.items()
            ]
            lines += [
                f"{subject.capitalize()}, {version.since} {until}. Source: {version.source}. "
                f"*{version.standing}*",
                table(("grade", "lowest", "standard", "highest"), scales),
            ]
    return lines


def _grid(grid: Grid) -> str:
    """One table: a row for each status, a column for each change, the colour where they meet."""
    colours = grid.colours or [[None] * len(grid.change) for _ in grid.status]
    rows = [
        (_cut(cut), *(colour or "–" for colour in row))
        for cut, row in zip(grid.status, colours, strict=True)
    ]
    until = f" to {grid.until}" if grid.until else ""
    title = f"For {grid.applies_to}, since {grid.since}{until}. Source: {grid.source}. "
    title += f"*{grid.standing}*"
    if grid.small is not None:
        title += (
            f". Under {grid.small.under} students the first and the last column are not used "
            f"({grid.small.source}, *{grid.small.standing}*)"
        )
    return f"{title}\n\n{table(('value', *map(_cut, grid.change)), rows)}"


def _cut(cut: Cut) -> str:
    return cut.level if cut.to is None else f"{cut.level}, to {cut.to}"


def _bands(catalogue: Catalogue) -> list[str]:
    sizes = [
        (
            f"{size.fewest} or more",
            f"≤ {decimal_text(size.bottom)}, ≥ {decimal_text(size.top)}",
            f"{size.ends_source} (*{size.ends_standing}*)",
            decimal_text(size.width),
            f"{size.width_source} (*{size.width_standing}*)",
        )
        for size in catalogue.bands.sizes
    ]
    means = [
        (f"{size.fewest} or more", decimal_text(size.width), f"{size.source} (*{size.standing}*)")
        for size in catalogue.bands.means
    ]
    header = ("students", "ends, in percent", "source", "width between, in points", "source")
    return [
        "## bands",
        "How wide a published band is, by how many students a rate is about.",
        table(header, sizes),
        "Means, in points of the score:",
        table(("students", "width", "source"), means),
    ]
