"""Decks as files: clips cut to the frame, PowerPoint opened again, the handout read."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pypdf
import pytest
from numpy.typing import NDArray
from PIL import Image
from pptx import Presentation
from pptx.slide import Slide

from film.deck.clips import posters, step_file, write_spoken, write_steps
from film.deck.handout import write_handout
from film.deck.powerpoint import write_presentation
from film.deck.slides import Deck, FilmSlides
from film.loudness import SAMPLE_RATE, integrated_loudness

from .trial_deck import BEATS, FRAMES, HOSTILE, RATE, STEPS, TITLES, frame_picture, frame_shown, make_deck

MIDDLE = 90  # a line through the square


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pieces")


@pytest.fixture(scope="module")
def spoken(pieces: Path) -> Deck:
    return make_deck(pieces)


@pytest.fixture(scope="module")
def silent(pieces: Path) -> Deck:
    return make_deck(pieces, silent=True)


def written(deck: Deck, folder: Path) -> Path:
    """The deck as PowerPoint, with clips made for it."""

    def clips_of(film: FilmSlides) -> Path:
        place = folder / film.concept.name
        if not place.exists():
            place.mkdir(parents=True)
            (write_steps if deck.silent else write_spoken)(film, place)
        return place

    write_presentation(deck, clips_of, folder / "deck.pptx")
    return folder / "deck.pptx"


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which spoken clips are made once."""
    return tmp_path_factory.mktemp("spoken")


@pytest.fixture(scope="module")
def spoken_slides(spoken: Deck, clips: Path) -> list[Slide]:
    return list(Presentation(str(written(spoken, clips))).slides)


@pytest.fixture(scope="module")
def silent_slides(silent: Deck, tmp_path_factory: pytest.TempPathFactory) -> list[Slide]:
    return list(Presentation(str(written(silent, tmp_path_factory.mktemp("silent")))).slides)


def luma(clip: Path | io.BytesIO) -> list[NDArray[np.uint8]]:
    """The luma of a clip's frames."""
    source: Any
    with av.open(clip) as source:
        return [frame.to_ndarray()[: frame.height] for frame in source.decode(video=0)]


def numbers(clip: Path | io.BytesIO) -> list[int]:
    """Which frames of the beat a clip shows."""
    return [frame_shown(picture[MIDDLE] / 255) for picture in luma(clip)]


def movie_of(slide: Slide) -> io.BytesIO:
    """The clip that is embedded in a slide."""
    (part,) = {r.target_part for r in slide.part.rels.values() if r.reltype.endswith(("/video", "/media"))}
    assert part.content_type == "video/mp4"
    return io.BytesIO(part.blob)


def beats_of(slides: list[Slide]) -> Iterator[Slide]:
    """The slides that hold a clip."""
    return (slide for slide in slides if slide.element.findall(".//{*}videoFile"))


# ---- clips ---------------------------------------------------------------------------------------


def test_steps_are_cut_to_the_frame_and_look_the_same(silent: Deck, tmp_path: Path) -> None:
    film = silent.films[0]
    write_steps(film, tmp_path)
    for slide in film.beats:
        whole = luma(slide.piece.video)
        for number, (start, stop) in enumerate(STEPS):
            clip = tmp_path / step_file(slide, number)
            assert numbers(clip) == list(range(start, stop))
            with av.open(clip) as source:
                assert source.streams.video[0].average_rate == RATE
                assert not source.streams.audio
                assert source.metadata["title"] == slide.title
                assert source.metadata["copyright"] == "CC BY 4.0"
            for mine, original in zip(luma(clip), whole[start:stop], strict=True):
                error = float(np.mean((mine.astype(float) - original) ** 2))
                assert error < 255**2 / 10**4.2  # 42 dB: nothing that one could see


def test_a_spoken_clip_keeps_its_pictures_and_has_its_sound(spoken: Deck, tmp_path: Path) -> None:
    film = spoken.films[0]
    write_spoken(film, tmp_path)
    for slide in film.beats:
        clip = tmp_path / f"{slide.name}.mp4"
        assert all(np.array_equal(a, b) for a, b in zip(luma(clip), luma(slide.piece.video), strict=True))
        with av.open(clip) as source:
            heard = np.concatenate([frame.to_ndarray() for frame in source.decode(audio=0)], axis=1)
        assert heard.shape[1] / SAMPLE_RATE == pytest.approx(FRAMES / RATE, abs=2048 / SAMPLE_RATE)
        assert integrated_loudness(heard[0] * np.float32(np.sqrt(2))) == pytest.approx(-16, abs=0.5)


def test_a_poster_is_the_picture_that_the_clip_begins_with(silent: Deck) -> None:
    first, later = posters(silent.beats[0], [0, 18])
    for png, number in ((first, 0), (later, 18)):
        shown = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), float)
        assert frame_shown(shown[MIDDLE].mean(axis=1) / 255) == number
        assert np.abs(shown - frame_picture(number)[:, :, :3]).mean() < 4  # of 255


# ---- PowerPoint ----------------------------------------------------------------------------------


def test_a_title_slide_for_each_film_and_a_slide_for_each_beat(spoken_slides: list[Slide]) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in spoken_slides if slide.shapes.title]
    beats = [f"The {beat} <i>beat</i> #strong[is] & *bold*" for beat in BEATS]
    assert titles == [text for title in TITLES.values() for text in (title, *beats)]


