"""A film is an ordinary Manim scene: Manim's own command renders it, with its narration in place."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import correlate

from film.quality import Quality
from film.still import stills
from narration.audio import SAMPLE_RATE
from narration.speech import Fallback, speeches
from scenes.programme import ROOT, concept

FPS = 15


def decoded(path: Path) -> tuple[int, NDArray[np.float32]]:
    """How many frames a clip has, and its sound as mono, its first sample at time zero."""
    with av.open(path) as container:
        frames = sum(1 for _ in container.decode(video=0))
    pieces: list[tuple[int, NDArray[np.float32]]] = []
    with av.open(path) as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
        for frame in container.decode(audio=0):
            for resampled in resampler.resample(frame):
                assert resampled.pts is not None
                pieces.append((resampled.pts, resampled.to_ndarray()[0].astype(np.float32)))
    sound = np.zeros(max(start + len(piece) for start, piece in pieces), np.float32)
    for start, piece in pieces:
        sound[max(start, 0) : start + len(piece)] = piece[max(-start, 0) :]
    return frames, sound


@pytest.mark.slow
def test_manim_alone_gives_a_narrated_clip(tmp_path: Path) -> None:
    film = concept("kraft")
    table = stills(film, tmp_path / "stills", quality=Quality("tiny", 144, FPS), fallback=Fallback.ERROR).timetable
    command = [sys.executable, "-m", "manim", "render", "-ql", "-r", "256,144", "--fps", str(FPS)]
    command += ["--media_dir", str(tmp_path / "media"), "--progress_bar", "none"]
    scene = film.scene_path.relative_to(ROOT)
    made = subprocess.run([*command, str(scene), "Kraft"], cwd=ROOT, env=os.environ, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    (clip,) = (tmp_path / "media" / "videos").glob("*/*/Kraft.mp4")
    frames, sound = decoded(clip)
    assert frames == table.frames
    assert abs(len(sound) / SAMPLE_RATE - frames / FPS) <= 1
    spoken = speeches(film.scene_class().read_script(), takes=film.takes, fallback=Fallback.ERROR)
    for beat in table.beats:
        take = spoken.beats[beat.name].samples
        match = correlate(sound, take, mode="valid", method="fft")
        place = int(np.abs(match).argmax())
        heard = sound[place : place + len(take)]
        assert np.corrcoef(heard, take)[0, 1] > 0.9, beat.name
        assert abs(place / SAMPLE_RATE - beat.start) <= 1 / FPS / 2, beat.name
