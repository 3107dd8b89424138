"""What a reviewer is shown of a draft, and that an approval is bound to it.

The draft is that of the small partnership: three published cells of the district, one of a school,
one hidden. Why it is hidden is told beside it, as the gate would.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from accord.audit.certificate import (
    ATTACKERS,
    FORMAT,
    TABLE_COLUMNS,
    TARGET_COLUMNS,
    AuditedCase,
    AuditedSource,
    Certificate,
    Statement,
)
from accord.base.errors import StateError
from accord.cells.table import CellTable
from accord.exchange.acts import RELEASED, release_subject
from accord.exchange.ledger import Ledger
from accord.exchange.release import parse_release, write_release
from accord.station.protect.protect import Protected
from accord.station.protect.reasons import Hidden, Reason, Visible
from accord.station.review.changes import Kind
from accord.station.review.draft import Draft, read_draft, write_draft
from accord.station.review.page import write_page
from accord.station.review.review import audited_words, review_draft
from accord.station.station import Station
from partnership import CEDAR, Partnership

INDICATOR = "chronic-absenteeism"


@pytest.fixture
def made(tmp_path: Path) -> Partnership:
    partnership = Partnership(tmp_path)
    partnership.sign()
    return partnership


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station.create(tmp_path / "station", CEDAR, "Cedar Valley Unified")


def drafted(made: Partnership, station: Station, **changes: object) -> Draft:
    """The draft of a release of the partnership's cells, signed by its preparer."""
    data = made.release(sign=lambda id_: [made.signature(id_, "preparer")], **changes)
    hidden = (Hidden(INDICATOR, "2024-25", "", "", "foster", Reason.FEW),)
    visible = (
        Visible(INDICATOR, "2024-25", "district", 3, 2, students=178, shown_students=170),
        Visible(INDICATOR, "2023-24", "district", 1, 1, students=40, shown_students=40),
        Visible(INDICATOR, "2024-25", "school", 1, 1, students=120, shown_students=120),
    )
    release = parse_release(data, station.folder)
    return write_draft(
        station, release, Protected(CellTable.of([]), hidden, visible), certificate(release.id)
    )


def certificate(release: str) -> Certificate:
    """What an audit of the draft beside one earlier release states: 40 numbers, none exposed."""
    rules = {"minimum": 11, "threshold": 3, "colluders": 2}
    sources = tuple(
        AuditedSource(id=each, audience="partners", number=2 - out, background=out, **rules)
        for each, out in ((release, False), ("earlier", True))
    )
    case = AuditedCase(
        district=CEDAR, period="2024-25", fact="student_year", schools=True, unchanged=True,
        sums=True, newest=True, alike=True, hidden=40, tables=2,
    )  # fmt: skip
    statement = Statement(
        format=FORMAT, software="accord", attackers=ATTACKERS, sources=sources, cases=(case,)
    )
    nothing = {name: pa.array([], pa.int64()) for name in (*TABLE_COLUMNS, *TARGET_COLUMNS)}
    tables, targets = (
        pa.table({name: nothing[name] for name in columns})
        for columns in (TABLE_COLUMNS, TARGET_COLUMNS)
    )
    return Certificate(statement, tables, targets)


def test_the_review_says_what_the_audit_found(made: Partnership, station: Station) -> None:
    assert audited_words(review_draft(station, drafted(made, station))) == (
        "Audited, together with one table that is out already: 40 hidden numbers were attacked, "
        "and none can be worked out."
    )


def test_cells_and_students_are_counted_by_indicator_and_level(
    made: Partnership, station: Station
) -> None:
    district, school = review_draft(station, drafted(made, station)).lines
    assert (district.level, district.cells["published"], district.cells["suppressed"]) == (
        "district",
        3,
        1,
    )
    assert district.hidden == {"fewer students than the minimum": 1}
    assert (district.students, district.shown_students) == (218, 210)
    assert district.share == pytest.approx(210 / 218)
    assert (school.level, school.cells["published"], school.hidden, school.share) == (
        "school",
        1,
        {},
        1.0,
    )


def test_it_compares_with_the_release_before_for_the_same_audience(
    made: Partnership, station: Station
) -> None:
    first = review_draft(station, drafted(made, station))
    assert (first.former, first.count(Kind.NEW)) == (None, 4)
    release = parse_release(made.release([made.cell(31)]), Path("first"))
    write_release(release.data, station.releases_folder / f"{CEDAR}-partners-1.accord")
    Ledger(station.ledger).append(RELEASED, release_subject(release))
    second = review_draft(station, drafted(made, station, number=2, follows=release.id))
    assert second.former is not None
    assert second.former.id == release.id
    assert [second.count(kind) for kind in Kind] == [3, 0, 1]


def test_a_review_is_of_one_draft_and_no_other(made: Partnership, station: Station) -> None:
    draft = drafted(made, station)
    assert not draft.is_reviewed
    draft.mark_reviewed()
    assert read_draft(station, "partners").is_reviewed
    assert not drafted(made, station, as_of="2025-07-31").is_reviewed


def test_a_draft_changed_after_its_review_is_not_reviewed(
    made: Partnership, station: Station
) -> None:
    """Even where the change keeps it a sound draft: here another preparer's signature."""
    drafted(made, station).mark_reviewed()
    other = made.release(
        sign=lambda id_: [made.signature(id_, "preparer", title="Head of Assessment")]
    )
    (station.drafts_folder / "partners" / "draft.accord").write_bytes(other)
    assert not read_draft(station, "partners").is_reviewed


def test_there_is_no_draft_before_one_is_prepared_or_after_it_left(
    made: Partnership, station: Station
) -> None:
    with pytest.raises(StateError, match="--prepare"):
        read_draft(station, "partners")
    drafted(made, station).remove()
    with pytest.raises(StateError, match="No release for partners is prepared"):
        read_draft(station, "partners")


def test_an_interrupted_preparation_leaves_no_draft(
    made: Partnership, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed half-way, the earlier draft is gone and the new one not there: prepare again."""
    drafted(made, station)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("accord.station.review.draft._write_json", killed)
    with pytest.raises(KeyboardInterrupt):
        drafted(made, station)
    with pytest.raises(StateError, match="No release for partners is prepared"):
        read_draft(station, "partners")


def test_the_page_says_what_would_leave_and_why_the_rest_would_not(
    made: Partnership, station: Station, tmp_path: Path
) -> None:
    draft = drafted(made, station, embargo="2026-01-15")
    review = review_draft(station, draft)
    write_page(review, station.name, made.catalogue, tmp_path / "review.html")
    page = (tmp_path / "review.html").read_text()
    for said in (
        "4 of 5 cells would be shown, and 1 hidden",
        "Fewer students than the minimum",
        "Director of Assessment, August 20, 2025 at 14:30 UTC",
        "until January 15, 2026",
        "96.3 %",
        draft.hash,
        "first release",
    ):
        assert said in page, said
    assert "src=" not in page
    assert "<script" not in page


def test_programs_get_every_change(made: Partnership, station: Station) -> None:
    written = review_draft(station, drafted(made, station)).as_json()
    assert written["follows"] is None
    assert [one["group"] for one in written["changes"]["new"]].count("all") == 3
    assert written["changes"]["gone"] == []
    assert {line["level"] for line in written["lines"]} == {"district", "school"}
