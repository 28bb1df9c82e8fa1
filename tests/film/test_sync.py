"""A whole chapter, decoded: sound and picture meet within a frame from its first film to its last."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from film.captions import captions
from film.chapter import compose
from film.join import join
from film.mix import Placed, mix
from film.mux import mux
from film.preflight import preflight
from film.quality import Quality
from film.still import stills
from film.store import Store
from film.video import Video, chapter_jobs
from narration.audio import SAMPLE_RATE
from narration.speech import Fallback, Speech, speeches
from narration.timetable import TimedBeat, TimedCue, TimedWord, Timetable
from scenes.programme import Concept, Part, concept, concepts
from scenes.stage.beat import TAIL

from ..conftest import MakeFilm, TrialFilm
from .conftest import MakeClip
from .in_process import render_clip
from .test_mix import ebur128

RATE = 30
SCRIPT = """## first: Flash and click
One [a] two three [b] four.

## second: Again
[c] Five six [d] seven eight nine.
"""
METHODS = """    def first(self, beat: Beat) -> None:
        self._flash(beat, "a")
        self.play(Rotate(Square(color=GRAY)), run_time=beat.until("b", at_most=0.2))
        self._flash(beat, "b")

    def second(self, beat: Beat) -> None:
        for cue in ("c", "d"):
            self._flash(beat, cue)

    def _flash(self, beat: Beat, cue: str) -> None:
        beat.wait_until(cue)
        light = FullScreenRectangle(fill_opacity=1, fill_color=WHITE, stroke_width=0)
        self.add(light)
        self.wait(1 / self.frame_rate)
        self.remove(light)
