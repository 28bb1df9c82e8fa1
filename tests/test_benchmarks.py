"""What the benchmarks count is there to be counted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from benchmarks.floor import floor_of
from benchmarks.measure import ROOT
from benchmarks.other_processors import ASSEMBLER, FLAGS, assembler, differences, flags
from film.quality import Quality


@pytest.mark.slow
def test_the_floor_is_of_the_pictures_that_are_encoded() -> None:
    found = floor_of("surprise", Quality("tiny", 144, 5))
    assert 50 < found.distinct < found.frames
    assert found.encoding > 0
    assert found.converting > 0


def lossless(path: Path, lumas: list[int], gain: float) -> Path:
    """A video without loss: grey frames of these lumas, and a tone."""
    with av.open(path, "w") as container:
        video: Any = container.add_stream("ffv1", rate=10)
        video.width, video.height, video.pix_fmt = 32, 32, "yuv420p"
        audio: Any = container.add_stream("pcm_f32le", rate=48000, layout="mono")
        for luma in lumas:
            planes = np.full((48, 32), 128, np.uint8)
            planes[:32] = luma
            container.mux(video.encode(av.VideoFrame.from_ndarray(planes, "yuv420p")))
        container.mux(video.encode())
        tone = gain * np.sin(np.arange(4800, dtype=np.float32) / 20)[None]
        sound = av.AudioFrame.from_ndarray(tone.astype(np.float32), "flt", "mono")
        sound.sample_rate = 48000
        container.mux([*audio.encode(sound), *audio.encode()])
    return path


def test_how_far_two_videos_are_apart(tmp_path: Path) -> None:
    one = lossless(tmp_path / "one.mkv", [100, 100, 100, 100], 0.5)
    other = lossless(tmp_path / "other.mkv", [100, 104, 100, 101], 0.505)
    same, far = differences(one, one), differences(one, other)
    assert (same.frames, same.differing, same.lowest, same.sound) == (4, 0, np.inf, np.inf)
    # Two thirds of the samples are luma.
    psnrs = [10 * np.log10(255**2 / (step**2 * 2 / 3)) for step in (4, 1)]
    assert (far.frames, far.differing) == (4, 2)
    assert far.lowest == pytest.approx(psnrs[0])
    assert far.mean == pytest.approx(sum(psnrs) / 2)
    assert far.sound == pytest.approx(40, abs=0.01)
    with pytest.raises(ValueError, match="zip"):
        differences(one, lossless(tmp_path / "short.mkv", [100], 0.5))


def test_what_is_switched_off_is_there_to_be_switched_off() -> None:
    for best in ASSEMBLER:
        name, old, _ = assembler(best)
        assert old in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("best", FLAGS)
def test_flags_are_taken_away(best: str) -> None:
    ask = f"{flags(best)[2]}print(_library.av_get_cpu_flags())"
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout
    assert int(told) & ~FLAGS[best] == 0
