"""Ogg Opus: equal samples give equal bytes, and decoding gives back as many samples, unshifted."""

from __future__ import annotations

import io

import av
import numpy as np
from numpy.typing import NDArray

from narration.audio import SAMPLE_RATE, Samples
from narration.errors import NarrationError

BIT_RATE = 32_000  # bits a second, variable; transparent enough for one voice
LONGEST = 900  # seconds; a beat lasts a minute or two, and a few bytes can hold days
# What is decoded is data, never a playlist that names other files.
_CONTAINERS = {"format_whitelist": "aac,aiff,caf,flac,matroska,mov,mp3,ogg,w64,wav", "protocol_whitelist": "none"}
OPTIONS = {"vbr": "on", "application": "audio", "frame_duration": "20", "compression_level": "10"}


class SoundError(NarrationError):
    """Bytes or a file that hold no readable sound."""


def encode_opus(samples: Samples) -> bytes:
    """Mono samples at 48 kHz as an Ogg Opus file."""
    target = io.BytesIO()
    # Without bitexact the Ogg serial number is random and the tags name the library's version.
    with av.open(target, "w", format="ogg", container_options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("libopus", rate=SAMPLE_RATE, layout="mono", options=OPTIONS)
        stream.bit_rate = BIT_RATE
        stream.codec_context.flags |= int(av.codec.context.Flags.bitexact)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[np.newaxis], dtype=np.float32), "flt", "mono")
        frame.sample_rate, frame.pts = SAMPLE_RATE, 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return target.getvalue()


def sound_length(data: bytes) -> int:
    """How many samples an Ogg Opus file says that it holds, without decoding them. Raises :class:`SoundError`.

    Source: RFC 7845, 4 (granule positions count the samples before the start, too) and 5.1 (how many these are).
    """
    try:
        with av.open(io.BytesIO(data), "r", options=_CONTAINERS) as container:
            if not container.streams.audio:
                raise SoundError("it has no sound stream")
            stream = container.streams.audio[0]
            head = stream.codec_context.extradata or b""
            if not head.startswith(b"OpusHead"):
                raise SoundError("it is no Opus file")
            return (stream.duration or 0) - int.from_bytes(head[10:12], "little")
    except (av.error.FFmpegError, ValueError, EOFError) as error:
        raise SoundError(f"it is no readable sound ({error})") from error


def decode_sound(data: bytes) -> Samples:
    """The first sound stream of a file's bytes, mixed to mono, at 48 kHz. Raises :class:`SoundError`."""
    (mono,), _ = decoded(data, "mono", SAMPLE_RATE)
    return np.asarray(mono)


def decoded(data: bytes, layout: str | None = None, rate: int | None = None) -> tuple[NDArray[np.float32], int]:
    """The first sound stream of a file's bytes, shape (channels, samples), and its samples a second.

    Without a *layout* and a *rate* it stays as it was recorded. Raises :class:`SoundError`.
    """
    pieces: list[NDArray[np.float32]] = []
    try:
        with av.open(io.BytesIO(data), "r", options=_CONTAINERS) as container:
            if not container.streams.audio:
                raise SoundError("it has no sound stream")
            own_rate = container.streams.audio[0].rate
            resampler = av.AudioResampler(format="fltp", layout=layout, rate=rate)
            seconds = 0.0
            for frame in container.decode(audio=0):
                # Before resampling, which makes a second of a single sample at 1 Hz.
                seconds += frame.samples / max(1, frame.sample_rate)
                if seconds > LONGEST:
                    raise SoundError(f"it is over {LONGEST // 60} minutes long; one sound is one beat")
                pieces += map(_samples, resampler.resample(frame))
            pieces += map(_samples, resampler.resample(None)) if pieces else ()
    except (av.error.FFmpegError, ValueError, EOFError) as error:
        raise SoundError(f"it is no readable sound ({error})") from error
    return np.concatenate(pieces, axis=1) if pieces else np.zeros((1, 0), np.float32), rate or own_rate


def _samples(frame: av.AudioFrame) -> NDArray[np.float32]:
    return frame.to_ndarray().astype(np.float32, copy=False)
