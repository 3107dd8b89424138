"""Search finds what one may see and nothing else; everybody's page speaks English and Spanish."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from django.test import Client

from accord.indicators.catalogue import load_catalogue
from accord.workspace.front.phrases import TITLES
from accord.workspace.people.roles import Role
from accord.workspace.permissions.visibility import Visibility
from accord.workspace.search.finding import plain, search
from workspace_world import World

CANARY = "zephyrine"


def kinds(world: World, role: Role, words: str, *, other: bool = False) -> set[str]:
    actor = world.actor(role, world.harbor if other else None)
    return {found.kind for found in search(actor, words)}


@pytest.mark.parametrize("visibility", list(Visibility))
def test_a_word_in_a_private_text_is_found_by_those_who_may_read_it(
    world: World, visibility: Visibility
) -> None:
    author = world.person(Role.LEAD)
    world.note(visibility, author, text=f"A {CANARY} thought.")
    assert kinds(world, Role.LEAD, CANARY) == {"Notes"}
    assert bool(kinds(world, Role.ANALYST, CANARY)) == (visibility.width >= 2)
    assert bool(kinds(world, Role.LEAD, CANARY, other=True)) == (visibility.width >= 3)
    assert bool(kinds(world, Role.RESEARCHER, CANARY)) == (visibility is Visibility.PUBLIC)


def test_every_word_must_be_there_in_any_case_and_without_accents(world: World) -> None:
    world.action(title="Call every FAMILY about reclasificación")
    assert kinds(world, Role.LEAD, "family reclasificacion") == {"Actions"}
    assert kinds(world, Role.LEAD, "family elsewhere") == set()
    assert kinds(world, Role.LEAD, "x") == set()
    assert plain("Ñandú") == "nandu"


def test_the_page_shows_the_words_around_and_never_runs_them(world: World) -> None:
    world.action(title="Call", detail="<script>alert(1)</script> after the third absence")
    page = world.client(Role.LEAD).get("/p/cedar-harbor/search/", {"q": "absence"})
    assert "after the third absence" in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_indicators_and_positions_are_found(world: World) -> None:
    assert "Indicators" in kinds(world, Role.BOARD, "chronic")
    assert "Positions" in kinds(world, Role.LEAD, "superintendent")
    assert "Positions" not in kinds(world, Role.FUNDER, "superintendent")


def test_everybodys_page_is_there_in_both_languages(world: World) -> None:
    world.served.public_pages = True
    world.served.save()
    nobody = Client()
    english = nobody.get("/p/cedar-harbor/public/").content.decode()
    assert '<html lang="en">' in english
    assert "How students are protected" in english
    spanish = nobody.get("/p/cedar-harbor/public/?lang=es").content.decode()
    assert '<html lang="es">' in spanish
    assert "Cómo se protege a los estudiantes" in spanish
    assert "How students" not in spanish
    kept = nobody.get("/p/cedar-harbor/meetings/").content.decode()
    assert "Reuniones" in kept, "the choice is remembered on other public pages"


def test_everybodys_page_is_closed_where_the_partnership_has_no_public_pages(
    world: World,
) -> None:
    assert Client().get("/p/cedar-harbor/public/").status_code == 302


def test_who_is_signed_in_works_in_one_language(world: World) -> None:
    page = (
        world.client(Role.LEAD)
        .get("/p/cedar-harbor/meetings/", HTTP_ACCEPT_LANGUAGE="es")
        .content.decode()
    )
    assert "Plan a meeting" in page


def test_translators_find_every_title_of_the_catalogue() -> None:
    assert {item.title for item in load_catalogue().definitions.values()} == set(TITLES)


def test_no_phrase_of_everybodys_page_lacks_its_spanish() -> None:
    template = files("accord.workspace.front").joinpath("templates/front/front.html").read_text()
    phrases = set(re.findall(r"""translate ["']([^"']+)["']""", template)) | set(TITLES)
    po = files("accord.workspace").joinpath("locale/es/LC_MESSAGES/django.po").read_text()
    told = dict(re.findall(r'msgid "(.+)"\nmsgstr "(.+)"', po))
    assert {phrase for phrase in phrases if not told.get(phrase)} == set()
