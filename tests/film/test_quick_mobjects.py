"""What is done quickly in a session gives what Manim gives."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import RED, Circle, ManimColor, Mobject, Square, Typst, VGroup, VMobject, tempconfig
from manim.mobject.svg import svg_mobject

from film.drawing.kept_bytes import KeptBytes
from film.drawing.quick_mobjects import family, quick_mobjects, rgbas
from film.manim_session import manim_session, settings
from film.quality import QUALITIES
from scenes.stage.typeset import Maths, Words

QUALITY = QUALITIES["l"]
# A copy is told apart by these.
IDENTITY = frozenset(("original_id", "file_name", "path_obj", "submobjects", "updaters", "id_to_vgroup_dict", "note"))


def texts() -> list[Typst]:
    return [
        Words("Hello, world"),
        Words("two\nlines", align="center", weight="semibold"),
        Maths("H(X) = sum_x p(x) log_2 1/p(x)"),
        Maths("{{ a/b : share }} + {{ c }} = {{ a : share }}", color=RED),
        Typst("#underline[so] #text(fill: red)[red]"),
    ]


def state(mobject: Mobject) -> dict[str, Any]:
    """What a mobject consists of, but for what tells it from its copy and for other mobjects."""
    return {
        name: value.tolist() if isinstance(value, np.ndarray) else value
        for name, value in mobject.__dict__.items()
        if name not in IDENTITY and not _holds_mobjects(value)
    }


def _holds_mobjects(value: Any) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return any(isinstance(part, Mobject) for part in parts)


def states(mobject: Mobject) -> list[dict[str, Any]]:
    return [state(part) for part in mobject.get_family()]


@pytest.fixture(autouse=True)
def _nothing_imported() -> Iterator[None]:
    svg_mobject.SVG_HASH_TO_MOB_MAP.clear()
    yield
    svg_mobject.SVG_HASH_TO_MOB_MAP.clear()


def test_texts_that_were_kept_are_those_that_manim_imports(tmp_path: Path) -> None:
    with tempconfig(settings(tmp_path / "manim", QUALITY)):
        manims = texts()
    for run in ("first", "second", "third"):
        if run == "third":
            for path in (tmp_path / "kept").glob(".texts-*/*.svg"):
                path.unlink()  # kept outlines do with a newly set text
        svg_mobject.SVG_HASH_TO_MOB_MAP.clear()
        with manim_session(tmp_path / run, QUALITY, kept=tmp_path / "kept"):
            ours = texts()
        for mine, manim in zip(ours, manims, strict=True):
            assert states(mine) == states(manim)
            assert mine._label_aliases == manim._label_aliases
            tracked = [
                [text.submobjects.index(part) for part in text._stroke_width_tracked_submobjects]
                for text in (mine, manim)
            ]
            assert tracked[0] == tracked[1]
        share = ours[3].select("share")
        assert [state(part) for part in share] == [state(part) for part in manims[3].select("share")]
        assert all(any(part is other for other in ours[3].submobjects) for part in share)
    assert len(list((tmp_path / "kept").glob(".texts-*/*.outlines"))) == len(manims)


@pytest.mark.parametrize("harm", [lambda data: data[:-9], lambda data: data[:40] + b"\0" + data[41:], lambda data: b""])
def test_a_damaged_text_is_made_again(tmp_path: Path, harm: Any) -> None:
    def heading() -> list[dict[str, Any]]:
        svg_mobject.SVG_HASH_TO_MOB_MAP.clear()
        with manim_session(tmp_path / "media", QUALITY, kept=tmp_path / "kept"):
            return states(Words("Hello, world"))

    whole = heading()
    kept = list((tmp_path / "kept").glob(".texts-*/*"))
    assert len(kept) == 2
    for path in kept:
        path.write_bytes(harm(path.read_bytes()))
    assert heading() == whole
    assert all(KeptBytes(path.parent).get(path.name) is not None for path in kept if path.suffix == ".outlines")


def test_what_cannot_be_kept_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    place = KeptBytes(tmp_path / "file")
    place.put("name", b"data")
    assert place.get("name") is None
    KeptBytes(None).put("name", b"data")
    assert KeptBytes(None).get("name") is None


COLORS = st.one_of(
    st.none(), st.sampled_from(["#FF0000", RED, ManimColor((0.1, 0.2, 0.3, 0.4))]), st.lists(st.just(RED), min_size=1)
)
OPACITIES = st.one_of(st.none(), st.floats(0, 1), st.integers(0, 1), st.lists(st.floats(0, 1), min_size=1, max_size=3))


@given(color=COLORS, opacity=OPACITIES, sheen=st.sampled_from([0.0, 0.2]))
def test_colours_are_manims(color: Any, opacity: Any, sheen: float) -> None:
    mobject = VMobject()
    mobject.sheen_factor = sheen
    expected = mobject.generate_rgbas_array(color, opacity)
    found = rgbas(mobject, color, opacity)
    assert found.dtype == expected.dtype
    assert found.tolist() == expected.tolist()


def _shared() -> Mobject:
    leaf, group = Square(), VGroup(Circle())
    return VGroup(leaf, VGroup(leaf, group), group, Circle())


def _circle() -> Mobject:
    inner = VGroup(Square())
    outer = VGroup(inner)
    inner.submobjects.append(outer)
    return outer


@pytest.mark.parametrize("make", [Square, VGroup, _shared, _circle, lambda: VGroup(*(Square() for _ in range(5)))])
def test_a_family_is_manims(make: Any) -> None:
    mobject = make()
    assert list(map(id, family(mobject))) == list(map(id, mobject.get_family()))


def test_copies_are_manims() -> None:
    square = Square()
    group: Any = VGroup(square, Circle().set_fill(RED, 0.5), VGroup(square))
    group.note = {"of": [square, (1, 2), (square,)], "array": np.array([1.0, 2.0])}
    group.add_updater(lambda mobject: None)
    manims = copy.deepcopy(group)
    with quick_mobjects():
        ours = copy.deepcopy(group)
    assert states(ours) == states(manims)
    assert ours.submobjects[2].submobjects[0] is ours.submobjects[0] is ours.note["of"][0] is ours.note["of"][2][0]
    assert ours.note["array"] is not group.note["array"]
    ours.submobjects[0].points[:] = 0
    assert np.any(square.points)
