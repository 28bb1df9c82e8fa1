"""The part of a picture where a fault is, with frames around what it is about."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from film.layout.boxes import hull, pixel_box
from film.layout.fault import Fault, Leftover
from scenes.stage.theme import FONT_FOLDER, THEME

PEN = "#FF2BD6"  # no colour of the series
AROUND = 36  # pixels shown on each side
LEAST_WIDTH, LEAST_HEIGHT = 300, 130
ZOOM = 2
STRIP = 26  # height of the line of text above


def annotated(picture: NDArray[np.uint8], fault: Fault, caption: str) -> Image.Image:
    """The crop of *picture*, shape (height, width, 3), around *fault*; the whole picture when it is nowhere."""
    image = Image.fromarray(np.ascontiguousarray(picture))
    size = image.size
    hulls = [subject.hull for subject in fault.subjects[:1] if not isinstance(subject, Leftover)]
    boxes = hulls + ([fault.box] if fault.box is not None else [])
    area = pixel_box(hull(np.array(boxes)), size) if boxes else None
    if area is None:
        crop = (0, 0, *size)
    else:
        across = max(AROUND, (LEAST_WIDTH - (area.right - area.left)) // 2)
        down = max(AROUND, (LEAST_HEIGHT - (area.bottom - area.top)) // 2)
        crop = (
            max(0, area.left - across),
            max(0, area.top - down),
            min(size[0], area.right + across),
            min(size[1], area.bottom + down),
        )
    part = image.crop(crop)
    part = part.resize((part.width * ZOOM, part.height * ZOOM), Image.Resampling.LANCZOS)
    draw = ImageDraw.Draw(part)
    for index, box in enumerate(boxes):
        spot = pixel_box(box, size)
        if spot is not None:
            left, top = (spot.left - crop[0]) * ZOOM - 3, (spot.top - crop[1]) * ZOOM - 3
            right, bottom = (spot.right - crop[0]) * ZOOM + 3, (spot.bottom - crop[1]) * ZOOM + 3
            draw.rectangle((left, top, right, bottom), outline=PEN, width=1 + index)
    return _captioned(part, caption)


def _captioned(part: Image.Image, caption: str) -> Image.Image:
    font = ImageFont.truetype(str(FONT_FOLDER / "inter" / "Inter-Regular.otf"), 14)
    width = max(part.width, round(font.getlength(caption)) + 16)
    sheet = Image.new("RGB", (width, part.height + STRIP), THEME.panel)
    sheet.paste(part, (0, STRIP))
    ImageDraw.Draw(sheet).text((8, 5), caption, PEN, font)
    return sheet
