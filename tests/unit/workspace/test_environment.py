"""What a host must say, and how it is told what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.base.errors import InputError
from accord.workspace.environment import read_environment

GIVEN = {
    "ACCORD_HOME": "/srv/accord",
    "ACCORD_SECRET_KEY": "k" * 60,
    "ACCORD_HOSTS": "a.org, b.org",
}


def test_sqlite_in_its_own_folder_where_no_database_is_named() -> None:
    host = read_environment(GIVEN)
    assert host.database["NAME"] == Path("/srv/accord/workspace.sqlite3")
    assert host.hosts == ("a.org", "b.org")
    assert not host.demo


def test_postgresql_by_its_address() -> None:
    host = read_environment(GIVEN | {"ACCORD_DATABASE": "postgresql://me:p%40ss@db:5433/accord"})
    assert host.database["ENGINE"].endswith("postgresql")
    assert [host.database[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "me", "p@ss", "db", "5433", "accord",
    ]  # fmt: skip


def test_the_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("f" * 60 + "\n", encoding="utf-8")
    told = {"ACCORD_HOME": "/srv", "ACCORD_HOSTS": "a.org"}
    found = read_environment(told | {"ACCORD_SECRET_KEY_FILE": str(tmp_path / "key")})
    assert found.secret_key == "f" * 60


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ACCORD_HOME": ""}, "ACCORD_HOME"),
        ({"ACCORD_SECRET_KEY": ""}, "ACCORD_SECRET_KEY"),
        ({"ACCORD_SECRET_KEY": "short"}, "ACCORD_SECRET_KEY"),
        ({"ACCORD_HOSTS": ""}, "ACCORD_HOSTS"),
        ({"ACCORD_DATABASE": "mysql://x/y"}, "ACCORD_DATABASE"),
        ({"ACCORD_MAIL": "http://mail"}, "ACCORD_MAIL"),
        ({"ACCORD_DEMO": "1"}, "ACCORD_DEMO"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, str], field: str) -> None:
    with pytest.raises(InputError) as caught:
        read_environment(GIVEN | change)
    assert caught.value.problems[0].field == field
    assert caught.value.problems[0].remedy
