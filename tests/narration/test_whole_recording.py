"""One recording of several beats is cut between them; each part is then the recording of its beat."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from narration.audio import SAMPLE_RATE, Samples
from narration.errors import NarrationError
from narration.recording import import_sound
from narration.script import Script
from narration.sound_file import SoundFile
from narration.whole_recording import cut_at_beats

from .performance import performed

SAID = {
    "budget": "Each codeword spends its share. Short words are dear.",
    "tree": "Fold the wall, and every bit becomes a turn.",
    "question": "So how surprised should you be?",
}
BEATS = "\n\n".join(f"## {name}\n{text}" for name, text in SAID.items())
LEAD = 0.3  # seconds of the room before and after each beat
MakeScript = Callable[[str], Script]


def read_aloud(*names: str) -> tuple[SoundFile, list[float]]:
    """The beats *names* read one after the other, and where each of them ends but the last, in seconds."""
    parts: list[Samples] = [performed(SAID[name], lead=LEAD) for name in names]
    ends = np.cumsum([len(part) for part in parts]) / SAMPLE_RATE
    return SoundFile(Path("whole.wav"), np.concatenate(parts)[np.newaxis], SAMPLE_RATE), list(ends[:-1])


def test_it_is_cut_in_the_pauses_and_every_part_is_a_take(make_script: MakeScript, tmp_path: Path) -> None:
    script = make_script(BEATS)
    sound, ends = read_aloud(*SAID)
    parts = cut_at_beats(script, script.beats, sound)
    assert list(parts) == list(SAID)
    assert [part.offset for part in parts.values()] == pytest.approx([0.0, *ends], abs=LEAD)
    assert sum(part.channels.shape[1] for part in parts.values()) == sound.channels.shape[1]
    for beat in script.beats:
        assert import_sound(script, beat, parts[beat.name], tmp_path).take.is_recording


@pytest.mark.parametrize("names", [("budget", "question"), ("tree", "budget", "question"), ("budget",)])
def test_other_beats_or_another_order_are_refused(
    names: tuple[str, ...], make_script: MakeScript, tmp_path: Path
) -> None:
    script = make_script(BEATS)
    sound, _ = read_aloud(*names)

    def take_all() -> None:
        for name, part in cut_at_beats(script, script.beats, sound).items():
            import_sound(script, script.beat(name), part, tmp_path)

    with pytest.raises(NarrationError, match=r"whole\.wav: not (the beats budget to question|a recording of beat)"):
        take_all()
