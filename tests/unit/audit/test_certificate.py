"""A certificate holds for what it was made of, and for nothing else."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from accord.audit.attacks import audit
from accord.audit.certificate import Certificate, read_certificate
from accord.audit.certifying import certify
from accord.audit.checking import check_certificate
from accord.base.errors import InputError, RefusedError
from accord.cells.cell import Cell
from accord.cells.relations import Relations
from accord.charter.model import Disclosure
from adversary.publications import cell, source

GENDER = Relations((("female", "male", "nonbinary"),), ())
RATE = "suspension-rate"


def cells(male: tuple[int, int] | None = (34, 156)) -> list[Cell]:
    """Two hidden groups that share 26 of 144."""
    return [
        cell(RATE, "all", (60, 300)),
        cell(RATE, "female", None),
        cell(RATE, "male", male),
        cell(RATE, "nonbinary", None),
    ]


def made() -> Certificate:
    return certify(audit([source(*cells())], relations=GENDER))


def check(certificate: Certificate, *shown: Cell, rules: Disclosure | None = None) -> int:
    return check_certificate(certificate, [source(*shown, rules=rules)], relations=GENDER)


def test_it_holds_for_what_it_was_made_of(tmp_path: Path) -> None:
    certificate = made()
    certificate.write(tmp_path / "one.certificate")
    read = read_certificate(tmp_path / "one.certificate")
    assert check(read, *cells()) == 4  # of two groups, who is counted and who is not
    assert read.hash == certificate.hash
    made().write(tmp_path / "again.certificate")
    one, again = (tmp_path / f"{name}.certificate" for name in ("one", "again"))
    assert one.read_bytes() == again.read_bytes()


def test_no_witness_number_can_be_changed() -> None:
    certificate = made()
    for row in range(len(certificate.tables)):
        numbers = certificate.tables["number"].to_pylist()
        numbers[row] += 1
        tables = certificate.tables.set_column(3, "number", pa.array(numbers))
        tampered = replace(certificate, tables=tables)
        with pytest.raises(RefusedError):
            check(tampered, *cells())
        with pytest.raises(RefusedError, match="does not fit|too close"):
            check(tampered.sealed(), *cells())


def test_a_target_that_names_the_same_table_twice_is_too_close() -> None:
    certificate = made()
    targets = certificate.targets.set_column(5, "high", certificate.targets["low"])
    with pytest.raises(RefusedError, match="too close"):
        check(replace(certificate, targets=targets).sealed(), *cells())


def test_no_target_can_be_left_out() -> None:
    certificate = made()
    fewer = certificate.targets.filter(pc.not_equal(certificate.targets["kind"], 1))
    with pytest.raises(RefusedError, match="other hidden numbers"):
        check(replace(certificate, targets=fewer).sealed(), *cells())


def test_another_published_figure_or_rule_is_another_publication() -> None:
    certificate = made()
    for shown, rules in ((cells(male=(33, 156)), None), (cells(), Disclosure(colluders=5))):
        with pytest.raises(RefusedError, match="other publications"):
            check(certificate, *shown, rules=rules)


def test_figures_that_changed_break_the_tables_themselves() -> None:
    """Even a statement that names the changed table doesn't help."""
    other = source(*cells(male=(33, 156)))
    certificate = made()
    (named,) = certificate.statement.sources
    statement = certificate.statement.model_copy(
        update={"sources": (named.model_copy(update={"id": other.id}),)}
    )
    with pytest.raises(RefusedError, match="does not fit"):
        check_certificate(replace(certificate, statement=statement), [other], relations=GENDER)


def test_there_is_none_for_what_is_exposed() -> None:
    exposed = [each for each in cells() if each.group != "female"]
    exposed.append(cell(RATE, "female", (25, 140)))
    with pytest.raises(RefusedError, match="no certificate"):
        certify(audit([source(*exposed)], relations=GENDER))


def test_a_file_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.certificate"
    path.write_bytes(made().packed()[:-40])
    with pytest.raises(InputError):
        read_certificate(path)


@pytest.mark.parametrize("numbers", [pa.int32(), None], ids=["another type", "a number missing"])
def test_every_column_has_whole_numbers_and_all_of_them(
    numbers: pa.DataType | None, tmp_path: Path
) -> None:
    """One column of the four is spoiled, and the statement names the tables as they are."""
    certificate = made()
    column = certificate.tables["number"].to_pylist()
    spoiled = pa.array(column, numbers) if numbers else pa.array([*column[:-1], None], pa.int64())
    tables = certificate.tables.set_column(3, "number", spoiled)
    replace(certificate, tables=tables).sealed().write(tmp_path / "spoiled.certificate")
    with pytest.raises(InputError):
        read_certificate(tmp_path / "spoiled.certificate")


def test_what_it_says_of_each_publication_and_case() -> None:
    """Two hidden numbers of two groups each, and a few tables that tell them apart."""
    statement = made().statement
    (named,) = statement.sources
    assert (named.audience, named.number, named.background) == ("public", 1, False)
    assert (named.minimum, named.threshold, named.colluders) == (11, 3, 2)
    (case,) = statement.cases
    assert (case.district, case.period, case.fact) == ("99100010000000", "2023-24", "student_year")
    assert (case.schools, case.unchanged, case.sums) == (True, True, True)
    assert (case.hidden, case.pre_existing) == (4, ())
    assert 2 <= case.tables <= 8


def test_checking_loads_no_solver() -> None:
    code = "import sys, accord.audit.checking; sys.exit('highspy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