"""
WORDS_BEFORE = {"first": (1, 3), "second": (0, 2)}  # how many words stand before the cues of a beat
# Seconds for a word: never a whole number of frames, and a long film before the last one.
PACES = {"flash": 0.377, "flare": 6.3331, "flicker": 0.613}


def clicks(samples: int, *, times: list[float]) -> NDArray[np.float32]:
    """Bursts of 3 ms in a quiet hum."""
    sound = (0.01 * np.sin(np.arange(samples) * 2 * np.pi * 110 / SAMPLE_RATE)).astype(np.float32)
    burst = (0.8 * np.sin(np.arange(144) * 2 * np.pi * 2000 / SAMPLE_RATE)).astype(np.float32)
    for time in times:
        start = round(time * SAMPLE_RATE)
        sound[start : start + len(burst)] += burst[: samples - start]
    return sound


def speak_clicks(film: TrialFilm, pace: float) -> None:
    """Takes in which every cue clicks."""
    for beat in film.script.beats:
        times = [before * pace for before in WORDS_BEFORE[beat.name]]
        film.speak_beat(beat, pace, partial(clicks, times=times))


@dataclass(frozen=True)
class Decoded:
    """A video as a player has it: when it flashes, and its sound from time zero on."""

    times: list[float]
    flashes: list[float]
    sound: NDArray[np.float32]

    def clicks(self) -> list[float]:
        """When it clicks."""
        loud = np.flatnonzero(np.abs(self.sound[:, 0]) > 0.4 * np.abs(self.sound).max())
        firsts = loud[np.diff(loud, prepend=-SAMPLE_RATE) > SAMPLE_RATE / 20]
        return [float(first) / SAMPLE_RATE for first in firsts]


def decoded(path: Path) -> Decoded:
    """Decode picture and sound by their own time stamps."""
    times: list[float] = []
    flashes: list[float] = []
    with av.open(path) as container:
        for picture in container.decode(video=0):
            assert picture.time is not None
            times.append(picture.time)
            if picture.to_ndarray()[: picture.height].mean() > 150:
                flashes.append(picture.time)
    return Decoded(times, flashes, decoded_sound(path))


def decoded_sound(path: Path) -> NDArray[np.float32]:
    """The sound of a video, shape (n, 2), its first sample at time zero."""
    pieces: list[tuple[int, NDArray[np.float32]]] = []
    with av.open(path) as container:
        for frame in container.decode(audio=0):
            assert frame.pts is not None
            assert frame.time_base is not None
            pieces.append((round(frame.pts * frame.time_base * SAMPLE_RATE), frame.to_ndarray().T.astype(np.float32)))
    sound = np.zeros((max(start + len(piece) for start, piece in pieces), 2), np.float32)
    for start, piece in pieces:
        sound[max(start, 0) : start + len(piece)] = piece[max(-start, 0) :]
    return sound


@pytest.fixture
def chapter(make_film: MakeFilm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[Timetable]]:
    """A chapter of cards and three films, made as render.py makes it, but small."""
    films = {name: make_film(SCRIPT, METHODS, name=name) for name in PACES}
    for name, film in films.items():
        speak_clicks(film, PACES[name])
    monkeypatch.setattr("film.scene_job.programme.concept", lambda name: films[name].concept)
    part = Part("trial", 1, "A trial", "Three films", tuple(films))
    jobs = chapter_jobs(part, {n: f.script.title for n, f in films.items()}, Quality("tiny", 72, RATE), Fallback.ERROR)
    store = Store(tmp_path / "store")
    clips = tuple(render_clip(job, tmp_path / f"clip{i}") for i, job in enumerate(jobs))
    made = compose(Video("trial", "A trial", "Three films", clips), tmp_path / "films", store)
    tables = [table for clip in clips if (table := clip.timetable()).beats]
    return made.video, tables


@pytest.mark.slow
def test_flashes_and_clicks_meet_over_a_whole_chapter(chapter: tuple[Path, list[Timetable]]) -> None:
    path, tables = chapter
    film = decoded(path)
    assert np.allclose(film.times, np.arange(len(film.times)) / RATE, atol=1e-4)
    assert len(film.flashes) == 4 * len(tables)
    heard = film.clicks()
    assert len(heard) == len(film.flashes)
    assert heard[-1] > 60
    apart = np.subtract(film.flashes, heard)
    assert np.abs(apart).max() <= 1 / RATE
    assert np.ptp(apart) <= 1.1 / RATE  # no drift: the last film is as near as the first
    assert abs(len(film.sound) / SAMPLE_RATE - len(film.times) / RATE) <= 1 / RATE

    told = json.loads(path.with_suffix(".json").read_text())
    assert told["frames"] == len(film.times)
    cues = [cue for each in told["films"] for beat in each["beats"] for cue in beat["cues"]]
    assert np.allclose([cue["met"] for cue in cues], film.flashes, atol=2e-4)
    assert np.abs(np.subtract([cue["spoken"] for cue in cues], heard)).max() < 0.005
    assert np.abs(np.subtract([cue["spoken"] for cue in cues], film.flashes)).max() <= 1 / RATE


@pytest.mark.slow
def test_what_a_chapter_file_holds(chapter: tuple[Path, list[Timetable]]) -> None:
    path, tables = chapter
    with av.open(path) as container:
        # Chapter titles are a stream of their own.
        assert [stream.type for stream in container.streams] == ["video", "audio", "subtitle", "data"]
        video, audio, text = container.streams.video[0], container.streams.audio[0], container.streams.subtitles[0]
        assert (video.codec_context.name, video.codec_context.profile) == ("h264", "High")
        assert video.codec_context.pix_fmt == "yuv420p"
        assert video.average_rate == RATE
        assert (audio.codec_context.name, audio.codec_context.layout.name) == ("aac", "stereo")
        assert audio.codec_context.sample_rate == SAMPLE_RATE
        assert text.codec_context.name == "mov_text"
        assert {stream.metadata["language"] for stream in (video, audio, text)} == {"eng"}
        assert container.metadata["title"] == "A trial"
        markers: list[Any] = container.chapters()
        titles = [marker["metadata"]["title"] for marker in markers]
        starts = [float(marker["start"] * marker["time_base"]) for marker in markers]
        said = [bytes(packet)[2:].decode() for packet in container.demux(text) if packet.size > 2]
    assert titles == ["A trial", "Again"] * len(tables)
    assert starts[0] == 0
    assert starts == sorted(starts)
    assert " ".join(said).replace("\n", " ") == " ".join(
        ["One two three four. Five six seven eight nine."] * len(tables)
    )
    boxes = list(box_names(path.read_bytes()))
    assert boxes.index("moov") < boxes.index("mdat")  # faststart
    for ending in ("srt", "vtt", "md", "json"):
        assert path.with_suffix(f".{ending}").stat().st_size > 0


def box_names(data: bytes) -> Iterator[str]:
    """The names of an MP4 file's outer boxes."""
    position = 0
    while position < len(data):
        yield data[position + 4 : position + 8].decode()
        position += int.from_bytes(data[position : position + 4], "big")


