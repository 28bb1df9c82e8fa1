"""What is published of a chapter beside its video: title, description with chapter times, tags."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from film.mux import Chapter
from film.transcript import clock
from film.video import LICENCE
from scenes.programme import SERIES_TITLE, Part

IDEA = "probability is code length, and learning is compression"
_SERIES_TAGS = ("information theory", "entropy", "Claude Shannon", "data compression", "machine learning", "Manim")


@dataclass(frozen=True)
class Publication:
    """The texts of a chapter but for its times, which are known when it is rendered."""

    title: str
    opening: str
    references: tuple[str, ...]
    tags: tuple[str, ...]

    def description(self, chapters: Sequence[Chapter]) -> str:
        """The whole description; its *chapters* are written as YouTube reads them, ``m:ss Title``."""
        times = "\n".join(f"{clock(chapter.start)} {chapter.title}" for chapter in chapters)
        sources = "\n".join(["Sources", *(f"· {reference}" for reference in self.references)])
        return "\n\n".join([self.opening, times, *([sources] if self.references else []), LICENCE]) + "\n"


def publication(part: Part, titles: Sequence[str], references: Iterable[str]) -> Publication:
    """The texts for *part*, whose films have these *titles*."""
    opening = (
        f"{part.subtitle}.\n\nPart {part.number} of {SERIES_TITLE}, a narrated, animated series about one idea:"
        f" {IDEA}. Every number that you see or hear is computed while the film is rendered."
    )
    # A title that asks a question is nothing that people search for.
    subjects = [title for title in titles if not title.endswith("?")]
    tags = dict.fromkeys([*_SERIES_TAGS, *subjects, SERIES_TITLE])
    title = f"{part.title} · {SERIES_TITLE}, part {part.number}"
    return Publication(title, opening, tuple(references), tuple(tags))


def film_chapters(titles: Sequence[str], starts: Sequence[float], duration: float) -> list[Chapter]:
    """A chapter for each film, from its card on; the first one from 0. Times in seconds.

    Beats are left out: many are shorter than the ten seconds that YouTube asks of a chapter.
    """
    times = [0.0, *starts[1:], duration]
    return [Chapter(*span, title) for span, title in zip(itertools.pairwise(times), titles, strict=True)]
