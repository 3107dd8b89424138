"""Every reason why a certificate proves nothing, each brought about by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from accord.audit import certificate as certificates
from accord.audit.attacks import audit
from accord.audit.certificate import AuditedCase, Certificate, read_certificate
from accord.audit.certifying import certify
from accord.audit.checking import check_certificate
from accord.audit.sources import Source
from accord.base.errors import InputError, RefusedError
from accord.cells.relations import Relations
from adversary.publications import PERIOD, cell, figures, source
from unit.audit.written_out import ALONE, GENDER

RATE = "suspension-rate"


def table(*, period: str = PERIOD) -> Source:
    """Two hidden groups that share 26 of 144."""
    return source(
        cell(RATE, "all", (60, 300), period=period), cell(RATE, "female", None, period=period),
        cell(RATE, "male", (34, 156), period=period), cell(RATE, "nonbinary", None, period=period),
    )  # fmt: skip


def made() -> Certificate:
    return certify(audit([table()], relations=GENDER))


def with_case(certificate: Certificate, **changes: object) -> Certificate:
    """The statement says something else of its case; its hashes are made anew."""
    (case,) = certificate.statement.cases
    changed = case.model_copy(update=changes)
    statement = certificate.statement.model_copy(update={"cases": (changed,)})
    return replace(certificate, statement=statement).sealed()


def with_cases(certificate: Certificate, *cases: AuditedCase) -> Certificate:
    statement = certificate.statement.model_copy(update={"cases": cases})
    return replace(certificate, statement=statement).sealed()


def column(certificate: Certificate, place: int, change: Callable[[list[int]], None]) -> pa.Table:
    """The targets with one column changed."""
    name = certificate.targets.column_names[place]
    numbers = certificate.targets[name].to_pylist()
    change(numbers)
    return certificate.targets.set_column(place, name, pa.array(numbers, pa.int64()))


def refused(certificate: Certificate, *sources: Source) -> list[str]:
    with pytest.raises(RefusedError) as found:
        check_certificate(certificate, sources or [table()], relations=GENDER)
    return [problem.what for problem in found.value.problems]


def test_a_case_can_not_be_left_out_named_twice_or_made_up() -> None:
    certificate = made()
    (case,) = certificate.statement.cases
    wrong = "The certificate leaves a district, school year or fact out, or names one too many."
    other = case.model_copy(update={"period": "2022-23"})
    before = case.model_copy(update={"newest": False})
    for cases in ((), (case, case), (case, other), (other,), (before,)):
        assert refused(with_cases(certificate, *cases)) == [wrong]


def test_more_can_not_be_taken_for_granted_than_holds() -> None:
    """School A alone has 12 in foster care, the district 9: they can't be added up."""
    cells = source(
        cell("own-rate", "all", (90, 460)), cell("own-rate", "foster", (9, 30)),
        cell("own-rate", "all", (40, 200), school="A"),
        cell("own-rate", "foster", (12, 20), school="A"),
        cell("own-rate", "all", (50, 260), school="B"),
        cell("own-rate", "foster", None, school="B"),
    )  # fmt: skip
    honest = certify(audit([cells], relations=ALONE))
    assert not honest.statement.cases[0].schools
    assert check_certificate(honest, [cells], relations=ALONE) == honest.statement.cases[0].hidden
    with pytest.raises(RefusedError, match="takes more for granted than holds in 99100010000000"):
        check_certificate(with_case(honest, schools=True), [cells], relations=ALONE)


def test_less_may_be_taken_for_granted() -> None:
    """Whoever assumes less is shown more tables, and those that were named still fit."""
    case = made().statement.cases[0]
    assert check_certificate(with_case(made(), sums=False), [table()], relations=GENDER) == 4
    assert (case.hidden, case.sums) == (4, True)


def test_the_number_of_hidden_numbers_is_part_of_the_proof() -> None:
    (reason,) = refused(with_case(made(), hidden=5))
    assert reason.startswith("The certificate has other hidden numbers than 99100010000000")


@pytest.mark.parametrize("end", [4, 5], ids=["low", "high"])
@pytest.mark.parametrize("number", [-1, 99])
def test_a_hidden_number_names_two_tables_that_are_there(end: int, number: int) -> None:
    def spoil(numbers: list[int]) -> None:
        numbers[2] = number

    certificate = made()
    changed = replace(certificate, targets=column(certificate, end, spoil)).sealed()
    (reason,) = refused(changed)
    assert "names a witness table that is not there" in reason


