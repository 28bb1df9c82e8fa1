"""Thumbnails: the picture with most colour and the words, both inside the sheet and apart."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from film.errors import FilmError
from film.inputs.closure import Sources
from film.publishing.posters import POSTERS, Poster, poster_of
from film.publishing.references import references
from film.publishing.thumbnail import thumbnail
from scenes.programme import PROGRAMME, ROOT, Part, concept
from scenes.stage.theme import THEME

PART = Part("trial", 3, "Trial", "A part", ("blink", "steady"))


def frame(*shapes: tuple[tuple[int, int, int, int], str], size: tuple[int, int] = (1920, 1080)) -> Image.Image:
    """A frame with a heading, and rectangles in colours."""
    image = Image.new("RGB", size, THEME.ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((100, 50, 1500, 100), fill=THEME.paper)
    for box, color in shapes:
        draw.rectangle(box, fill=color)
    return image


def where(image: Image.Image, color: str) -> tuple[int, int, int, int]:
    """The box of what has exactly this colour: left, top, right, bottom, exclusive."""
    wanted = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)])
    rows, columns = np.nonzero((np.asarray(image) == wanted).all(axis=2))
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


def test_the_largest_group_is_shown_whole_beside_the_words() -> None:
    shapes = [
        ((1000, 300, 1400, 700), "#00ff00"),
        ((1000, 710, 1400, 720), "#ff00ff"),
        ((200, 300, 700, 310), "#0000ff"),
    ]
    made = thumbnail(frame(*shapes), "Two\nwords", "Part 9")
    assert made.size == (1280, 720)
    left, top, right, bottom = where(made, "#00ff00")
    assert right - left == pytest.approx(bottom - top, abs=3)  # not stretched
    assert right - left > 400
    assert where(made, "#ff00ff")[1] > bottom  # what stands close belongs to it
    assert not (np.asarray(made) == (0, 0, 255)).all(axis=2).any()
    words = where(made, THEME.paper)
    assert words[2] < left
    assert min(words[:2]) >= 32
    assert max(right, bottom) <= 1280 - 32


def test_a_wide_picture_stands_below_the_words() -> None:
    made = thumbnail(frame(((100, 400, 1800, 700), "#00ff00")), "How short\ncan it be?", "Part 1")
    picture, words = where(made, "#00ff00"), where(made, THEME.paper)
    assert picture[1] > words[3]
    assert picture[2] - picture[0] > 900


def test_words_are_large_enough_for_a_small_thumbnail() -> None:
    """Capitals of at least 8 pixels where the sheet is 168 wide."""
    for poster in POSTERS.values():
        made = thumbnail(frame(((1000, 300, 1400, 700), "#00ff00")), poster.words, "Part 1")
        capital = next(i for i, row in enumerate((np.asarray(made) == _paper()).all(axis=2).any(axis=1)) if row)
        rows = (np.asarray(made) == _paper()).all(axis=2).any(axis=1)[capital:]
        height = int(np.argmin(rows)) or len(rows)
        assert height * 168 / 1280 >= 8, poster.words


def _paper() -> list[int]:
    return [int(THEME.paper[i : i + 2], 16) for i in (1, 3, 5)]


def test_the_same_frame_gives_the_same_thumbnail() -> None:
    shown = frame(((1000, 300, 1400, 700), "#00ff00"))
    assert thumbnail(shown, "Two\nwords", "Part 1").tobytes() == thumbnail(shown, "Two\nwords", "Part 1").tobytes()


def test_what_cannot_be_shown_is_told() -> None:
    with pytest.raises(FilmError, match=r"nothing below its heading; choose another beat in .*posters\.py"):
        thumbnail(frame(), "Words", "Part 1")
    long = "Mutual information as a divergence of Kullback and Leibler"
    with pytest.raises(FilmError, match="too long to be read small; shorten them, or break the line"):
        thumbnail(frame(((1000, 300, 1400, 700), "#00ff00")), long, "Part 1")


def test_posters_are_those_of_the_programme() -> None:
    assert POSTERS.keys() == {part.name for part in PROGRAMME}
    for part in PROGRAMME:
        poster = POSTERS[part.name]
        beats = [beat.name for beat in concept(poster.concept).scene_class().read_script().beats]
        assert poster_of(part, {poster.concept: beats}) == poster


def test_a_part_without_a_poster_shows_its_title(monkeypatch: pytest.MonkeyPatch) -> None:
    beats = {"blink": ["shut", "open"], "steady": ["gaze"]}
    assert poster_of(PART, beats) == Poster("blink", "open", "Trial")
    monkeypatch.setitem(POSTERS, "trial", Poster("blink", "wink", "Words"))
    with pytest.raises(FilmError, match="poster of 'trial' shows blink@wink, which is not there; choose another beat"):
        poster_of(PART, beats)


def test_references_come_from_the_mathematics_that_a_film_uses() -> None:
    sources = Sources(ROOT)
    kraft, divergence = (references([concept(name)], sources) for name in ("kraft", "kl_divergence"))
    assert "Cover and Thomas, Elements of Information Theory" in kraft
    bishop = "Bishop, Pattern Recognition and Machine Learning"  # of the fits of one Gaussian to two
    assert bishop in divergence
    assert bishop not in kraft
    assert all("section" not in work and not work.endswith((".", ",")) for work in kraft + divergence)
