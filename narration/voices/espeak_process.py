"""One text through espeak-ng, in a process of its own.

Usage: ``python -I -S espeak_process.py LIBRARY DATA VOICE RATE < text``.

espeak-ng carries state from one text to the next; only a fresh process gives equal samples for equal texts.
Standard library only, so that it starts in milliseconds. Writes one line of JSON (rate in Hz; word events as
[character, length, sample]) and then 16-bit PCM. Structures and constants: speak_lib.h of espeak-ng 1.52.
"""

from __future__ import annotations

import ctypes
import json
import sys
from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    Union,
    c_char,
    c_char_p,
    c_int,
    c_short,
    c_size_t,
    c_uint,
    c_void_p,
)
from typing import Any

AUDIO_OUTPUT_RETRIEVAL = 1
PARAMETER_RATE = 1
POSITION_CHARACTER = 1
CHARS_UTF8 = 1
EVENT_LIST_TERMINATED, EVENT_WORD = 0, 1


class _Id(Union):
    _fields_ = [("number", c_int), ("name", c_char_p), ("string", c_char * 8)]


class _Event(Structure):
    _fields_ = [
        ("type", c_int),
        ("unique_identifier", c_uint),
        ("text_position", c_int),
        ("length", c_int),
        ("audio_position", c_int),
        ("sample", c_int),
        ("user_data", c_void_p),
        ("id", _Id),
    ]


_Callback = CFUNCTYPE(c_int, POINTER(c_short), c_int, POINTER(_Event))


def speak(
    library_path: str, data_path: str, voice: str, rate: int, text: str
) -> tuple[int, list[tuple[int, int, int]], bytes]:
    """Sample rate, word events (first character from 0, length, sample) and PCM of *text*."""
    library = ctypes.CDLL(library_path)
    sample_rate = int(library.espeak_Initialize(AUDIO_OUTPUT_RETRIEVAL, 0, data_path.encode(), 0))
    if sample_rate <= 0:
        raise RuntimeError(f"espeak-ng cannot read its data in {data_path}")
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        raise RuntimeError(f"espeak-ng has no voice {voice}")
    library.espeak_SetParameter(PARAMETER_RATE, rate, 0)
    pcm, words = bytearray(), []

    def receive(samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            pcm.extend(ctypes.string_at(samples, count * ctypes.sizeof(c_short)))
        index = 0
        while events[index].type != EVENT_LIST_TERMINATED:
            if events[index].type == EVENT_WORD:
                words.append((events[index].text_position - 1, events[index].length, events[index].sample))
            index += 1
        return 0

    callback = _Callback(receive)
    library.espeak_SetSynthCallback(callback)
    data = text.encode() + b"\0"
    library.espeak_Synth(c_char_p(data), c_size_t(len(data)), 0, POSITION_CHARACTER, 0, CHARS_UTF8, None, None)
    library.espeak_Synchronize()
    return sample_rate, words, bytes(pcm)


def main() -> int:
    """Speak standard input; errors are one line on standard error."""
    library, data, voice, rate = sys.argv[1:]
    try:
        sample_rate, words, pcm = speak(library, data, voice, int(rate), sys.stdin.buffer.read().decode())
    except (OSError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.buffer.write(json.dumps({"rate": sample_rate, "words": words}).encode() + b"\n" + pcm)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
