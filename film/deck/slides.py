"""What a deck shows, whatever its format: a title slide for each film, and a slide for each of its beats."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from film.captions import Caption, captions
from film.deck.page_files import file_name
from film.deck.steps import Step, steps_of, whole
from film.piece import Clip, Piece
from film.transcript import paragraphs_of
from narration.timetable import TimedBeat, Timetable
from scenes.programme import SERIES_TITLE, Concept, part

TITLE_SECONDS = 3.0  # that a title stands where slides go on by themselves
_ALT_LENGTH = 250  # characters; screen readers read an alternative text in one go


@dataclass(frozen=True)
class BeatSlide:
    """A beat: its rendered piece, and its times from the start of the piece."""

    film: str
    piece: Piece
    table: Timetable
    steps: tuple[Step, ...]

    @property
    def beat(self) -> TimedBeat:
        """The beat in the timetable."""
        return self.table.beats[0]

    @property
    def name(self) -> str:
        """What its files are called."""
        return file_name(self.film, self.beat.name)

    @property
    def title(self) -> str:
        """The beat's title."""
        return self.beat.title or self.beat.name

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What is said, a text for each paragraph of the script."""
        return tuple(" ".join(word.shown for word in words) for words in paragraphs_of(self.beat))

    @property
    def captions(self) -> tuple[Caption, ...]:
        """The captions of the beat's narration."""
        return captions(self.table)

    def alt(self, says: str) -> str:
        """The title, and *says* shortly: the alternative text of a picture."""
        return textwrap.shorten(f"{self.title}. {says}".rstrip(" "), _ALT_LENGTH, placeholder=" …")


@dataclass(frozen=True)
class FilmSlides:
    """A film, or some beats of it: its clip, what stands above its title, and its beats."""

    concept: Concept
    clip: Clip
    title: str
    above: str
    beats: tuple[BeatSlide, ...]


@dataclass(frozen=True)
class Deck:
    """Films in the order of a talk.

    *silent*: without narration, and a beat stops at its cues. *auto_advance*: a slide that has ended goes on by itself.
    """

    title: str
    films: tuple[FilmSlides, ...]
    silent: bool = False
    auto_advance: bool = False

    @property
    def beats(self) -> tuple[BeatSlide, ...]:
        """All beats in order."""
        return tuple(beat for film in self.films for beat in film.beats)


def film_slides(concept: Concept, clip: Clip, *, silent: bool) -> FilmSlides:
    """The slides of the beats in *clip*."""
    beats = []
    for piece in clip.pieces:
        table = piece.timetable()
        (beat,) = table.beats
        steps = steps_of(beat, table.frame_rate) if silent else whole(beat)
        beats.append(BeatSlide(concept.name, piece, table, steps))
    its_part = part(concept.part)
    above = f"{SERIES_TITLE} · Part {its_part.number}: {its_part.title}"
    return FilmSlides(concept, clip, beats[0].table.title, above, tuple(beats))


def deck_title(films: Sequence[FilmSlides]) -> str:
    """The title of a deck: that of its only film, or those of all."""
    return " · ".join(dict.fromkeys(film.title for film in films))
