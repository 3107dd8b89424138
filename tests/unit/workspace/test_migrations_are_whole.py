"""Tests make their tables from the models at once; so this holds the migrations against them."""

from __future__ import annotations

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.test import override_settings


def test_the_migrations_end_where_the_models_are() -> None:
    with override_settings(MIGRATION_MODULES={}):
        loader = MigrationLoader(None)
        models = ProjectState.from_apps(apps)
        found = MigrationAutodetector(loader.project_state(), models).changes(loader.graph)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("accord.")}
    assert not ours & set(found), "python -m accord.workspace makemigrations"
    assert len(ours & {app for app, _ in loader.disk_migrations or {}}) > 10
