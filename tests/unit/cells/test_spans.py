"""Which schools serve which grades, read off a table that says where somebody is."""

from __future__ import annotations

import numpy as np

from accord.cells.frame import frame_of
from accord.cells.places import Places
from accord.cells.relations import Relations
from accord.cells.spans import Span, spans_of
from unit.cells.test_frame import said


def spans(**served: str) -> tuple[Span, ...]:
    """The spans of schools with their grades; nobody is in grade 9 of any school."""
    cells = [(school, grade, "all") for school in served for grade in ("", "K", "6", "7", "9")]
    anybody = [grade in served[school] for school, grade, _ in cells]
    return spans_of(Places.of(cells), np.array(anybody))


def test_schools_that_share_a_grade_are_in_one_span() -> None:
    """a and b share kindergarten, b and c grade 6; d has grade 7 by itself."""
    assert spans(a="K", b="K6", c="6", d="7") == (
        Span(("a", "b", "c"), ("6", "K")), Span(("d",), ("7",))
    )  # fmt: skip


def test_a_span_of_every_school_tells_nothing() -> None:
    assert spans(a="K6", b="67") == ()
    assert spans(a="", b="67") == ()


def test_schools_add_up_to_the_grades_of_their_span() -> None:
    """a and b have kindergarten and grade 6 together, c grade 7 alone."""
    cells = [("", grade, group) for grade in ("6", "7", "K") for group in ("all", "foster")]
    cells += [(school, "", group) for school in "abc" for group in ("all", "foster")]
    known = (Span(("a", "b"), ("6", "K")), Span(("c",), ("7",)))
    frame = frame_of(Places.of(cells), Relations((), ()), known)
    groups = "all", "foster", "all but foster"
    assert said(frame, frame.schools) == {
        *(f"+{group}@a +{group}@b -{group}@6 -{group}@K" for group in groups),
        *(f"+{group}@7 -{group}@c" for group in groups),
    }


def test_a_span_tells_nothing_where_a_grade_or_a_school_has_no_cell() -> None:
    cells = [("", "7", "all"), ("a", "", "all"), ("b", "", "all")]
    known = (Span(("a",), ("6", "7")), Span(("b", "c"), ("7",)))
    assert not len(frame_of(Places.of(cells), Relations((), ()), known).schools)
