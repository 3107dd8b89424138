"""Snapshots: immutable, idempotent, superseded and kept; all of a command's files or none."""

from __future__ import annotations

import errno
import hmac
import json
import os
import stat
from pathlib import Path

import duckdb
import pytest

from accord.base.errors import InputError, MachineError, StateError
from accord.base.files import PARTIAL
from accord.station.records import current, import_files, importing, pseudonym
from accord.station.records.snapshot import read_journal
from unit.records.records_bench import GOOD, HEADER, TESTS, Bench, results_source, source, table


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of a station and what is in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_nothing_imported_yet(bench: Bench) -> None:
    with pytest.raises(StateError, match="accord import"):
        current(bench.station)


def test_the_same_file_again_changes_nothing(bench: Bench) -> None:
    path = bench.file([HEADER, GOOD])
    assert bench.bring(path).files[0].status == "imported"
    before = everything(bench.station.folder)
    again = bench.bring(path).files[0]
    assert (again.status, again.supersedes) == ("already imported", "")
    assert everything(bench.station.folder) == before


def test_a_copy_under_another_name_changes_nothing(bench: Bench) -> None:
    bench.bring(bench.file([HEADER, GOOD], "results.csv"))
    again = bench.bring(bench.file([HEADER, GOOD], "results (1).csv")).files[0]
    assert again.status == "already imported"
    assert len(current(bench.station).snapshots) == 1


def test_copies_of_a_file_in_one_command(bench: Bench) -> None:
    """They are made at once; one of them counts."""
    paths = [bench.file([HEADER, GOOD], f"{number}.csv") for number in range(6)]
    report = import_files(bench.station, bench.mapping(results_source()), paths)
    assert sorted(each.status for each in report.files) == ["already imported"] * 5 + ["imported"]
    assert len(current(bench.station).snapshots) == 1


def test_a_corrected_file_supersedes_and_both_are_kept(bench: Bench) -> None:
    first = bench.bring(bench.file([HEADER, GOOD])).files[0].manifest
    second = bench.bring(bench.file([HEADER, GOOD.replace("2400", "2500")])).files[0]
    assert second.supersedes == first.snapshot
    records = current(bench.station)
    assert records.snapshots == (second.manifest.snapshot,)
    assert bench.rows(first, "tests", "scale_score") == [(2400,)]
    (path,) = records.tables["tests"]
    assert duckdb.sql(f"SELECT scale_score FROM '{path}'").fetchall() == [(2500,)]


def test_back_to_the_first_file(bench: Bench) -> None:
    first = bench.bring(bench.file([HEADER, GOOD])).files[0].manifest
    second = bench.bring(bench.file([HEADER, GOOD.replace("2400", "2500")])).files[0].manifest
    third = bench.bring(bench.file([HEADER, GOOD])).files[0]
    assert (third.status, third.supersedes) == ("imported", second.snapshot)
    assert current(bench.station).snapshots == (first.snapshot,)


def test_a_corrected_mapping_supersedes(bench: Bench) -> None:
    path = bench.file([HEADER, GOOD])
    first = bench.bring(path).files[0].manifest
    science = TESTS | {"subject": {"constant": "science"}}
    second = bench.bring(path, source(table("tests", science))).files[0]
    assert second.supersedes == first.snapshot


def test_two_files_stand_side_by_side(bench: Bench) -> None:
    bench.bring(bench.file([HEADER, GOOD], "2023.csv"))
    bench.bring(bench.file([HEADER, GOOD.replace("101", "102")], "2024.csv"))
    records = current(bench.station)
    assert len(records.snapshots) == len(records.tables["tests"]) == 2


def test_the_hash_of_the_records_follows_them(bench: Bench) -> None:
    bench.bring(bench.file([HEADER, GOOD]))
    one = current(bench.station).hash
    bench.bring(bench.file([HEADER, GOOD.replace("2400", "2500")]))
    two = current(bench.station).hash
    bench.bring(bench.file([HEADER, GOOD]))
    assert one != two
    assert current(bench.station).hash == one


