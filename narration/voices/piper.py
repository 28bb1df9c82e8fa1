"""Piper, neural voices from a local model, brought by the author: .onnx with its .onnx.json beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from narration.voices.base import Samples, Setting, VoiceFailed, VoiceMissing

INSTALL_ENGINE = "install it with `uv sync --extra piper`, or choose another voice"
INSTALL_MODEL = "give the path of a local Piper model as `piper:PATH.onnx`, with its PATH.onnx.json beside it"
SEED = 1


@dataclass(frozen=True)
class Piper:
    """A Piper model at *model*; *length_scale* above 1 is slower."""

    model: Path
    length_scale: float = 1.0

    @property
    def id(self) -> str:
        """``piper:<model's file name without .onnx>``."""
        return f"piper:{self.model.stem}"

    @property
    def settings(self) -> Mapping[str, Setting]:
        """The length scale and the model's SHA-256."""
        return {"length_scale": self.length_scale, "model": self._digest}

    def synthesize(self, text: str) -> tuple[Samples, int]:
        """See :class:`narration.voices.base.Voice`."""
        digest = self._digest  # first: a missing model is the likelier mistake than a missing engine
        try:
            import onnxruntime
            from piper import PiperVoice, SynthesisConfig
        except ImportError as error:
            raise VoiceMissing(
                self.id, f"the Python package piper-tts is not installed ({error})", INSTALL_ENGINE
            ) from error
        # The model draws noise from a generator that is seeded when it loads: loading anew gives equal
        # samples for equal texts.
        onnxruntime.set_seed(SEED)
        try:
            voice = PiperVoice.load(self.model)
            chunks = list(voice.synthesize(text, SynthesisConfig(length_scale=self.length_scale)))
        except Exception as error:  # Piper, ONNX Runtime and the model's JSON raise errors of every kind
            raise VoiceFailed(self.id, text, f"{self.model} ({digest[:8]}): {error}") from error
        return self._joined(chunks, text)

    def _joined(self, chunks: list[Any], text: str) -> tuple[Samples, int]:
        pieces = [np.asarray(chunk.audio_float_array, dtype=np.float32) for chunk in chunks]
        if not sum(piece.size for piece in pieces):
            raise VoiceFailed(self.id, text, "Piper returned no sound")
        return np.concatenate(pieces), int(chunks[0].sample_rate)

    @cached_property
    def _digest(self) -> str:
        config = self.model.with_name(self.model.name + ".json")
        for path in (self.model, config):
            if not path.is_file():
                raise VoiceMissing(self.id, f"{path} does not exist", INSTALL_MODEL)
        return hashlib.sha256(self.model.read_bytes() + config.read_bytes()).hexdigest()