@pytest.mark.parametrize(("place", "name"), [(1, "table"), (2, "variable")])
@pytest.mark.parametrize("number", [-1, 99])
def test_a_witness_table_speaks_of_places_that_are_there(
    place: int, name: str, number: int
) -> None:
    certificate = made()
    numbers = certificate.tables[name].to_pylist()
    numbers[-1] = number
    tables = certificate.tables.set_column(place, name, pa.array(numbers, pa.int64()))
    (reason,) = refused(replace(certificate, tables=tables).sealed())
    assert "speaks of a place that is not there" in reason


def test_a_table_that_does_not_fit_is_told_with_how_much_of_it_does_not() -> None:
    """One more of the second hidden number breaks the line of its group, and no range."""
    certificate = made()
    numbers = certificate.tables["number"].to_pylist()
    numbers[0] += 1
    tables = certificate.tables.set_column(3, "number", pa.array(numbers))
    (reason,) = refused(replace(certificate, tables=tables).sealed())
    assert reason.startswith("Witness table 0 of 99100010000000 2023-24 student_year does not fit")
    assert reason.endswith("0 numbers out of range, 1 lines that don't hold.")


def test_what_is_too_close_is_named_by_definition_and_place() -> None:
    def same(numbers: list[int]) -> None:
        numbers[:] = certificate.targets["low"].to_pylist()

    certificate = made()
    reasons = refused(replace(certificate, targets=column(certificate, 5, same)).sealed())
    place = "(district, all grades), are too close."
    groups = ("female", "nonbinary") * 2
    assert reasons == [f"The two tables for {RATE}@1.0, {each} {place}" for each in groups]


def test_what_others_expose_alone_needs_no_two_tables() -> None:
    """B's principal knows B; of A the release tells nothing without its total."""
    hidden = source(
        cell("own-rate", "all", None, school="A"), cell("own-rate", "all", None, school="B")
    )
    own = figures(cell("own-rate", "all", (20, 80), school="B"))
    certificate = certify(audit([hidden, own], relations=ALONE))
    (case,) = certificate.statement.cases
    assert (case.hidden, case.pre_existing) == (4, (1, 3))
    assert check_certificate(certificate, [hidden, own], relations=ALONE) == 4
    for kept in ((), (1,), (3,)):
        with pytest.raises(RefusedError, match="own-rate@1.0, all .school B, all grades., are too"):
            check_certificate(with_case(certificate, pre_existing=kept), [hidden, own],
                              relations=ALONE)  # fmt: skip


def test_every_entry_is_held_against_its_hash(tmp_path: Path) -> None:
    """The statement is older than the tables."""
    certificate = made()
    fewer = replace(certificate, tables=certificate.tables.slice(1))
    reasons = refused(fewer)
    assert "The certificate's tables are not those that its statement names." in reasons
    path = tmp_path / "altered.certificate"
    entries = {
        certificates.STATEMENT: certificate.statement.written(),
        certificates.TABLES: b"no table",
        certificates.TARGETS: b"no table",
    }
    path.write_bytes(certificates.archive_bytes(entries))
    with pytest.raises(InputError):
        read_certificate(path)
    entries = certificates.archive_entries(certificate.packed())
    entries[certificates.TABLES] = certificates.archive_entries(fewer.packed())[certificates.TABLES]
    path.write_bytes(certificates.archive_bytes(entries))
    with pytest.raises(RefusedError, match="tables.parquet is not what its statement says"):
        read_certificate(path)


def test_a_file_as_large_as_no_certificate_is_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.certificate"
    made().write(path)
    monkeypatch.setattr(certificates, "MOST_BYTES", path.stat().st_size)
    assert read_certificate(path).hash == made().hash
    monkeypatch.setattr(certificates, "MOST_BYTES", path.stat().st_size - 1)
    with pytest.raises(InputError):
        read_certificate(path)


def test_no_more_reasons_are_told_than_anyone_reads() -> None:
    """Eleven hidden groups have 22 numbers, all of which name one table twice."""
    groups = [f"g{number:02}" for number in range(11)]
    wide = source(cell(RATE, "all", (600, 3000)), *(cell(RATE, group, None) for group in groups))
    parts = Relations((tuple(groups),), ())
    certificate = certify(audit([wide], relations=parts))
    same = certificate.targets.set_column(5, "high", certificate.targets["low"])
    with pytest.raises(RefusedError) as found:
        check_certificate(replace(certificate, targets=same).sealed(), [wide], relations=parts)
    assert len(found.value.problems) == 20
    assert all("too close" in problem.what for problem in found.value.problems)
