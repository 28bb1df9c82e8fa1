"""A small site of two chapters, made without rendering: a short film, and timetables that try to be markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

from film.site.build import Chapter, Material, write_site
from film.video import targets_of
from narration.timetable import TimedBeat, TimedWord, Timetable
from scenes.programme import PROGRAMME, Part, concepts

RATE, BEAT, CARD = 10, 6, 1  # frames a second; seconds
HOSTILE = "<script>document.title='broken'</script><img src=x onerror=alert(1)>"
FILMS = {"entropy": ("intuition", "kraft"), "messages": ("joint",)}
BEATS = ("ask", "tell")


def small_site(folder: Path) -> Path:
    """Build it in *folder*; returns the folder of the site."""
    chapters = []
    for part in PROGRAMME:
        files = targets_of(part.name, folder / "films")
        write_chapter(files, FILMS[part.name])
        chapters.append(Chapter(part, files))
    write_site(folder / "site", chapters, material(folder, PROGRAMME))
    return folder / "site"


def write_chapter(files: tuple[Path, ...], films: tuple[str, ...]) -> None:
    """The five files of a chapter; only film and timetable are real."""
    files[0].parent.mkdir(exist_ok=True)
    tables, frame = [], 0
    for film in films:
        frame += CARD * RATE
        tables.append(_timetable(film, frame))
        frame += len(BEATS) * BEAT * RATE
    _write_video(files[0], frame + CARD * RATE)
    for file in files[1:4]:
        file.write_text("WEBVTT\n", encoding="utf-8")
    data = {"title": "x", "frame_rate": RATE, "frames": frame + CARD * RATE, "films": tables}
    files[4].write_text(json.dumps(data), encoding="utf-8")


def material(folder: Path, parts: Sequence[Part]) -> Material:
    """Facts, sources and posters of the small films of *parts*."""
    poster = folder / "poster.jpg"
    Image.new("RGB", (64, 36), (20, 30, 50)).save(poster)
    names = [film for films in FILMS.values() for film in films]
    facts = {film: [_fact(film, "price", 1.5, "2^(-ell)"), _fact(film, HOSTILE, HOSTILE, ")( #")] for film in names}
    return Material(
        {concept.name: concept.name for concept in concepts()},
        facts,
        {film: {"infotheory/kraft.py": f"A book {HOSTILE}"} for film in names},
        {film: poster for part in parts for film in part.concept_names},
    )


def _fact(film: str, name: str, value: float | str, formula: str) -> dict[str, Any]:
    return {
        "name": name,
        "value": value,
        "unit": "bits",
        "formula": formula,
        "origin": "computed",
        "shown": [f"{film}@tell"],
        "spoken": [],
        "drawn": [f"{film}@ask"],
    }


def _timetable(film: str, first: int) -> dict[str, Any]:
    beats = []
    for number, name in enumerate(BEATS):
        start = number * BEAT
        shown = f"A zebra asks in {film}. It {name}s &amp; {HOSTILE} twice.".split()
        words = tuple(TimedWord(w, start + 0.5 * i, start + 0.5 * i + 0.4, 0) for i, w in enumerate(shown, 1))
        title = f"{name} {HOSTILE}"
        frames = (start * RATE, (start + BEAT) * RATE)
        beats.append(
            TimedBeat(name, title, start, start + BEAT, *frames, start + 0.5, start + 5.0, "take", words, (), ())
        )
    table = Timetable(film, f"Film {film} {HOSTILE}", RATE, len(BEATS) * BEAT * RATE, tuple(beats))
    found: dict[str, Any] = json.loads(table.shifted(first).to_json())
    return found


def _write_video(path: Path, frames: int) -> None:
    with av.open(path, "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream: Any = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        stream.options = {"g": str(RATE), "preset": "ultrafast"}
        for index in range(frames):
            picture = np.full((90, 160, 3), index * 7 % 256, np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
