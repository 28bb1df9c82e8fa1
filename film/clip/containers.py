"""WebM for browsers, and QuickTime for slides and editors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from film.clip.pictures import bled
from film.clip.streams import Coding, Sound, write_streams
from film.drawing.lossless_stream import Shown

_LAMBDA = 118  # FFmpeg's unit of quality (FF_QP2LAMBDA)
WEBM = Coding(
    container="webm",
    options={"fflags": "+bitexact"},
    codec="libvpx-vp9",
    codec_options={
        "b": "0",  # constant quality
        "crf": "20",
        "deadline": "good",
        "cpu-used": "4",
        "tile-columns": "2",
        "row-mt": "0",  # with it, bytes could depend on the number of threads
        "threads": "4",
        "auto-alt-ref": "0",  # an invisible reference has no opacity
        "g": "240",
    },
    pixel_format="yuv420p",
    sound_codec="libopus",
    sound_options={"b": "128000"},
    sample_format="flt",
    samples=960,
)
MOV = Coding(
    container="mov",
    options={"fflags": "+bitexact", "movflags": "+faststart+write_colr"},
    codec="prores_ks",
    # Constant quality: in a third of the time of a constant rate, and smaller where little is to be seen.
    codec_options={"profile": "4444", "alpha_bits": "16", "flags": "+qscale", "global_quality": str(4 * _LAMBDA)},
    pixel_format="yuva444p10le",
    sound_codec="pcm_s16le",
    sound_options={},
    sample_format="s16",
    samples=1920,
    repeats=True,
)


@dataclass(frozen=True)
class Content:
    """What goes into a container: pictures of *size* (width, height), frames of them, and perhaps sound."""

    shown: Iterator[Shown]
    sound: Sound | None
    frames: int
    frame_rate: int
    size: tuple[int, int]
    metadata: Mapping[str, str]


def write_webm(content: Content, target: Path, *, transparent: bool) -> None:
    """VP9 and Opus; with opacity as a second VP9 stream beside the first, as browsers and OBS understand it."""
    if not transparent:
        _write(content, target, WEBM, content.shown, {})
        return
    shown = (Shown(bled(picture.pixels), picture.count) for picture in content.shown)
    _write(content, target, replace(WEBM, pixel_format="yuva420p"), shown, {"alpha_mode": "1"})


def write_mov(content: Content, target: Path) -> None:
    """ProRes 4444 with opacity, and PCM."""
    shown = (Shown(bled(picture.pixels), picture.count) for picture in content.shown)
    _write(content, target, MOV, shown, {})


def _write(content: Content, target: Path, coding: Coding, shown: Iterator[Shown], tags: Mapping[str, str]) -> None:
    write_streams(
        target,
        coding,
        shown,
        content.sound,
        content.frames,
        content.frame_rate,
        content.size,
        content.metadata,
        tags,
    )
