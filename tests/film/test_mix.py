"""The mix: every sound at its sample, -16 LUFS, and -1 dBTP in what a listener hears after AAC."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
import numpy as np
import pyloudnorm
import pytest
from av.filter import Graph
from numpy.typing import NDArray
from scipy.signal import lfilter

from film import aac
from film.errors import FilmError
from film.loudness import integrated_loudness, true_peak
from film.mix import Placed, mix
from narration.limiter import limit, limiter_gain
from narration.true_peaks import TruePeaks

RATE = 48_000
Sound = NDArray[np.float32]


def speech_like(seconds: float, *, level: float = 0.3, seed: int = 0) -> Sound:
    """Voiced syllables (a pulse train through three resonances), hisses and pauses."""
    generator = np.random.default_rng(seed)
    n = round(seconds * RATE)
    t = np.arange(n) / RATE
    pitch = 110 + 25 * np.sin(2 * np.pi * 0.7 * t) + 8 * np.sin(2 * np.pi * 2.3 * t)
    phase = np.cumsum(pitch) / RATE
    voice = np.diff(np.floor(phase), prepend=0.0)
    for formant, width in ((550, 80), (1500, 110), (2600, 160)):
        radius = np.exp(-np.pi * width / RATE)
        voice = lfilter([1], [1, -2 * radius * np.cos(2 * np.pi * formant / RATE), radius**2], voice)
    voice /= np.abs(voice).max(initial=1e-9)
    syllables = np.clip(np.sin(2 * np.pi * 2.1 * t), 0, 1) ** 0.7 * (np.sin(2 * np.pi * 0.11 * t) > -0.7)
    hiss = generator.standard_normal(n) * np.clip(np.sin(2 * np.pi * 2.1 * t + 2.2), 0, 1) ** 6
    sound: Sound = (level * (voice * syllables + 0.08 * hiss)).astype(np.float32)
    return sound


def ebur128(track: Sound) -> tuple[float, float]:
    """Integrated loudness and true peak by libavfilter, which shares no code with what is tested."""
    graph = Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="flt", layout="stereo", time_base=Fraction(1, RATE))
    meter, sink = graph.add("ebur128", "metadata=1:peak=true"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    loudness, peak = -np.inf, 0.0
    for start in range(0, len(track), RATE):
        second = np.ascontiguousarray(track[start : start + RATE]).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(second, format="flt", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        source.push(frame)
        while (values := _pulled(sink)) is not None:
            loudness = float(values.get("lavfi.r128.I", loudness))
            peak = max(peak, float(values.get("lavfi.r128.true_peak", 0)))
    return loudness, float(20 * np.log10(peak))


def _pulled(sink: Any) -> dict[str, str] | None:
    try:
        metadata: dict[str, str] = sink.pull().metadata
    except (EOFError, BlockingIOError):
        return None
    return metadata


@pytest.mark.parametrize(("level", "seed"), [(0.02, 1), (0.3, 2), (0.99, 3)])
def test_loudness_and_true_peak_after_aac(level: float, seed: int) -> None:
    half = speech_like(4, level=level, seed=seed)
    track = mix([Placed(0.5, half), Placed(5.25, half[::-1].copy())], 10)
    assert track.shape == (10 * RATE, 2)
    assert track.dtype == np.float32
    heard = aac.decode(aac.encode(track))
    for sound in (track, heard):
        assert pyloudnorm.Meter(RATE).integrated_loudness(sound) == pytest.approx(-16, abs=0.5)
        assert true_peak(sound) <= -1
    loudness, peak = ebur128(heard)
    assert loudness == pytest.approx(-16, abs=0.5)
    assert peak <= -1


def test_uneven_levels_still_reach_the_target() -> None:
    loud, soft = speech_like(4, level=0.9, seed=4), speech_like(4, level=0.2, seed=5)
    track = mix([Placed(0, loud), Placed(4.5, soft)], 9)
    assert integrated_loudness(track) == pytest.approx(-16, abs=0.5)
    assert true_peak(aac.decode(aac.encode(track))) <= -1


def test_codec_overshoot_lowers_the_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = aac.decode
    monkeypatch.setattr(aac, "decode", lambda encoded: honest(encoded) * np.float32(1.2))
    track = mix([Placed(0, speech_like(3, level=0.9))], 3)
    assert -3.5 < true_peak(track) < -2.5
    assert true_peak(aac.decode(aac.encode(track))) <= -1


@pytest.mark.parametrize("start", [0.0, 1 / RATE, 0.1234567, 1.0, 2.9])
def test_sounds_lie_at_their_sample(start: float) -> None:
    click = np.zeros(4800, np.float32)
    click[2400] = 0.5
    bed = Placed(0.0, speech_like(4, level=0.01))
    without, with_click = mix([bed], 4), mix([bed, Placed(start, click)], 4)
    scale = integrated_loudness(with_click) - integrated_loudness(without)
    assert abs(scale) < 1
    assert int(np.abs(with_click[:, 0]).argmax()) == round(start * RATE) + 2400
    assert np.array_equal(with_click[:, 0], with_click[:, 1])


def test_overlapping_sounds_add_up() -> None:
    a, b = speech_like(3, level=0.1, seed=6), speech_like(3, level=0.1, seed=7)
    both = mix([Placed(0.5, a), Placed(1.0, b)], 5)[:, 0]
    expected = np.zeros(5 * RATE)
    expected[RATE // 2 : RATE // 2 + len(a)] += a
    expected[RATE : RATE + len(b)] += b
    assert np.corrcoef(both, expected)[0, 1] > 0.98


def test_ends_of_a_cut_take_are_faded() -> None:
    track = mix([Placed(1.0, np.sin(np.arange(RATE) / 20 + 1.5).astype(np.float32))], 3)[:, 0]
    assert np.abs(np.diff(track[RATE - 5 : RATE + 5])).max() < 0.02 * np.abs(track).max()
    assert np.abs(np.diff(track[2 * RATE - 5 : 2 * RATE + 5])).max() < 0.02 * np.abs(track).max()


@pytest.mark.parametrize(
    ("placed", "duration", "samples"),
    [
        ([], 2.0, 96_000),
        ([], 0.0, 0),
        ([Placed(0.0, np.zeros(0, np.float32))], 0.1, 4800),
        ([Placed(0.5, np.zeros(4800, np.float32))], 1.0000104, 48_000),
    ],
)
def test_silence_stays_silence(placed: list[Placed], duration: float, samples: int) -> None:
    track = mix(placed, duration)
    assert track.shape == (samples, 2)
    assert not track.any()


@pytest.mark.parametrize("samples", [1, 2, 100, 9600, 19_199])
def test_very_short_sounds(samples: int) -> None:
    tone = np.sin(np.arange(samples) / 10).astype(np.float32) * np.float32(0.1)
    track = mix([Placed(0.0, tone)], samples / RATE)
    assert track.shape == (samples, 2)
    assert np.isfinite(track).all()
    assert true_peak(track) <= -1


def test_a_single_click_is_not_crushed() -> None:
    click = np.zeros(RATE, np.float32)
    click[RATE // 2] = 0.9
    track = mix([Placed(1.0, click)], 5)
    assert np.isfinite(track).all()
    assert int(np.abs(track[:, 0]).argmax()) == RATE + RATE // 2
    assert true_peak(aac.decode(aac.encode(track))) <= -1


def test_mixing_twice_gives_equal_samples() -> None:
    placed = [Placed(0.3, speech_like(3))]
    assert np.array_equal(mix(placed, 4), mix(placed, 4))


@pytest.mark.parametrize(
    ("sound", "why"),
    [
        (Placed(-0.5, np.ones(10, np.float32)), "does not fit"),
        (Placed(1.5, np.ones(RATE, np.float32)), r"1\.00 s at 1\.50 s does not fit into the 2\.00 s"),
        (Placed(0.0, np.ones((10, 2), np.float32)), "not mono"),
        (Placed(0.0, np.array([0, np.nan], np.float32)), "what is no number"),
    ],
)
def test_sounds_that_do_not_belong_are_errors(sound: Placed, why: str) -> None:
    with pytest.raises(FilmError, match=why):
        mix([sound], 2)


def test_limiter_touches_only_what_is_too_high() -> None:
    quiet = (np.sin(np.arange(RATE) / 30) * 0.2).astype(np.float32)
    loud = quiet.copy()
    loud[24_000:24_100] *= np.float32(4.9)
    gain = limiter_gain(TruePeaks(loud).above(0), -6)
    assert -6.6 < true_peak(loud * gain) <= -5.99
    assert np.all(gain[:20_000] == 1)
    assert np.all(limiter_gain(TruePeaks(quiet).above(0), -6) == 1)


def test_true_peak_sees_between_the_samples() -> None:
    between = np.sin(np.pi / 2 * np.arange(4800) + np.pi / 4)
    assert 20 * np.log10(np.abs(between).max()) == pytest.approx(-3.01, abs=0.01)
    assert true_peak(between) == pytest.approx(0, abs=0.3)


def test_loudness_of_a_reference_tone() -> None:
    """BS.1770: a full-scale 997 Hz sine on one of two channels reads -3.01 LUFS."""
    tone = np.zeros((5 * RATE, 2))
    tone[:, 0] = np.sin(2 * np.pi * 997 * np.arange(5 * RATE) / RATE)
    assert integrated_loudness(tone) == pytest.approx(-3.01, abs=0.1)


@pytest.fixture(scope="module")
def long() -> Sound:
    """A sound that is worked on in three chunks."""
    return speech_like(2.2 * (1 << 20) / RATE, level=0.9)


def test_limiting_chunk_by_chunk_is_limiting_at_once(long: Sound) -> None:
    peaks, factor = TruePeaks(long), np.float32(1.5)
    at_once = long * factor * limiter_gain(peaks.above(0) * factor, -6)
    assert np.abs(at_once).max() < 0.51
    assert np.abs(limit(long, peaks, factor, -6) - at_once).max() < 1e-6


def test_loudness_chunk_by_chunk_is_pyloudnorms(long: Sound) -> None:
    stereo = np.stack([long, long[::-1] / 2], axis=1)
    factor = np.float32(np.sqrt(2))
    for sound in (long, stereo):
        kept = sound.copy()
        measured = integrated_loudness(sound, float(factor))
        assert measured == pytest.approx(pyloudnorm.Meter(RATE).integrated_loudness(sound * factor), abs=1e-6)
        assert np.array_equal(sound, kept)
