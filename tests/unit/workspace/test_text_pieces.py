"""Two texts side by side, word by word."""

from __future__ import annotations

from accord.workspace.charter.pieces import Pair, Piece, pair_of


def same(text: str) -> Piece:
    return Piece(text, is_other=False)


def other(text: str) -> Piece:
    return Piece(text, is_other=True)


def test_the_words_that_changed_are_told_from_those_that_stayed() -> None:
    assert pair_of("At least 45 % by 2026.", "At least 50 % by 2026.") == Pair(
        (same("At least "), other("45"), same(" % by 2026.")),
        (same("At least "), other("50"), same(" % by 2026.")),
    )


def test_what_was_put_in_is_marked_on_its_side_alone() -> None:
    assert pair_of("Visit schools.", "Visit four schools.") == Pair(
        (same("Visit "), same("schools.")), (same("Visit "), other("four "), same("schools."))
    )


def test_texts_with_little_in_common_are_shown_whole() -> None:
    pair = pair_of("Teachers write units together.", "Counselors agree on what on track means.")
    assert [len(side) for side in (pair.before, pair.after)] == [1, 1]
    assert pair.before[0].is_other


def test_a_clause_that_is_new_has_nothing_before() -> None:
    assert pair_of("", "Numbers.") == Pair((), (other("Numbers."),))


def test_a_space_between_two_words_that_changed_has_changed_with_them() -> None:
    pair = pair_of("led by a Head of Units", "led by a Director for Units")
    assert "".join(piece.text for piece in pair.after if piece.is_other) == "Director for"
