"""Numbers that could outgrow an engine are refused when they are written."""

from __future__ import annotations

import pytest

from accord.indicators.language.nodes import MeaningError, Type
from accord.indicators.language.parse import Scope, parse
from accord.indicators.language.size import Size, check_sizes, size_of

SCOPE = Scope("column", {"score": Type.INTEGER, "days": Type.DECIMAL}, over_cells=False)
SIZES = {"score": Size(10, 0), "days": Size(4, 2)}


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("score", Size(10, 0)),
        ("-days", Size(4, 2)),
        ("0.10 * days", Size(5, 4)),
        ("days + score", Size(11, 2)),
        ("score * score", Size(20, 0)),
        ("greatest(days, score)", Size(10, 2)),
        ("case when score > 1 then days else 0.125 end", Size(4, 3)),
        ("100", Size(3, 0)),
        ("0.001", Size(1, 3)),
    ],
)
def test_sizes(text: str, size: Size) -> None:
    assert size_of(parse(text, SCOPE), SIZES) == size


@pytest.mark.parametrize(
    "text",
    [
        "score * score * score",
        "score * score * days * days",
        "1 + score * score * score",
        "-(score * score * score)",
        "greatest(1, score * score * score)",
        "case when score * score * score > 1 then 1 end",
        "case when score > 1 then score * score * score end",
        "score * score > 0.000000001",
        "score * score in (0.000000001)",
    ],
)
def test_what_could_outgrow_an_engine_is_refused(text: str) -> None:
    with pytest.raises(MeaningError, match="could grow to"):
        check_sizes(parse(text, SCOPE), SIZES)


def test_the_largest_that_fits() -> None:
    check_sizes(parse("score * score * days > 0", SCOPE), SIZES)
