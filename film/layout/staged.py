"""What stands on the stage at a moment, as the layout check sees it: texts made of glyphs, and marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from manim import Camera, DecimalNumber, MarkupText, Mobject, Scene, Text, Typst, VMobject
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from manim.mobject.text.tex_mobject import SingleStringMathTex
from numpy.typing import NDArray

from film.layout.boxes import Boxes, drawn_box, hull, outline_box, with_gaps
from scenes.stage.live_number import LiveNumber

TEXT_CLASSES = (Typst, LiveNumber, Text, MarkupText, DecimalNumber, SingleStringMathTex)
SEEN = 0.02  # opacity from which on something is seen


@dataclass(frozen=True)
class StagedText:
    """A text on the stage. *owner* is what its glyphs belong to: the text itself, or the group of a formula's part."""

    owner: Mobject
    root: Mobject
    ancestors: tuple[Mobject, ...]
    glyphs: tuple[VMobject, ...]

    @cached_property
    def boxes(self) -> Boxes:
        """Boxes of the glyphs in reading order."""
        # A fraction bar is a stroke; its outline alone has no height.
        return np.array([drawn_box(g) if g.get_fill_opacity() == 0 else outline_box(g.points) for g in self.glyphs])

    @cached_property
    def runs(self) -> Boxes:
        """Boxes of the glyphs and of the gaps between them."""
        return with_gaps(self.boxes)

    @cached_property
    def hull(self) -> NDArray[np.float64]:
        """The box around all glyphs."""
        return hull(self.boxes)

    @property
    def opacity(self) -> float:
        """That of the most opaque glyph."""
        return max(opacity_of(glyph) for glyph in self.glyphs)


@dataclass(frozen=True)
class Mark:
    """Anything drawn that is no text; *owner* is the mobject with points itself."""

    owner: VMobject
    root: Mobject
    ancestors: tuple[Mobject, ...]

    @cached_property
    def hull(self) -> NDArray[np.float64]:
        """The box around it."""
        return drawn_box(self.owner)


@dataclass(frozen=True)
class Staged:
    """All that is seen: leaves in the order in which they are drawn, and what they make up."""

    leaves: tuple[Mobject, ...]
    texts: tuple[StagedText, ...]
    marks: tuple[Mark, ...]

    @property
    def without_text(self) -> list[Mobject]:
        """The leaves that are no glyphs."""
        glyphs = {id(glyph) for text in self.texts for glyph in text.glyphs}
        return [leaf for leaf in self.leaves if id(leaf) not in glyphs]


def opacity_of(leaf: VMobject) -> float:
    """How opaque fill or stroke of a leaf is, the stronger of the two."""
    fill = float(leaf.get_fill_opacity()) if len(leaf.points) else 0.0
    stroke = float(leaf.get_stroke_opacity()) if float(leaf.get_stroke_width()) > 0 else 0.0
    return max(fill, stroke)


def is_seen(leaf: Mobject) -> bool:
    """Whether a leaf leaves any trace in the picture, wherever it stands; an anchor of one point leaves none."""
    return len(leaf.points) > 1 and (not isinstance(leaf, VMobject) or opacity_of(leaf) > SEEN)


def read_stage(scene: Scene) -> Staged:
    """What *scene* shows now."""
    assert isinstance(scene.camera, Camera)
    drawn = scene.camera.get_mobjects_to_display(scene.mobjects)
    leaves = tuple(leaf for leaf in drawn if is_seen(leaf))
    seen = {id(leaf) for leaf in leaves}
    texts: dict[int, tuple[Mobject, tuple[Mobject, ...], list[VMobject]]] = {}
    marks: list[Mark] = []
    for root in scene.mobjects:
        for leaf, ancestors in _leaves(root, ()):
            if id(leaf) not in seen or not isinstance(leaf, VMobject):
                continue
            seen.discard(id(leaf))  # what has two parents is there once
            owner = _text_owner(leaf, ancestors)
            if owner is None:
                marks.append(Mark(leaf, root, ancestors))
            else:
                above = ancestors[: ancestors.index(owner)] if owner in ancestors else ancestors
                texts.setdefault(id(owner), (owner, (root, *above), []))[2].append(leaf)
    found = [StagedText(owner, above[0], above[1:], tuple(glyphs)) for owner, above, glyphs in texts.values()]
    return Staged(leaves, tuple(found), tuple(marks))


def _leaves(mobject: Mobject, above: tuple[Mobject, ...]) -> Iterator[tuple[Mobject, tuple[Mobject, ...]]]:
    """Every member with points, and what it is part of, outermost first."""
    if mobject.has_points():
        yield mobject, above
    for part in mobject.submobjects:
        yield from _leaves(part, (*above, mobject))


def _text_owner(leaf: VMobject, ancestors: Sequence[Mobject]) -> Mobject | None:
    """The text that *leaf* is a glyph of; None when it is none."""
    for mobject in (leaf, *reversed(ancestors)):
        if isinstance(mobject, TEXT_CLASSES):
            return mobject
    if isinstance(leaf, VMobjectFromSVGPath):
        return ancestors[-1] if ancestors else leaf
    return None
