"""A finished video is made again unless it is there, byte for byte, and was made from the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from film.products import record, recorded
from film.store import DONE, Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def targets(tmp_path: Path) -> list[Path]:
    """A video and its captions."""
    found = [tmp_path / "films" / name for name in ("entropy.mp4", "entropy.srt")]
    found[0].parent.mkdir()
    for path in found:
        path.write_text(path.name)
    return found


def test_what_was_made_is_found(store: Store, targets: list[Path]) -> None:
    assert recorded(store, "key", targets) is None
    record(store, "key", targets, "entropy", duration=12.5)
    assert recorded(store, "key", targets) == {"duration": 12.5}
    assert recorded(store, "another key", targets) is None
    assert recorded(store, "key", targets[:1]) is None
    assert [(entry.about.film, entry.about.kind) for entry in store.entries()] == [("entropy", "product")]


@pytest.mark.parametrize("harm", ["changed", "missing", "forgotten", "damaged record"])
def test_what_is_not_as_it_was_made_is_not_found(store: Store, targets: list[Path], harm: str) -> None:
    record(store, "key", targets, "entropy")
    if harm == "changed":
        targets[1].write_text("entropy.sub")
    elif harm == "missing":
        targets[0].unlink()
    elif harm == "forgotten":
        (store.entries()[0].folder / DONE).unlink()
    else:
        (store.entries()[0].folder / "value.json").write_text("{}")
    assert recorded(store, "key", targets) is None
    for path in targets:
        path.write_text(path.name)
    record(store, "key", targets, "entropy")
    assert recorded(store, "key", targets) == {}


def test_one_key_in_two_folders(store: Store, targets: list[Path], tmp_path: Path) -> None:
    elsewhere = [tmp_path / path.name for path in targets]
    for path in elsewhere:
        path.write_text("there")
    record(store, "key", targets, "entropy")
    record(store, "key", elsewhere, "entropy")
    assert recorded(store, "key", targets) == {}
    assert recorded(store, "key", elsewhere) == {}
