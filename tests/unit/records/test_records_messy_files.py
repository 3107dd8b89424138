"""Files as they come: every physical line is loaded, quarantined or set aside, and none is lost."""

from __future__ import annotations

import gzip
from collections.abc import Sequence

import pytest

from accord.base.errors import InputError
from unit.records.records_bench import (
    GOOD,
    HEADER,
    Bench,
    results_source,
    source,
    table,
)


def row(student: object, score: object = 2400) -> str:
    return f"{student},7001,2023-24,M,5,{score}"


def body(*lines: str) -> Sequence[str]:
    return [HEADER, *lines]


# Line ends and blank lines


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "end"])
def test_line_ends(bench: Bench, end: str, last: str) -> None:
    text = end.join([HEADER, row(1), row(2)]) + (end if last else "")
    manifest = bench.manifest(text)
    assert (manifest.lines.read, manifest.lines.loaded) == (2, 2)
    assert bench.rows(manifest, "tests", "line, scale_score") == [(2, 2400), (3, 2400)]


def test_mixed_line_ends(bench: Bench) -> None:
    manifest = bench.manifest(f"{HEADER}\r\n{row(1)}\n{row(2)}\r\n")
    assert manifest.lines.loaded == 2
    assert bench.rows(manifest, "tests", "line, scale_score") == [(2, 2400), (3, 2400)]


def test_blank_lines_are_set_aside_wherever_they_are(bench: Bench) -> None:
    manifest = bench.manifest(["", HEADER, "", row(1), "   ", row(2), "", ""])
    lines = manifest.lines
    assert (lines.read, lines.loaded, lines.quarantined, lines.set_aside) == (7, 2, 0, 5)
    assert bench.aside(lines) == {"blank-line": 5}
    assert bench.rows(manifest, "tests", "line") == [(4,), (6,)]


def test_a_line_of_delimiters_is_blank(bench: Bench) -> None:
    lines = bench.lines(body(row(1), ",,,,,", row(2)))
    assert bench.aside(lines) == {"blank-line": 1}
    assert (lines.loaded, lines.quarantined) == (2, 0)


def test_header_only(bench: Bench) -> None:
    manifest = bench.manifest([HEADER])
    assert manifest.lines.read == manifest.lines.loaded == 0
    assert manifest.tables == {"tests": 0}
    assert "No line of this file was loaded." in manifest.notes


@pytest.mark.parametrize("content", [b"", b"\n\n\n", b"  \n"])
def test_an_empty_file(bench: Bench, content: bytes) -> None:
    with pytest.raises(InputError, match=r"empty|only blank lines"):
        bench.bring(bench.file(content))


# Quotation marks


def test_quoted_fields(bench: Bench) -> None:
    manifest = bench.manifest(
        body('"1","7001","2023-24","M","5","2400"', '2,"7,001",2023-24,M,5,1')
    )
    assert bench.rows(manifest, "tests", "school, line") == [("7001", 2), ("7,001", 3)]


def test_an_unterminated_quote_swallows_nothing(bench: Bench) -> None:
    """DuckDB alone would make one row of the broken line and all that follow it."""
    lines = [row(number) for number in range(5000)]
    lines[10] = '10,"7001,2023-24,M,5,2400'
    manifest = bench.manifest(body(*lines))
    assert (manifest.lines.loaded, manifest.lines.quarantined) == (4999, 1)
    assert bench.findings(manifest.lines) == [("broken-quotes", "", 1)]
    assert (12,) not in bench.rows(manifest, "tests", "line")


def test_an_unterminated_quote_that_meets_another(bench: Bench) -> None:
    """The second quote closes the first, and a lenient reader loses the lines between."""
    lines = [row(number) for number in range(50)]
    lines[10] = '10,"7001,2023-24,M,5,2400'
    lines[30] = '30,7001",2023-24,M,5,2400'
    found = bench.lines(body(*lines))
    assert (found.read, found.loaded + found.quarantined) == (50, 50)
    assert found.loaded == 49  # line 30 has a quotation mark inside a field, which is a character


def test_an_unterminated_quote_on_the_last_line(bench: Bench) -> None:
    lines = bench.lines(body(row(1), '2,"7001,2023-24,M,5,2400'))
    assert (lines.loaded, lines.quarantined) == (1, 1)


