"""A take is replaced whole: whatever interrupts it, and wherever, the old one or the new one is there."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pytest

import narration.takes
from narration.align import WordTime
from narration.errors import NarrationError
from narration.opus import encode_opus
from narration.script import Script, ScriptBeat
from narration.takes import (
    RECORDING,
    TakeDamaged,
    TakeData,
    TakeMissing,
    TakePaths,
    check_take,
    new_take_data,
    take_paths,
    write_take,
)

MakeScript = Callable[[str], Script]
OLD, NEW, NEXT = 4800, 9600, 14_400  # samples
KILLED, DONE, FAILED = 41, 42, 43  # exit statuses


@dataclasses.dataclass(frozen=True)
class Desk:
    """A script of one beat, and recordings of it by how many samples they have, which tells them apart."""

    script: Script
    takes: Path
    recordings: dict[int, tuple[TakeData, bytes]]

    @property
    def beat(self) -> ScriptBeat:
        return self.script.beats[0]

    @property
    def paths(self) -> TakePaths:
        return take_paths(self.script, self.beat, self.takes)

    def record(self, samples: int) -> None:
        """Make a recording of this length the take."""
        write_take(self.paths, *self.recordings[samples])

    def found(self) -> int:
        """The length of the take that is there, checked and decoded; 0 if there is none."""
        try:
            return len(check_take(self.script, self.beat, self.takes).samples)
        except TakeMissing:
            return 0

    def files(self) -> set[str]:
        return {path.name for path in self.paths.opus.parent.iterdir()}


def recording(beat: ScriptBeat, samples: int) -> tuple[TakeData, bytes]:
    data = new_take_data(beat, RECORDING, {}, None, samples)
    words = (WordTime("so", 0.0, 0.02), WordTime("it", 0.03, 0.05), WordTime("is", 0.06, samples / 48_000))
    return dataclasses.replace(data, words=words), encode_opus(np.zeros(samples, np.float32))


@pytest.fixture
def desk(make_script: MakeScript, tmp_path: Path) -> Desk:
    script = make_script("## budget\nSo it is.")
    recordings = {samples: recording(script.beats[0], samples) for samples in (OLD, NEW, NEXT)}
    return Desk(script, tmp_path / "takes", recordings)


def stopping(step: int, stop: Callable[[], object]) -> Callable[[FrameType, str, Any], Any]:
    """A trace function that calls *stop* before the line *step* of what runs of `narration.takes`."""
    left = step

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename != narration.takes.__file__:
            return None
        if event == "line":
            if left == 0:
                stop()
            left -= 1
        return trace

    return trace


def killed_at(step: int, work: Callable[[], None]) -> bool:
    """Do *work* in a process of its own that dies before its line *step*; whether there was such a line."""
    child = os.fork()
    if child == 0:
        try:
            sys.settrace(stopping(step, lambda: os._exit(KILLED)))
            work()
            os._exit(DONE)
        finally:
            os._exit(FAILED)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (KILLED, DONE)
    return status == KILLED


def raised_at(step: int, work: Callable[[], None]) -> bool:
    """Do *work*, with Ctrl-C before its line *step*; whether there was such a line."""

    def stop() -> None:
        raise KeyboardInterrupt

    before = sys.gettrace()
    sys.settrace(stopping(step, stop))
    try:
        work()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


def interruptions(interrupt: Callable[[int, Callable[[], None]], bool], work: Callable[[], None]) -> Iterator[int]:
    """Interrupt *work* at its first line, its second ..., till it comes to its end."""
    step = 0
    while interrupt(step, work):
        yield step
        step += 1


@pytest.mark.parametrize("interrupt", [killed_at, raised_at])
@pytest.mark.parametrize("old", [OLD, 0])
def test_an_interruption_at_any_step_leaves_a_whole_take(
    old: int, interrupt: Callable[[int, Callable[[], None]], bool], desk: Desk
) -> None:
    found = []
    if old:
        desk.record(old)
    for _ in interruptions(interrupt, lambda: desk.record(NEW)):
        found.append(desk.found())
        assert found[-1] in (old, NEW)
        desk.record(NEXT)  # what comes next is not disturbed by what was left
        assert desk.found() == NEXT
        assert desk.files() == {"budget.json", "budget.opus"}
        for path in (desk.paths.opus, desk.paths.json):
            path.unlink()
        if old:
            desk.record(old)
    assert desk.found() == NEW
    assert len(found) > 20, "lines of the work"
    assert found == sorted(found), "the new one counts from one step on"
    assert set(found) == {old, NEW}


def test_the_new_sound_is_not_lost_with_a_second_interruption(desk: Desk) -> None:
    """Killed where the JSON is new and the sound waits, then killed again anywhere in the next write."""
    desk.record(OLD)

    def wait() -> None:
        """As a kill right after the JSON's rename leaves it."""
        sound = desk.paths.opus.read_bytes()
        desk.record(NEW)
        desk.paths.opus.replace(desk.paths.waiting)
        desk.paths.opus.write_bytes(sound)

    wait()
    found = []
    for _ in interruptions(killed_at, lambda: desk.record(NEXT)):
        found.append(desk.found())
        desk.record(OLD)
        wait()
    assert set(found) == {NEW, NEXT}
    assert found == sorted(found)


def test_a_sound_that_cannot_go_to_its_place_waits(desk: Desk) -> None:
    desk.record(OLD)
    desk.paths.opus.unlink()
    desk.paths.opus.mkdir()
    with pytest.raises(NarrationError, match=r"budget\.opus: the take cannot be written \(Is a directory\)"):
        desk.record(NEW)
    desk.paths.opus.rmdir()
    assert desk.found() == NEW


def test_a_damaged_recording_is_not_offered_to_a_machine(desk: Desk) -> None:
    desk.record(OLD)
    desk.paths.opus.write_bytes(b"other")
    with pytest.raises(TakeDamaged) as caught:
        desk.found()
    assert str(caught.value).endswith(
        "bring the recording back, from git or a copy, or record it again with "
        "`render.py narrate kraft@budget --record`"
    )