def test_the_day_and_the_status_of_the_records(bench: Bench) -> None:
    paths = [bench.file([HEADER, GOOD.replace("101", str(n))], f"{n}.csv") for n in range(3)]
    said = [
        ("2024-01-31", "certified"),
        ("2024-06-30", "preliminary"),
        ("2024-03-31", "unofficial"),
    ]
    for path, (as_of, status) in zip(paths[:2], said[:2], strict=True):
        mapping = bench.mapping(results_source(), as_of=as_of, data_status=status)
        import_files(bench.station, mapping, [path])
    records = current(bench.station)
    assert (str(records.as_of), records.data_status) == ("2024-06-30", "preliminary")
    mapping = bench.mapping(results_source(), as_of=said[2][0], data_status=said[2][1])
    import_files(bench.station, mapping, [paths[2]])
    records = current(bench.station)
    assert (str(records.as_of), records.data_status) == ("2024-06-30", "unofficial")


def test_all_files_of_a_command_or_none(bench: Bench) -> None:
    good = bench.file([HEADER, GOOD], "good.csv")
    bad = bench.file(["Id,School", "1,7001"], "bad.csv")
    before = everything(bench.station.folder)
    with pytest.raises(InputError, match="no such column"):
        import_files(bench.station, bench.mapping(results_source()), [good, bad])
    after = everything(bench.station.folder)
    after.pop("station.lock")
    assert after == before


def test_two_files_that_would_supersede_each_other(bench: Bench) -> None:
    (bench.folder / "old").mkdir()
    paths = [bench.file([HEADER, GOOD], "a.csv"), bench.file([HEADER, GOOD], "old/A.tsv")]
    with pytest.raises(InputError, match="supersede each other"):
        import_files(bench.station, bench.mapping(results_source()), paths)


def test_a_file_that_no_source_takes_or_two_do(bench: Bench) -> None:
    path = bench.file([HEADER, GOOD], "a.csv")
    with pytest.raises(InputError, match=r"No source of the mapping.*now: \*.txt"):
        bench.bring(path, results_source(files="*.txt"))
    with pytest.raises(InputError, match="Two sources take"):
        bench.bring(path, results_source(), results_source(name="other"))


def test_no_file_and_a_missing_file(bench: Bench) -> None:
    with pytest.raises(InputError, match="No file was given"):
        import_files(bench.station, bench.mapping(results_source()), [])
    with pytest.raises(MachineError, match=r"nowhere.csv: There is no such file"):
        bench.bring(bench.folder / "nowhere.csv")


# Pseudonyms and names


def test_a_pseudonym_is_a_keyed_hash_of_the_district_s_identifier(bench: Bench) -> None:
    manifest = bench.manifest([HEADER, GOOD, GOOD.replace("101", "Muñoz-7")])
    secret = bench.station.secret
    expected = [
        hmac.new(secret, local_id.encode(), "sha256").hexdigest()[:32]
        for local_id in ("101", "Muñoz-7")
    ]
    assert [student for (student,) in bench.rows(manifest, "tests", "student")] == expected
    assert pseudonym(secret, "101") == expected[0]


def test_names_are_kept_apart_and_to_the_owner(bench: Bench) -> None:
    both = source(
        table("tests", TESTS), table("names", {"last_name": "Last", "first_name": "First"})
    )
    manifest = bench.manifest([HEADER + ",Last,First", GOOD + ",Oakleaf,Sample"], both)
    assert manifest.tables == {"tests": 1}
    path = bench.station.names_folder / f"{manifest.snapshot}.parquet"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    query = f"SELECT local_id, last_name, first_name, student FROM '{path}'"
    secret = bench.station.secret
    expected = [("101", "Oakleaf", "Sample", pseudonym(secret, "101"))]
    assert duckdb.sql(query).fetchall() == expected
    snapshot = bench.station.imports_folder / manifest.snapshot
    assert not any(b"Oakleaf" in data for data in everything(snapshot).values())
    assert "names" not in current(bench.station).tables