def test_a_record_over_three_lines_is_one_row_and_three_lines(bench: Bench) -> None:
    schools = source(table("schools", {"school": "School", "name": "Name"}), student=None)
    text = 'School,Name\n1,"Oak\nStreet\nSchool"\n2,"Elm"\n'
    manifest = bench.manifest(text, schools)
    lines = manifest.lines
    assert (lines.read, lines.loaded, lines.quarantined) == (4, 4, 0)
    expected = [("1", "Oak Street School", 2), ("2", "Elm", 5)]
    assert bench.rows(manifest, "schools", "school, name, line") == expected


def test_a_refused_record_over_several_lines_takes_them_all(bench: Bench) -> None:
    schools = source(table("schools", {"school": "School", "name": "Name"}), student=None)
    lines = bench.lines('School,Name\n"a b","Oak\nStreet"\n2,"Elm"\n', schools)
    assert (lines.read, lines.loaded, lines.quarantined) == (3, 1, 2)
    assert bench.findings(lines) == [("id-with-spaces", "School", 1)]


def test_a_quote_where_none_can_be(bench: Bench) -> None:
    lines = bench.lines(body('"1"x,7001,2023-24,M,5,2400', row(2)))
    assert bench.findings(lines) == [("broken-quotes", "", 1)]
    assert lines.loaded == 1


# Fields


@pytest.mark.parametrize("line", [GOOD + ",1", GOOD.rsplit(",", 1)[0], "1"])
def test_a_wrong_number_of_fields(bench: Bench, line: str) -> None:
    lines = bench.lines(body(row(1), line, row(2)))
    assert bench.findings(lines) == [("wrong-number-of-fields", "", 1)]
    assert lines.loaded == 2


@pytest.mark.parametrize("other", ["", "1"])
def test_empty_fields_too_many_are_harmless(bench: Bench, other: str) -> None:
    """Excel writes them; with and without a fault elsewhere the line is read alike."""
    assert bench.lines(body(row(1) + ",", row(2) + ",,", *filter(None, [other]))).loaded == 2


@pytest.mark.parametrize(
    ("name", "delimiter", "form"),
    [
        ("a.csv", ",", {}),
        ("a.tsv", "\t", {}),
        ("a.txt", "^", {}),
        ("a.csv", ";", {}),
        ("a.csv", "|", {"delimiter": "pipe"}),
        ("a.csv", "~", {"delimiter": "~"}),
        ("a.csv", "\t", {"delimiter": "tab"}),
    ],
)
def test_any_delimiter(bench: Bench, name: str, delimiter: str, form: dict[str, str]) -> None:
    text = "\n".join([HEADER, row(1), row(2)]).replace(",", delimiter)
    manifest = bench.manifest(text, results_source(format=form), name=name)
    assert manifest.lines.loaded == 2


def test_a_file_without_a_header(bench: Bench) -> None:
    form = {"header": False, "columns": HEADER.split(",")}
    manifest = bench.manifest("\n".join([row(1), row(2)]), results_source(format=form))
    assert manifest.lines.read == 2
    assert bench.rows(manifest, "tests", "line") == [(1,), (2,)]


def test_a_mark_before_the_first_value(bench: Bench) -> None:
    """A byte-order mark in a file without a header must not become part of an identifier."""
    form = {"header": False, "columns": HEADER.split(",")}
    plain = bench.manifest(f"{row(1)}\n", results_source(format=form), name="plain.csv")
    marked = bench.manifest(f"\ufeff{row(1)}\n", results_source(format=form), name="marked.csv")
    students = [bench.rows(each, "tests", "student") for each in (plain, marked)]
    assert students[0] == students[1]


def test_a_missing_column_is_named_with_its_line_in_the_mapping(bench: Bench) -> None:
    path = bench.file(["Id,School,Year,Subject,Grade,Scoree", GOOD])
    with pytest.raises(InputError) as caught:
        bench.bring(path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.field) == (str(path), 1, "Score")
    assert "mapping.yaml, line" in problem.what
    assert problem.remedy.startswith("Did you mean “Scoree”?")


def test_a_header_that_is_really_a_row_is_not_repeated(bench: Bench) -> None:
    path = bench.file([GOOD, GOOD])
    with pytest.raises(InputError) as caught:
        bench.bring(path)
    assert all(value not in str(caught.value) for value in GOOD.split(",") if value != "5")


def test_a_column_that_is_there_twice(bench: Bench) -> None:
    with pytest.raises(InputError, match="Two columns have this name"):
        bench.bring(bench.file(["Id,School,Year,Subject,Grade,Score,Score", GOOD + ",1"]))


