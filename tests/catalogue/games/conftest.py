from collections.abc import Iterator

import pytest

from tests.catalogue.games.scene import Scene, scene_make
from tests.factories import caches_forget


@pytest.fixture
def scene(transactional_db: None) -> Iterator[Scene]:
    caches_forget()
    yield scene_make()
    caches_forget()
