"""The reference pages are what the catalogue and the hand-worked tables make them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "reference_pages.py"


def test_the_pages_are_up_to_date() -> None:
    found = subprocess.run(
        [sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
