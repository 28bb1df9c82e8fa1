"""RHVoice, the series' narrator, through its C library (RHVoice.h of release 1.8).

Its Debian packages are in the non-free component, so an author installs it by choice; a viewer never needs
it, since takes are kept.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_double, c_int, c_short, c_uint, c_void_p
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from narration.voices.base import Samples, Setting, VoiceFailed, VoiceMissing

LIBRARY = "libRHVoice.so.5"
DATA = "/usr/share/RHVoice"
# A folder without a configuration file: the machine's own configuration must not change the voice.
CONFIGURATION = "/nonexistent"
INSTALL = (
    "install it with `apt-get install rhvoice-english librhvoice5` (Debian's non-free component), "
    "or choose another voice"
)

_SetSampleRate = CFUNCTYPE(c_int, c_int, c_void_p)
_PlaySpeech = CFUNCTYPE(c_int, POINTER(c_short), c_uint, c_void_p)


class _Callbacks(Structure):
    """``RHVoice_callbacks``; the optional ones stay null."""

    _fields_ = [
        ("set_sample_rate", _SetSampleRate),
        ("play_speech", _PlaySpeech),
        ("process_mark", c_void_p),
        ("word_starts", c_void_p),
        ("word_ends", c_void_p),
        ("sentence_starts", c_void_p),
        ("sentence_ends", c_void_p),
        ("play_audio", c_void_p),
        ("done", c_void_p),
    ]


class _InitParams(Structure):
    """``RHVoice_init_params``."""

    _fields_ = [
        ("data_path", c_char_p),
        ("config_path", c_char_p),
        ("resource_paths", POINTER(c_char_p)),
        ("callbacks", _Callbacks),
        ("options", c_uint),
    ]


class _VoiceInfo(Structure):
    """``RHVoice_voice_info``."""

    _fields_ = [("language", c_char_p), ("name", c_char_p), ("gender", c_int), ("country", c_char_p)]


class _SynthParams(Structure):
    """``RHVoice_synth_params``."""

    _fields_ = [
        ("voice_profile", c_char_p),
        ("absolute_rate", c_double),
        ("absolute_pitch", c_double),
        ("absolute_volume", c_double),
        ("relative_rate", c_double),
        ("relative_pitch", c_double),
        ("relative_volume", c_double),
        ("punctuation_mode", c_int),
        ("punctuation_list", c_char_p),
        ("capitals_mode", c_int),
        ("flags", c_int),
    ]


@dataclass(frozen=True)
class RHVoice:
    """An RHVoice voice at a *rate* relative to its own (below 1 is slower)."""

    name: str = "bdl"
    rate: float = 0.88

    @property
    def id(self) -> str:
        """``rhvoice:<name>``."""
        return f"rhvoice:{self.name}"

    @property
    def settings(self) -> Mapping[str, Setting]:
        """The relative rate."""
        return {"rate": self.rate}

    def synthesize(self, text: str) -> tuple[Samples, int]:
        """See :class:`narration.voices.base.Voice`."""
        engine = self._engine
        pcm, rate = engine.speak(text, _SynthParams(self.name.encode(), 0, 0, 0, self.rate, 1, 1, 0, None, 0, 0))
        if not pcm.size or not rate:
            raise VoiceFailed(self.id, text, "RHVoice returned no sound")
        return pcm.astype(np.float32) / np.float32(32768), rate

    @cached_property
    def _engine(self) -> _Engine:
        try:
            engine = _Engine()
        except OSError as error:
            raise VoiceMissing(self.id, f"RHVoice is not installed ({error})", INSTALL) from error
        if self.name.lower() not in (name.lower() for name in engine.voices):
            raise VoiceMissing(self.id, f"RHVoice has no such voice (it has {', '.join(engine.voices)})", INSTALL)
        return engine


class _Engine:
    """A loaded engine. Keeps the callbacks alive as long as the library may call them."""

    def __init__(self) -> None:
        self._library = _load()
        self._chunks: list[np.ndarray[Any, np.dtype[np.int16]]] = []
        self._rate = 0
        self._callbacks = _Callbacks(_SetSampleRate(self._set_rate), _PlaySpeech(self._play))
        parameters = _InitParams(DATA.encode(), CONFIGURATION.encode(), None, self._callbacks, 0)
        self._engine = self._library.RHVoice_new_tts_engine(ctypes.byref(parameters))
        if not self._engine:
            raise OSError(f"{LIBRARY} found no usable voices in {DATA}")

    @property
    def voices(self) -> list[str]:
        """Names of the installed voices."""
        count = self._library.RHVoice_get_number_of_voices(self._engine)
        infos = self._library.RHVoice_get_voices(self._engine)
        return sorted(infos[i].name.decode() for i in range(count))

    def speak(self, text: str, parameters: _SynthParams) -> tuple[np.ndarray[Any, np.dtype[np.int16]], int]:
        """16-bit samples and their rate."""
        self._chunks.clear()
        data = text.encode()
        message = self._library.RHVoice_new_message(self._engine, data, len(data), 0, ctypes.byref(parameters), None)
        if not message:
            return np.zeros(0, np.int16), 0
        self._library.RHVoice_speak(message)
        self._library.RHVoice_delete_message(message)
        return np.concatenate([np.zeros(0, np.int16), *self._chunks]), self._rate

    def _set_rate(self, rate: int, _user: object) -> int:
        self._rate = rate
        return 1

    def _play(self, samples: Any, count: int, _user: object) -> int:
        self._chunks.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 1


def _load() -> ctypes.CDLL:
    library = ctypes.CDLL(LIBRARY)
    library.RHVoice_new_tts_engine.argtypes = (POINTER(_InitParams),)
    library.RHVoice_new_tts_engine.restype = c_void_p
    library.RHVoice_get_number_of_voices.argtypes = (c_void_p,)
    library.RHVoice_get_number_of_voices.restype = c_uint
    library.RHVoice_get_voices.argtypes = (c_void_p,)
    library.RHVoice_get_voices.restype = POINTER(_VoiceInfo)
    library.RHVoice_new_message.argtypes = (
        c_void_p,
        c_char_p,
        c_uint,
        c_int,
        POINTER(_SynthParams),
        c_void_p,
    )
    library.RHVoice_new_message.restype = c_void_p
    library.RHVoice_delete_message.argtypes = (c_void_p,)
    library.RHVoice_delete_message.restype = None
    library.RHVoice_speak.argtypes = (c_void_p,)
    library.RHVoice_speak.restype = c_int
    return library
