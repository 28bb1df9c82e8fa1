"""A PowerPoint file: a clip fills each slide and plays when the slide appears; what is said is in the notes.

Written with python-pptx itself: the converter of manim-slides has neither alternative texts nor going on by itself.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Emu, Pt

from film.deck.clips import posters, step_file
from film.deck.colours import RULE_PIECES, digits, theme_colours
from film.deck.powerpoint_look import BEAT_LAYOUT, HEIGHT, TITLE_LAYOUT, WIDTH, empty_presentation
from film.deck.powerpoint_timing import go_on_after, play_at_once
from film.deck.slides import TITLE_SECONDS, BeatSlide, Deck, FilmSlides
from film.video import AUTHORS
from scenes.programme import SERIES_TITLE

_MARGIN = Emu(914400)  # an inch
_RULE_WIDTH, _RULE_HEIGHT, _RULE_GAP = Emu(5486400), Emu(73152), Emu(64008)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that a ZIP archive can hold


@dataclass(frozen=True)
class _Shown:
    """What is on a slide: a clip, the picture before it plays, and the texts that belong to it."""

    clip: Path
    seconds: float
    poster: bytes
    title: str
    alt: str
    notes: Sequence[str]


def write_presentation(deck: Deck, clips_of: Callable[[FilmSlides], Path], out: Path) -> int:
    """Write *deck* to *out*; return the number of slides. *clips_of* gives the folder of a film's clips."""
    slides = empty_presentation()
    about = slides.core_properties
    about.title, about.author, about.subject = deck.title, AUTHORS, SERIES_TITLE
    about.last_modified_by, about.revision = "", 1
    about.created = about.modified = datetime(*_LONG_AGO[:3])
    for film in deck.films:
        title = _add_title(slides, film)
        if deck.auto_advance:
            go_on_after(title, TITLE_SECONDS)
        for beat in film.beats:
            for shown in _shown(beat, clips_of(film), silent=deck.silent):
                slide = _add_clip(slides, shown)
                if deck.auto_advance:
                    go_on_after(slide, shown.seconds)
    saved = io.BytesIO()
    slides.save(saved)
    _write_undated(saved, out)
    return len(slides.slides)


def _shown(beat: BeatSlide, clips: Path, *, silent: bool) -> Iterator[_Shown]:
    """The slides of a beat: one, or one for each step."""
    pictures = posters(beat, [step.start for step in beat.steps])
    count = len(beat.steps)
    for number, (step, poster) in enumerate(zip(beat.steps, pictures, strict=True)):
        yield _Shown(
            clip=clips / (step_file(beat, number) if silent else f"{beat.name}.mp4"),
            seconds=(step.stop - step.start) / beat.table.frame_rate,
            poster=poster,
            title=beat.title if count == 1 else f"{beat.title} ({number + 1} of {count})",
            alt=beat.alt(step.says),
            notes=[step.says] if silent else beat.paragraphs,
        )


def _add_clip(slides: Any, shown: _Shown) -> Any:
    """A slide that *shown* fills. Its title is for outlines and screen readers and lies above the slide's edge."""
    slide = slides.slides.add_slide(slides.slide_layouts[BEAT_LAYOUT])
    title = slide.shapes.title
    title.text_frame.text = shown.title
    title.left, title.top, title.width, title.height = Emu(0), Emu(-HEIGHT // 6), WIDTH, Emu(HEIGHT // 8)
    movie = slide.shapes.add_movie(
        str(shown.clip), 0, 0, WIDTH, HEIGHT, poster_frame_image=io.BytesIO(shown.poster), mime_type="video/mp4"
    )
    movie.name = shown.title
    movie._element.nvPicPr.cNvPr.set("descr", shown.alt)
    play_at_once(slide, movie.shape_id, shown.seconds)
    slide.notes_slide.notes_text_frame.text = "\n".join(shown.notes)
    return slide


def _add_title(slides: Any, film: FilmSlides) -> Any:
    """A title slide, as the cards of the films look: a quiet line, the large title, the rule that is halved."""
    slide = slides.slides.add_slide(slides.slide_layouts[TITLE_LAYOUT])
    title, above = slide.shapes.title, slide.placeholders[1]
    width = Emu(WIDTH - 2 * _MARGIN)
    above.left, above.top, above.width, above.height = _MARGIN, Emu(HEIGHT * 5 // 16), width, Emu(HEIGHT // 12)
    title.left, title.top, title.width, title.height = _MARGIN, Emu(HEIGHT * 19 // 48), width, Emu(HEIGHT // 6)
    for shape, text, points, colour in ((title, film.title, 44, "paper"), (above, film.above, 22, "quiet")):
        frame = shape.text_frame
        frame.text, frame.word_wrap, frame.vertical_anchor = text, True, MSO_ANCHOR.MIDDLE
        frame.margin_left = 0
        run = frame.paragraphs[0].runs[0]
        run.font.size, run.font.bold = Pt(points), colour == "paper"
        run.font.color.rgb = _colour(colour)
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    _add_rule(slide, top=Emu(title.top + title.height + HEIGHT // 24))
    return slide


def _add_rule(slide: Any, top: Emu) -> None:
    left = _MARGIN
    for bits in range(1, RULE_PIECES + 1):
        length = Emu(_RULE_WIDTH // 2**bits - _RULE_GAP)
        piece = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, length, _RULE_HEIGHT)
        piece.fill.solid()
        piece.fill.fore_color.rgb = _colour("code")
        piece.line.fill.background()
        piece.shadow.inherit = False
        _mark_as_decoration(piece)
        left = Emu(left + length + _RULE_GAP)


def _colour(purpose: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(digits(theme_colours()[purpose])))  # type: ignore[no-untyped-call]


def _mark_as_decoration(shape: Any) -> None:
    """Screen readers pass over it (an extension of Office 2019)."""
    properties = shape._element.nvSpPr.cNvPr
    properties.append(
        parse_xml(
            '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative'
            ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
        )
    )


def _write_undated(saved: io.BytesIO, out: Path) -> None:
    """Write the archive without the time of day: equal decks, equal bytes. Clips are compressed already."""
    with zipfile.ZipFile(saved) as made, zipfile.ZipFile(out, "w") as archive:
        for name in made.namelist():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith((".mp4", ".png")) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, made.read(name))
