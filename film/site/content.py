"""What a chapter's page shows: its films, their beats, and what is said in them, from the chapter's timetable."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from film.captions import captions
from film.transcript import paragraphs_of
from narration.timetable import TimedBeat, TimedWord, Timetable

_SENTENCE_END = re.compile(r"[.?!…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the seconds in which it is the current one: up to the next sentence of its beat."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class BeatText:
    """A beat: its address (``kraft@budget``), and its sentences by paragraph; *end* is where the next begins."""

    address: str
    title: str
    start: float
    end: float
    paragraphs: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class FilmText:
    """A film of a chapter; it begins with its title card."""

    name: str
    title: str
    start: float
    end: float
    beats: tuple[BeatText, ...]


@dataclass(frozen=True, slots=True)
class ChapterText:
    """A chapter: seconds in all, its films, and its captions as start, end and text."""

    duration: float
    films: tuple[FilmText, ...]
    cues: tuple[tuple[float, float, str], ...]


def chapter_text(timetable: Path) -> ChapterText:
    """What the timetable file of a composed video says. Raises TimetableError for films that are no timetables."""
    data: dict[str, Any] = json.loads(timetable.read_text(encoding="utf-8"))
    films = [Timetable.from_json(json.dumps(film)) for film in data["films"]]
    duration = data["frames"] / data["frame_rate"]
    ends = [film.beats[-1].end for film in films]
    # Before a film there is its card; after the last one, the card that ends the chapter.
    starts = [0.0, *ends[:-1]]
    texts = [_film(film, start, end) for film, start, end in zip(films, starts, [*ends[:-1], duration], strict=True)]
    cues = tuple(
        (round(cue.start, 3), round(cue.end, 3), "\n".join(cue.lines)) for film in films for cue in captions(film)
    )
    return ChapterText(duration, tuple(texts), cues)


def _film(film: Timetable, start: float, end: float) -> FilmText:
    ends = [beat.start for beat in film.beats[1:]] + [end]
    beats = tuple(_beat(film.concept, beat, stop) for beat, stop in zip(film.beats, ends, strict=True))
    return FilmText(film.concept, film.title, start, end, beats)


def _beat(concept: str, beat: TimedBeat, end: float) -> BeatText:
    spoken = [list(_sentences(words)) for words in paragraphs_of(beat)]
    starts = [words[0].start for paragraph in spoken for words in paragraph]
    stops = iter([*starts[1:], end])
    paragraphs = tuple(
        tuple(Sentence(" ".join(word.shown for word in words), words[0].start, next(stops)) for words in paragraph)
        for paragraph in spoken
    )
    return BeatText(f"{concept}@{beat.name}", beat.title or beat.name, beat.start, end, paragraphs)


def _sentences(words: Iterable[TimedWord]) -> Iterator[list[TimedWord]]:
    sentence: list[TimedWord] = []
    for word in words:
        sentence.append(word)
        if _SENTENCE_END.search(word.shown):
            yield sentence
            sentence = []
    if sentence:
        yield sentence
