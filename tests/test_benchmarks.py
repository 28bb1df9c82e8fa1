"""What the benchmarks count is there to be counted."""

from __future__ import annotations

import pytest

from benchmarks.floor import floor_of
from film.quality import Quality


@pytest.mark.slow
def test_the_floor_is_of_the_pictures_that_are_encoded() -> None:
    found = floor_of("surprise", Quality("tiny", 144, 5))
    assert 50 < found.distinct < found.frames
    assert found.encoding > 0
    assert found.converting > 0
