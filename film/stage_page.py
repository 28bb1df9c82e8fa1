"""The examples of a page of documentation, and the pictures that stand beside them.

Below a heading that is a name stands a picture, and a block of Python that belongs into the ``construct`` of a scene
which has imported Manim's names; the picture is the last frame of that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import manim
from manim import Camera, Scene
from PIL import Image

from film.errors import FilmError
from film.gallery import last_frame
from scenes.stage.theme import GROUND

SIZE = (640, 360)
_EXAMPLE = re.compile(
    r"^### `(?P<name>\w+)`\n+!\[[^]\n]*\]\((?P<picture>[^)\n]+)\)\n.*?^```python\n(?P<code>.*?)^```$", re.M | re.S
)


@dataclass(frozen=True)
class PageExample:
    """An example of a page: the name it is for, its code, the picture's path from the page, and its first line."""

    name: str
    code: str
    picture: str
    line: int


def page_examples(page: Path) -> list[PageExample]:
    """The examples of *page* in order. Raises FilmError for a heading whose example cannot be found."""
    text = page.read_text(encoding="utf-8")
    found = [
        PageExample(each["name"], each["code"], each["picture"], text[: each.start("code")].count("\n") + 1)
        for each in _EXAMPLE.finditer(text)
    ]
    missing = set(re.findall(r"^### `(\w+)`$", text, re.M)) - {example.name for example in found}
    if missing or len(found) != text.count("\n### "):
        raise FilmError(f"{page}: below each ### heading goes a `name`, a picture and a python block; mend {missing}")
    return found


def last_frame_of(example: PageExample, page: Path, media: Path) -> Image.Image:
    """What the example has drawn in the end, on the series' ground. Raises what it raises, at its line of *page*."""
    code = compile("\n" * (example.line - 1) + example.code, str(page), "exec")

    class Picture(Scene):
        def construct(self) -> None:
            assert isinstance(self.camera, Camera)
            self.camera.background_color = GROUND
            # A copy of all that `from manim import *` gives.
            exec(
                code, {name: found for name, found in vars(manim).items() if not name.startswith("_")} | {"self": self}
            )

    return last_frame(Picture, media).resize(SIZE, Image.Resampling.LANCZOS)


def compact(picture: Image.Image) -> Image.Image:
    """The picture in as many colours as flat shapes need: a third of the bytes."""
    return picture.quantize(64, dither=Image.Dither.NONE)
