"""Small clips with known frames, made by the encoder that Manim uses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

MakeClip = Callable[..., Path]


@pytest.fixture
def make_clip(tmp_path: Path) -> MakeClip:
    """Write a clip of a grey picture with a moving bar, and of white frames where asked for."""

    def make(
        name: str,
        frames: int,
        *,
        flashes: Sequence[int] = (),
        rate: int = 30,
        size: tuple[int, int] = (320, 180),
        grey: int = 40,
        **options: str,
    ) -> Path:
        path = tmp_path / name
        width, height = size
        with av.open(path, "w") as container:
            stream: Any = container.add_stream("libx264", rate=rate)
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            stream.options = {"preset": "veryfast", "bf": "3", "threads": "1", **options}
            for index in range(frames):
                picture = np.full((height, width, 3), 255 if index in flashes else grey, np.uint8)
                picture[:, index * 3 % width : index * 3 % width + 8] = 200
                frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
                frame.pts, frame.time_base = index, Fraction(1, rate)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path

    return make


@pytest.fixture
def flashes() -> Callable[[Path], list[float]]:
    """The times in seconds at which a film shows a white frame."""

    def find(path: Path) -> list[float]:
        with av.open(path) as container:
            return [
                float(frame.pts * frame.time_base)
                for frame in container.decode(video=0)
                if frame.pts is not None and frame.time_base and frame.to_ndarray()[: frame.height].mean() > 150
            ]

    return find
