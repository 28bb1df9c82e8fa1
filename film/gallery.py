"""The gallery: the last frame of every shared mobject's example scene, in one picture."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path

from manim import Scene
from PIL import Image, ImageDraw

from film.drawing.frame_renderer import FrameRenderer
from film.manim_session import manim_session
from film.quality import QUALITIES
from film.storyboard import font
from scenes.programme import ROOT
from scenes.stage.theme import THEME

EXAMPLES = ROOT / "scenes" / "stage" / "examples"
COLUMNS = 4
WIDTH, HEIGHT, LABEL, GAP = 480, 270, 40, 16


@dataclass(frozen=True)
class Example:
    """The example scene of a shared mobject."""

    mobject: str
    scene: type[Scene]


def examples() -> list[Example]:
    """Every example scene, by the name of the module that it shows."""
    found = []
    for path in sorted(EXAMPLES.glob("*_example.py")):
        name = path.stem.removesuffix("_example")
        if name == "stage":
            continue
        module = importlib.import_module(f"scenes.stage.examples.{path.stem}")
        class_name = "".join(part.capitalize() for part in path.stem.split("_"))
        found.append(Example(name, getattr(module, class_name)))
    return found


def last_frame(scene: type[Scene], media: Path) -> Image.Image:
    """The last frame of *scene*, without rendering the frames before it. Raises what the scene raises."""
    with manim_session(media, QUALITIES["l"], dry_run=True):
        renderer = FrameRenderer(skip_animations=True)
        drawn = scene(renderer=renderer)
        drawn.render()
        return Image.fromarray(renderer.frame_now(drawn))


def gallery(media: Path) -> Image.Image:
    """All examples, four in a row, each with its module's name below."""
    shown = examples()
    rows = -(-len(shown) // COLUMNS)
    size = (COLUMNS * (WIDTH + GAP) + GAP, rows * (HEIGHT + LABEL + GAP) + GAP)
    sheet = Image.new("RGB", size, THEME.panel)
    for number, example in enumerate(shown):
        left = GAP + number % COLUMNS * (WIDTH + GAP)
        top = GAP + number // COLUMNS * (HEIGHT + LABEL + GAP)
        frame = last_frame(example.scene, media).resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        sheet.paste(frame, (left, top))
        ImageDraw.Draw(sheet).text((left + 4, top + HEIGHT + 8), example.mobject, THEME.paper, font("Medium", 20))
    return sheet
