"""A folder with a page that runs a talk in a browser, from a disk and without a network: reveal.js and the clips."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import jinja2

from film.deck.clips import posters
from film.deck.colours import RULE_PIECES
from film.deck.page_files import HERE, INDEX, KEPT
from film.deck.slides import TITLE_SECONDS, BeatSlide, Deck, FilmSlides
from film.theme_css import css_colours
from scenes.stage.theme import THEME

PRESS = "▸"  # in a speaker's notes: here a press of a key goes on


def write_page(deck: Deck, clips_of: Callable[[FilmSlides], Path], folder: Path) -> int:
    """Fill an empty *folder*; return the number of slides. *clips_of* gives the folder of a film's spoken clips.

    The page stops a silent clip at its cues by itself, so that is the piece's own.
    """
    for place, kept in KEPT.items():
        (folder / place).parent.mkdir(exist_ok=True)
        shutil.copyfile(kept, folder / place)
    for name in ("clips", "posters"):
        (folder / name).mkdir()
    for film in deck.films:
        for slide in film.beats:
            clip = slide.piece.video if deck.silent else clips_of(film) / f"{slide.name}.mp4"
            shutil.copyfile(clip, folder / "clips" / f"{slide.name}.mp4")
            (poster,) = posters(slide, [slide.steps[0].start])
            (folder / "posters" / f"{slide.name}.png").write_bytes(poster)
    (folder / INDEX).write_text(_page(deck), encoding="utf-8")
    return len(deck.films) + len(deck.beats)


def _page(deck: Deck) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template("talk.html").render(
        deck=deck,
        title_seconds=TITLE_SECONDS,
        colours=css_colours(THEME),
        rule_pieces=RULE_PIECES,
        steps=_steps,
        cues=_cues,
        notes=_notes,
    )


def _steps(slide: BeatSlide) -> list[list[int]]:
    return [[step.start, step.stop] for step in slide.steps]


def _cues(slide: BeatSlide) -> list[list[object]]:
    return [[caption.start, caption.end, "\n".join(caption.lines)] for caption in slide.captions]


def _notes(slide: BeatSlide) -> list[str]:
    """The words of the beat; where there are steps, a paragraph for each, with the sign for a press of a key."""
    if len(slide.steps) == 1:
        return list(slide.paragraphs)
    return [f"{PRESS} {step.says}" if number else step.says for number, step in enumerate(slide.steps)]
