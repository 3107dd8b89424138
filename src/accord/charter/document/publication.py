"""What leaves a district and what never does, in plain words: the plan and the disclosure rules."""

from __future__ import annotations

from accord.base.words import count_words, list_words
from accord.charter.document.parts import Bullets, Paragraph, Section, Table
from accord.charter.known import CatalogueIndex, group_name
from accord.charter.model import Charter, Disclosure, Publication
from accord.charter.values import EVERY
from accord.charter.words import title_words

_AUDIENCES = {"partners": "The partner districts", "public": "The public"}
_LEVELS = {"district": "The district as a whole", "school": "Each school"}
_WHO = {
    "partners": "see exact counts where they are safe to show",
    "public": "sees ranges instead of exact values wherever a group is small",
}


def publication_section(charter: Charter, known: CatalogueIndex) -> Section:
    """The section that a parent would want to read first."""
    entries = [publication_row(entry, charter, known) for entry in charter.publication]
    audiences = list(dict.fromkeys(entry.audience for entry in charter.publication))
    leaves = Table(
        caption="What leaves a district, and for whom",
        header=("For whom", "About", "Students", "Grades", "Indicators"),
        rows=tuple(entries),
        widths=(18, 19, 24, 19, 20),
    )
    return Section(
        "What leaves a district, and what never does",
        (
            Paragraph(
                "Each district keeps its own students' records. What leaves is a table of numbers "
                "about groups of students, checked and signed by the district. Nothing leaves that "
                "is not in this table:"
                if entries
                else "Each district keeps its own students' records. Under this charter nothing "
                "leaves a district."
            ),
            *((leaves,) if entries else ()),
            *(
                (
                    Paragraph(
                        " ".join(
                            f"{_AUDIENCES[audience]} {_WHO[audience]}." for audience in audiences
                        )
                    ),
                )
                if audiences
                else ()
            ),
            Paragraph("What never leaves a district:", style="intro"),
            Bullets(
                (
                    "a student's name, number, score, day of absence or any other record",
                    *protections(charter.disclosure),
                    *(
                        ()
                        if any(entry.level == "school" for entry in charter.publication)
                        else ("any number about a single school",)
                    ),
                    "any number about a teacher, a principal or another adult",
                )
            ),
            Paragraph(preference(charter.disclosure)),
            Paragraph(f"The groups of students are: {_groups(charter, known)}."),
        ),
    )


def protections(rules: Disclosure) -> tuple[str, ...]:
    """What is hidden for the students' sake, each as the end of a sentence."""
    few = count_words(rules.threshold, "student", "students")
    return (
        f"a value of a group of fewer than {count_words(rules.minimum, 'student', 'students')}",
        f"a rate of which fewer than {few} are part, or fewer than {few} are not",
        "a value from which a hidden one could be worked out, by adding and subtracting whatever "
        "was ever published"
        + (
            f", even with what {count_words(rules.colluders, 'student', 'students')} of the group "
            "may know of themselves"
            if rules.colluders
            else ""
        ),
        "the mean score of a hidden group, to within "
        f"{count_words(rules.points, 'point', 'points')} of what the others in it scored",
    )


def preference(rules: Disclosure) -> str:
    """What gives way first, as a sentence."""
    order = list_words([f"those of a {level}" for level in rules.prefer], "then")
    return (
        "Where one more value must be hidden to protect another, the order in which values give "
        f"way is: {order}. A hidden value is shown as hidden, never as zero."
    )


def publication_row(entry: Publication, charter: Charter, known: CatalogueIndex) -> tuple[str, ...]:
    """For whom, about what, which students, grades and indicators."""
    groups = (
        "All students, and every group named below"
        if entry.groups == EVERY
        else list_words([group_name(charter, known, group) for group in entry.groups])
    )
    indicators = (
        "Every indicator of this charter"
        if entry.indicators == EVERY
        else list_words([title_words(charter, known, name) for name in entry.indicators])
    )
    grades = "Each grade, and all grades together" if entry.grades == "each" else "All together"
    return (_AUDIENCES[entry.audience], _LEVELS[entry.level], groups, grades, indicators)


def _groups(charter: Charter, known: CatalogueIndex) -> str:
    names = [group_name(charter, known, group) for group in charter.group_ids]
    return "; ".join(
        name[0].lower() + name[1:] if name.startswith("All ") else name for name in names
    )
