"""Texts of a session are those that Manim sets and imports, to the last bit, whether they are new or were kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import RED, UP, Mobject, Typst, VMobject, tempconfig
from manim.mobject.svg import svg_mobject
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from svgelements import Matrix
from svgelements import Path as SvgPath

from film.drawing.finished_text import FinishedText
from film.drawing.kept_bytes import KeptBytes
from film.drawing.pen_strokes import UnknownSvg, outline
from film.manim_session import manim_session, settings
from film.quality import QUALITIES
from scenes.stage.typeset import Maths, Words

QUALITY = QUALITIES["l"]
# What a session does not make, or makes elsewhere; and other mobjects, which are compared by place.
_APART = frozenset(("path_obj", "original_id", "file_name", "submobjects"))
_OTHERS = frozenset(("_stroke_width_tracked_submobjects", "id_to_vgroup_dict"))
TEXTS: tuple[Callable[[], Typst], ...] = (
    lambda: Words("Hello, world"),
    lambda: Words("Hello, world", color=RED, size=20),
    lambda: Words("two\nlines", align="center", weight="semibold"),
    lambda: Maths("H(X) = sum_x p(x) log_2 1/p(x)"),
    lambda: Maths("{{ a/b : share }} + {{ c }} = {{ a : share }}", color=RED),
    lambda: Maths("sqrt(2)", size=60),
    lambda: Typst("#box[a] <one> and #box[b] <one>"),
    lambda: Typst("#underline[so] #text(fill: red)[red]"),
    lambda: Typst("#rect[in] #circle(radius: 3pt)"),
    lambda: Typst("#text(fill: gradient.linear(red, blue))[red]"),
    lambda: Typst("a b", track_baselines=True),
    lambda: _Loud("hm"),
)


class _Loud(Typst):
    """A text that imports in a way of its own."""

    def get_mob_from_shape_element(self, shape: Any) -> VMobject | None:
        mobject = super().get_mob_from_shape_element(shape)
        return mobject and mobject.scale(2)


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype, value.tobytes()
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, dict) else (type(value), value)


def _state(mobject: Mobject) -> dict[str, Any]:
    held = {name: value for name, value in mobject.__dict__.items() if name not in _APART | _OTHERS}
    return {name: _plain(value) for name, value in held.items() if not (isinstance(value, list) and value)}


def whole(text: Typst) -> Any:
    """All that *text* consists of."""

    def places(parts: Any) -> list[int]:
        return [next(i for i, glyph in enumerate(text.submobjects) if glyph is part) for part in parts]

    labels = {name: places(text.select(name)) for name in text._label_aliases}
    return [_state(part) for part in text.get_family()], places(text._stroke_width_tracked_submobjects), labels


def new(make: Callable[[], Typst]) -> Any:
    """What *make* makes where Manim has imported nothing yet."""
    svg_mobject.SVG_HASH_TO_MOB_MAP.clear()
    return whole(make())


@pytest.fixture(autouse=True)
def _nothing_imported() -> Iterator[None]:
    svg_mobject.SVG_HASH_TO_MOB_MAP.clear()
    yield
    svg_mobject.SVG_HASH_TO_MOB_MAP.clear()


@pytest.mark.parametrize("letter", ["l", "h"])
def test_texts_are_those_that_manim_makes(tmp_path: Path, letter: str) -> None:
    with tempconfig(settings(tmp_path / "manim", QUALITIES[letter])):
        manims = [new(make) for make in TEXTS]
    with manim_session(tmp_path / "coarse", QUALITY, kept=tmp_path / "kept"):
        Maths("sqrt(2)", size=60)  # the width of its line depends on the picture's
    for run in ("new", "kept"):
        with manim_session(tmp_path / run, QUALITIES[letter], kept=tmp_path / "kept"):
            for _ in ("once", "again"):
                assert [new(make) for make in TEXTS] == manims


def test_lines_of_a_second_text_are_manims(tmp_path: Path) -> None:
    def two() -> list[list[float]]:
        svg_mobject.SVG_HASH_TO_MOB_MAP.clear()
        return [[glyph.stroke_width for glyph in Typst("#underline[so]", font_size=size)] for size in (48, 96)]

    with tempconfig(settings(tmp_path / "manim", QUALITY)):
        manims = two()
    assert 2 * max(manims[0]) != max(manims[1])  # it forgets that they grow with the text
    with manim_session(tmp_path / "ours", QUALITY, kept=tmp_path / "kept"):
        assert two() == manims
        assert two() == manims


def test_a_kept_text_needs_no_typst(tmp_path: Path) -> None:
    def words() -> Any:
        return whole(Words("Hello, world"))

    with manim_session(tmp_path / "first", QUALITY, kept=tmp_path / "kept"):
        first = words()
    with manim_session(tmp_path / "second", QUALITY, kept=tmp_path / "kept"):
        assert words() == first
    assert not list((tmp_path / "second").rglob("*.svg"))


def test_two_texts_of_a_kind_share_nothing_that_changes(tmp_path: Path) -> None:
    with manim_session(tmp_path, QUALITY):
        Words("Hello")
        one, other = Words("Hello"), Words("Hello")
        before = whole(other)
        one.shift(UP).set_color(RED)
        one[0].add_updater(lambda glyph: glyph)
        one.svg_default["color"] = RED
        assert whole(other) == before


def test_changed_defaults_are_heeded(tmp_path: Path) -> None:
    def joints() -> float:
        with manim_session(tmp_path / str(next(numbers)), QUALITY, kept=tmp_path / "kept"):
            return float(vars(Words("Hello")[0])["tolerance_for_point_equality"])

    numbers = count()
    before = joints()
    VMobject.set_default(tolerance_for_point_equality=2 * before)
    try:
        assert joints() == 2 * before
    finally:
        VMobject.set_default()
    assert joints() == before


@pytest.mark.parametrize("harm", [lambda data: data[:-9], lambda data: data[:40] + b"\0" + data[41:], lambda data: b""])
def test_a_damaged_text_is_made_again(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    def heading() -> Any:
        with manim_session(tmp_path / "media", QUALITY, kept=tmp_path / "kept"):
            return whole(Words("Hello, world"))

    first = heading()
    (kept,) = (tmp_path / "kept").glob(".texts-*/*")
    kept.write_bytes(harm(kept.read_bytes()))
    assert heading() == first
    data = KeptBytes(kept.parent).get(kept.name)
    assert data is not None
    FinishedText.of(data)


def test_what_cannot_be_kept_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    place = KeptBytes(tmp_path / "file")
    place.put("name", b"data")
    assert place.get("name") is None
    KeptBytes(None).put("name", b"data")
    assert KeptBytes(None).get("name") is None


NUMBERS = st.integers(-9999, 9999).map(lambda number: str(number / 1000))
# Far from zero or none at all, so that ends meet or do not.
STEPS = st.lists(
    st.sampled_from(("l", "L", "h", "H", "v", "V", "c", "C")).flatmap(
        lambda letter: st.lists(NUMBERS, min_size=(n := {"l": 2, "c": 6}.get(letter.lower(), 1)), max_size=n).map(
            lambda numbers: f"{letter} {' '.join(numbers)}"
        )
    ),
    max_size=5,
).map("".join)
LOOPS = st.lists(
    st.builds("{}{} {}{}{}".format, st.sampled_from("mM"), NUMBERS, NUMBERS, STEPS, st.sampled_from(("", "Z ", "z"))),
    min_size=1,
    max_size=3,
).map("".join)


@given(data=LOOPS, matrix=st.tuples(*[st.floats(-2, 2)] * 4, *[st.floats(-50, 50)] * 2))
def test_an_outline_has_the_points_of_manims_import(data: str, matrix: tuple[float, ...]) -> None:
    path = SvgPath(data)
    path.transform = Matrix(*matrix)
    path.reify()
    expected = VMobjectFromSVGPath(path).points + 0.0
    found = outline(data).points(Matrix(*matrix))
    assert found.shape == expected.shape
    assert found.tobytes() == expected.tobytes()


@pytest.mark.parametrize("data", ["M 0 0q 1 1 2 2", "M 0 0h 1 2", "l 1 1", "M 0 0h 1Zh 1", "M 0,0h 1", "M 0 0h 1e3"])
def test_other_outlines_are_not_guessed(data: str) -> None:
    with pytest.raises(UnknownSvg):
        outline(data)
