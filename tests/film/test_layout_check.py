"""The layout check finds each fault once, at the right mobject, and is silent about what only comes close."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import Dot, Mobject, VMobject
from PIL import Image

from film.drawing.frame_renderer import FrameRenderer
from film.layout.boxes import deepest_overlap, outline_box, pixel_box, with_gaps
from film.layout.check import check_all, check_scene
from film.layout.renderer import LayoutRenderer
from film.layout.report import LayoutReport, Severity
from film.layout.staged import read_stage
from film.layout.type_size import measured_size
from film.manim_session import manim_session
from film.quality import QUALITIES
from narration.fallback import Fallback
from scenes.programme import Concept, concepts
from scenes.stage.exceptions import allow, layout_exceptions
from scenes.stage.live_number import LiveNumber
from scenes.stage.theme import SMALL
from scenes.stage.typeset import Maths, Words
from tests.film import wrong_scenes as scenes

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Manim's working files; what Typst has set is set once."""
    return tmp_path_factory.mktemp("media")


WRONG = [
    (scenes.OutOfFrame, "outside the frame", "Words('leaving')"),
    (scenes.BeyondMargin, "outside the safe margin", "Square"),
    (scenes.InCaptionBand, "inside the caption band", "Rectangle"),
    (scenes.TextOverText, "text over text", "Words('above') at props['above'] over Words('below')"),
    (scenes.TextOverFormula, "text over text", "Maths('p quad quad = quad quad q') over Words('is')"),
    (scenes.CurveThroughText, "text over marks", "Words('curve') over VMobject"),
    (scenes.LineBetweenWords, "text over marks", "Words('left right') over Line at props['line']"),
    (scenes.TextOverTwoTiles, "text over marks", "Words('half and half') over Rectangle"),
    (scenes.SmallWords, "small type", "Words('fine print')"),
    (scenes.ShrunkNumber, "small type", "LiveNumber('0.25')"),
    (scenes.TinyScript, "small type", "Maths('2^2^n')"),
    (scenes.GreyOnBlue, "low contrast", "Words('quiet')"),
    (scenes.Translucent, "low contrast", "Words('nearly there')"),
    (scenes.Covered, "hidden text", "Words('below')"),
    (scenes.Veiled, "hidden text", "Words('below')"),
    (scenes.NeverRemoved, "never removed", "Square at props['square']"),
    (scenes.ManyOutside, "outside the safe margin", "Dot"),
]


@pytest.mark.parametrize(("scene", "kind", "mobjects"), WRONG, ids=lambda case: getattr(case, "__name__", None))
def test_a_fault_is_found_once(scene: type[Any], kind: str, mobjects: str, media: Path) -> None:
    report = check_scene(scene, media)
    (finding,) = report.findings
    assert (finding.kind, " over ".join(finding.mobjects), finding.severity) == (kind, mobjects, ERROR)
    assert finding.beat == "picture"


@pytest.mark.parametrize(
    ("scene", "kind", "mobjects"),
    [
        (scenes.PassingText, "text over text", ("Words('left')", "Words('right')")),
        (scenes.PassingDot, "text over marks", ("Words('over')", "Dot")),
    ],
)
def test_what_only_passes_is_a_warning(scene: type[Any], kind: str, mobjects: tuple[str, ...], media: Path) -> None:
    report = check_scene(scene, media)
    assert not report.errors
    (finding,) = report.warnings
    assert (finding.kind, finding.mobjects, finding.when.split()[0]) == (kind, mobjects, "middle")


RIGHT = [
    scenes.OnItsTile,
    scenes.Corners,
    scenes.LShape,
    scenes.Lines,
    scenes.SmallFormula,
    scenes.StagePieces,
    scenes.CircledDigit,
    scenes.CrossFade,
    scenes.Moving,
    scenes.OnPurpose,
]


@pytest.mark.parametrize("scene", RIGHT)
def test_what_is_right_is_passed_over(scene: type[Any], media: Path) -> None:
    report = check_scene(scene, media)
    assert [finding.line() for finding in report.findings] == []
    assert report.moments >= 2


def test_an_exception_that_hides_nothing_is_a_finding(media: Path) -> None:
    report = check_scene(scenes.OtherWord, media)
    fault, idle = report.findings
    assert fault.kind == "text over marks"
    assert idle.kind == "exception hides nothing"
    assert "what='stroke'" in idle.line()
    assert idle.severity is ERROR


