"""What a run says about itself: true shares, speeds and times, and never too much."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from film.progress import ProgressView, in_words
from film.tally import WINDOW, Tally
from film.task import Outcome, Task


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def tasks(*names_and_weights: tuple[str, float]) -> list[Task]:
    return [Task(name, "module:function", weight=weight) for name, weight in names_and_weights]


TWO_FILMS = tasks(("kraft@wall", 100), ("kraft@budget", 300), ("surprise@bits", 600))


def test_shares_are_weighted_by_work() -> None:
    tally = Tally(TWO_FILMS, Clock())
    assert tally.overall().share == 0
    tally.report("kraft@wall", 45, 90)
    assert tally.of_film("kraft").share == pytest.approx(50 / 400)
    assert tally.overall().share == pytest.approx(50 / 1000)
    assert tally.running() == ["kraft"]
    tally.finish("kraft@wall", failed=False)
    tally.report("kraft@budget", 300, 300)
    tally.report("surprise@bits", 1, 4)
    assert tally.overall().share == pytest.approx((400 + 150) / 1000)
    assert tally.overall().frames == 45 + 300 + 1
    assert tally.running() == ["kraft", "surprise"]


def test_the_rest_takes_as_long_as_what_is_done_took() -> None:
    clock = Clock()
    tally = Tally(TWO_FILMS, clock)
    assert tally.remaining() is None
    clock.now = 30.0
    tally.report("surprise@bits", 300, 600)
    assert tally.remaining() == pytest.approx(70.0)


def test_the_speed_is_that_of_late() -> None:
    clock = Clock()
    tally = Tally(TWO_FILMS, clock)
    for second in range(1, 61):
        clock.now = float(second)
        tally.report("surprise@bits", 10 * min(second, 30) + 2 * max(0, second - 30), 600)
    assert tally.frames_per_second() == pytest.approx(2.0, rel=0.1)
    assert WINDOW < 30


@given(st.lists(st.tuples(st.sampled_from([task.name for task in TWO_FILMS]), st.integers(0, 100)), max_size=40))
def test_whatever_is_reported_shares_stay_shares(reports: list[tuple[str, int]]) -> None:
    clock = Clock()
    tally = Tally(TWO_FILMS, clock)
    for name, done in reports:
        clock.now += 0.5
        tally.report(name, done, 50)
        assert 0 <= tally.overall().share <= 1
        assert tally.frames_per_second() >= 0
        assert (tally.remaining() or 0) >= 0
    for task in TWO_FILMS:
        tally.finish(task.name, failed=False)
    assert tally.overall().share == pytest.approx(1)
    assert tally.remaining() == pytest.approx(0)
    assert tally.running() == []


def _said(view: ProgressView) -> list[str]:
    file = view.console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue().splitlines()


def _console(*, terminal: bool) -> Console:
    return Console(file=io.StringIO(), force_terminal=terminal, width=100, legacy_windows=False, _environ={})


def test_without_a_terminal_there_is_a_line_now_and_then() -> None:
    clock = Clock()
    with ProgressView(TWO_FILMS, console=_console(terminal=False), clock=clock) as view:
        for step in range(1, 6001):
            clock.now = step / 10
            view.report("surprise@bits", step, 6000)
        lines = _said(view)
        assert 8 <= len(lines) <= 20  # of 6000 reports in ten minutes
        assert lines[0] == "1 % of everything, 10 frames/s, starting (surprise 2 %)"
        assert lines[-1].startswith("5")
        assert "10 frames/s, about" in lines[-1]
        view.finished(Outcome(TWO_FILMS[2], result=1))
        assert _said(view)[-1] == "surprise: done, 6000 frames (60 % of everything)"
    assert not any("\x1b" in line for line in _said(view))


def test_a_film_is_done_with_its_last_piece_and_failures_are_told() -> None:
    with ProgressView(TWO_FILMS, console=_console(terminal=False)) as view:
        view.finished(Outcome(TWO_FILMS[0], result=1, output="[bold]as it is[/bold]\n"))
        assert _said(view) == ["kraft@wall printed:", "[bold]as it is[/bold]"]
        view.finished(Outcome(TWO_FILMS[1], error=ValueError("no")))
        assert _said(view)[2:] == ["kraft@budget: failed"]


def test_a_terminal_has_a_bar_for_what_runs_and_for_everything() -> None:
    with ProgressView(TWO_FILMS, console=_console(terminal=True)) as view:
        view.report("kraft@budget", 150, 300)
        assert view.live is not None
        view.live.refresh()
        shown = "\n".join(_said(view))
        assert "150 frames" in shown
        assert "everything" in shown
        assert "38 %" in shown
        assert "surprise" not in shown


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (3900, "1 h 5 min")]
)
def test_times_are_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
