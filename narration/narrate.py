"""Making takes: beats whose text, voice or settings changed are spoken again, recordings left alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from narration.align import AlignmentError, WordTime, align
from narration.audio import SAMPLE_RATE, Samples, resampled, trimmed
from narration.errors import NarrationError
from narration.opus import decode_sound, encode_opus
from narration.pacing import Joined, Pacing, Plan, join, plan
from narration.script import Script, ScriptBeat
from narration.takes import (
    TakeDamaged,
    TakeError,
    TakePaths,
    check_take,
    new_take_data,
    says_recording,
    take_key,
    take_paths,
    text_hash,
    write_take,
)
from narration.voices.base import Voice, VoiceFailed, VoiceMissing


class Outcome(StrEnum):
    """What became of a beat."""

    MADE = "made"
    FRESH = "fresh"
    KEPT_RECORDING = "kept recording"
    STALE_RECORDING = "stale recording"


@dataclass(frozen=True, slots=True)
class TakeReport:
    """A beat's outcome; *why* it was made, or what is wrong with its recording."""

    beat: str
    outcome: Outcome
    why: str = ""


def make_takes(
    script: Script,
    voice: Voice,
    takes: Path,
    beats: Collection[str] | None = None,
    force: bool = False,
    pacing: Pacing | None = None,
    tell: Callable[[TakeReport], None] = lambda report: None,
) -> list[TakeReport]:
    """Make the takes of *beats* (or all) that are missing, damaged, or of another text, voice or pacing.

    A recording, even a stale or damaged one, is only replaced by *force*, which makes every take anew. A beat
    that fails does not keep the others from being made: then raises :class:`NarrationError` with all
    failures. :class:`VoiceMissing` ends it at once. *tell* hears of every beat as soon as it is done.
    """
    pace = pacing or Pacing()
    unknown = sorted(set(beats or ()) - {beat.name for beat in script.beats})
    if unknown:
        known = ", ".join(beat.name for beat in script.beats)
        raise NarrationError(f"{script.path}: there is no beat {', '.join(unknown)}; its beats are {known}")
    reports, failures = [], []
    for beat in script.beats:
        if beats is not None and beat.name not in beats:
            continue
        try:
            report = _reason(script, beat, voice, takes, pace, force)
            if report.outcome is Outcome.MADE:
                _make(take_paths(script, beat, takes), beat, voice, pace)
            reports.append(report)
            tell(report)
        except (AlignmentError, VoiceFailed) as error:
            failures.append(f"{beat.place}: beat {beat.name}: {error}")
    if failures:
        raise NarrationError("\n".join(failures))
    return reports


def _reason(script: Script, beat: ScriptBeat, voice: Voice, takes: Path, pacing: Pacing, force: bool) -> TakeReport:
    """What is to become of a beat."""
    paths = take_paths(script, beat, takes)
    if force:
        return TakeReport(beat.name, Outcome.MADE, "asked for")
    try:
        take = check_take(script, beat, takes)
    except TakeError as error:
        if says_recording(paths):
            return TakeReport(beat.name, Outcome.STALE_RECORDING, str(error))
        return TakeReport(
            beat.name,
            Outcome.MADE,
            f"{error.path.name}: {error.what}" if isinstance(error, TakeDamaged) else error.what,
        )
    if take.is_recording:
        return TakeReport(beat.name, Outcome.KEPT_RECORDING)
    wanted = take_key(text_hash(beat), voice.id, voice.settings, dataclasses.asdict(pacing))
    if take.data.key == wanted:
        return TakeReport(beat.name, Outcome.FRESH)
    return TakeReport(beat.name, Outcome.MADE, f"the take was spoken by {take.data.voice} or with other settings")


def _make(paths: TakePaths, beat: ScriptBeat, voice: Voice, pacing: Pacing) -> None:
    cut = plan(beat.items, pacing)
    if not cut.segments:
        raise VoiceFailed(voice.id, "", "the beat says nothing; write at least a word")
    spoken = speak(cut, voice, pacing)
    opus = encode_opus(spoken.samples)
    words = segment_words(cut, spoken, decode_sound(opus))
    data = new_take_data(beat, voice.id, voice.settings, pacing, len(spoken.samples))
    write_take(paths, dataclasses.replace(data, words=words), opus)


def speak(cut: Plan, voice: Voice, pacing: Pacing) -> Joined:
    """A plan spoken segment by segment. Raises :class:`VoiceMissing` or :class:`VoiceFailed`."""
    pieces: list[Samples] = []
    for segment in cut.segments:
        samples, rate = voice.synthesize(segment.text)
        piece = trimmed(resampled(samples, rate), keep=pacing.margin)
        if not piece.size:
            raise VoiceFailed(voice.id, segment.text, "it returned only silence")
        pieces.append(piece)
    return join(cut, pieces, pacing)


def segment_words(cut: Plan, spoken: Joined, samples: Samples) -> tuple[WordTime, ...]:
    """Words aligned in the decoded *samples*, segment by segment; the last word ends with its segment."""
    times: list[WordTime] = []
    for segment, (first, end) in zip(cut.segments, spoken.spans, strict=True):
        found = align(segment.words, samples[first:end])
        shift = first / SAMPLE_RATE
        times += [WordTime(w.text, round(w.start + shift, 4), round(w.end + shift, 4)) for w in found]
        if found:
            times[-1] = dataclasses.replace(times[-1], end=round(end / SAMPLE_RATE, 4))
    return tuple(times)


__all__ = ["Outcome", "TakeReport", "VoiceMissing", "make_takes", "segment_words", "speak"]
