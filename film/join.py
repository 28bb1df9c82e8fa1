"""Joining clips without touching their pictures: H.264 packets copied onto one constant grid of frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from film.atomic import ensure_space, replacing
from film.errors import FilmError

_CONTAINER_OPTIONS = {"fflags": "+bitexact"}  # no library version in the file: equal inputs, equal bytes


@dataclass(frozen=True, slots=True)
class _Coding:
    """What must agree for packets of two clips to stand in one stream."""

    codec: str
    size: str
    pixel_format: str | None
    profile: str | None
    rate: str
    parameter_sets: bytes


@dataclass(frozen=True, slots=True)
class _Clip:
    """A clip's packets in decoding order, each with the index of the frame it shows."""

    packets: list[av.Packet[Any]]
    order: list[int]
    spacing: Fraction | None  # seconds between frames; None for a single frame
    declared: Fraction | None  # what the file says of that
    coding: _Coding

    @property
    def delay(self) -> int:
        """Frames by which decoding must run ahead of showing (B-frames)."""
        return max(decoded - shown for decoded, shown in enumerate(self.order))


def join(
    clips: Sequence[Path], out: Path, *, most: int | None = None, metadata: Mapping[str, str] | None = None
) -> int:
    """Write the pictures of *clips* (H.264 in MP4, one after the other) to *out*; return the number of
    frames.

    The frames of the result are equally spaced from zero on: frame *i* of clip *k* becomes frame *i* plus
    the lengths of the clips before it. With *most*, it ends after so many frames, which only clips without
    B pictures allow. *metadata* is what the file says about itself. Sound is not copied. Raises
    :class:`FilmError` naming the clip that is unreadable, empty, cut off, of uneven frame times or coded
    unlike the first one.
    """
    if not clips:
        raise FilmError(f"{out}: there are no clips to join")
    spacing, delay = _grid(clips)
    ensure_space(out, sum(clip.stat().st_size for clip in clips))
    with (
        replacing(out) as partial,
        av.open(clips[0]) as template,
        av.open(partial, "w", format="mp4", options=_CONTAINER_OPTIONS) as film,
    ):
        film.metadata.update(metadata or {})
        stream = film.add_stream_from_template(template.streams.video[0])
        stream.time_base = spacing
        shown = decoded = 0
        for content in map(_read, clips):
            for packet, index in zip(content.packets, content.order, strict=True):
                if decoded == most:
                    break
                packet.stream, packet.time_base, packet.duration = stream, spacing, 1
                packet.pts, packet.dts = shown + index, decoded - delay
                film.mux(packet)
                decoded += 1
            shown += len(content.order)
    return decoded


