from collections.abc import Iterator

import pytest

from tests.wallet.api.house import House


@pytest.fixture
def nothing_moves(house: House) -> Iterator[None]:
    """Around every test here: no leg and no transaction more than before, but the credits of new test players."""
    moved = (
        "SELECT (SELECT count(*) FROM wallet_transaction WHERE kind <> 'adjustment'), (SELECT count(*) FROM play_leg)"
    )
    before = house.rows(moved)
    yield
    assert house.rows(moved) == before
