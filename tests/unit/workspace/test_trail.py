"""The trail: a chain that shows if an event was changed, taken out or put in."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accord.workspace.people.models import Partnership
from accord.workspace.trail.models import BEGINNING, Event
from accord.workspace.trail.writing import problems, record

CHAIN = "cedar-harbor"
pytestmark = pytest.mark.django_db


@pytest.fixture
def acts() -> list[Event]:
    subject = Partnership.objects.create(id=CHAIN, name="Cedar Valley–Harbor Point")
    return [record(act, subject, by="lead@example.org", chain=CHAIN) for act in "abcd"]


def alter(statement: str) -> None:
    """What somebody with the database's password can do."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_each_event_follows_the_one_before(acts: list[Event]) -> None:
    assert [event.sequence for event in acts] == [1, 2, 3, 4]
    assert acts[0].previous == BEGINNING
    assert [event.previous for event in acts[1:]] == [event.hash for event in acts[:-1]]
    assert problems(CHAIN) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "UPDATE trail_event SET by = 'me@else.org' WHERE sequence = 2",
            "event 2 was changed",
        ),
        ("UPDATE trail_event SET at = '2020-01-01' WHERE sequence = 3", "event 3 was changed"),
        ("DELETE FROM trail_event WHERE sequence = 2", "event 3 does not follow"),
        ("DELETE FROM trail_event WHERE sequence = 1", "event 2 does not follow"),
    ],
)
def test_tampering_is_told(acts: list[Event], statement: str, told: str) -> None:
    alter(statement)
    found = problems(CHAIN)
    assert told in found[0].what
    with pytest.raises(CommandError, match="broken"):
        call_command("check_trail")


def test_the_command_prints_the_newest_hash(
    acts: list[Event], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_trail")
    assert acts[-1].hash in capsys.readouterr().out


def test_an_event_is_neither_changed_nor_taken_out(acts: list[Event]) -> None:
    with pytest.raises(ValueError, match="never changed"):
        acts[0].save()
    with pytest.raises(ValueError, match="never taken out"):
        acts[0].delete()


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_of_a_transaction_is_refused() -> None:
    subject = Partnership(pk="any")
    with pytest.raises(transaction.TransactionManagementError):
        record("a", subject, by="x", chain="any")
    assert not Event.objects.exists()
