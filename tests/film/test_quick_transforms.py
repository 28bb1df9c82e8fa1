"""Transforms that move a whole family at once leave every part as Manim's own do, to the last bit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import (
    BLUE,
    PI,
    RED,
    RIGHT,
    UP,
    Animation,
    Circle,
    FadeIn,
    FadeOut,
    MoveToTarget,
    ReplacementTransform,
    Scene,
    Square,
    Transform,
    VGroup,
    VMobject,
    linear,
)

from film.drawing import quick_transforms as module
from film.drawing.quick_transforms import quick_transforms

from .test_quick_mobjects import states

ALPHAS = (0.0, 0.1, 0.5, 1 / 3, 0.999, 1.0, 0.25)


def _group(*shapes: VMobject) -> VGroup:
    return VGroup(*shapes, VGroup(Square(side_length=0.5), Circle(radius=0.2, color=BLUE)))


def _moved() -> Animation:
    group: Any = _group(Square(fill_opacity=0.5), Circle())
    group.generate_target()
    group.target.shift(2 * RIGHT).rotate(0.3).set_color(RED).set_stroke(width=9)
    return MoveToTarget(group)


def _changing() -> Animation:
    """Somebody else changes what is moved, half-way."""
    square = Square()
    return Transform(VGroup(square, Circle()), VGroup(Circle(), Square(color=RED)).shift(UP))


TRANSFORMS: dict[str, Callable[[], Animation]] = {
    "one": lambda: Transform(Square(color=BLUE), Circle(color=RED, fill_opacity=0.3).shift(UP)),
    "groups": lambda: ReplacementTransform(_group(Square()), _group(Circle(), Circle()).scale(2)),
    "target": _moved,
    "fade in": lambda: FadeIn(_group(Square(fill_opacity=0.2)), shift=UP, scale=0.5),
    "fade out": lambda: FadeOut(_group(Circle())),
    "lagged": lambda: Transform(_group(Square()), _group(Circle()).shift(RIGHT), lag_ratio=0.3, rate_func=linear),
    "by an arc": lambda: Transform(Square(), Square().shift(3 * RIGHT), path_arc=PI / 2),
    "gradient": lambda: Transform(Square(fill_color=[RED, BLUE], fill_opacity=1), Circle(fill_color=RED)),
    "updaters": lambda: Transform(VGroup(Square().add_updater(lambda part: part.shift(0.1 * UP))), VGroup(Circle())),
    "nothing": lambda: Transform(VGroup(), VGroup()),
    "two at once": _changing,
}


def _run(make: Callable[[], Animation], between: Callable[[Any], None] | None = None) -> list[Any]:
    animation: Any = make()
    animation._setup_scene(Scene())
    animation.begin()
    seen = []
    for alpha in ALPHAS:
        animation.interpolate(alpha)
        seen.append(states(animation.mobject))
        if between is not None:
            between(animation.mobject)
    animation.finish()
    return [*seen, states(animation.mobject)]


@pytest.mark.parametrize("name", TRANSFORMS)
def test_every_part_is_where_manim_has_it(name: str) -> None:
    expected = _run(TRANSFORMS[name])
    with quick_transforms():
        assert _run(TRANSFORMS[name]) == expected


@pytest.mark.parametrize(
    "change",
    [
        lambda group: group[0].set_opacity(0.1),
        lambda group: group[0].points.fill(0.0),
        lambda group: group.submobjects.reverse(),
    ],
)
def test_what_others_change_meanwhile_is_overwritten_or_kept_as_by_manim(change: Callable[[Any], None]) -> None:
    expected = _run(TRANSFORMS["two at once"], change)
    with quick_transforms():
        assert _run(TRANSFORMS["two at once"], change) == expected


def test_the_usual_ones_are_moved_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the others would only compare Manim with itself."""
    asked: list[Any] = []
    bring = module._Family.bring_to

    def bring_and_tell(self: Any, alpha: Any) -> None:
        asked.append(alpha)
        bring(self, alpha)

    monkeypatch.setattr(module._Family, "bring_to", bring_and_tell)
    with quick_transforms():
        for name in ("one", "groups", "target", "fade in", "fade out", "lagged"):
            asked.clear()
            _run(TRANSFORMS[name])
            assert len(asked) >= len(ALPHAS), name
