"""Builds the wheel, or with ACCORD_OUTSIDE=1 the one for machines that must never hold records.

The outside wheel has no `station/` and none of the verbs that need it: a workspace host, a
partner's laptop or a researcher can verify, receive and report with it, and there is nothing in it
that could read a student row.
"""

import os
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INSIDE = ["src/accord/station", "src/accord/cli/inside"]


class OutsideHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if os.environ.get("ACCORD_OUTSIDE") == "1":
            self.build_config.target_config.setdefault("exclude", []).extend(INSIDE)
