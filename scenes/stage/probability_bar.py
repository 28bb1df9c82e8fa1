"""A bar of length one, divided in proportion to values: a distribution, or a budget that is spent bit by bit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from statistics import fmean
from typing import Any

from manim import (
    DL,
    ORIGIN,
    RIGHT,
    UP,
    Animation,
    ManimColor,
    Mobject,
    Rectangle,
    VGroup,
    VMobject,
    interpolate_color,
    smoothstep,
)
from manim.typing import Point3D, Vector3D

from scenes.stage.theme import GROUND, PANEL, PAPER, PROBABILITY, RULE, SMALL, STEADY, THIN
from scenes.stage.typeset import Words, stand_on

DIMMED = 0.22  # how much of its colour a segment keeps when it is not meant


class ProbabilityBar(VGroup):
    """Segments laid end to end from the left edge of a frame whose width stands for 1.

    The values need not sum to 1: a budget may stay below it, and segments beyond it hang over the frame. The bar can
    be moved and scaled like any mobject. Its verbs (:meth:`highlight`, :meth:`set_values`, :meth:`renormalise`,
    :meth:`fit`) change it in place and return it, so they go with ``.animate``; :meth:`pour` is an animation.

    Parameters
    ----------
    values
        The length of each segment, as a share of *width*; none is negative.
    labels
        What stands in (or beside, see *label_side*) each segment: words, or a mobject such as a formula.
    width, height
        Size of the frame in scene units.
    colors
        One colour for all segments, or one for each.
    frame
        Whether the frame of the whole is visible.
    label_side
        ``ORIGIN`` puts labels inside the segments, ``UP`` or ``DOWN`` beside them.

    Raises
    ------
    ValueError
        For a negative value, or when labels or colours are not as many as the values.
    """

    def __init__(
        self,
        values: Sequence[float],
        *,
        labels: Sequence[str | VMobject] | None = None,
        width: float = 8.0,
        height: float = 0.7,
        colors: ManimColor | Sequence[ManimColor] = PROBABILITY,
        frame: bool = True,
        label_side: Vector3D = ORIGIN,
    ) -> None:
        super().__init__()
        fills = [colors] * len(values) if isinstance(colors, ManimColor) else list(colors)
        if len(fills) != len(values) or (labels is not None and len(labels) != len(values)):
            raise ValueError(f"a bar of {len(values)} values needs as many labels and as many colours")
        self.label_side, self._fills = label_side, fills
        self.frame = Rectangle(width=width, height=height, stroke_color=RULE, stroke_width=THIN, fill_color=PANEL)
        self.frame.set_fill(opacity=1 if frame else 0).set_stroke(opacity=1 if frame else 0)
        self.segments = VGroup(*(_segment(fill) for fill in fills))
        self.labels = VGroup(*(self._set_label(label) for label in labels or []))
        self.add(self.frame, self.segments, self.labels)
        self.set_values(values)

    def _set_label(self, label: str | VMobject) -> VMobject:
        inside = not self.label_side.any()
        return Words(label, size=SMALL, color=GROUND if inside else PAPER) if isinstance(label, str) else label

    @property
    def values(self) -> tuple[float, ...]:
        """The share of the frame that each segment has."""
        return self._values

    def part(self, i: int) -> VGroup:
        """Segment *i* together with its label."""
        return VGroup(self.segments[i], *self.labels[i : i + 1])

    def label(self, i: int) -> VMobject:
        """The label of segment *i*. Raises IndexError when the bar has none."""
        label: VMobject = self.labels[i]
        return label

    def edge(self, share: float) -> Point3D:
        """The point on the frame's lower edge that lies *share* of its width from the left."""
        corner: Point3D = self.frame.get_corner(DL)
        return corner + share * self.frame.width * RIGHT

    def set_values(self, values: Sequence[float]) -> ProbabilityBar:
        """Give the segments new lengths, end to end from the left. Returns itself."""
        if len(values) != len(self.segments) or min(values, default=0) < 0:
            raise ValueError(f"{len(self.segments)} segments need as many values, none negative; not {list(values)}")
        self._values = tuple(float(value) for value in values)
        starts = accumulate(self._values, initial=0.0)
        for i, (start, value) in enumerate(zip(starts, self._values, strict=False)):
            _stretch(self.segments[i], self.edge(start), value * self.frame.width, self.frame.height)
            if i < len(self.labels):
                self._place_label(i)
        self._line_up()
        return self

    def fit(self, area: VMobject) -> ProbabilityBar:
        """Lay the frame over *area* exactly; the labels keep their size. Returns itself."""
        self.frame.stretch_to_fit_width(area.width).stretch_to_fit_height(area.height).move_to(area)
        return self.set_values(self._values)

    def _place_label(self, i: int) -> None:
        if self.label_side.any():
            self.labels[i].next_to(self.segments[i], self.label_side, buff=0.15)
        else:
            self.labels[i].move_to(self.segments[i])

    def _line_up(self) -> None:
        """Words inside stand on one line, whatever letters they have."""
        words = [label for label in self.labels if isinstance(label, Words)]
        if words and not self.label_side.any():
            baseline = fmean(word.baseline for word in words)
            for word in words:
                stand_on(word, baseline)

    def highlight(self, *chosen: int) -> ProbabilityBar:
        """Dim every segment but the chosen ones; with none chosen, dim none. Returns itself."""
        for i, (segment, fill) in enumerate(zip(self.segments, self._fills, strict=True)):
            bright = not chosen or i in chosen
            segment.set_fill(fill if bright else dimmed(fill))
            self.labels[i : i + 1].set_opacity(1 if bright or self.label_side.any() else 0)
        return self

    def renormalise(self, *chosen: int) -> ProbabilityBar:
        """Let the chosen segments share the frame in proportion; the others shrink to nothing. Returns itself."""
        total = sum(self._values[i] for i in chosen)
        if not total:
            raise ValueError("only segments with some mass can be renormalised")
        self.labels.set_opacity(0)
        for i in chosen:
            self.labels[i : i + 1].set_opacity(1)
        return self.set_values([value / total if i in chosen else 0.0 for i, value in enumerate(self._values)])

    def pour(self, i: int, **kwargs: Any) -> Animation:
        """Let segment *i* grow in from its left edge, its label coming up last."""
        return Pour(self.part(i), **kwargs)


