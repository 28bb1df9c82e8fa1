"""Pictures and sound on their way into one container, each packet at its time."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation
from numpy.typing import NDArray

from film.aac import SAMPLE_RATE, TIME_BASE
from film.clip.pictures import Rgba
from film.drawing.lossless_stream import Shown
from film.reporting import report

Sound = NDArray[np.float32]  # stereo at 48 kHz, shape (samples, 2)


@dataclass(frozen=True)
class Coding:
    """How a container's streams are coded. *repeats* says that equal pictures have equal packets, whatever precedes."""

    container: str
    options: Mapping[str, str]
    codec: str
    codec_options: Mapping[str, str]
    pixel_format: str
    sound_codec: str
    sound_options: Mapping[str, str]
    sample_format: str
    samples: int  # in a packet of sound
    repeats: bool = False


def write_streams(
    target: Path,
    coding: Coding,
    shown: Iterator[Shown],
    sound: Sound | None,
    frames: int,
    frame_rate: int,
    size: tuple[int, int],
    metadata: Mapping[str, str],
    tags: Mapping[str, str],
) -> None:
    """Write *target*: so many *frames* of *size* (width, height), and *sound* if there is any.

    *tags* go to the picture's stream.
    """
    with av.open(target, "w", format=coding.container, options=dict(coding.options)) as container:
        container.metadata.update(metadata)
        stream: Any = container.add_stream(coding.codec, rate=frame_rate, options=dict(coding.codec_options))
        stream.width, stream.height, stream.pix_fmt = *size, coding.pixel_format
        stream.time_base = stream.codec_context.time_base = Fraction(1, frame_rate)
        stream.metadata.update(tags)
        _tell_colours(stream.codec_context)
        parts = [_picture_packets(stream, coding, shown, frames)]
        if sound is not None:
            heard: Any = container.add_stream(
                coding.sound_codec, rate=SAMPLE_RATE, layout="stereo", options=dict(coding.sound_options)
            )
            heard.format = coding.sample_format
            heard.metadata["language"] = "eng"
            parts.append(_sound_packets(heard, coding, sound))
        for _, _, packet in heapq.merge(*parts, key=lambda part: part[:2]):
            container.mux(packet)


def _tell_colours(codec: Any) -> None:
    codec.colorspace, codec.color_range = Colorspace.ITU709, ColorRange.MPEG
    codec.color_primaries, codec.color_trc = ColorPrimaries.BT709, ColorTrc.BT709


_Timed = tuple[float, int, Any]


def _picture_packets(stream: Any, coding: Coding, shown: Iterator[Shown], frames: int) -> Iterator[_Timed]:
    done = 0
    for picture in shown:
        frame = converted(picture.pixels, coding.pixel_format)
        if coding.repeats:
            frame.pts, frame.time_base = done, stream.codec_context.time_base
            (packet,) = stream.encode(frame)
            yield from _repeated(packet, stream, done, picture.count)
        else:
            for number in range(done, done + picture.count):
                frame.pts, frame.time_base = number, stream.codec_context.time_base
                for packet in stream.encode(frame):
                    yield _at(packet, 0)
        done += picture.count
        report(done, max(frames, done))
    for packet in stream.encode():
        yield _at(packet, 0)


def _repeated(packet: Any, stream: Any, first: int, count: int) -> Iterator[_Timed]:
    data = bytes(packet)
    for number in range(first, first + count):
        again: Any = av.Packet(data)
        again.stream, again.time_base = stream, stream.codec_context.time_base
        again.pts = again.dts = number
        again.duration, again.is_keyframe = 1, True
        yield _at(again, 0)


def converted(pixels: Rgba, pixel_format: str) -> av.VideoFrame:
    """*pixels*, straight RGBA, in a codec's format: BT.709 in limited range."""
    return av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgba").reformat(
        format=pixel_format,
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
        interpolation=Interpolation.AREA,
        threads=1,  # with more, a few pixels where their shares meet had another opacity
    )


def _sound_packets(stream: Any, coding: Coding, sound: Sound) -> Iterator[_Timed]:
    for start in range(0, len(sound), coding.samples):
        part = sound[start : start + coding.samples]
        frame = av.AudioFrame.from_ndarray(_sampled(part, coding.sample_format), coding.sample_format, "stereo")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, start, TIME_BASE
        for packet in stream.encode(frame):
            yield _at(packet, 1)
    for packet in stream.encode():
        yield _at(packet, 1)


def _sampled(part: Sound, sample_format: str) -> NDArray[Any]:
    """Interleaved samples, shape (1, 2 n), in the encoder's numbers."""
    flat = np.ascontiguousarray(part).reshape(1, -1)
    return flat if sample_format == "flt" else np.round(np.clip(flat, -1, 1) * 32767).astype("<i2")


def _at(packet: Any, kind: int) -> _Timed:
    return float(packet.dts * packet.time_base), kind, packet
