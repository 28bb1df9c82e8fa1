"""An author's own recording of a beat, made a take."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from narration.align import AlignmentError, align
from narration.audio import Samples, levelled, trimmed
from narration.errors import NarrationError
from narration.opus import SoundError, decode_sound, encode_opus
from narration.pacing import Pacing
from narration.script import Script, ScriptBeat, script_words
from narration.takes import RECORDING, Take, check_take, new_take_data, take_paths, write_take

MARGIN = 0.1  # seconds of the room kept before and after the words


def import_recording(script: Script, beat: ScriptBeat, audio_path: Path, takes: Path) -> Take:
    """Make *audio_path* (WAV, FLAC, M4A, or whatever FFmpeg decodes) the take of *beat*.

    It is mixed to mono, trimmed, levelled and aligned with the whole text of the beat; only its words count,
    so [pause] marks do not apply to it. Raises :class:`NarrationError`, and then nothing has changed.
    """
    pacing = Pacing()
    samples = levelled(_read(audio_path), pacing.loudness)
    opus = encode_opus(samples)
    try:
        words = align(script_words(beat.spoken), decode_sound(opus), doubtful=True)
    except AlignmentError as error:
        raise NarrationError(f"{audio_path}: not a recording of beat {beat.name} ({beat.place}): {error}") from error
    data = new_take_data(beat, RECORDING, {}, None, len(samples))
    write_take(take_paths(script, beat, takes), dataclasses.replace(data, words=words), opus)
    return check_take(script, beat, takes)


def _read(path: Path) -> Samples:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NarrationError(f"{path}: cannot be read ({error.strerror}); give the path of a sound file") from error
    try:
        samples = trimmed(decode_sound(content), keep=MARGIN, noise=True)
    except SoundError as error:
        raise NarrationError(f"{path}: {error}; give a WAV, FLAC, M4A, Opus or MP3 file") from error
    if not samples.size:
        raise NarrationError(f"{path}: it is silent from end to end; record it again")
    return samples
