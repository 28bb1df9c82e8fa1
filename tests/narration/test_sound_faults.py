"""Clipping, noise and distance are told, and an honest recording is not accused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from narration.align import WordTime
from narration.audio import SAMPLE_RATE, Samples
from narration.sound_faults import clearance_of, clipped_at, is_silent, sound_faults
from narration.sound_file import SoundFile, read_sound

from .performance import performed, save

WORDS = (WordTime("one", 1.0, 2.0), WordTime("two", 2.5, 3.0))


def sounding(level: float, noise: float) -> Samples:
    """Four seconds of *noise* (its power in dB), with a voice at *level* dB during the words."""
    generator = np.random.default_rng(1)
    samples = 10 ** (noise / 20) * generator.standard_normal(4 * SAMPLE_RATE)
    for word in WORDS:
        span = slice(round(word.start * SAMPLE_RATE), round(word.end * SAMPLE_RATE))
        samples[span] += 10 ** (level / 20) * generator.standard_normal(len(samples[span]))
    return samples.astype(np.float32)


def file_of(samples: Samples, rate: int = SAMPLE_RATE, offset: float = 0.0) -> SoundFile:
    return SoundFile(Path("own.wav"), samples[np.newaxis], rate, offset)


@pytest.mark.parametrize("gap", [6.0, 18.0, 40.0])
def test_clearance_is_the_voice_over_the_noise(gap: float) -> None:
    assert clearance_of(sounding(-20, -20 - gap), WORDS) == pytest.approx(gap, abs=0.6)


def test_no_room_or_no_noise_is_no_fault() -> None:
    assert clearance_of(sounding(-20, -400), WORDS) > 300
    assert clearance_of(np.zeros(SAMPLE_RATE, np.float32), [WordTime("one", 0.1, 0.9)]) == np.inf


def test_a_noisy_quiet_or_low_rate_recording_is_told() -> None:
    (noisy,) = sound_faults(file_of(sounding(-20, -38)), WORDS)
    assert "noise is only 18 dB below the voice" in noisy
    (quiet,) = sound_faults(file_of(sounding(-55, -100)), WORDS)
    assert "very quiet" in quiet
    (low,) = sound_faults(file_of(sounding(-20, -60)[::6], 8000), WORDS)
    assert "8000 samples a second" in low
    assert sound_faults(file_of(sounding(-20, -60)), WORDS) == ()


@pytest.mark.parametrize(("name", "codec"), [("a.flac", "flac"), ("a.mp3", "mp3"), ("a.m4a", "aac")])
def test_clipping_is_found_where_it_is(name: str, codec: str, tmp_path: Path) -> None:
    speech = performed("Each codeword spends its share.", lead=1.0)
    speech *= 0.9 / np.abs(speech).max()
    assert clipped_at(read_sound(save(tmp_path / name, speech, codec, "mono"))) == ()
    speech[SAMPLE_RATE : round(1.3 * SAMPLE_RATE)] *= 4
    clipped = read_sound(save(tmp_path / name, np.clip(speech, -1, 1), codec, "mono"))
    found = clipped_at(clipped)
    assert found
    assert all(0.95 <= time <= 1.35 for time in found)
    (fault,) = [fault for fault in sound_faults(clipped.part(0.5, 3.0), ()) if "clips" in fault]
    assert f"at {found[0]:.1f} s" in fault  # in seconds of the file, not of its part


@pytest.mark.parametrize("frequency", [90, 220, 3000])
def test_an_honest_wave_at_full_scale_does_not_clip(frequency: int) -> None:
    wave = np.sin(2 * np.pi * frequency * np.arange(SAMPLE_RATE) / SAMPLE_RATE).astype(np.float32)
    assert clipped_at(file_of(wave)) == ()
    assert clipped_at(file_of(np.clip(1.5 * wave, -1, 1))) != ()


def test_one_clipped_channel_is_enough() -> None:
    clipped = np.zeros((2, SAMPLE_RATE), np.float32)
    clipped[1, 24_000:24_050] = 1.0
    (time,) = clipped_at(SoundFile(Path("a.wav"), clipped, SAMPLE_RATE))
    assert time == pytest.approx(0.5, abs=0.01)


def test_silence_is_what_a_dead_microphone_gives() -> None:
    assert is_silent(np.zeros(0, np.float32))
    assert is_silent(1e-4 * np.ones(10, np.float32))
    assert not is_silent(sounding(-40, -80))
