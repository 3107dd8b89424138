"""Write the reference pages that are made from the catalogue and the hand-worked tables.

    python docs/reference_pages.py            write docs/reference/{indicators/,facts,groups,rules}
    python docs/reference_pages.py --check    write nothing; fail if a page is not as it would be

The pages are kept in the repository to be read; a test runs the check, so they can't drift.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from accord.base.numbers import decimal_text  # noqa: E402
from accord.indicators.catalogue import Catalogue, load_catalogue  # noqa: E402
from accord.indicators.definition import Definition  # noqa: E402
from accord.indicators.language.canonical import as_text  # noqa: E402
from accord.indicators.vocabulary import FactColumn  # noqa: E402
from spec.chapters import Expected, Paragraph, Spec, read_spec, spec_files, table_of  # noqa: E402

HERE = Path("docs/reference")
MADE = (
    "<!-- Made by docs/reference_pages.py from the catalogue. Change the catalogue, not this. -->"
)
UNITS = {"percent": "percent", "points": "points", "score": "scale score"}
INTERVALS = {
    "wilson": "Wilson score interval",
    "t": "Student's t, from the standard error of the mean",
    "none": "none: not a share of students, or complete by nature",
}
STANDINGS = {
    "verified": "recomputed, and equal to published figures",
    "documented": "read in the source named",
    "unverified": "a choice of ours or from memory; not to be taken for a state's rule",
}


def pages(catalogue: Catalogue) -> dict[Path, str]:
    """Every generated page by its path from the root of the repository."""
    specs = {
        reference: read_spec(path)
        for path in spec_files()
        for reference in read_spec(path).definitions
    }
    made = {
        HERE / "indicators" / f"{definition.id}.md": indicator_page(
            definition, specs[reference], catalogue
        )
        for reference, definition in catalogue.definitions.items()
    }
    made[HERE / "indicators" / "README.md"] = index_page(catalogue)
    made[HERE / "facts.md"] = facts_page(catalogue)
    made[HERE / "groups.md"] = groups_page(catalogue)
    made[HERE / "rules.md"] = rules_page(catalogue)
    return made


def indicator_page(definition: Definition, spec: Spec, catalogue: Catalogue) -> str:
    written = definition.written
    better = "lower is better" if definition.direction == "lower" else "higher is better"
    lines = [
        f"# {definition.title}",
        MADE,
        f"**{definition.question}** {definition.plain}",
        f"`{definition.reference}` · {UNITS[definition.unit]} · {better} · {definition.timing} "
        f"indicator · [all indicators](README.md)",
        "## How it is computed",
        *_steps(definition, catalogue),
        *_listed("## Worth knowing", written.notes),
        "## Worked by hand",
        "Each table is a few students, and what comes of them. Every engine computes these tables "
        f"in the tests, and must give exactly these numbers. {_ordinary(definition, spec)}",
    ]
    for chapter in spec.chapters:
        about = [each for each in chapter.paragraphs if each.is_about(definition.reference)]
        if about:
            lines.append(f"### {chapter.title}")
        for paragraph in about:
            lines += _worked(paragraph)
    lines += [
        "## Where it comes from",
        f"{definition.source}. *{definition.standing.capitalize()}*: "
        f"{STANDINGS[definition.standing]}.",
        f"Hash of its meaning: `{definition.hash}`",
    ]
    return _joined(lines)


def _steps(definition: Definition, catalogue: Catalogue) -> list[str]:
    written = definition.written
    fact = catalogue.vocabulary.facts[definition.fact]
    grades = "every grade" if definition.grades is None else ", ".join(definition.grades)
    steps = [
        (
            "Reads",
            f"[{fact.title.lower()}](../facts.md#{fact.id}): {fact.row[0].lower()}{fact.row[1:]}",
        ),
        ("Who counts", _code(written.population)),
        ("Grades", grades),
        *((f"Sum `{name}`", _code(text)) for name, text in written.sums.items()),
        ("Sum `members`", "how many rows count"),
        ("Numerator", _code(written.numerator)),
        ("Denominator", _code(written.denominator)),
        ("Value", f"{_code(written.value)}, rounded half-up to {definition.decimals} decimal"),
        ("Interval", INTERVALS[definition.interval]),
        ("Levels", " and ".join(definition.levels)),
        *(
            (f"Group `{group}`", f"{_code(text)} (here, instead of its usual rule)")
            for group, text in written.groups.items()
        ),
        *(("Rests on", f"[{name}](../rules.md#{name.split('/')[1]})") for name in written.rests_on),
    ]
    lines = [_table(("", ""), steps)]
    if written.constants:
        constants = [
            (
                f"`{name}`",
                decimal_text(each.value),
                each.meaning,
                each.since,
                each.source,
                each.standing,
            )
            for name, each in written.constants.items()
        ]
        header = ("number", "value", "meaning", "since", "source", "standing")
        lines.append(_table(header, constants))
    return lines


def _worked(paragraph: Paragraph) -> list[str]:
    table = table_of(paragraph)
    cells = [
        (_cell_name(each), each.numerator or "–", each.denominator or "–", _value(each))
        for each in paragraph.expect
    ]
    return [
        f"**{paragraph.title}.** {paragraph.why}",
        _table(table.header, table.rows),
        _table(("cell", "numerator", "denominator", "value"), cells),
    ]


def _ordinary(definition: Definition, spec: Spec) -> str:
    """What the columns hold that a table does not show."""
    given = {**spec.ordinary, **spec.definitions[definition.reference]}
    shown = {True: "yes", False: "no"}
    listed = [f"`{name}` {shown.get(value, value)}" for name, value in given.items()]
    listed.append("grade 4, everything else not reported, no, zero or empty")
    return f"Where a column is not shown: {', '.join(listed)}."


def _cell_name(expected: Expected) -> str:
    parts = [
        expected.level if expected.organisation == "D" else f"school {expected.organisation}",
        f"grade {expected.grade}" if expected.grade else "",
        "" if expected.group == "all" else expected.group,
    ]
    return ", ".join(part for part in parts if part)


def _value(expected: Expected) -> str:
    return "not applicable" if expected.value is None else f"**{expected.value}**"


def index_page(catalogue: Catalogue) -> str:
    rows = [
        (f"[{each.title}]({each.id}.md)", f"`{each.reference}`", each.strand, each.question)
        for each in catalogue.definitions.values()
    ]
    return _joined(
        [
            "# Indicators",
            MADE,
            "The first catalogue. A charter names the ones a partnership has agreed on, by id and "
            "version. A district can add its own; none can be replaced.",
            _table(("indicator", "reference", "strand", "question"), rows),
        ]
    )


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
    return _joined(lines)


def _columns(columns: Mapping[str, FactColumn]) -> str:
    rows = []
    for each in columns.values():
        codes = "<br>".join(f"`{code}` {meaning}" for code, meaning in each.codes.items())
        meaning = f"{each.meaning}<br>{codes}" if codes else each.meaning
        marks = "key" if each.key else "can be empty" if each.empty else ""
        rows.append((f"`{each.name}`", each.stored, marks, meaning))
    return _table(("column", "type", "", "meaning"), rows)


def groups_page(catalogue: Catalogue) -> str:
    rows = [
        (
            f"`{group.id}`",
            f"**{group.name}.** {group.plain}",
            _code(as_text(group.predicate)),
            group.partition or "",
            group.reference or "",
            group.source,
        )
        for group in catalogue.groups.values()
    ]
    header = ("id", "who", "rule", "partition", "compared with", "source")
    return _joined(
        [
            "# Student groups",
            MADE,
            "Groups of one partition share no student and leave none out. An indicator can have a "
            "rule of its own for a group outside the partitions; its page says so. A charter can "
            "add intersections, such as English learners with disabilities.",
            _table(header, rows),
        ]
    )


def rules_page(catalogue: Catalogue) -> str:
    lines = [
        "# Rules, tests and bands",
        MADE,
        "The numbers that facts, tests and the public edition rest on, each with its date, source "
        "and standing. " + " ".join(f"*{name}*: {text}." for name, text in STANDINGS.items()),
    ]
    for rule in catalogue.rules.values():
        lines += [f"## {rule.id}", f"**{rule.title}.** {rule.plain}"]
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
        lines.append(_table(("number", "value", "since", "source", "standing"), numbers))
        for name, listed in rule.code_lists.items():
            lines.append(f"`{name}`: {listed.meaning} Source: {listed.source}. *{listed.standing}*")
            lines.append(
                _table(("code", "meaning"), [(f"`{c}`", m) for c, m in listed.values.items()])
            )
    for test in catalogue.tests.values():
        levels = ", ".join(f"{level} {name.lower()}" for level, name in test.levels.items())
        lines += [
            f"## {test.id}",
            f"**{test.name}.** Levels: {levels}. Level {test.meets} meets the standard.",
        ]
        for subject, versions in test.subjects.items():
            for version in versions:
                until = f"to {version.until}" if version.until else "on"
                lines.append(
                    f"{subject.capitalize()}, {version.since} {until}. "
                    f"Source: {version.source}. *{version.standing}*"
                )
                scales = [
                    (grade, str(scale.lowest), str(scale.standard or "–"), str(scale.highest))
                    for grade, scale in version.scores.items()
                ]
                lines.append(_table(("grade", "lowest", "standard", "highest"), scales))
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
    header = ("students", "ends, in percent", "source", "width between, in points", "source")
    lines += [
        "## bands",
        "How wide a published band is, by how many students a rate is about.",
        _table(header, sizes),
    ]
    means = [
        (f"{size.fewest} or more", decimal_text(size.width), f"{size.source} (*{size.standing}*)")
        for size in catalogue.bands.means
    ]
    lines += ["Means, in points of the score:", _table(("students", "width", "source"), means)]
    return _joined(lines)


def _code(text: str) -> str:
    return f"`{' '.join(text.split())}`"


def _listed(title: str, items: Iterable[str]) -> list[str]:
    listed = "\n".join(f"- {item}" for item in items)
    return [title, listed] if listed else []


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    titles = list(header)
    lines = [titles, ["---"] * len(titles), *rows]
    escaped = ([cell.replace("|", "\\|") or " " for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in escaped)


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check the pages; returns the exit code."""
    made = pages(load_catalogue())
    kept = {path.relative_to(ROOT) for path in (ROOT / HERE / "indicators").glob("*.md")}
    stale = [path for path, text in made.items() if _kept_text(path) != text]
    left_over = sorted(kept - made.keys())
    if "--check" in arguments:
        for path in [*stale, *left_over]:
            sys.stderr.write(f"{path} is not up to date: run python docs/reference_pages.py\n")
        return 1 if stale or left_over else 0
    for path in stale:
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(made[path], encoding="utf-8")
    for path in left_over:
        (ROOT / path).unlink()
    sys.stdout.write(f"{len(made)} pages, {len(stale)} written, {len(left_over)} removed\n")
    return 0


def _kept_text(path: Path) -> str | None:
    full = ROOT / path
    return full.read_text("utf-8") if full.exists() else None


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
