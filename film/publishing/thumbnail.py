"""The picture by which a chapter is chosen from a list: the largest picture of a frame, and few big words.

It is often seen 168 pixels wide, so the words are as large as the space beside the picture allows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw, ImageFont
from scipy.ndimage import find_objects, label, maximum_filter

from film.errors import FilmError
from film.publishing.rules import THUMBNAIL_SIZE
from film.storyboard import font
from scenes.stage.halving_rule import HalvingRule
from scenes.stage.theme import THEME

WIDTH, HEIGHT = THUMBNAIL_SIZE
MARGIN = 64
GAP = 56  # between words and picture
LEADING = 1.08
_LARGEST_TYPE, _SMALLEST_TYPE = 190, 84
_PART_TYPE = 54
_RULE = 26  # height of the series' mark
_WIDE = 1.7  # from this ratio on a picture stands below the words, not beside them
_BELOW_HEADING = 0.13  # share of a frame's height that its heading takes
_DIFFERENT = 24  # of 255: what differs so much from the ground is drawn
_REACH = 0.012  # share of the width: parts so close to each other are one picture


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.bottom - self.top


def thumbnail(frame: Image.Image, words: str, above: str) -> Image.Image:
    """1280 x 720: the largest picture of *frame*, the *words* (lines parted by line feeds), and *above* them a line.

    Raises FilmError for a frame with nothing below its heading, and for words that cannot be set large enough.
    """
    picture = frame.convert("RGB").crop(_largest_picture(frame))
    sheet = Image.new("RGB", THUMBNAIL_SIZE, THEME.ground)
    inner = Box(MARGIN, MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN)
    lines = words.split("\n")
    if picture.width >= _WIDE * picture.height:
        lines = [" ".join(lines)]
        face = _face(lines, Box(inner.left, 0, inner.right, HEIGHT // 3))
        end = _write(sheet, lines, face, above, inner.left, inner.top)
        _paste(sheet, picture, Box(inner.left, end + GAP, inner.right, inner.bottom))
    else:
        room = Box(inner.left, 0, inner.left + inner.width // 2, inner.height - 2 * _PART_TYPE - 2 * _RULE)
        face = _face(lines, room)
        height = _text_height(lines, face)
        wide = round(max(face.getlength(line) for line in lines))
        _write(sheet, lines, face, above, inner.left, (HEIGHT - height) // 2)
        _paste(sheet, picture, Box(inner.left + wide + GAP, inner.top, inner.right, inner.bottom))
    return sheet


def _largest_picture(frame: Image.Image) -> tuple[int, int, int, int]:
    """The box of the group of things, close together and below the heading, that has most colour in it."""
    pixels = np.asarray(frame.convert("RGB"), np.int16)
    ground = np.array(ImageColor.getrgb(THEME.ground))
    drawn: NDArray[np.bool_] = np.abs(pixels - ground).max(axis=2) > _DIFFERENT
    drawn[: round(_BELOW_HEADING * frame.height)] = False
    groups, _ = label(maximum_filter(drawn, size=2 * round(_REACH * frame.width) + 1))
    groups *= drawn
    if not drawn.any():
        raise FilmError(
            "the thumbnail's frame shows nothing below its heading; choose another beat in film/publishing/posters.py"
        )
    largest = int(np.bincount(groups.ravel())[1:].argmax())
    rows, columns = find_objects(groups)[largest]
    return columns.start, rows.start, columns.stop, rows.stop


def _face(lines: list[str], room: Box) -> ImageFont.FreeTypeFont:
    """The largest type in which *lines* fit into *room*."""
    for size in range(_LARGEST_TYPE, _SMALLEST_TYPE - 1, -2):
        face = font("SemiBold", size)
        if max(map(face.getlength, lines)) <= room.width and LEADING * size * len(lines) <= room.height:
            return face
    raise FilmError(
        f"the thumbnail's words '{' '.join(lines)}' are too long to be read small; shorten them, or break the line,"
        " in film/publishing/posters.py"
    )


def _text_height(lines: list[str], face: ImageFont.FreeTypeFont) -> int:
    return round(_PART_TYPE * 1.6 + LEADING * face.size * len(lines) + 2 * _RULE)


def _write(sheet: Image.Image, lines: list[str], face: ImageFont.FreeTypeFont, above: str, left: int, top: int) -> int:
    """Set the words and the series' mark below them; the y at which they end."""
    draw = ImageDraw.Draw(sheet)
    draw.text((left, top), above, THEME.quiet, font("Medium", _PART_TYPE), anchor="lt")
    y = top + _PART_TYPE * 1.6
    for line in lines:
        # Large type has its own small space before the first letter.
        draw.text((left - face.getbbox(line)[0], y), line, THEME.paper, face)
        y += LEADING * face.size
    y += _RULE  # clear of descenders
    _rule(draw, left, round(y), round(max(map(face.getlength, lines))))
    return round(y) + _RULE


def _rule(draw: ImageDraw.ImageDraw, left: int, top: int, width: int) -> None:
    """The series' mark, halved again and again, as title cards have it."""
    rule = HalvingRule()
    start, scale = rule.get_left()[0], width / rule.width
    for piece in rule:
        edges = [left + round((x - start) * scale) for x in (piece.get_left()[0], piece.get_right()[0])]
        draw.rectangle((edges[0], top, edges[1], top + _RULE), fill=THEME.code)


def _paste(sheet: Image.Image, picture: Image.Image, room: Box) -> None:
    """Put *picture* into the middle of *room*, as large as fits."""
    scale = min(room.width / picture.width, room.height / picture.height)
    size = (round(picture.width * scale), round(picture.height * scale))
    place = (room.left + (room.width - size[0]) // 2, room.top + (room.height - size[1]) // 2)
    sheet.paste(picture.resize(size, Image.Resampling.LANCZOS), place)
