from __future__ import annotations

import pytest

from players.models import Brand
from tests.accounts.cast import brand_with_terms


@pytest.fixture
def aurora(db: None) -> Brand:
    """A brand under the licence of Malta."""
    return brand_with_terms()
