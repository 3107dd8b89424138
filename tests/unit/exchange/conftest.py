"""One signed partnership for all tests of the exchange: none of them may change its charter."""

import pytest

from partnership import Partnership


@pytest.fixture(scope="package")
def partnership(tmp_path_factory: pytest.TempPathFactory) -> Partnership:
    partnership = Partnership(tmp_path_factory.mktemp("partnership"))
    partnership.sign()
    return partnership
