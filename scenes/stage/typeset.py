"""Words and mathematics, set by Typst: no TeX anywhere. Words are Inter, mathematics is New Computer Modern."""

from __future__ import annotations

import itertools
import re
from typing import Any, NamedTuple

from manim import DOWN, LEFT, UP, MathTypst, Mobject, Typst
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from manim.utils.color import ParsableManimColor

from scenes.stage.theme import BODY, FONT_FOLDER, PAPER, TITLE, TITLE_CORNER

WEIGHTS = {"regular": 400, "medium": 500, "semibold": 600}

HEADING_BASELINE = 0.36  # of a heading below the upper margin

# Besides signs: dots that would become an ellipsis, and the dot that would make a number the first of a list.
_SPECIAL = re.compile(r"([\\#$*_`<>@\[\]=~/\-+'\"]|\.(?=\.)|(?<=\.)\.)")
_NUMBERED = re.compile(r"^([0-9]+)\.")
# A letter without width at the end of the last line: its foot is the baseline. It is taken out after import.
_STRUT = "#box(width: 0pt)[H]"


def escape(text: str) -> str:
    """*text* with everything that Typst would read as markup made literal; a line feed breaks the line."""
    return _NUMBERED.sub(r"\1\.", _SPECIAL.sub(r"\\\1", text)).replace("\n", r" \ ")


class Source(NamedTuple):
    """What a text and its glyphs were set from: plain words, or a formula.

    A sum shown in pieces can say the whole of it: ``label.source = Source("0.4 + 0.6 = 1", maths=True)``.
    """

    text: str
    maths: bool

    def __deepcopy__(self, memo: object) -> Source:
        # Glyphs are copied with every animation.
        return self


def lean(mobject: Mobject, source: Source) -> None:
    """Drop the parsed SVG path that each imported glyph keeps; Manim would deep-copy it with every animation.

    Instead it keeps its source, so that whoever reads the stage knows what a part of a formula belongs to.
    """
    for part in mobject.get_family():
        if isinstance(part, VMobjectFromSVGPath):
            part.path_obj = None
            part.source = source  # type: ignore[attr-defined]


class Words(Typst):
    """One or more lines of plain words in Inter, which know their baseline.

    Parameters
    ----------
    text
        Plain text; nothing in it is read as markup. A line feed breaks the line.
    size
        Font size in Manim's units, from the type scale of :mod:`scenes.stage.theme`.
    weight
        ``regular``, ``medium`` or ``semibold``.
    align
        ``left``, ``center`` or ``right``: how several lines stand under each other.
    """

    def __init__(
        self,
        text: str,
        *,
        size: float = BODY,
        color: ParsableManimColor = PAPER,
        weight: str = "regular",
        align: str = "left",
        **kwargs: Any,
    ) -> None:
        if not text.strip():
            raise ValueError("Words needs some text to show")
        self.text = text
        preamble = (
            f'#set text(font: "Inter", weight: {WEIGHTS[weight]}, number-width: "tabular")\n'
            f"#set par(leading: 0.62em)\n#set align({align})"
        )
        super().__init__(
            escape(text) + _STRUT,
            font_size=size,
            typst_preamble=preamble,
            font_paths=[str(FONT_FOLDER)],
            color=color,
            **kwargs,
        )
        strut = self.submobjects.pop()
        foot = float(strut.get_bottom()[1])
        self._baseline_share = (foot - float(self.get_bottom()[1])) / self.height
        self.source = Source(text, maths=False)
        lean(self, self.source)
        self.center()

    @property
    def baseline(self) -> float:
        """Height of the last line's baseline in the frame."""
        return float(self.get_bottom()[1] + self._baseline_share * self.height)


class Maths(MathTypst):
    """A formula in Typst's math language, in New Computer Modern.

    ``{{ part : label }}`` marks a part for :meth:`select`. Parameters as for :class:`Words`.
    """

    def __init__(self, source: str, *, size: float = BODY, color: ParsableManimColor = PAPER, **kwargs: Any) -> None:
        # Manim gives the second of two equal formulas the glyphs of the first, but not its list of lines that grow with
        # it: fraction bars would be thinner wherever the same formula had been set before.
        super().__init__(source, font_size=size, color=color, use_svg_cache=False, **kwargs)
        self.source = Source(source, maths=True)
        lean(self, self.source)


def stand_on(mover: Words, baseline: float) -> Words:
    """Move *mover* up or down until its baseline is at *baseline*; returns it."""
    mover.shift(UP * (baseline - mover.baseline))
    return mover


def stand_beside(mover: Words, fixed: Words, *, buff: float = 0.25, left: bool = False) -> Words:
    """Put *mover* to the right (or left) of *fixed*, both on one baseline; returns *mover*."""
    mover.next_to(fixed, LEFT if left else -LEFT, buff=buff)
    return stand_on(mover, fixed.baseline)


def stack(*lines: Words, leading: float, aligned_edge: Any = LEFT) -> None:
    """Put lines under each other with equal distances between baselines, whatever letters they have."""
    for above, line in itertools.pairwise(lines):
        line.next_to(above, DOWN, aligned_edge=aligned_edge)
        stand_on(line, above.baseline - leading)


def heading(text: str) -> Words:
    """What a beat is about, at the top left corner of the stage."""
    words = Words(text, size=TITLE, weight="medium")
    words.move_to(TITLE_CORNER, aligned_edge=UP + LEFT)
    # Capitals, not descenders, hang from the margin: headings of different words stand on one line.
    return stand_on(words, float(TITLE_CORNER[1]) - HEADING_BASELINE)