def test_clips_are_inside_with_sound_notes_and_alternative_text(spoken: Deck, spoken_slides: list[Slide]) -> None:
    slides = list(beats_of(spoken_slides))
    assert len(slides) == len(spoken.beats)
    for slide, beat in zip(slides, spoken.beats, strict=True):
        assert numbers(movie_of(slide)) == list(range(FRAMES))
        with av.open(movie_of(slide)) as source:
            assert [stream.type for stream in source.streams] == ["video", "audio"]
        assert slide.notes_slide.notes_text_frame is not None
        notes = slide.notes_slide.notes_text_frame.text
        assert " ".join(notes.split()) == f"{beat.beat.name}: {HOSTILE}"
        assert len(notes.splitlines()) == 2
        (properties,) = slide.element.findall(".//{*}pic/{*}nvPicPr/{*}cNvPr")
        assert properties.get("descr").startswith(f"{beat.title}. {beat.beat.name}: <script>")


def test_a_clip_fills_its_slide_and_plays_when_the_slide_appears(spoken_slides: list[Slide]) -> None:
    for slide in beats_of(spoken_slides):
        (movie,) = [shape for shape in slide.shapes if shape.element.findall(".//{*}videoFile")]
        presentation = slide.part.package.presentation_part.presentation
        assert (movie.left, movie.top) == (0, 0)
        assert (movie.width, movie.height) == (presentation.slide_width, presentation.slide_height)
        assert movie.width * 9 == movie.height * 16
        (timing,) = slide.element.findall("{*}timing")
        assert {target.get("spid") for target in timing.iter("{*}spTgt")} == {str(movie.shape_id)}
        (start,) = [node for node in timing.iter("{*}cTn") if node.get("nodeType") == "afterEffect"]
        (command,) = start.iter("{*}cmd")
        assert command.get("cmd") == "playFrom(0.0)"
        (lasts,) = command.iter("{*}cTn")
        assert lasts.get("dur") == str(FRAMES * 1000 // RATE)
        identities = [node.get("id") for node in timing.iter("{*}cTn")]
        assert len(set(identities)) == len(identities)
        assert not slide.element.findall("{*}transition")


def test_a_silent_deck_has_a_slide_for_each_step(silent: Deck, silent_slides: list[Slide]) -> None:
    slides = list(beats_of(silent_slides))
    expected = [list(range(start, stop)) for _ in silent.beats for start, stop in STEPS]
    assert [numbers(movie_of(slide)) for slide in slides] == expected
    notes = [frame.text for slide in slides if (frame := slide.notes_slide.notes_text_frame)]
    assert " ".join(notes[: len(STEPS)]) == f"first: {HOSTILE}"
    assert all(not slide.element.findall("{*}transition") for slide in silent_slides)


def test_slides_go_on_by_themselves_when_asked_to(pieces: Path, clips: Path) -> None:
    slides = list(Presentation(str(written(make_deck(pieces, auto_advance=True), clips))).slides)
    for slide in slides:
        order = [child.tag.rpartition("}")[2] for child in slide.element]
        assert order == [name for name in ("cSld", "clrMapOvr", "transition", "timing") if name in order]
        (transition,) = slide.element.findall("{*}transition")
        assert transition.get("advTm") == "3000"  # a clip lasts as long as a title stands
        assert ("timing" in order) == bool(slide.element.findall(".//{*}videoFile"))


def test_equal_decks_have_equal_bytes(spoken: Deck, clips: Path) -> None:
    first = written(spoken, clips).read_bytes()
    assert written(spoken, clips).read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.slow
def test_libreoffice_opens_it(silent: Deck, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not here (Debian: apt-get install libreoffice-impress)")
    deck = written(silent, tmp_path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(deck)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = pypdf.PdfReader(tmp_path / "deck.pdf").pages
    assert len(pages) == len(TITLES) * (1 + len(BEATS) * len(STEPS))
    assert "Trees & <leaves>" in pages[0].extract_text()


# ---- the handout ---------------------------------------------------------------------------------


def flat(text: str) -> str:
    """Without what setting in lines and words adds."""
    return re.sub(r"\s", "", text).replace("ﬁ", "fi")


@pytest.fixture(scope="module")
def handout(spoken: Deck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handout")
    (folder / "work").mkdir()
    assert write_handout(spoken, folder / "work", folder / "deck.pdf") == len(spoken.beats)
    return folder / "deck.pdf"


def test_a_page_for_each_beat_with_its_last_picture(spoken: Deck, handout: Path) -> None:
    reader = pypdf.PdfReader(handout)
    assert len(reader.pages) == len(spoken.beats)
    for page in reader.pages:
        (picture,) = page.images
        assert picture.image is not None
        assert np.array_equal(np.asarray(picture.image.convert("RGB")), frame_picture(FRAMES - 1)[:, :, :3])
    assert reader.metadata is not None
    assert reader.metadata.title == " · ".join(TITLES.values())
    assert reader.metadata.creation_date is None


def test_words_are_set_as_they_are_and_never_run(spoken: Deck, handout: Path) -> None:
    for page, beat in zip(pypdf.PdfReader(handout).pages, spoken.beats, strict=True):
        text = flat(page.extract_text())
        assert flat(f"{beat.beat.name}: {HOSTILE}") in text
        assert flat(beat.title) in text
        assert flat(TITLES[beat.film]) in text
        assert "root:" not in text


def test_equal_handouts_have_equal_bytes(spoken: Deck, handout: Path, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    write_handout(spoken, tmp_path / "work", tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == handout.read_bytes()
