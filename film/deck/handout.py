"""A handout as PDF: a page for each beat, with its last picture and below it what is said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import typst

from film.deck.slides import Deck
from scenes.programme import ROOT, SERIES_TITLE

_TEMPLATE = Path(__file__).with_name("handout.typ")
_FONTS = ROOT / "assets" / "fonts"


def write_handout(deck: Deck, work: Path, out: Path) -> int:
    """Write *out*; return the number of beats. *work* is an empty folder for what Typst reads.

    Words reach Typst as data, never as its markup, so nothing in a script is taken for a command.
    """
    shutil.copy(_TEMPLATE, work)
    beats = []
    for film in deck.films:
        for slide in film.beats:
            picture = f"{slide.name}.png"
            shutil.copy(slide.piece.last_frame, work / picture)
            says = " ".join(slide.paragraphs)
            beats.append(
                {
                    "film": film.title,
                    "first": slide is film.beats[0],
                    "title": slide.title,
                    "picture": picture,
                    "alt": slide.alt(says),
                    "paragraphs": slide.paragraphs,
                }
            )
    told = {"title": deck.title, "author": SERIES_TITLE, "beats": beats}
    pages = typst.compile(
        work / _TEMPLATE.name,
        root=work,
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"deck": json.dumps(told)},
        pdf_standards="ua-1",
    )
    assert isinstance(pages, bytes)
    out.write_bytes(pages)
    return len(beats)