def open_clip(path: Path) -> InputContainer:
    """Open an MP4 file; a :class:`FilmError` that names it if it is missing, cut off or something else."""
    try:
        if path.stat().st_size == 0:
            raise FilmError(f"{path}: is empty; render it again")
        container = av.open(path)
    except (OSError, av.error.FFmpegError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FilmError(f"{path}: cannot be read ({reason}), perhaps it was cut off; render it again") from error
    if not _ends_with_a_box(path):
        container.close()
        raise FilmError(f"{path}: is cut off or not an MP4 file; render it again")
    return container


def picture(path: Path, container: InputContainer) -> VideoStream:
    """The picture of an opened file; :class:`FilmError` if it has none."""
    if not container.streams.video:
        raise FilmError(f"{path}: has no picture; render it again")
    return container.streams.video[0]


def _coding(path: Path, stream: VideoStream) -> _Coding:
    codec = stream.codec_context
    if codec.name != "h264":
        raise FilmError(f"{path}: is coded as {codec.name}; only H.264 clips can be joined")
    if codec.pix_fmt is None:
        raise FilmError(f"{path}: holds no picture that can be decoded, perhaps it was cut off; render it again")
    size, rate = f"{codec.width}x{codec.height}", f"{float(stream.average_rate or 0):g} frames a second"
    return _Coding(codec.name, size, codec.pix_fmt, codec.profile, rate, codec.extradata or b"")


def _check_alike(first: Path, expected: _Coding, clip: Path, found: _Coding) -> None:
    if found.parameter_sets == expected.parameter_sets:  # then frame times decide about the rate
        found = replace(found, rate=expected.rate)
    for field in fields(_Coding):
        ours, theirs = getattr(found, field.name), getattr(expected, field.name)
        if ours != theirs:
            name = field.name.replace("_", " ")
            what = f"{name} {ours}, not {theirs} as" if isinstance(ours, str) else f"other {name} than"
            raise FilmError(f"{clip}: has {what} {first}; render both with the same settings")


def _grid(clips: Sequence[Path]) -> tuple[Fraction, int]:
    """The frame spacing that all clips share, and the largest decoding delay among them; all are coded alike."""
    spacing: Fraction | None = None
    declared: Fraction | None = None
    first: _Coding | None = None
    delay = 0
    for path in clips:
        clip = _read(path)
        first = first or clip.coding
        _check_alike(clips[0], first, path, clip.coding)
        declared = declared or clip.declared
        delay = max(delay, clip.delay)
        spacing = spacing or clip.spacing
        if spacing and clip.spacing and clip.spacing != spacing:
            raise FilmError(
                f"{path}: has {_rate(clip.spacing)} frames a second, not {_rate(spacing)} as those before it;"
                " render all with the same frame rate"
            )
    spacing = spacing or declared
    if spacing is None:
        raise FilmError(f"{clips[0]}: a single frame without a frame rate; render it again")
    return spacing, delay


def _rate(spacing: Fraction) -> str:
    return f"{float(1 / spacing):g}"


def _read(path: Path) -> _Clip:
    """All packets of the clip, with the order in which they are shown."""
    with open_clip(path) as container:
        stream = picture(path, container)
        coding, rate = _coding(path, stream), stream.average_rate
        try:
            packets = [packet for packet in container.demux(stream) if packet.dts is not None]
        except av.error.FFmpegError as error:
            raise FilmError(f"{path}: cannot be read ({error.strerror}); render it again") from error
        declared = stream.frames
    if not packets:
        raise FilmError(f"{path}: holds no frames; render it again")
    if len(packets) < declared or any(packet.is_corrupt for packet in packets):
        raise FilmError(
            f"{path}: is cut off, with {len(packets)} of {declared} frames whole or in part; render it again"
        )
    if any(packet.is_discard for packet in packets) or not packets[0].is_keyframe:
        raise FilmError(
            f"{path}: does not start with a key frame that is shown; render it again, do not cut by copying"
        )
    return _Clip(packets, *_shown(path, packets), 1 / rate if rate else None, coding)


def _shown(path: Path, packets: list[av.Packet[Any]]) -> tuple[list[int], Fraction | None]:
    """For packets in decoding order: the index of the frame each shows, and the frame spacing in seconds."""
    times = [_time(packet) for packet in packets]
    ranks = {time: rank for rank, time in enumerate(sorted(times))}
    if len(ranks) < len(times):
        raise FilmError(f"{path}: has two frames at the same time; render it again")
    spacing = _spacing(sorted(times), packets[0].time_base) if len(times) > 1 else None
    if len(times) > 1 and spacing is None:
        raise FilmError(f"{path}: its frames are not equally spaced; render it at a constant frame rate")
    return [ranks[time] for time in times], spacing


def _time(packet: av.Packet[Any]) -> int:
    return packet.pts if packet.pts is not None else (packet.dts or 0)


def _spacing(times: list[int], time_base: Fraction | None) -> Fraction | None:
    """The constant step of sorted *times* in seconds; None if they lie off its grid by over half a tick."""
    length, steps = times[-1] - times[0], len(times) - 1
    # Counted in parts of a tick, of which `steps` make one: whole numbers, where fractions would take their time.
    off = max(abs((time - times[0]) * steps - i * length) for i, time in enumerate(times))
    return Fraction(length, steps) * time_base if time_base and 2 * off <= steps else None


def _ends_with_a_box(path: Path) -> bool:
    """Whether the outer boxes of an MP4 file (ISO/IEC 14496-12, 4.2) fill it, so that nothing is missing."""
    end, position = path.stat().st_size, 0
    with path.open("rb") as file:
        while position < end:
            file.seek(position)
            header = file.read(16)
            size = int.from_bytes(header[:4], "big")
            size = int.from_bytes(header[8:16], "big") if size == 1 else size or end - position
            if size < len(b"sizetype"):
                return False
            position += size
    return position == end
