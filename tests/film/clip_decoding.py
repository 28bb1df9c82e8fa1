"""Clips as a player has them: pictures with opacity and how long each stands, and the sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import Colorspace
from numpy.typing import NDArray
from PIL import Image, ImageSequence

BLACK, WHITE = (0, 0, 0), (255, 255, 255)


@dataclass(frozen=True)
class Picture:
    """Straight RGBA, shape (height, width, 4), shown for so many *seconds*."""

    pixels: NDArray[np.uint8]
    seconds: float

    def over(self, ground: tuple[int, int, int]) -> NDArray[np.float64]:
        """What is seen over a ground of one colour, shape (height, width, 3)."""
        share = self.pixels[..., 3:] / 255
        made: NDArray[np.float64] = self.pixels[..., :3] * share + np.array(ground) * (1 - share)
        return made


def decoded(path: Path) -> list[Picture]:
    """All pictures of a clip, in any of its formats."""
    if path.is_dir():
        return [Picture(_rgba(Image.open(each)), 0.0) for each in sorted(path.iterdir())]
    if path.suffix == ".png":
        return [Picture(_rgba(Image.open(path)), 0.0)]
    if path.suffix in (".gif", ".webp"):
        frames = ImageSequence.Iterator(Image.open(path))
        return [Picture(_rgba(frame), frame.info["duration"] / 1000) for frame in frames]
    return list(_video(path))


def _rgba(image: Any) -> NDArray[np.uint8]:
    return np.asarray(image.convert("RGBA"))


def _video(path: Path) -> Iterator[Picture]:
    with av.open(path) as container:
        stream = container.streams.video[0]
        assert stream.average_rate is not None
        seconds = float(1 / stream.average_rate)
        # FFmpeg's own decoder of VP9 does not know opacity; it is told nothing, and libvpx finds it in the packets.
        codec: Any = av.CodecContext.create("libvpx-vp9", "r") if path.suffix == ".webm" else stream.codec_context
        for packet in container.demux(stream):
            for frame in codec.decode(packet if packet.size else None):
                picture = frame.reformat(format="rgba", src_colorspace=Colorspace.ITU709, threads=1)
                yield Picture(picture.to_ndarray(), seconds)


def decoded_samples(path: Path) -> NDArray[np.float32]:
    """The sound, shape (samples, 2), from -1 to 1."""
    with av.open(path) as container:
        resampler = av.AudioResampler("fltp", "stereo", 48_000)
        parts = [p.to_ndarray().T for frame in container.decode(audio=0) for p in resampler.resample(frame)]
    return np.concatenate(parts)
