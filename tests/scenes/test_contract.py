"""Script and scene agree, or every place where they do not is named; beats keep their time, alone or together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from film.preflight import preflight
from narration.fallback import Fallback
from narration.script import ScriptErrors
from scenes.stage.beat import TAIL, CueError
from scenes.stage.contract import contract_problems, taken_names

from ..conftest import MakeFilm, TrialFilm
from .conftest import Render


def problems_of(film: TrialFilm) -> list[str]:
    """The problems as people see them, without the folder."""
    return [str(p).replace(f"{film.concept.root}/", "") for p in contract_problems(film.scene, film.script)]


SCRIPT = """## first: The first
Here is [dot] a dot.

## second: The second
And [gone] it goes.
"""
METHODS = """    def first(self, beat: Beat) -> None:
        beat.wait_until("dot")

    def second(self, beat: Beat) -> None:
        self.play(FadeIn(Dot()), run_time=beat.until("gone"))
"""


def test_script_and_scene_agree(make_film: MakeFilm) -> None:
    assert problems_of(make_film(SCRIPT, METHODS)) == []


def test_a_beat_without_a_method(make_film: MakeFilm) -> None:
    (problem,) = problems_of(make_film(f"{SCRIPT}\n## secondly\nWell.\n", METHODS))
    assert problem == (
        "narration/en/trial.md:8:1: no method for the beat 'secondly';"
        " write 'def secondly(self, beat: Beat) -> None' in Trial; did you mean 'second'?"
    )


def test_a_method_without_a_beat(make_film: MakeFilm) -> None:
    (problem,) = problems_of(make_film(SCRIPT, f"{METHODS}\n    def third(self, beat: Beat) -> None: ...\n"))
    assert problem == (
        "scenes/part/trial.py:21:5: no beat for the method 'third';"
        " write '## third' in trial.md, or start the method's name with '_'"
    )


def test_an_unknown_cue_is_named_at_its_literal(make_film: MakeFilm) -> None:
    methods = METHODS.replace('beat.wait_until("dot")', 'print("é", "ℓ"); beat.wait_until("dots"), "dot"')
    (problem,) = problems_of(make_film(SCRIPT, methods))
    assert problem == (
        "scenes/part/trial.py:16:42: the beat 'first' has no cue 'dots';"
        " write [dots] where the picture should wait; did you mean 'dot'?"
    )


def test_a_method_may_hold_text_that_begins_lines(make_film: MakeFilm) -> None:
    methods = METHODS.replace('beat.wait_until("dot")', '"""Text\nfrom the edge on."""; beat.wait_until("dots"), "dot"')
    (problem,) = problems_of(make_film(SCRIPT, methods))
    assert problem.startswith("scenes/part/trial.py:17:39: the beat 'first' has no cue 'dots'")


def test_a_cue_that_nothing_waits_for(make_film: MakeFilm) -> None:
    (problem,) = problems_of(make_film(SCRIPT.replace("a dot.", "a [blue] dot."), METHODS))
    assert problem == (
        "narration/en/trial.md:3:17: the cue [blue] of the beat 'first' is never waited for;"
        " take it out, or write beat.wait_until('blue') in the scene"
    )


def test_private_methods_wait_for_the_beat_that_calls_them(make_film: MakeFilm) -> None:
    methods = METHODS.replace('beat.wait_until("dot")', "self._show(beat)") + (
        "\n    def _show(self, beat: Beat) -> None:\n        self._wait(beat)\n"
        '\n    def _wait(self, beat: Beat) -> None:\n        beat.wait_until("dot")\n'
    )
    assert problems_of(make_film(SCRIPT, methods)) == []


def test_a_cue_may_wait_in_a_tuple(make_film: MakeFilm) -> None:
    methods = METHODS.replace('beat.wait_until("dot")', 'for cue in ("dot",):\n            beat.wait_until(cue)')
    assert problems_of(make_film(SCRIPT, methods)) == []


@pytest.mark.parametrize("name", ["play", "camera", "mobjects", "frame", "facts", "props", "wait", "random"])
def test_a_beat_named_as_something_that_every_scene_has(make_film: MakeFilm, name: str) -> None:
    script = f"{SCRIPT}\n## {name}\nWell.\n"
    (problem,) = problems_of(make_film(script, METHODS))
    assert problem == (
        f"narration/en/trial.md:8:1: '{name}' is a name that every scene uses already; give the beat another name"
    )


def test_names_in_use_are_those_of_a_scene_after_its_rendering(make_film: MakeFilm, render: Render) -> None:
    scene = render(make_film(SCRIPT, METHODS).scene, fallback=Fallback.SILENCE, sound=False).scene
    assert {name for name in vars(scene) if not name.startswith("_")} <= taken_names()


def test_all_problems_of_all_films_at_once(make_film: MakeFilm) -> None:
    one = make_film(f"{SCRIPT}\n## third\nWell.\n\n## play\nPlay.\n", METHODS.replace('"dot"', '"dit"'))
    two = make_film(
        "## only\nIt says {nothing}. [pause]\n", "    def only(self, beat: Beat) -> None: ...\n", name="two"
    )
    with pytest.raises(ScriptErrors) as caught:
        preflight([one.concept, two.concept])
    told = str(caught.value).splitlines()
    assert len(told) == 6
    for part in ("no cue 'dit'", "[dot]", "'third'", "'play'", "nothing", "pause"):
        assert sum(part in line for line in told) == 1, part


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("def broken(:\n", r"trial\.py:1:12: Python cannot read it: invalid syntax"),
        ("x = 1\n", r"trial\.py:1:1: there is no class Trial"),
        (None, r"trial\.py:1:1: the scene module is missing; write the class Trial there"),
    ],
)
def test_a_scene_module_that_cannot_be_used(
    make_film: MakeFilm, monkeypatch: pytest.MonkeyPatch, source: str | None, told: str
) -> None:
    film = make_film(SCRIPT, METHODS)
    film.concept.scene_path.unlink()
    if source is not None:
        film.concept.scene_path.write_text(source)
    monkeypatch.setattr(type(film.concept), "scene_class", _imported)
    with pytest.raises(ScriptErrors, match=told):
        preflight([film.concept])


def _imported(concept: Any) -> Any:
    import importlib.util

    spec = importlib.util.spec_from_file_location("trial_module", concept.scene_path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, concept.class_name)


def test_facts_that_cannot_be_computed(make_film: MakeFilm) -> None:
    film = make_film(SCRIPT, METHODS)
    film.scene.compute_facts = staticmethod(lambda: 1 / 0)
    with pytest.raises(ScriptErrors, match="ZeroDivisionError: division by zero; mend the scene"):
        preflight([film.concept])


# ---- time ----------------------------------------------------------------------------------------

LATE = METHODS.replace('beat.wait_until("dot")', 'self.wait(1.5)\n        beat.wait_until("dot")')


def test_a_late_cue_is_an_error_when_the_narration_is_final(make_film: MakeFilm, render: Render) -> None:
    film = make_film(SCRIPT, LATE)
    film.speak(seconds_a_word=0.4)
    with pytest.raises(CueError) as caught:
        render(film.scene, 30, fallback=Fallback.ERROR, sound=False)
    assert str(caught.value) == (
        f"{film.concept.script_path}:2:1: in beat 'first' the picture is 0.70 s late for cue [dot]; shorten the"
        " animations before it, or give them time with words or a [pause]"
    )


@pytest.mark.parametrize(
    ("wait_frames", "asks", "is_late"),
    [(25, "wait_until", False), (26, "wait_until", True), (24, "until", False), (25, "until", True)],
)
def test_a_frame_late_is_on_time(
    make_film: MakeFilm, render: Render, wait_frames: int, asks: str, is_late: bool
) -> None:
    """The cue comes at 0.8 s, 24 frames."""
    use = 'beat.wait_until("dot")' if asks == "wait_until" else 'self.play(FadeIn(Dot()), run_time=beat.until("dot"))'
    film = make_film(SCRIPT, METHODS.replace('beat.wait_until("dot")', f"self.wait({wait_frames} / 30)\n        {use}"))
    film.speak(seconds_a_word=0.4)
    if is_late:
        with pytest.raises(CueError, match=r"0\.07 s late"):
            render(film.scene, 30, fallback=Fallback.ERROR, sound=False)
        return
    (cue,) = render(film.scene, 30, fallback=Fallback.ERROR, sound=False).scene.timetable.beats[0].cues
    assert cue.met == pytest.approx(25 / 30)


@pytest.mark.parametrize("fallback", [Fallback.DRAFT, Fallback.SILENCE])
def test_a_late_cue_is_met_late_with_a_stand_in(make_film: MakeFilm, render: Render, fallback: Fallback) -> None:
    scene = render(make_film(SCRIPT, LATE).scene, 30, fallback=fallback, sound=False).scene
    (cue,) = scene.timetable.beats[0].cues
    assert cue.spoken < 1.5
    assert cue.met == pytest.approx(1.5)


def test_a_stale_beat_leaves_the_others_strict(make_film: MakeFilm, render: Render) -> None:
    film = make_film(SCRIPT, LATE)
    film.speak_beat(film.script.beats[0], 0.4)
    with pytest.raises(CueError, match=r"late for cue \[dot\]"):
        render(film.scene, 30, fallback=Fallback.SILENCE, sound=False)


def test_an_unknown_cue_while_playing_names_the_nearest(make_film: MakeFilm, render: Render) -> None:
    methods = METHODS.replace('wait_until("dot")', 'wait_until("do" + "ts"), "dot"')
    with pytest.raises(CueError, match="beat 'first' has no cue 'dots'; did you mean 'dot'"):
        render(make_film(SCRIPT, methods).scene, fallback=Fallback.SILENCE, sound=False)


MOVING_SCRIPT = """## first
One [a] two three [b] four.

