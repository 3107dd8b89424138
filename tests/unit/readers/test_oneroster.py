"""OneRoster sets by hand: a folder or zip, version 1.1 and 1.2, bulk and delta."""

from __future__ import annotations

import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from accord.base.errors import InputError, StateError
from unit.readers.desk import ANA, BEN, CDS, OTHER_CDS, Desk, reasons

MANIFEST = (
    "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n"
    "file.orgs,{mode}\nfile.users,{mode}\nfile.results,absent\n"
)
BULK = {
    "academicSessions.csv": (
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
        "y,,,The year,schoolYear,2023-08-14,2024-06-07,,2024\n"
        "s1,,,Fall,semester,2023-08-14,2023-12-20,y,2024\n"
    ),
    "orgs.csv": (
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
        "d,,,The district,district,,\n"
        f"o1,,,Apple High,school,{CDS},d\n"
        f"o2,,,Pear Middle,school,{OTHER_CDS},d\n"
    ),
    "users.csv": (
        "\ufeffsourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,"
        "givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,"
        "password,metadata.note\n"
        f'u1,,,true,"o1,o2",student,a,,Given,Family,,{ANA},,,,,09,,\n'
        f"u2,,,true,o2,student,b,,Given,Family,,{BEN},,,,,KG,,\n"
        "u3,,,true,o1,teacher,t,,Given,Family,,T1,,,,,,,\n"
        "u4,,,true,o9,student,c,,Given,Family,,1000000009,,,,,07,,\n"
    ),
    "demographics.csv": (
        "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,"
        "blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,"
        "demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity\n"
        "u1,,,2009-05-06,female,false,true,false,false,true,false,false\n"
        "u2,,,2018-05-06,male,false,false,false,false,true,false,true\n"
        "u9,,,2018-05-06,male,false,false,false,false,true,false,false\n"
    ),
    "courses.csv": (
        "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId\n"
        "k1,,,y,Algebra,ALG1,09,o1\n"
    ),
    "classes.csv": (
        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,"
        "location,schoolSourcedId,termSourcedIds\n"
        "c1,,,Algebra 1,09,k1,A1,scheduled,,o1,s1\n"
    ),
    "enrollments.csv": (
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role\n"
        "e1,,,c1,o1,u1,student\n"
        "e2,,,c1,o1,u3,teacher\n"
    ),
}
LAYOUTS = ("orgs", "users", "demographics", "courses", "classes", "enrollments", "roles")


def folder(desk: Desk, name: str, files: dict[str, str], mode: str | None = "bulk") -> Path:
    manifest = {"manifest.csv": MANIFEST.format(mode=mode)} if mode else {}
    for file, text in (manifest | files).items():
        desk.file(f"{name}/{file}", text)
    return desk.folder / name


@pytest.fixture
def ready(desk: Desk) -> Desk:
    desk.confirm(*(f"oneroster-{name}" for name in LAYOUTS))
    return desk


def test_a_set_in_a_folder(ready: Desk) -> None:
    done = {one.manifest.source: one for one in ready.bring(folder(ready, "set", BULK))}
    schools, users = done["oneroster-orgs"], done["oneroster-users"]
    assert ready.rows(schools, "schools", "school, name") == [
        (CDS, "Apple High"),
        (OTHER_CDS, "Pear Middle"),
    ]
    assert ready.rows(users, "enrolments", "school, grade, entry_date") == [
        (CDS, 9, date(2023, 8, 14)),
        (OTHER_CDS, 0, date(2023, 8, 14)),
    ]
    # The teacher is set aside and nothing of them is kept; a student of a school that is not in
    # the set waits in quarantine.
    assert reasons(users.manifest.lines, "set_aside") == {("not-kept", ""): 1}
    assert reasons(users.manifest.lines) == {("no-such-record", "orgSourcedIds"): 1}
    students = done["oneroster-demographics"]
    assert ready.rows(students, "students", "gender, race_ethnicity") == [("F", "MR"), ("M", "HI")]
    assert reasons(students.manifest.lines)[("no-such-record", "sourcedId")] == 1
    courses = done["oneroster-enrollments"]
    assert ready.rows(courses, "courses", "course_code, section, school") == [("ALG1", "c1", CDS)]
    assert "Its one school year is 2023-24, from 2023-08-14." in courses.manifest.notes


def test_the_students_are_the_same_in_every_file(ready: Desk) -> None:
    done = {one.manifest.source: one for one in ready.bring(folder(ready, "set", BULK))}
    enrolled = ready.rows(done["oneroster-users"], "enrolments", "student")
    described = ready.rows(done["oneroster-demographics"], "students", "student")
    assert enrolled == described


def test_a_set_in_a_zip_without_a_manifest(ready: Desk) -> None:
    path = ready.folder / "set.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        for name, text in BULK.items():
            zipped.writestr(f"inner/{name}", text)
    assert len(ready.bring(path)) == 4