# ---- the series' own narration -------------------------------------------------------------------


def timed_beat(speech: Speech, title: str, start_frame: int) -> TimedBeat:
    """A beat whose picture keeps to its narration."""
    start, end_frame = start_frame / RATE, start_frame + round((speech.duration + TAIL) * RATE)
    return TimedBeat(
        name=speech.beat,
        title=title,
        start=start,
        end=end_frame / RATE,
        start_frame=start_frame,
        end_frame=end_frame,
        speech_start=start,
        speech_end=start + speech.duration,
        source=str(speech.source),
        words=tuple(TimedWord(t.shown, start + t.start, start + t.end, t.paragraph) for t in speech.tokens),
        cues=tuple(TimedCue(name, start + at, start + at) for name, at in speech.cues.items()),
        animations=(),
    )


def timetable(film: Concept, fallback: Fallback) -> tuple[Timetable, list[Placed]]:
    """The timetable of a film from its narration alone, and the narration in its places."""
    script = film.scene_class().read_script()
    beats: list[TimedBeat] = []
    placed: list[Placed] = []
    for name, speech in speeches(script, takes=film.takes, fallback=fallback).beats.items():
        beats.append(timed_beat(speech, script.beat(name).title, beats[-1].end_frame if beats else 0))
        placed.append(Placed(beats[-1].start, speech.samples))
    return Timetable(film.name, script.title, RATE, beats[-1].end_frame, tuple(beats)), placed


@pytest.mark.parametrize("film", concepts(), ids=lambda film: film.name)
def test_captions_of_every_film_keep_their_limits(film: Concept) -> None:
    table, _ = timetable(film, Fallback.SILENCE)
    shown = captions(table)
    assert shown
    for caption in shown:
        assert 1 <= len(caption.lines) <= 2
        assert all(0 < len(line) <= 42 for line in caption.lines)
        assert 1 <= caption.end - caption.start <= 7
    assert all(later.start >= earlier.end for earlier, later in pairwise(shown))
    words = " ".join(line for caption in shown for line in caption.lines)
    assert words == " ".join(word.shown for beat in table.beats for word in beat.words)
    for beat in table.beats:
        for word in beat.words:
            assert any(c.start <= word.start + 1 / RATE and word.shown in " ".join(c.lines) for c in shown)


@pytest.mark.slow
def test_a_films_loudness_and_true_peak_in_the_finished_file(make_clip: MakeClip, tmp_path: Path) -> None:
    """Measured on the decoded file by libavfilter, which shares no code with the mix."""
    table, placed = timetable(concept("kraft"), Fallback.ERROR)
    pictures = tmp_path / "pictures.mp4"
    join([make_clip("clip.mp4", table.frames // 6, rate=RATE // 6, size=(64, 36))], pictures)
    duration = table.frames // 6 / (RATE // 6)
    told = tuple(caption for caption in captions(table) if caption.end <= duration)
    mux(pictures, mix(placed, duration), told, [], {"title": table.title}, tmp_path / "film.mp4")
    loudness, peak = ebur128(decoded_sound(tmp_path / "film.mp4"))
    assert loudness == pytest.approx(-16, abs=0.5)
    assert peak <= -1


@pytest.mark.slow
@pytest.mark.parametrize("rate", [15, 30, 60])
@pytest.mark.parametrize("film", concepts(), ids=lambda film: film.name)
def test_every_cue_of_every_film_is_met_within_a_frame(film: Concept, rate: int, tmp_path: Path) -> None:
    if stale := preflight([film]).stale:
        pytest.skip(f"no final narration: {', '.join(stale)}")
    table = stills(film, tmp_path, quality=Quality("tiny", 72, rate), fallback=Fallback.ERROR).timetable
    for beat in table.beats:
        for cue in beat.cues:
            assert abs(cue.met - cue.spoken) <= 1 / rate + 1e-9, f"{beat.name}: {cue.name}"