def test_an_exception_needs_a_known_fault_a_reason_and_a_name() -> None:
    with pytest.raises(ValueError, match="no layout fault is called 'ugly'; there are: outside the frame, "):
        allow("ugly", "it is", what="all")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="needs a reason"):
        allow("small type", " ", what="note")
    with pytest.raises(ValueError, match="what it is about"):
        allow("small type", "a note", what="")


def test_exceptions_are_read_in_the_order_they_are_written() -> None:
    @allow("small type", "first", what="a")
    @allow("low contrast", "second", what="b")
    def picture() -> None: ...

    assert [exception.reason for exception in layout_exceptions(picture)] == ["first", "second"]


def test_a_standing_fault_is_one_row_that_says_how_long(media: Path) -> None:
    (finding,) = check_scene(scenes.GreyOnBlue, media).findings
    assert (finding.when, finding.until, finding.times) == ("look", "picture [end]", 2)
    assert finding.line() == (
        f"one_picture@picture [look]: low contrast: Words('quiet'): {finding.measure:.3g} : 1 (limit 4.5); "
        "until picture [end] (2 moments)"
    )


def test_faults_of_one_mobjects_parts_are_one_row(media: Path) -> None:
    (finding,) = check_scene(scenes.ManyOutside, media).findings
    assert finding.others == 7
    assert "Dot and 7 more" in finding.line()


def test_the_measure_is_that_of_the_worst_part(media: Path) -> None:
    (finding,) = check_scene(scenes.ManyOutside, media).findings
    # The outermost dot stands 0.45 beyond the margin, its radius is 0.08, and a unit is 60 pixels at 480 lines.
    assert finding.measure == pytest.approx((0.45 + 0.08) * 60, abs=0.1)


def test_pictures_show_the_fault_and_replace_older_ones(tmp_path: Path, media: Path) -> None:
    old, other = tmp_path / "one_picture.09.picture.small_type.png", tmp_path / "another.png"
    for path in (old, other):
        path.write_bytes(b"")
    (finding,) = check_scene(scenes.GreyOnBlue, media, pictures=tmp_path).findings
    assert {path.name for path in tmp_path.iterdir()} == {
        "one_picture.01.picture.low_contrast.png",
        "another.png",
    }
    assert finding.picture is not None
    image = np.asarray(Image.open(finding.picture).convert("RGB"))
    pen, tile = (0xFF, 0x2B, 0xD6), (0x6C, 0xB6, 0xFF)
    assert (image == pen).all(axis=2).sum() > 100
    assert (np.abs(image.astype(int) - tile).max(axis=2) < 3).sum() > 1000


def test_a_report_is_readable_as_json(media: Path) -> None:
    report = check_scene(scenes.TextOverText, media)
    (row,) = json.loads(json.dumps([finding.fields() for finding in report.findings]))
    assert row["address"].startswith("one_picture@")
    assert row["severity"] == "error"
    assert row["mobjects"] == ["Words('above') at props['above']", "Words('below')"]
    assert row["measure"] > row["limit"] == 2


@pytest.mark.parametrize("scene", [scenes.Moving, scenes.CrossFade, scenes.PassingText])
def test_looking_at_the_middle_does_not_change_the_film(scene: type[Any], media: Path) -> None:
    frames: list[Any] = []
    settings = {"fallback": Fallback.SILENCE, "sound": False}
    with manim_session(media, QUALITIES["l"], dry_run=True):
        still = FrameRenderer(skip_animations=True)
        plain = scene(renderer=still, on_beat_end=lambda film, _: frames.append(still.frame_now(film)), **settings)
        plain.render()
    with manim_session(media, QUALITIES["l"], dry_run=True):
        looks: list[str] = []
        layout = LayoutRenderer(lambda film: looks.append(film.beat_name))  # type: ignore[attr-defined]
        watched = scene(
            renderer=layout,
            on_beat_end=lambda film, _: frames.append(layout.draw(read_stage(film).leaves)),
            **settings,
        )
        watched.render()
    assert looks
    assert plain.timetable == watched.timetable
    assert np.array_equal(np.asarray(frames[0]), frames[1])