def test_roles_of_version_1_2(ready: Desk) -> None:
    users = (
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,"
        f"identifier,grades\nu1,,,true,a,,Given,Family,{ANA},09\nu3,,,true,t,,Given,Family,T1,\n"
    )
    roles = (
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,"
        "orgSourcedId\nr1,,,u1,primary,student,2023-09-01,2024-01-31,o1\n"
        "r2,,,u1,secondary,student,,,o2\nr3,,,u3,primary,teacher,,,o1\n"
    )
    more = {"users.csv": users, "roles.csv": roles, "demographics.csv": BULK["demographics.csv"]}
    files = {name: BULK[name] for name in ("academicSessions.csv", "orgs.csv")} | more
    done = {one.manifest.source: one for one in ready.bring(folder(ready, "set", files))}
    shown = "school, grade, entry_date, exit_date, enrolment_type"
    assert ready.rows(done["oneroster-roles"], "enrolments", shown) == [
        (CDS, 9, date(2023, 9, 1), date(2024, 1, 31), "primary"),
        (OTHER_CDS, 9, date(2023, 8, 14), None, "secondary"),
    ]


CHANGES = {
    "users.csv": BULK["users.csv"].splitlines()[0]
    + f"\nu2,active,2024-02-01,true,o1,student,b,,Given,Family,,{BEN},,,,,01,,\n"
    "u1,tobedeleted,2024-02-01,true,o1,student,a,,Given,Family,,1,,,,,09,,\n"
}  # fmt: skip


class TestDeltas:
    def test_without_its_bulk(self, ready: Desk) -> None:
        delta = folder(ready, "delta", CHANGES | {"orgs.csv": BULK["orgs.csv"]}, "delta")
        with pytest.raises(InputError, match="only what has changed .delta., and the bulk export"):
            ready.bring(delta)

    def test_after_its_bulk(self, ready: Desk) -> None:
        bulk = folder(ready, "bulk", BULK)
        delta = folder(ready, "delta", CHANGES | {"orgs.csv": BULK["orgs.csv"]}, "delta")
        done = {one.manifest.source: one for one in ready.bring(bulk, delta)}
        users = done["oneroster-users"]
        # One student moved to another school and grade, one is deleted.
        assert ready.rows(users, "enrolments", "school, grade") == [(CDS, 1)]
        assert users.manifest.lines.read == 6
        assert "delta changes the set before it." in users.manifest.notes

    def test_with_other_columns(self, ready: Desk) -> None:
        bulk = folder(ready, "bulk", BULK)
        changes = {"users.csv": "sourcedId,role\nu1,student\n", "orgs.csv": BULK["orgs.csv"]}
        with pytest.raises(InputError, match="other columns than in the bulk set"):
            ready.bring(bulk, folder(ready, "delta", changes, "delta"))

    def test_two_bulk_sets(self, ready: Desk) -> None:
        with pytest.raises(InputError, match="there twice as a bulk export"):
            ready.bring(folder(ready, "one", BULK), folder(ready, "two", BULK))


class TestRefused:
    def test_a_file_that_the_manifest_names_is_not_there(self, ready: Desk) -> None:
        less = {name: text for name, text in BULK.items() if name != "users.csv"}
        with pytest.raises(InputError, match="users.csv is there .bulk., and it is not"):
            ready.bring(folder(ready, "set", less))

    def test_no_school_year(self, ready: Desk) -> None:
        less = {name: text for name, text in BULK.items() if name != "academicSessions.csv"}
        path = folder(ready, "set", less)
        with pytest.raises(InputError, match="hold no school year"):
            ready.bring(path)
        assert len(ready.bring(path, year="2023-24")) == 4

    def test_a_file_without_a_column_that_is_read(self, ready: Desk) -> None:
        spoiled = BULK | {"users.csv": BULK["users.csv"].replace("identifier", "number")}
        with pytest.raises(InputError, match="lacks columns that are read: identifier"):
            ready.bring(folder(ready, "set", spoiled))

    def test_a_layout_that_nobody_has_confirmed(self, desk: Desk) -> None:
        with pytest.raises(
            StateError, match="confirms each once: oneroster-classes, oneroster-courses"
        ):
            desk.bring(folder(desk, "set", BULK))


def test_a_template_with_odd_headers(ready: Desk) -> None:
    beside = Path(__file__).parents[4] / "shared" / "data"
    path = Path(os.environ.get("ACCORD_REAL_DATA", beside)) / "oneroster_samples" / "slc_v1.1"
    if not path.is_dir():
        pytest.skip("the OneRoster samples are not there; set ACCORD_REAL_DATA")
    for one in ready.bring(path, year="2016-17"):
        lines = one.manifest.lines
        assert lines.read == lines.loaded + lines.quarantined + lines.set_aside
