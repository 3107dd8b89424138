from __future__ import annotations

import pytest
from charter_stub import StubCatalogue


@pytest.fixture
def known() -> StubCatalogue:
    return StubCatalogue()
