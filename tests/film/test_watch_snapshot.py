"""Which beats a save changes, which one is shown, and how much of the film need not be played again."""

from __future__ import annotations

import pytest

from film.beat_key import FilmInputs
from film.watch.snapshot import changed_beats, kept_beats, watched_beat

BEFORE = FilmInputs("stage", {"one": "a", "two": "b", "three": "c"})


def after(base: str = "stage", **beats: str) -> FilmInputs:
    return FilmInputs(base, BEFORE.beats | beats)


def test_only_the_beat_that_differs_has_changed() -> None:
    assert changed_beats(BEFORE, after(two="B")) == ("two",)
    assert changed_beats(BEFORE, after(one="A", three="C")) == ("one", "three")
    assert changed_beats(BEFORE, BEFORE) == ()


def test_a_new_stage_changes_all_beats() -> None:
    assert changed_beats(BEFORE, after("other")) == ("one", "two", "three")
    assert changed_beats(None, BEFORE) == ("one", "two", "three")


def test_a_beat_that_comes_or_goes_changes_the_film_from_there() -> None:
    assert changed_beats(BEFORE, after(four="d")) == ("four",)
    assert changed_beats(BEFORE, FilmInputs("stage", {"one": "a", "three": "c"})) == ("three",)
    assert changed_beats(BEFORE, FilmInputs("stage", {"two": "b", "one": "a", "three": "c"})) == ("two",)


@pytest.mark.parametrize(
    ("changed", "last", "chosen", "shown"),
    [
        (("two",), "", "", "two"),
        (("one", "two"), "two", "", "two"),  # what the author works on
        (("one",), "two", "", "one"),
        (("one",), "two", "three", "three"),
        (("one",), "two", "gone", "one"),
        ((), "two", "", "two"),
        ((), "gone", "", "three"),
    ],
)
def test_the_beat_that_is_shown(changed: tuple[str, ...], last: str, chosen: str, shown: str) -> None:
    assert watched_beat(changed, tuple(BEFORE.beats), last=last, chosen=chosen) == shown


def test_no_beat_is_shown_of_a_script_that_has_none() -> None:
    assert watched_beat((), (), last="one", chosen="two") == ""


def test_what_comes_before_the_change_is_kept() -> None:
    assert kept_beats(BEFORE, BEFORE) == 3
    assert kept_beats(BEFORE, after(three="C")) == 2
    assert kept_beats(BEFORE, after(one="A")) == 0
    assert kept_beats(BEFORE, after("other")) is None
    assert kept_beats(BEFORE, FilmInputs("stage", {"one": "a", "three": "c"})) == 1
