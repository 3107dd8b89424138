"""The files themselves: how each district writes, and that they can be mapped and made again."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_district import SEED, STUDENTS, YEARS, Made

from accord.base.documents import read_document
from accord.base.errors import InputError, StateError
from accord.base.periods import SchoolYear
from accord.base.progress import SILENT
from accord.station.records.mapping import ImportMapping, SourceMapping
from accord.station.records.model import record_model
from accord.station.synth import load_profile, make_district

FEW = 300


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("cedar-valley", "harbor-point"):
        profile = load_profile(name)
        first, again, other = (
            contents(
                make_district(profile, tmp_path / f"{name}-{turn}", YEARS[:2], seed, SILENT,
                              students=FEW)
            )
            for turn, seed in enumerate((SEED, SEED, SEED + 1))
        )  # fmt: skip
        assert first == again
        assert first["truth.json"] != other["truth.json"]


def test_cedar_writes_commas_american_dates_and_a_byte_order_mark(cedar: Made) -> None:
    assert (cedar.folder / "SCHOOLS.csv").read_bytes().startswith(b"\xef\xbb\xbfCDSCode,")
    header, *lines = (cedar.folder / "SENR_2023-24.csv").read_text().split("\n")
    assert header == (
        "LocalStudentID,SchoolCode,AcademicYear,GradeLevel,EnrollmentStatus,EnrollmentStartDate,"
        "EnrollmentExitDate,StudentExitReason"
    )
    assert any(line.endswith(",2023-2024,TK,10,08/14/2023,06/06/2024,E155") for line in lines)
    assert any(line.endswith(",2023-2024,12,10,08/14/2023,06/06/2024,E230") for line in lines)


def test_harbor_writes_carets_iso_dates_and_leaves_open_exits_blank(harbor: Made) -> None:
    header, *lines = (harbor.folder / "enrol_2023-24.txt").read_text().split("\n")
    assert header == "STU_NO^SITE^YR^GR^MAIN^BEGAN^ENDED^WHY"
    assert any(line.endswith("^2023-24^-1^1^2023-08-28^^") for line in lines)
    assert (harbor.folder / "sites.xlsx").read_bytes().startswith(b"PK")


def test_harbor_counts_absence_in_periods_halves_among_them(harbor: Made) -> None:
    periods = dict(harbor.rows("SELECT PERIODS, count(*) FROM absences GROUP BY ALL"))
    assert set(periods) == {"6", "3"}
    assert 0.03 < periods["3"] / sum(periods.values()) < 0.09


def mapping_of(made: Made) -> ImportMapping:
    return read_document(made.folder / "mapping.yaml", ImportMapping)[0]


def source_of(mapping: ImportMapping, file: Path) -> SourceMapping:
    (source,) = (source for source in mapping.sources if source.takes(file))
    return source


def test_the_mapping_takes_each_file_once_and_as_of_the_last_day(made: Made) -> None:
    mapping = mapping_of(made)
    assert mapping.district == made.profile.district.id
    assert mapping.as_of == YEARS[-1].last_day
    for name in made.truth["files"]:
        source_of(mapping, made.folder / name)


def test_the_mapping_knows_every_column_code_and_field(made: Made) -> None:
    mapping = mapping_of(made)
    for file in made.layout.files:
        source = source_of(mapping, made.folder / made.files(file.extract)[0])
        assert source.student in {None, next(iter(file.columns))}
        for table in source.tables:
            model = record_model().table(table.table)
            assert set(table.when) <= set(file.columns)
            for field, column in table.columns.items():
                model.field(field)
                if column.column is None:
                    continue
                assert column.column in file.columns
                if column.codes is not None:
                    used = made.rows(f'SELECT DISTINCT "{column.column}" FROM {file.extract}')
                    assert {code for (code,) in used if code is not None} <= set(column.codes)
            filled = {*table.columns, "student", "local_id"}
            assert {f.name for f in model.fields if f.required and f.default is None} <= filled


def test_a_folder_that_is_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="something here already"):
        make_district(load_profile("cedar-valley"), tmp_path, YEARS, SEED, SILENT, students=FEW)


@pytest.mark.parametrize(
    ("years", "students", "seed"),
    [
        ([], FEW, SEED),
        ([SchoolYear(2020), SchoolYear(2022)], FEW, SEED),
        ([SchoolYear(2020)], 199, SEED),
        ([SchoolYear(2020)], FEW, -1),
    ],
)
def test_what_cannot_be_made_is_refused(
    tmp_path: Path, years: list[SchoolYear], students: int, seed: int
) -> None:
    with pytest.raises(InputError):
        make_district(load_profile("cedar-valley"), tmp_path / "x", years, seed, SILENT,
                      students=students)  # fmt: skip
    assert not (tmp_path / "x").exists()


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(InputError, match="cedar-valley, harbor-point"):
        load_profile("atlantis")


def test_schools_follow_the_number_of_students(made: Made) -> None:
    (count,) = made.rows("SELECT count(*) FROM schools")[0]
    full = sum(kind.count for kind in made.profile.schools.kinds)
    assert 0.5 < count / (full * STUDENTS / made.profile.students) < 1.6
