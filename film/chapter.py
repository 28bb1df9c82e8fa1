"""A finished video: clips joined, narration mixed, captions and chapters set, and its companion files beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from film import aac
from film.atomic import replacing_all
from film.beat_key import made_key
from film.captions import Caption, captions
from film.errors import FilmError
from film.join import join
from film.mix import TARGET, Placed, mix
from film.mux import Chapter, mux
from film.piece import Clip
from film.store import About, Store
from film.subtitles import srt, vtt
from film.transcript import transcript
from film.video import Composed, Video, file_metadata, targets_of
from narration.timetable import Timetable

MIXERS = ("film/aac.py", "film/mix.py")
SOUND = "sound.npz"


@dataclass(frozen=True)
class Assembly:
    """The parts of a video in its time: what :func:`film.mux.mux` puts together, and what companions are written from.

    *starts* is when each film begins (with its card) in seconds, *films* are the timetables.
    """

    pictures: Path
    frames: int
    rate: int
    films: tuple[Timetable, ...]
    starts: tuple[float, ...]
    captions: tuple[Caption, ...]
    sound: aac.Encoded

    @property
    def duration(self) -> float:
        """Seconds of the video."""
        return self.frames / self.rate

    def markers(self) -> list[Chapter]:
        """A marker for each film, from its card on, and for each of its later beats."""
        points: list[tuple[float, str]] = []
        for film, start in zip(self.films, self.starts, strict=True):
            points.append((start if points else 0.0, film.title))
            points += [(beat.start, beat.title or beat.name) for beat in film.beats[1:]]
        times = [time for time, _ in points[1:]] + [self.duration]
        return [Chapter(start, end, title) for (start, title), end in zip(points, times, strict=True)]


def assemble(name: str, clips: Sequence[Clip], pictures: Path, store: Store, loudness: float = TARGET) -> Assembly:
    """Join the pictures of *clips* into the file *pictures*, and mix their narration to *loudness* (LUFS).

    *name* is what they become. Raises FilmError when clips do not fit each other, and when one was damaged before all
    of them were read.
    """
    try:
        made = _assembled(clips, pictures, store, loudness)
    except Exception:
        _check_whole(name, clips, store)  # a damaged piece explains whatever was raised
        raise
    _check_whole(name, clips, store)
    return made


def _assembled(clips: Sequence[Clip], pictures: Path, store: Store, loudness: float) -> Assembly:
    films, placed, starts, rate = placed_in(clips)
    frames = sum(clip.timetable().frames for clip in clips)
    with ThreadPoolExecutor(1) as beside:  # mixing is NumPy's and libav's work, joining is Python's
        mixing = beside.submit(sound_track, placed, frames / rate, store, loudness)
        joined = join([piece.video for clip in clips for piece in clip.pieces], pictures)
        if joined != frames:
            raise FilmError(f"{pictures}: holds {joined} frames, and the timetables {frames}; run again")
        told = tuple(caption for film in films for caption in captions(film))
        sound = mixing.result()
    return Assembly(pictures, frames, rate, tuple(films), tuple(starts), told, sound)


def compose(video: Video, out: Path, store: Store) -> Composed:
    """Write *out*/<name>.mp4 and its .srt, .vtt, .md and .json; all of them, or none.

    Raises what :func:`assemble` raises, and FilmError when the disk is full; what stood there before remains.
    """
    with store.working_folder() as work:
        made = assemble(video.name, video.clips, work / "pictures.mp4", store)
        targets = targets_of(video.name, out)
        markers = made.markers()
        with replacing_all(targets) as (film_file, srt_file, vtt_file, transcript_file, timetable_file):
            about = file_metadata(video.title, video.description)
            mux(made.pictures, made.sound, made.captions, markers, about, film_file)
            srt_file.write_text(srt(made.captions), encoding="utf-8")
            vtt_file.write_text(vtt(made.captions, video.title, markers), encoding="utf-8")
            transcript_file.write_text(transcript(video.title, made.films), encoding="utf-8")
            timetable_file.write_text(_timetable(video, made), encoding="utf-8")
    return Composed(targets[0], made.duration, targets)


def _check_whole(name: str, clips: Sequence[Clip], store: Store) -> None:
    """Raise FilmError if a piece that lies in *store* is no longer what was stored."""
    for piece in (piece for clip in clips for piece in clip.pieces):
        if piece.folder.parent == store.folder and store.get(piece.folder.name) is None:
            raise FilmError(f"{piece.folder}: was damaged while {name} was made of it; run again")


def sound_track(placed: Sequence[Placed], duration: float, store: Store, loudness: float = TARGET) -> aac.Encoded:
    """The mixed narration, encoded; from the store if pictures have changed and no sound has."""
    digest = hashlib.sha256(repr([duration, loudness, [sound.start for sound in placed]]).encode())
    for sound in placed:
        digest.update(np.ascontiguousarray(sound.samples).data)
    key = f"sound-{made_key(digest.hexdigest(), MIXERS, {})}"
    found = store.read(key, SOUND)
    if found is not None:
        return aac.Encoded.from_bytes(found)
    encoded = aac.encode(mix(placed, duration, loudness))
    store.write(key, SOUND, encoded.to_bytes(), About("", "sound"))
    return encoded


def placed_in(clips: Sequence[Clip]) -> tuple[list[Timetable], list[Placed], list[float], int]:
    """The films' timetables in the video's time, their narration, when each begins (with its card), the frame rate."""
    films: list[Timetable] = []
    placed: list[Placed] = []
    starts: list[float] = []
    tables = [clip.timetable() for clip in clips]
    rate = tables[0].frame_rate
    frame = begins = 0
    for clip, table in zip(clips, tables, strict=True):
        if not table.beats:
            begins = frame
            frame += table.frames
            continue
        films.append(table.shifted(frame))
        starts.append(begins / rate)
        placed += [Placed((frame + start) / rate, samples) for start, samples in clip.narration()]
        frame += table.frames
        begins = frame
    return films, placed, starts, rate


def own_sound(clip: Clip) -> NDArray[np.float32]:
    """The narration of *clip* by itself, mixed as that of a chapter: stereo at 48 kHz, shape (n, 2)."""
    table = clip.timetable()
    placed = [Placed(start / table.frame_rate, samples) for start, samples in clip.narration()]
    return mix(placed, table.frames / table.frame_rate)


def _timetable(video: Video, made: Assembly) -> str:
    tables = [json.loads(film.to_json()) for film in made.films]
    return (
        json.dumps(
            {"title": video.title, "frame_rate": made.rate, "frames": made.frames, "films": tables},
            indent=1,
            ensure_ascii=False,
        )
        + "\n"
    )
