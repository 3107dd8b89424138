"""The API against its own OpenAPI description: generated requests, every answer as described."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_schema_conformance,
    status_code_conformance,
)

from accord.workspace.api.tokens import make_token
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.wsgi import application
from workspace_things import MAKERS, shared_by_the_lead
from workspace_world import World

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    ignored_auth,
]


@pytest.fixture
def described(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("accord.workspace.api.tokens.A_MINUTE", 100_000)
    world.action()
    world.meeting()
    world.note(Visibility.PARTNERS, world.person(Role.LEAD))
    for make in MAKERS.values():
        make(shared_by_the_lead(world, Visibility.PARTNERS))
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def secret(world: World) -> str:
    actor = world.actor(Role.LEAD)
    return make_token(actor, name="T", may_write=True, until=timezone.localdate())[1]


def test_every_answer_is_as_described(described: Any, secret: str) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    assert operations
    for operation in operations:

        @settings(
            max_examples=5,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def answers(case: Any) -> None:
            case.path_parameters["partnership"] = "cedar-harbor"
            case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=CHECKS)

        answers()
