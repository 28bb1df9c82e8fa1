"""What is in a clip: its pictures and their opacity, its length, its sound, its marks; in every format."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from film.clip import frame_folder
from film.clip.encoding import Encoded, Order, encode
from film.clip.holding import LOOP_HOLD
from film.clip.style import ClipStyle, Format
from film.look import Look
from film.piece import Clip
from film.quality import Quality
from film.scene_job import SceneJob
from scenes.stage.theme import GROUND, PROBABILITY
from tests.conftest import MakeFilm, TrialFilm

from .clip_decoding import BLACK, WHITE, Picture, decoded, decoded_samples
from .in_process import render_clip

RATE = 15
TINY = Quality("tiny", 72, RATE)
SCRIPT = "## picture: A picture\nIt is half there [and] something moves, and then it stands for a good long while.\n"
METHODS = """    def picture(self, beat: Beat) -> None:
        from scenes.stage.theme import PAPER, PROBABILITY
        dot = Dot(color=PAPER).move_to(5 * LEFT)
        self.add(Square(4, stroke_width=0, fill_color=PROBABILITY, fill_opacity=0.5), dot)
        beat.wait_until("and")
        self.play(dot.animate.move_to(5 * RIGHT), run_time=1)
"""
INSIDE = (slice(26, 46), slice(54, 74))  # of the square, two blocks away from its edges
SEEN = [round(255 * part) for part in PROBABILITY.to_rgb()]
UNDER = tuple(round(255 * part) for part in GROUND.to_rgb())
TRANSPARENT: list[Format] = ["webm", "mov", "webp", "png", "frames"]
OPAQUE: list[Format] = ["mp4", "gif", *TRANSPARENT]
# Levels of 255: exact formats round once more than the drawing does; 4:2:0 colour is rounded and quantised.
CLOSE: dict[Format, float] = {"mp4": 6, "webm": 4, "mov": 2}


def hum(samples: int) -> NDArray[np.float32]:
    return (0.2 * np.sin(np.arange(samples) * 2 * np.pi * 220 / 48_000)).astype(np.float32)


@dataclass
class Bench:
    """A film, and clips made of it in the test's own process."""

    film: TrialFilm
    folder: Path
    kept: dict[bool, Clip] = field(default_factory=dict)

    def clip(self, *, lossless: bool) -> Clip:
        """Its pieces; rendered once."""
        if lossless not in self.kept:
            job = SceneJob(TINY, concept="trial", look=Look("dark", lossless=lossless))
            self.kept[lossless] = render_clip(job, self.folder / f"pieces-{lossless}")
        return self.kept[lossless]

    def make(self, style: ClipStyle, name: str = "clip") -> tuple[Path, Encoded]:
        """A clip in *style*."""
        pieces = self.clip(lossless=style.lossless).pieces
        target = self.folder / style.file_name(name, "dark")
        order = Order(
            folders=tuple(piece.folder for piece in pieces),
            title="A trial",
            style=style,
            theme="dark",
            target=target,
            poster=target.with_name(f"{target.name}.png") if style.has_poster else None,
            store=self.folder / "store",
        )
        return target, encode(order)

    @property
    def frames(self) -> int:
        """How long it is."""
        return self.clip(lossless=True).timetable().frames


