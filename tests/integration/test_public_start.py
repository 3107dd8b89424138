"""From the state's files to a letter and a scorecard, and a release beside what was published."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from demonstration import Accord
from partnership import CEDAR, HARBOR, Partnership
from published_files import PUPILS, pupils, written

DASHBOARD = (
    "cds\trtype\tschoolname\tdistrictname\tstudentgroup\tcurrnumer\tcurrdenom\tcurrstatus\t"
    "priornumer\tpriordenom\tpriorstatus\tchange\tcolor\tindicator\treportingyear"
)


def files(folder: Path) -> list[Path]:
    rows = {
        "2022-2023": [("9910001", 900, 90), ("9920002", 400, 80)],
        "2023-2024": [("9910001", 880, 110), ("9920002", 410, 82)],
    }
    return [
        written(
            folder, f"cupc{year}.csv", PUPILS,
            *(pupils(year, code, enrolled, learners, f"District {code}")
              for code, enrolled, learners in given),
        )
        for year, given in rows.items()
    ]  # fmt: skip


def test_start_from_public_data(accord: Accord, tmp_path: Path) -> None:
    to = tmp_path / "public"
    done = accord(
        "start", "--public", CEDAR, HARBOR, *files(tmp_path), "--to", to, "--today", "2026-11-21"
    )
    assert done.code == 0, done.err
    page = (to / "scorecard.html").read_text("utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert "12.5 %" in page, "110 of 880"
    assert "2 school years before the last whole one" in page
    assert (to / "letter.pdf").read_bytes().startswith(b"%PDF")
    assert (to / "letter.docx").stat().st_size > 10_000
    assert len((to / "figures.csv").read_text("utf-8").splitlines()) == 1 + 4 * 9


def test_what_is_mistyped_is_answered_in_words(accord: Accord, tmp_path: Path) -> None:
    one = files(tmp_path)[0]
    for arguments, said in (
        ((CEDAR, HARBOR, one), "--public"),
        (("--public", CEDAR, one), "Two or more districts"),
        (("--public", CEDAR, "99200020000001", one), "not the code of a district"),
        (("--public", CEDAR, "10621660000000", one), "None of these files"),
        (("--public", CEDAR, HARBOR, tmp_path / "none.csv"), "no such file"),
        (("--public", CEDAR, HARBOR, one, "--today", "yesterday"), "2026-11-21"),
    ):
        done = accord("start", *arguments, "--to", tmp_path / "to")
        assert done.code in (3, 6)
        assert said in done.err
        assert "Traceback" not in done.err
    assert not (tmp_path / "to").exists()


def test_a_release_is_reconciled_with_what_was_published(accord: Accord, tmp_path: Path) -> None:
    partnership = Partnership(tmp_path)
    partnership.sign()
    release = tmp_path / "cedar.accord"
    release.write_bytes(partnership.release())
    cells = json.loads(accord("cells", release, "--json").out)
    cell = next(
        each for each in cells
        if each["indicator"] == "chronic-absenteeism" and each["state"] == "published"
        and not each["grade"] and each["group"] == "all"
    )  # fmt: skip
    code = cell["school"] or cell["district"]
    ends = int(cell["period"][:4]) + 1
    row = (
        f"{code}\tD\t\tCedar Valley\tALL\t{cell['numerator']}\t{cell['denominator']}\t"
        f"{cell['value']}\t\t\t\t\t3\tCHRO\t{ends}"
    )
    published = written(tmp_path, "chronic.txt", DASHBOARD, row)
    told = accord("reconcile", release, "--published", published, "--json")
    assert told.code == 0, told.err
    assert json.loads(told.out)["counts"]["agrees"] == 1
    table = list(
        csv.DictReader(
            io.StringIO(accord("reconcile", release, "--published", published, "--csv").out)
        )
    )
    assert [(each["outcome"], each["line"]) for each in table] == [("agrees", "2")]
    assert "1 agrees" in accord("reconcile", release, "--published", published).out
    other = written(tmp_path, "other.txt", DASHBOARD, row.replace(code, "99300030000000"))
    assert "None of these figures is about this district" in (
        accord("reconcile", release, "--published", other).out
    )