def test_a_column_nobody_uses_may_be_there_twice(bench: Bench) -> None:
    assert bench.lines([HEADER + ",Note,Note", GOOD + ",a,b"]).loaded == 1


def test_an_unclosed_quote_in_the_header(bench: Bench) -> None:
    with pytest.raises(InputError, match="first line is not closed"):
        bench.bring(bench.file(['"' + HEADER, GOOD]))


# Encodings


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "auto"),
        ("utf-8-sig", "auto"),
        ("utf-16", "auto"),
        ("utf-16-le", "auto"),
        ("utf-16-be", "auto"),
        ("cp1252", "auto"),
        ("cp1252", "windows-1252"),
        ("latin-1", "iso-8859-1"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_encodings(bench: Bench, encoding: str, said: str, packed: bool) -> None:
    schools = source(
        table("schools", {"school": "School", "name": "Name"}),
        student=None,
        format={"encoding": said},
    )
    data = "School,Name\n1,Muñoz Élémentaire\n2,Elm\n".encode(encoding)
    name = "schools.csv.gz" if packed else "schools.csv"
    manifest = bench.manifest(gzip.compress(data) if packed else data, schools, name=name)
    assert bench.rows(manifest, "schools", "name, line") == [("Muñoz Élémentaire", 2), ("Elm", 3)]
    assert any("windows-1252" in note for note in manifest.notes) == (
        said == "auto" and encoding == "cp1252"
    )


def test_damaged_bytes_in_a_utf_8_file(bench: Bench) -> None:
    good = "".join(f"{number},7001,2023-24,M,5,2400,Muñoz\n" for number in range(20))
    data = f"{HEADER},Name\n{good}".encode() + b"99,7001,2023-24,M,5,2400,Mu\xf1oz\n"
    lines = bench.lines(data)
    assert bench.findings(lines) == [("unreadable-characters", "", 1)]
    assert lines.loaded == 20


def test_bytes_that_the_said_encoding_does_not_have(bench: Bench) -> None:
    said = results_source(format={"encoding": "windows-1252"})
    lines = bench.lines(f"{HEADER}\n{row(1)}\n".encode() + b"2,70\x8d01,2023-24,M,5,2400\n", said)
    assert bench.findings(lines) == [("unreadable-characters", "", 1)]
    assert lines.loaded == 1


def test_null_characters(bench: Bench) -> None:
    lines = bench.lines(body(row(1), row("2\0"), row(3)))
    assert bench.findings(lines) == [("null-characters", "", 1)]
    assert lines.loaded == 2


def test_a_line_longer_than_any_record(bench: Bench) -> None:
    lines = bench.lines([HEADER + ",Note", row(1) + ",a", row(2) + "," + "x" * 5_000_000])
    assert bench.findings(lines) == [("line-too-long", "", 1)]
    assert lines.loaded == 1


def test_a_compressed_file_cut_short(bench: Bench) -> None:
    whole = gzip.compress("\n".join(body(*map(row, range(5000)))).encode())
    with pytest.raises(InputError, match="cut short"):
        bench.bring(bench.file(whole[: len(whole) // 2], "a.csv.gz"))


def test_a_name_with_signs_that_mean_something_to_a_database(bench: Bench) -> None:
    manifest = bench.manifest(body(row(1)), name="it's [2024] * done?.csv")
    assert manifest.lines.loaded == 1


# Everything at once


def test_a_file_with_every_fault(bench: Bench) -> None:
    lines = [
        *(row(number) for number in range(100)),
        "",
        '200,"7001,2023-24,M,5,2400',
        row(201),
        "202,7001",
        row("203\0"),
        row("2 04"),
        '205,"7001","2023-24",M,5,2400',
        row(206, "many"),
        row(201),
        row(207, 2300),
        row(207, 2400),
    ]
    manifest = bench.manifest(body(*lines))
    found = manifest.lines
    assert found.read == len(lines)
    assert (found.loaded, found.quarantined, found.set_aside) == (102, 7, 2)
    assert bench.findings(found) == [
        ("conflicting-repeat", "", 2),
        ("broken-quotes", "", 1),
        ("id-with-spaces", "Id", 1),
        ("not-a-number", "Score", 1),
        ("null-characters", "", 1),
        ("wrong-number-of-fields", "", 1),
    ]
    loaded = {line for (line,) in bench.rows(manifest, "tests", "line")}
    assert loaded == {*range(2, 102), 104, 108}
