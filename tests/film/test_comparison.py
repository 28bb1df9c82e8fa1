"""Before and after: which beats a viewer would see change."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from film.comparison import comparison, pairs, stills_at
from film.errors import FilmError
from film.still import Still, Stills
from narration.timetable import TimedBeat, Timetable
from scenes.programme import concept

SIZE = (854, 480)


def made(**pictures: Image.Image) -> Stills:
    """Stills of beats that last a second each."""
    beats = tuple(
        TimedBeat(name, name, i, i + 1, 15 * i, 15 * i + 15, i, i + 0.5, "take", (), (), ())
        for i, name in enumerate(pictures)
    )
    frames = tuple(Still(name, i + 1, "end of beat", image) for i, (name, image) in enumerate(pictures.items()))
    return Stills(Timetable("film", "A film", 15, 15 * len(beats), beats), frames)


def plain(*marks: tuple[int, int, int, int]) -> Image.Image:
    """A dark frame with a few light boxes."""
    image = Image.new("RGB", SIZE, "#0E1320")
    for mark in marks:
        ImageDraw.Draw(image).rectangle(mark, fill="#ECEFF4")
    return image


def test_a_beat_with_a_new_letter_has_changed_and_its_neighbour_has_not() -> None:
    before = made(first=plain((10, 10, 90, 90)), second=plain())
    after = made(first=plain((10, 10, 90, 90)), second=plain((400, 200, 408, 212)))
    assert [(pair.beat, pair.changed) for pair in pairs(before, after)] == [("first", False), ("second", True)]


def test_beats_that_came_and_went_stand_in_their_places() -> None:
    found = pairs(made(a=plain(), gone=plain(), c=plain()), made(a=plain(), c=plain(), added=plain()))
    assert [pair.beat for pair in found] == ["a", "gone", "c", "added"]
    assert [pair.changed for pair in found] == [False, True, False, True]


def test_the_sheet_shows_both_columns() -> None:
    before, after = made(a=plain()), made(a=plain((0, 0, 853, 479)))
    sheet = comparison("v1", before, after)
    left, right = sheet.width // 4, 3 * sheet.width // 4
    assert sheet.getpixel((left, 300)) == (0x0E, 0x13, 0x20)
    assert sheet.getpixel((right, 300)) == (0xEC, 0xEF, 0xF4)


def test_an_unknown_revision_is_named() -> None:
    with pytest.raises(FilmError, match="git knows no revision 'no-such-thing'"):
        stills_at("no-such-thing", concept("kraft"))


def test_a_revision_cannot_smuggle_in_an_option() -> None:
    with pytest.raises(FilmError, match="git knows no revision"):
        stills_at("--output=stolen.tar", concept("kraft"))


@pytest.mark.slow
def test_the_present_revision_equals_itself() -> None:
    first, second = stills_at("HEAD", concept("kraft")), stills_at("HEAD", concept("kraft"))
    assert not any(pair.changed for pair in pairs(first, second))
