"""The storyboard, by which a scene is reviewed: the last frame of each beat with its words and times below it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from film.still import Still, Stills
from narration.timetable import TimedBeat, Timetable
from scenes.stage.theme import FONT_FOLDER, THEME

CELL_WIDTH = 854
MARGIN = 24
LINE = 27
FONT_SIZE = 20
LINE_LENGTH = 82


def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """Inter in one of the shipped weights."""
    return ImageFont.truetype(str(FONT_FOLDER / "inter" / f"Inter-{weight}.otf"), size)


def clock(seconds: float) -> str:
    """``m:ss.s`` as storyboards and logs show it."""
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes)}:{rest:04.1f}"


def counted(number: int, noun: str) -> str:
    """``1 beat``, ``2 beats``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def storyboard(stills: Stills, columns: int = 2) -> Image.Image:
    """One picture of all *stills*; a beat's words stand under its last frame."""
    beats = {beat.name: beat for beat in stills.timetable.beats}
    last = {frame.beat: index for index, frame in enumerate(stills.frames)}
    cells = [
        _cell(frame, beats.get(frame.beat) if last[frame.beat] == i else None) for i, frame in enumerate(stills.frames)
    ]
    title = f"{stills.timetable.title}   ·   {counted(len(beats), 'beat')}, {stills.timetable.duration:.1f} s"
    return _grid(cells, columns, title)


def storyboard_of_pairs(
    revision: str, before: Timetable, after: Timetable, rows: Sequence[tuple[str, str, Still | None, Still | None]]
) -> Image.Image:
    """Two columns, before and after; a row is a beat, what is said of it, and its frames (None: not there)."""
    cells = []
    for beat, verdict, *frames in rows:
        for table, frame in zip((before, after), frames, strict=True):
            known = {timed.name: timed for timed in table.beats}
            cells.append(_cell(frame, known.get(beat), verdict) if frame else _empty(f"{beat}   not there"))
    return _grid(cells, 2, f"{after.title}   ·   {revision} and now")


def _empty(says: str) -> Image.Image:
    cell = Image.new("RGB", (CELL_WIDTH, 2 * LINE + MARGIN), THEME.panel)
    ImageDraw.Draw(cell).text((12, 8), says, THEME.waste, font("SemiBold", FONT_SIZE))
    return cell


def _cell(frame: Still, beat: TimedBeat | None, verdict: str = "") -> Image.Image:
    picture = frame.image.resize(
        (CELL_WIDTH, round(CELL_WIDTH * frame.image.height / frame.image.width)), Image.Resampling.LANCZOS
    )
    words = " ".join(word.shown for word in beat.words) if beat else ""
    lines = textwrap.wrap(words, LINE_LENGTH)
    cell = Image.new("RGB", (CELL_WIDTH, picture.height + LINE * (len(lines) + 1) + MARGIN), THEME.panel)
    cell.paste(picture, (0, 0))
    draw = ImageDraw.Draw(cell)
    when = f"{clock(beat.start)} to {clock(beat.end)}" if beat else f"{clock(frame.time)}   {frame.animation}"
    draw.text((12, picture.height + 8), f"{frame.beat}   {when}   {verdict}", THEME.code, font("SemiBold", FONT_SIZE))
    for number, line in enumerate(lines, start=1):
        draw.text((12, picture.height + 8 + LINE * number), line, THEME.paper, font("Regular", FONT_SIZE))
    return cell


def _grid(cells: Sequence[Image.Image], columns: int, title: str) -> Image.Image:
    rows = [cells[i : i + columns] for i in range(0, len(cells), columns)]
    heights = [max(cell.height for cell in row) for row in rows]
    width = columns * CELL_WIDTH + (columns + 1) * MARGIN
    sheet = Image.new("RGB", (width, sum(heights) + (len(rows) + 1) * MARGIN + 60), THEME.ground)
    ImageDraw.Draw(sheet).text((MARGIN, 22), title, THEME.paper, font("SemiBold", 30))
    top = 60 + MARGIN
    for row, height in zip(rows, heights, strict=True):
        for column, cell in enumerate(row):
            sheet.paste(cell, (MARGIN + column * (CELL_WIDTH + MARGIN), top))
        top += height + MARGIN
    return sheet
