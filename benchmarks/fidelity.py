"""How near a clip is to what was drawn: SSIM and PSNR against Manim's frames, before any encoder saw them."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from manim import tempconfig
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from film.manim_session import settings
from film.quality import Quality
from scenes.programme import concept

EVERY = 40  # of the frames, one is compared
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


@dataclass(frozen=True)
class Fidelity:
    """Of the luma: mean and lowest SSIM (8 x 8 windows), mean PSNR in dB, over so many frames."""

    ssim: float
    lowest: float
    psnr: float
    frames: int


class _Sampler(SceneFileWriter):
    """Keeps every so many-th frame's luma and forgets the rest."""

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        self.count, self.kept = 0, {}

    kept: dict[int, NDArray[np.float64]]

    def write_frame(self, pixels: Any, *, repeat: int = 1) -> None:
        wanted = [i for i in range(self.count, self.count + repeat) if i % EVERY == EVERY // 2]
        if wanted:
            luma = 16 + pixels[..., :3].astype(float) @ [0.2126, 0.7152, 0.0722] * 219 / 255
            self.kept |= dict.fromkeys(wanted, luma)
        self.count += repeat

    def open_partial_movie_stream(self, *, animation_index: int, file_path: Any = None) -> None: ...

    def close_partial_movie_stream(self) -> None: ...

    def finish(self) -> None: ...


def drawn(address: str, quality: Quality) -> dict[int, NDArray[np.float64]]:
    """Sampled frames of a beat as Manim draws them: BT.709 luma in limited range, by frame number."""
    name, _, beat = address.partition("@")
    with tempfile.TemporaryDirectory() as media, tempconfig(settings(Path(media), quality)):
        renderer = CairoRenderer(file_writer_class=_Sampler)
        concept(name).scene_class()(renderer=renderer, sound=False, only=frozenset([beat])).render()
        kept: dict[int, NDArray[np.float64]] = renderer.file_writer.kept
        return kept


def fidelity(video: Path, frames: dict[int, NDArray[np.float64]], *, is_bt709: bool) -> Fidelity:
    """Compare the frames of *video* with those that were *drawn*; a video of Manim has BT.601 colours."""
    scores, errors = [], []
    with av.open(video) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number not in frames:
                continue
            found = frame.to_ndarray()[: frame.height].astype(float) if is_bt709 else _luma_of_601(frame)
            scores.append(_ssim(found, frames[number]))
            errors.append(np.mean((found - frames[number]) ** 2))
    psnr = 10 * np.log10(255**2 / np.maximum(errors, 1e-9))
    return Fidelity(float(np.mean(scores)), float(np.min(scores)), float(np.mean(psnr)), len(scores))


def _luma_of_601(frame: av.VideoFrame) -> NDArray[np.float64]:
    rgb = frame.reformat(format="rgb24", src_colorspace="ITU601").to_ndarray()
    return np.asarray(16 + rgb.astype(float) @ [0.2126, 0.7152, 0.0722] * 219 / 255)


def _ssim(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Structural similarity. Source: Wang et al., Image Quality Assessment, 2004, with uniform windows."""
    mean = [uniform_filter(picture, 8) for picture in (one, other)]
    spread = [uniform_filter(p * p, 8) - m * m for p, m in zip((one, other), mean, strict=True)]
    both = uniform_filter(one * other, 8) - mean[0] * mean[1]
    likeness = (2 * mean[0] * mean[1] + _C1) * (2 * both + _C2)
    return float((likeness / ((mean[0] ** 2 + mean[1] ** 2 + _C1) * (spread[0] + spread[1] + _C2))).mean())


def picture_bytes(video: Path) -> int:
    """The size of a video's pictures alone."""
    with av.open(video) as container:
        return sum(packet.size for packet in container.demux(video=0))