class Pour(Animation):
    """A segment grows from its left edge to its full length; its label appears over the last third."""

    def __init__(self, part: VGroup, *, run_time: float = STEADY, **kwargs: Any) -> None:
        self._segment: Mobject = part[0]
        super().__init__(part, run_time=run_time, introducer=True, **kwargs)

    def interpolate_submobject(self, submobject: Mobject, starting_submobject: Mobject, alpha: float) -> Pour:
        """Stretch the segment from its left edge; fade the label's glyphs in."""
        assert isinstance(submobject, VMobject)
        assert isinstance(starting_submobject, VMobject)
        if submobject is self._segment:
            corner = starting_submobject.get_corner(DL)
            _stretch(submobject, corner, alpha * starting_submobject.width, starting_submobject.height)
        elif submobject.has_points():
            submobject.set_opacity(starting_submobject.get_fill_opacity() * smoothstep(3 * alpha - 2))
        return self


def dimmed(color: ManimColor) -> ManimColor:
    """What is left of *color* where it is not meant: opaque, so that nothing shines through."""
    return interpolate_color(GROUND, color, DIMMED)


def _segment(color: ManimColor) -> VMobject:
    # The stroke in the ground's colour parts neighbours without a gap in the measure.
    return VMobject(fill_color=color, fill_opacity=1, stroke_color=GROUND, stroke_width=THIN)


def _stretch(segment: VMobject, corner: Point3D, width: float, height: float) -> None:
    """Make *segment* the rectangle with this lower left *corner*.

    Its points run as a Rectangle's, so that one becomes the other without turning.
    """
    right, up = width * RIGHT, height * UP
    segment.set_points_as_corners([corner + right + up, corner + up, corner, corner + right, corner + right + up])
