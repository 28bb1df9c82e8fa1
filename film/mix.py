"""The sound of a chapter: narration and scene sounds on one long track, brought to loudness and limited."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from film import aac
from film.errors import FilmError
from film.loudness import SAMPLE_RATE, integrated_loudness, true_peak
from narration.limiter import limit
from narration.true_peaks import TruePeaks

# pydub warns of a missing ffmpeg program, which nothing used here needs, and of the age of audioop.
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

TARGET = -16.0  # LUFS
PEAK = -1.0
_CEILING = -1.6  # before AAC, which was seen to raise speech by 0.1 to 0.4 dB
_CLOSE = 0.05
_HEARD = 0.1  # LU by which what is heard may differ from what was mixed; speech loses less than 0.01
_ROUNDS = 8
_LEAST_YIELD = 0.2  # of a step in gain: what loudness is expected to gain at least
_FADE_MS = 4
_OVERRUN = 0.05


@dataclass(frozen=True)
class Placed:
    """A sound, mono at 48 kHz, shape (n,), and the second of the chapter at which it starts."""

    start: float
    samples: NDArray[np.float32]


def mix(placed: Sequence[Placed], duration: float, target: float = TARGET) -> NDArray[np.float32]:
    """One stereo track of *duration* seconds, shape (round(duration * 48000), 2), with every sound at its
    sample.

    Integrated loudness *target* in LUFS, true peak at most -1 dBTP once encoded as AAC: the track is encoded,
    decoded and measured, the ceiling of the limiter lowered by what the codec added, and the level raised by what it
    took away. Silence stays silent. Material that is nearly all peak (a single click) stays quieter rather than being
    crushed. Raises :class:`FilmError` for a sound that does not fit into the chapter or is no sound.
    """
    track = _placed(placed, round(duration * SAMPLE_RATE))
    loudness = _loudness_on_both(track)
    if loudness == -np.inf:
        return _stereo(track)
    peaks, ceiling, made_up = TruePeaks(track), _CEILING, 0.0
    for _ in range(_ROUNDS):
        levelled, reached = _levelled(track, loudness, peaks, ceiling, target + made_up)
        stereo = _stereo(levelled)
        heard = aac.decode(aac.encode(stereo))
        excess = true_peak(heard) - PEAK
        lost = reached - _loudness_on_both(heard[:, 0])
        if excess <= 0 and abs(lost - made_up) <= _HEARD:
            return stereo
        if excess > 0:
            ceiling -= excess + 0.05
        made_up = lost
    if excess <= 0:
        return stereo
    raise FilmError(
        f"the encoded sound stays {excess:.1f} dB above {PEAK:g} dBTP; listen to the sounds that were placed"
    )


def _placed(placed: Sequence[Placed], length: int) -> NDArray[np.float32]:
    """All sounds added up on one mono track of *length* samples.

    In NumPy, as pydub places sounds by the millisecond and in integers.
    """
    track = np.zeros(length, np.float32)
    for sound in placed:
        start = round(sound.start * SAMPLE_RATE)
        samples = _declicked(_checked(sound))
        over = start + len(samples) - length
        if start < 0 or over > _OVERRUN * SAMPLE_RATE:
            raise FilmError(
                f"a sound of {len(samples) / SAMPLE_RATE:.2f} s at {sound.start:.2f} s does not fit into the"
                f" {length / SAMPLE_RATE:.2f} s of the picture; render the scene again so that both agree"
            )
        end = min(start + len(samples), length)
        track[start:end] += samples[: max(end - start, 0)]
    return track


def _checked(sound: Placed) -> NDArray[np.float32]:
    samples = np.asarray(sound.samples, np.float32)
    if samples.ndim != 1 or not np.all(np.isfinite(samples)):
        raise FilmError(f"the sound at {sound.start:.2f} s is not mono or holds what is no number; make its take again")
    return samples


def _declicked(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """A copy of (n,) whose first and last 4 ms are faded, so that a take cut mid-wave does not click."""
    faded = samples.copy()
    fade = _fade_in()[: len(samples) // 2]
    faded[: len(fade)] *= fade
    faded[len(faded) - len(fade) :] *= fade[::-1]
    return faded


@functools.cache
def _fade_in() -> NDArray[np.float32]:
    """pydub's fade from -120 dB, as gains: what it makes of a constant at full scale."""
    constant = np.full(_FADE_MS * SAMPLE_RATE // 1000, np.iinfo(np.int32).max, np.int32)
    segment = AudioSegment(constant.tobytes(), frame_rate=SAMPLE_RATE, sample_width=4, channels=1)
    faded = np.frombuffer(segment.fade_in(_FADE_MS).raw_data, np.int32)
    return (faded / np.iinfo(np.int32).max).astype(np.float32)


def _levelled(
    track: NDArray[np.float32], loudness: float, peaks: TruePeaks, ceiling: float, target: float
) -> tuple[NDArray[np.float32], float]:
    """*track*, of that *loudness* and with those *peaks*, with gain and limiter such that both channels playing
    it make *target* LUFS; and the loudness that was reached.

    The limiter takes the more loudness away the more gain there is, so each further step is lengthened by what the
    one before it lost. If none comes close enough the best is made again: two at a time would need more memory than all
    else.
    """
    gain, best, closest = 0.0, 0.0, np.inf
    reached, step = loudness, target - loudness
    for _ in range(_ROUNDS):
        gain += step
        raised = _raised(track, peaks, gain, ceiling)
        before, reached = reached, _loudness_on_both(raised)
        lacking = target - reached
        if abs(lacking) <= _CLOSE:
            return raised, reached
        del raised
        if abs(lacking) > abs(target - closest) - _CLOSE / 5:
            break
        best, closest = gain, reached
        step = lacking / min(max((reached - before) / step, _LEAST_YIELD), 1.0)
    return _raised(track, peaks, best, ceiling), closest


def _raised(track: NDArray[np.float32], peaks: TruePeaks, gain: float, ceiling: float) -> NDArray[np.float32]:
    return limit(track, peaks, np.float32(10 ** (gain / 20)), ceiling)


def _loudness_on_both(track: NDArray[np.float32]) -> float:
    """Loudness of (n,) played on two channels: twice the power, as sqrt(2) on one channel makes."""
    return integrated_loudness(track, np.sqrt(2))


def _stereo(track: NDArray[np.float32]) -> NDArray[np.float32]:
    """Both channels, which are one in memory."""
    return np.broadcast_to(track[:, np.newaxis], (len(track), 2))
