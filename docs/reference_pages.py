"""Write the reference pages that are made from code, catalogue and the hand-worked tables.

    python docs/reference_pages.py            write docs/reference/
    python docs/reference_pages.py --check    write nothing; fail if a page is not as it would be

The pages are kept in the repository to be read; a test runs the check, so they can't drift.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from catalogue_pages import facts_page, groups_page, rules_page  # noqa: E402
from command_pages import command_page  # noqa: E402
from page_parts import MADE, STANDINGS, code, joined, listed, table  # noqa: E402
from published_page import published_page  # noqa: E402

from accord.base.numbers import decimal_text  # noqa: E402
from accord.indicators.catalogue import Catalogue, load_catalogue  # noqa: E402
from accord.indicators.definition import Definition  # noqa: E402
from accord.station.facts.rules import rules_page as settling_page  # noqa: E402
from accord.station.records.formats.reference import formats_page  # noqa: E402
from accord.station.records.reference import reference_page as records_page  # noqa: E402
from spec.chapters import Expected, Paragraph, Spec, read_spec, spec_files, table_of  # noqa: E402

HERE = Path("docs/reference")
UNITS = {"percent": "percent", "points": "points", "score": "scale score"}
INTERVALS = {
    "wilson": "Wilson score interval",
    "t": "Student's t, from the standard error of the mean",
    "none": "none: not a share of students, or complete by nature",
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
    made[HERE / "commands.md"] = command_page()
    made[HERE / "published.md"] = published_page()
    made[HERE / "formats.md"] = formats_page()
    made[HERE / "records.md"] = records_page()
    made[HERE / "settling.md"] = settling_page(catalogue)
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
        *listed("## Worth knowing", written.notes),
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
    return joined(lines)


def _steps(definition: Definition, catalogue: Catalogue) -> list[str]:
    written = definition.written
    fact = catalogue.vocabulary.facts[definition.fact]
    grades = "every grade" if definition.grades is None else ", ".join(definition.grades)
    steps = [
        (
            "Reads",
            f"[{fact.title.lower()}](../facts.md#{fact.id}): {fact.row[0].lower()}{fact.row[1:]}",
        ),
        ("Who counts", code(written.population)),
        ("Grades", grades),
        *((f"Sum `{name}`", code(text)) for name, text in written.sums.items()),
        ("Sum `members`", "how many rows count"),
        ("Numerator", code(written.numerator)),
        ("Denominator", code(written.denominator)),
        ("Value", f"{code(written.value)}, rounded half-up to {definition.decimals} decimal"),
        ("Interval", INTERVALS[definition.interval]),
        ("Levels", " and ".join(definition.levels)),
        *(
            (f"Group `{group}`", f"{code(text)} (here, instead of its usual rule)")
            for group, text in written.groups.items()
        ),
        *(("Rests on", f"[{name}](../rules.md#{name.split('/')[1]})") for name in written.rests_on),
    ]
    lines = [table(("", ""), steps)]
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
        lines.append(table(header, constants))
    return lines


def _worked(paragraph: Paragraph) -> list[str]:
    facts = table_of(paragraph)
    cells = [
        (_cell_name(each), each.numerator or "–", each.denominator or "–", _value(each))
        for each in paragraph.expect
    ]
    return [
        f"**{paragraph.title}.** {paragraph.why}",
        table(facts.header, facts.rows),
        table(("cell", "numerator", "denominator", "value"), cells),
    ]


def _ordinary(definition: Definition, spec: Spec) -> str:
    """What the columns hold that a table does not show."""
    given = {**spec.ordinary, **spec.definitions[definition.reference]}
    shown = {True: "yes", False: "no"}
    held = [f"`{name}` {shown.get(value, value)}" for name, value in given.items()]
    held.append("grade 4, everything else not reported, no, zero or empty")
    return f"Where a column is not shown: {', '.join(held)}."


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
    return joined(
        [
            "# Indicators",
            MADE,
            "The first catalogue. A charter names the ones a partnership has agreed on, by id and "
            "version. A district can add its own; none can be replaced.",
            table(("indicator", "reference", "strand", "question"), rows),
        ]
    )


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