## second
Five [c] six [d] seven eight.

## third
Nine [e] ten.
"""
MOVING = """    def first(self, beat: Beat) -> None:
        self.dot = Dot(LEFT)
        self.play(FadeIn(self.dot), run_time=beat.until("a"))
        beat.wait_until("b")
        self.play(self.dot.animate.shift(2 * UP), run_time=0.2)

    def second(self, beat: Beat) -> None:
        beat.wait_until("c")
        self.play(Rotate(self.dot, about_point=ORIGIN), run_time=beat.until("d", at_most=0.3))
        self.add(*(Dot(3 * RIGHT + self.random.uniform(-1, 1, 3)) for _ in range(5)))

    def third(self, beat: Beat) -> None:
        beat.wait_until("e")
        self.play(self.dot.animate.set_color(RED), run_time=0.21)
"""


@pytest.mark.parametrize("fps", [15, 24, 30, 60])
def test_cues_are_met_within_a_frame_and_beats_end_after_their_narration(
    make_film: MakeFilm, render: Render, fps: int
) -> None:
    film = make_film(MOVING_SCRIPT, MOVING)
    film.speak(seconds_a_word=0.377)
    scene = render(film.scene, fps, fallback=Fallback.ERROR, sound=False).scene
    table = scene.timetable
    assert [cue.name for beat in table.beats for cue in beat.cues] == list("abcde")
    for beat in table.beats:
        for cue in beat.cues:
            assert abs(cue.met - cue.spoken) <= 1 / fps
        words = len(beat.words)
        assert beat.end - beat.start == pytest.approx(words * 0.377 + TAIL, abs=1 / fps)
        assert beat.start_frame == round(beat.start * fps)
    assert [b.start_frame for b in table.beats] == [0, *(b.end_frame for b in table.beats)][:-1]
    assert table.frames == table.beats[-1].end_frame == scene.frame
    spoken = [cue.spoken - beat.start for beat in table.beats for cue in beat.cues]
    assert np.allclose(spoken, [0.377, 3 * 0.377, 0.377, 2 * 0.377, 0.377])


@pytest.mark.parametrize("only", [("first",), ("second",), ("third",), ("first", "third"), ("second", "third")])
def test_beats_alone_show_their_share_of_the_film(make_film: MakeFilm, render: Render, only: tuple[str, ...]) -> None:
    film = make_film(MOVING_SCRIPT, MOVING)
    film.speak(seconds_a_word=0.3)
    whole = render(film.scene, 30, sound=False)
    alone = render(film.scene, 30, only=frozenset(only), sound=False)
    shares = [beat for beat in whole.scene.timetable.beats if beat.name in only]
    frames = sum(beat.end_frame - beat.start_frame for beat in shares)
    assert len(alone.pictures()) == alone.scene.frame == alone.scene.timetable.frames == frames
    assert [b.name for b in alone.scene.timetable.beats] == list(only)
    assert len(alone.scene.narration_track()) == round(frames / 30 * 48_000)
    expected = [p for beat in shares for p in whole.pictures()[beat.start_frame : beat.end_frame]]
    assert alone.pictures() == expected
    starts = np.cumsum([0] + [beat.end_frame - beat.start_frame for beat in shares])[:-1]
    for beat, share, start in zip(alone.scene.timetable.beats, shares, starts, strict=True):
        assert beat.start_frame == start
        assert [a.name for a in beat.animations] == [a.name for a in share.animations]
        assert np.allclose([c.met - beat.start for c in beat.cues], [c.met - share.start for c in share.cues])


def test_every_beat_has_random_numbers_of_its_own(make_film: MakeFilm, render: Render) -> None:
    methods = "\n".join(
        f"    def {name}(self, beat: Beat) -> None:\n"
        f"        self.drawn = {{**getattr(self, 'drawn', {{}}), '{name}': self.random.uniform(size=3).tolist()}}\n"
        for name in ("first", "second")
    )
    film = make_film("## first\nOne.\n\n## second\nTwo.\n", methods)
    whole, again, alone = (
        render(film.scene, 15, fallback=Fallback.SILENCE, sound=False, only=only).scene.drawn
        for only in (None, None, frozenset({"second"}))
    )
    assert whole == again == alone
    assert whole["first"] != whole["second"]
    other = make_film("## first\nOne.\n\n## second\nTwo.\n", methods, name="other")
    assert render(other.scene, 15, fallback=Fallback.SILENCE, sound=False).scene.drawn != whole
