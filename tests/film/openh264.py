"""Cisco's OpenH264 decoder, called through ctypes: a second opinion, independent of libavcodec.

Source: codec_api.h and codec_def.h of OpenH264 2.3.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from contextlib import suppress
from ctypes import POINTER, byref, c_bool, c_char_p, c_int, c_long, c_ubyte, c_uint, c_ulonglong, c_void_p
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

_NAMES = ("libopenh264.so.7", "libopenh264.so")
_INITIALIZE, _UNINITIALIZE, _DECODE, _FLUSH = 0, 1, 3, 5  # places in ISVCDecoderVtbl


class _Parameters(ctypes.Structure):
    _fields_ = (
        ("file", c_char_p),
        ("load", c_uint),
        ("layer", c_ubyte),
        ("concealment", c_int),
        ("parse_only", c_bool),
        ("size", c_uint),
        ("bitstream", c_int),
    )


class _Buffer(ctypes.Structure):
    _fields_ = (
        ("status", c_int),
        ("time_in", c_ulonglong),
        ("time_out", c_ulonglong),
        ("width", c_int),
        ("height", c_int),
        ("format", c_int),
        ("stride", c_int * 2),
        ("planes", c_void_p * 3),
    )


def _library() -> Any:
    for name in (*_NAMES, ctypes.util.find_library("openh264")):
        if name:
            with suppress(OSError):
                return ctypes.CDLL(name)
    return None


def decode(path: Path) -> list[NDArray[np.uint8]] | None:
    """The luma of every frame of an MP4 file; None where the library is missing."""
    library = _library()
    if library is None:
        return None
    decoder = c_void_p()
    assert library.WelsCreateDecoder(byref(decoder)) == 0
    table = ctypes.cast(decoder, POINTER(POINTER(c_void_p))).contents
    initialize = ctypes.CFUNCTYPE(c_long, c_void_p, POINTER(_Parameters))(table[_INITIALIZE])
    step = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_int, POINTER(c_void_p * 3), POINTER(_Buffer))(table[_DECODE])
    assert initialize(decoder, byref(_Parameters(None, 0, 255, 0, False, 8, 0))) == 0
    flush = ctypes.CFUNCTYPE(c_int, c_void_p, POINTER(c_void_p * 3), POINTER(_Buffer))(table[_FLUSH])
    frames: list[NDArray[np.uint8]] = []
    try:
        for data in _annex_b(path):
            planes, buffer = (c_void_p * 3)(), _Buffer()
            assert step(decoder, data, len(data), byref(planes), byref(buffer)) == 0
            if buffer.status == 1:
                frames.append(_luma(planes, buffer))
        planes, buffer = (c_void_p * 3)(), _Buffer()
        assert flush(decoder, byref(planes), byref(buffer)) == 0
        if buffer.status == 1:
            frames.append(_luma(planes, buffer))
    finally:
        ctypes.CFUNCTYPE(c_long, c_void_p)(table[_UNINITIALIZE])(decoder)
        library.WelsDestroyDecoder(decoder)
    return frames


def _luma(planes: Any, buffer: _Buffer) -> NDArray[np.uint8]:
    stride = buffer.stride[0]
    memory = (c_ubyte * (stride * buffer.height)).from_address(planes[0])
    return np.frombuffer(memory, np.uint8).reshape(buffer.height, stride)[:, : buffer.width].copy()


def _annex_b(path: Path) -> list[bytes]:
    with av.open(path) as container:
        stream = container.streams.video[0]
        bits = av.BitStreamFilterContext("h264_mp4toannexb", stream)
        packets = [out for packet in container.demux(stream) if packet.size for out in bits.filter(packet)]
        return [bytes(packet) for packet in [*packets, *bits.filter(None)]]
