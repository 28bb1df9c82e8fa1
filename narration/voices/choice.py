"""A voice by the name that an author types: ``rhvoice``, ``rhvoice:alan``, ``piper:PATH.onnx``."""

from __future__ import annotations

from pathlib import Path

from narration.errors import NarrationError
from narration.voices.base import Voice
from narration.voices.espeak import Espeak
from narration.voices.flite import Flite
from narration.voices.piper import INSTALL_MODEL, Piper
from narration.voices.rhvoice import RHVoice

DEFAULT_VOICE = "rhvoice:bdl"
FORMS = "rhvoice[:NAME], flite[:NAME], espeak[:NAME] or piper:PATH.onnx"


def voice(name: str = DEFAULT_VOICE) -> Voice:
    """The voice called *name*; whether it is installed shows when it first speaks.

    Raises :class:`NarrationError` for an unknown engine.
    """
    engine, _, which = name.partition(":")
    if engine == "rhvoice":
        return RHVoice(which) if which else RHVoice()
    if engine == "flite":
        return Flite(which) if which else Flite()
    if engine == "espeak":
        return Espeak(which) if which else Espeak()
    if engine == "piper" and which:
        return Piper(Path(which))
    if engine == "piper":
        raise NarrationError(f"voice piper: which model? {INSTALL_MODEL}")
    raise NarrationError(f"no voice is called “{name}”; write {FORMS}")