@pytest.fixture
def bench(make_film: MakeFilm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    film = make_film(SCRIPT, METHODS)
    film.speak(seconds_a_word=0.3, sound=hum)
    monkeypatch.setenv("ENTROPY_THEME", "dark")
    monkeypatch.setattr("film.scene_job.programme.concept", lambda name: film.concept)
    return Bench(film, tmp_path)


def half_over(ground: tuple[int, ...]) -> NDArray[np.float64]:
    """The square's colour, half opaque, over *ground*."""
    half: NDArray[np.float64] = (np.array(SEEN) + np.array(ground)) / 2
    return half


@pytest.mark.parametrize("format_", TRANSPARENT)
def test_opacity_and_colour_survive(bench: Bench, format_: Format) -> None:
    path, _ = bench.make(ClipStyle(format_, transparent=True))
    pictures = decoded(path)
    for picture in (pictures[0], pictures[-1]):
        for ground in (BLACK, WHITE):
            inside = picture.over(ground)[INSIDE]
            assert np.abs(inside - half_over(ground)).max() <= CLOSE.get(format_, 1) + 0.5
            corner = picture.over(ground)[:12, -12:]
            assert np.abs(corner - np.array(ground)).max() <= (1 if format_ == "webm" else 0)


@pytest.mark.parametrize("format_", OPAQUE)
def test_without_transparency_the_ground_is_that_of_the_theme(bench: Bench, format_: Format) -> None:
    path, _ = bench.make(ClipStyle(format_))
    picture = decoded(path)[-1]
    assert (picture.pixels[..., 3] == 255).all()
    close = CLOSE.get(format_, 1) + 0.5
    assert np.abs(picture.over(WHITE)[INSIDE] - half_over(UNDER)).max() <= close
    assert np.abs(picture.over(WHITE)[:12, -12:] - np.array(UNDER)).max() <= close


@pytest.mark.parametrize("format_", ["mp4", "webm", "mov", "gif", "webp"])
def test_a_clip_lasts_as_long_as_its_frames(bench: Bench, format_: Format) -> None:
    path, length = bench.make(ClipStyle(format_))
    assert length == Encoded(bench.frames, RATE)
    tick = {"gif": 0.01, "webp": 0.001}.get(format_, 1e-6)
    assert sum(picture.seconds for picture in decoded(path)) == pytest.approx(bench.frames / RATE, abs=tick / 2)


def test_frames_are_numbered_and_all_there(bench: Bench) -> None:
    path, _ = bench.make(ClipStyle("frames"))
    assert [each.name for each in sorted(path.iterdir())] == [f"frame{i:04}.png" for i in range(1, bench.frames + 1)]
    first, *_, last = sorted(path.iterdir())
    assert Image.open(first).mode == "RGB"
    assert first.read_bytes() != last.read_bytes()


def test_a_picture_is_the_last_one(bench: Bench) -> None:
    picture, _ = bench.make(ClipStyle("png", transparent=True))
    frames, _ = bench.make(ClipStyle("frames", transparent=True))
    last = sorted(frames.iterdir())[-1]
    assert np.array_equal(np.asarray(Image.open(picture)), np.asarray(Image.open(last)))


@pytest.mark.parametrize("format_", ["mp4", "webm", "mov"])
def test_sound_is_as_long_as_the_picture(bench: Bench, format_: Format) -> None:
    path, _ = bench.make(ClipStyle(format_))
    sound = decoded_samples(path)
    expected = round(bench.frames / RATE * 48_000)
    assert expected <= len(sound) < expected + (1024 if format_ == "mp4" else 1)  # AAC has whole frames
    heard = np.abs(sound[:, 0]) > 0.05
    spoken = bench.clip(lossless=True).pieces[0].narration()
    assert heard[4800:].argmax() < 4800
    assert abs(np.flatnonzero(heard)[-1] - np.flatnonzero(np.abs(spoken) > 0.05)[-1]) < 480


@pytest.mark.parametrize("format_", ["mp4", "webm", "mov"])
def test_silent_clips_have_no_sound(bench: Bench, format_: Format) -> None:
    path, _ = bench.make(ClipStyle(format_, silent=True))
    with av.open(path) as container:
        assert [stream.type for stream in container.streams] == ["video"]
    assert len(decoded(path)) == bench.frames


@pytest.mark.parametrize("silent", [True, False])
@pytest.mark.parametrize("format_", ["mp4", "webm", "mov"])
def test_a_video_says_what_it_is_and_what_one_may_do_with_it(bench: Bench, format_: Format, silent: bool) -> None:
    path, _ = bench.make(ClipStyle(format_, silent=silent))
    with av.open(path) as container:
        told = {name.lower(): value for name, value in container.metadata.items()}
    assert told["title"] == "A trial"
    assert told["copyright"] == "CC BY 4.0"
    assert "Entropy from First Principles" in told["artist"]


def test_captions_are_in_an_mp4(bench: Bench) -> None:
    path, _ = bench.make(ClipStyle())
    with av.open(path) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio", "subtitle"]


def test_prores_is_called_by_its_name(bench: Bench) -> None:
    path, _ = bench.make(ClipStyle("mov", transparent=True))
    data = path.read_bytes()
    table = data.index(b"stsd")
    assert data[table + 16 : table + 20] == b"ap4h"


def test_webm_says_that_it_has_opacity(bench: Bench) -> None:
    for transparent in (True, False):
        path, _ = bench.make(ClipStyle("webm", transparent=transparent))
        with av.open(path) as container:
            assert (container.streams.video[0].metadata.get("ALPHA_MODE") == "1") == transparent


@pytest.mark.parametrize(("format_", "once", "for_ever"), [("gif", None, 0), ("webp", 1, 0)])
def test_a_loop_is_marked(bench: Bench, format_: Format, once: int | None, for_ever: int) -> None:
    assert Image.open(bench.make(ClipStyle(format_))[0]).info.get("loop") == once
    assert Image.open(bench.make(ClipStyle(format_, loop=True))[0]).info.get("loop") == for_ever


@pytest.mark.parametrize("format_", ["mp4", "webm", "gif", "frames"])
def test_a_loop_does_not_hold_for_long(bench: Bench, format_: Format) -> None:
    whole = decoded(bench.make(ClipStyle(format_, silent=True))[0])
    path, length = bench.make(ClipStyle(format_, silent=True, loop=True))
    hold = round(LOOP_HOLD * RATE)
    moves = bench.clip(lossless=True).timetable().beats[0].animations
    end = max(animation.end for animation in moves if animation.name != "Wait")
    assert length.frames == round(end * RATE) + hold
    assert length.frames < bench.frames
    cut = decoded(path)
    assert np.array_equal(cut[-1].pixels, whole[-1].pixels)
    if format_ != "gif":
        assert len(cut) == length.frames


@pytest.mark.parametrize("format_", [*OPAQUE])
def test_equal_inputs_give_equal_bytes(bench: Bench, format_: Format) -> None:
    style = ClipStyle(format_, transparent=format_ in TRANSPARENT)
    first, second = (bench.make(style, name)[0] for name in ("first", "second"))
    files = [sorted(path.iterdir()) if path.is_dir() else [path] for path in (first, second)]
    assert [path.read_bytes() for path in files[0]] == [path.read_bytes() for path in files[1]]


def test_a_poster_is_the_last_picture(bench: Bench) -> None:
    for style in (ClipStyle(), ClipStyle("webm"), ClipStyle("webp", transparent=True)):
        path, _ = bench.make(style)
        poster = Picture(np.asarray(Image.open(f"{path}.png").convert("RGBA")), 0.0)
        assert (poster.pixels[0, 0, 3] == 0) == style.transparent
        assert np.abs(poster.over(WHITE) - decoded(path)[-1].over(WHITE))[INSIDE].max() <= 6


def test_frames_are_all_there_or_none(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    style = ClipStyle("frames")
    kept, _ = bench.make(style)
    before = {path.name: path.read_bytes() for path in kept.iterdir()}
    count = 0
    really = frame_folder.png

    def fails(*arguments: NDArray[np.uint8], transparent: bool) -> bytes:
        nonlocal count
        count += 1
        if count == 3:
            raise RuntimeError("stopped")
        return really(*arguments, transparent=transparent)

    monkeypatch.setattr(frame_folder, "png", fails)
    for name in ("clip", "other"):
        count = 0
        with pytest.raises(RuntimeError, match="stopped"):
            bench.make(style, name)
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == before
    assert not list(bench.folder.glob("*other*"))
    assert not list(bench.folder.glob(".*"))


def test_a_clip_in_the_theme_of_another_process_is_refused(bench: Bench) -> None:
    pieces = bench.clip(lossless=False).pieces
    order = Order(
        tuple(p.folder for p in pieces), "", ClipStyle(), "dark", bench.folder / "x.mp4", None, bench.folder / "store"
    )
    with pytest.raises(Exception, match="this process draws in the theme dark; render the light one in another"):
        encode(replace(order, theme="light"))