def test_an_animation_is_looked_at_half_way(media: Path) -> None:
    places: list[float] = []
    with manim_session(media, QUALITIES["l"], dry_run=True):
        renderer = LayoutRenderer(lambda film: places.extend(m.get_x() for m in film.mobjects if isinstance(m, Dot)))
        scenes.PassingDot(renderer=renderer, fallback=Fallback.SILENCE, sound=False).render()
    assert places == pytest.approx([0.0], abs=0.1)


# ---- measures ------------------------------------------------------------------------------------


def _glyphs(text: Mobject) -> list[VMobject]:
    return [glyph for glyph in text.family_members_with_points() if isinstance(glyph, VMobject)]


@pytest.mark.parametrize("size", [14.0, SMALL, 60.0])
@pytest.mark.parametrize("scale", [1.0, 0.6])
def test_type_is_measured_however_it_is_grouped_and_scaled(size: float, scale: float) -> None:
    for text in (Words("some words", size=size), Maths("x + 2 pi", size=size), LiveNumber(0.253, size=size)):
        found = measured_size(_glyphs(text.copy().scale(scale)))
        assert found is not None
        assert found.size == pytest.approx(size * scale, rel=0.01)
        assert found.script is None


def test_the_height_of_a_lower_case_letter_is_that_of_an_x() -> None:
    found = measured_size(_glyphs(Words("anchor", size=SMALL)))
    assert found is not None
    assert found.x_height == pytest.approx(Words("x", size=SMALL).height, rel=0.01)


@pytest.mark.parametrize(("formula", "share"), [("a_n", 0.7), ("a^(b^c)", 0.5), ("1 / n^2", 0.7)])
def test_scripts_are_told_from_the_line(formula: str, share: float) -> None:
    found = measured_size(_glyphs(Maths(formula, size=40)))
    assert found is not None
    assert found.size == pytest.approx(40, rel=0.01)
    assert found.script == pytest.approx(40 * share, rel=0.02)


def test_shapes_that_are_no_letters_have_no_size() -> None:
    assert measured_size([scenes.tile()]) is None


def test_the_box_of_a_curve_is_where_it_is_drawn() -> None:
    # The handles are four units high; the curve itself reaches three.
    arch = np.array([[0, 0, 0], [0, 4, 0], [1, 4, 0], [1, 0, 0]], float)
    assert outline_box(arch) == pytest.approx([0, 0, 1, 3], abs=0.15)


def test_overlap_is_the_smaller_side_of_what_two_boxes_share() -> None:
    first = np.array([[0.0, 0, 1, 1], [5, 5, 6, 6]])
    second = np.array([[0.7, 0.1, 2, 2], [8, 8, 9, 9]])
    depth, shared = deepest_overlap(first, second)
    assert depth == pytest.approx(0.3)
    assert shared == pytest.approx([0.7, 0.1, 1, 1])


def test_gaps_join_neighbours_on_a_line_only() -> None:
    letters = np.array([[0.0, 0, 1, 1], [1.5, 0, 2.5, 1], [9, 0, 10, 1], [10.1, 5, 11, 6]])
    assert with_gaps(letters)[4:].tolist() == [[1, 0, 1.5, 1]]


def test_pixels_of_a_box_stay_in_the_picture() -> None:
    with manim_session(Path(), QUALITIES["l"]):
        whole = pixel_box([-100, -100, 100, 100], (854, 480))
        assert whole is not None
        assert (whole.left, whole.top, whole.right, whole.bottom) == (0, 0, 854, 480)
        assert pixel_box([20, 0, 21, 1], (854, 480)) is None
        dot = pixel_box([0, 0, 0.01, 0.01], (854, 480), shrink=1)
        assert dot is not None
        assert (dot.right - dot.left, dot.bottom - dot.top) == (1, 1)


# ---- all films -----------------------------------------------------------------------------------


def test_no_films_are_no_work() -> None:
    assert check_all([]) == []


@pytest.mark.slow
def test_a_film_that_fails_does_not_stop_the_others() -> None:
    missing = Concept("no_such_film", "entropy")
    failed, fine = check_all([missing, concepts()[0]], workers=2)
    assert failed.timetable is None
    assert failed.failure is not None
    assert "no_such_film" in failed.failure
    assert fine.failure is None
    assert fine.moments > 10


@pytest.mark.slow
def test_every_film_is_laid_out_well() -> None:
    reports: list[LayoutReport] = check_all(concepts(), workers=2)
    assert [report.failure for report in reports if report.failure] == []
    assert [finding.line() for report in reports for finding in report.errors] == []