def test_no_student_s_value_outside_the_quarantine(bench: Bench) -> None:
    rows = ["S3CR3T1,7001,2023-24,M,5,24", "S3CR3T2,70 01,2023-24,XX,5,24", 'S3CR3T3,"x']
    manifest = bench.manifest([HEADER, *rows])
    assert manifest.lines.quarantined == 2
    for name, data in everything(bench.station.folder).items():
        assert b"S3CR3T" not in data or name.endswith("quarantine.xlsx"), name


# What the machine may do


def test_a_manifest_says_where_everything_came_from(bench: Bench) -> None:
    path = bench.file([HEADER, GOOD])
    manifest = bench.bring(path).files[0].manifest
    folder = bench.station.imports_folder / manifest.snapshot
    plain = json.loads((folder / "manifest.json").read_text())
    assert plain["source_hash"].startswith("sha256:")
    assert plain["lines"]["read"] == 1
    assert plain["district"] == bench.station.district


def test_a_damaged_manifest_and_a_damaged_journal(bench: Bench) -> None:
    manifest = bench.manifest([HEADER, GOOD])
    path = bench.station.imports_folder / manifest.snapshot / "manifest.json"
    path.write_text("{}")
    with pytest.raises(InputError, match="Restore"):
        current(bench.station)
    bench.station.imports_journal.write_text("{}\n")
    with pytest.raises(InputError, match="line 1"):
        read_journal(bench.station)


def test_leftovers_of_a_crash_are_cleared_by_the_next_import(bench: Bench) -> None:
    bench.bring(bench.file([HEADER, GOOD], "a.csv"))
    imports, names = bench.station.imports_folder, bench.station.names_folder
    (imports / "0123456789ab").mkdir()
    (imports / "0123456789ab" / "tests.parquet").write_bytes(b"half")
    (imports / f"fedcba987654{PARTIAL}1").mkdir()
    (names / "0123456789ab.parquet").write_bytes(b"half")
    bench.bring(bench.file([HEADER, GOOD.replace("101", "102")], "b.csv"))
    assert {path.name for path in imports.iterdir()} == set(current(bench.station).snapshots)
    assert not list(names.iterdir())


def test_a_torn_line_of_the_journal_never_counted(bench: Bench) -> None:
    bench.bring(bench.file([HEADER, GOOD], "a.csv"))
    with bench.station.imports_journal.open("ab") as journal:
        journal.write(b'{"slot": "extract/b", "snap')
    assert len(current(bench.station).snapshots) == 1
    bench.bring(bench.file([HEADER, GOOD.replace("101", "102")], "b.csv"))
    assert len(current(bench.station).snapshots) == 2


def test_a_full_disk_leaves_everything_as_it_was(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.bring(bench.file([HEADER, GOOD], "a.csv"))
    before = everything(bench.station.folder)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("accord.station.records.building.write_tables", full)
    with pytest.raises(MachineError, match="disk is full"):
        bench.bring(bench.file([HEADER, GOOD], "b.csv"), results_source(name="other"))
    assert everything(bench.station.folder) == before


def test_a_file_that_grows_while_it_is_read(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    path = bench.file([HEADER, GOOD])
    make = importing.make_snapshot

    def slowly(*arguments: object) -> object:
        made = make(*arguments)  # type: ignore[arg-type]
        with path.open("a") as stream:
            stream.write(GOOD.replace("101", "102") + "\n")
        return made

    monkeypatch.setattr(importing, "make_snapshot", slowly)
    with pytest.raises(StateError, match="changed while"):
        bench.bring(path)
    with pytest.raises(StateError, match="no records yet"):
        current(bench.station)


def test_a_read_only_station(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(MachineError, match="read-only"):
        bench.bring(bench.file([HEADER, GOOD]))
