"""espeak-ng, the draft voice: it installs with the project from PyPI, and tells when each word begins."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import espeakng_loader

from narration.voices import espeak_process
from narration.voices.base import Samples, Setting, VoiceFailed, from_pcm16


@dataclass(frozen=True, slots=True)
class WordEvent:
    """At *start* seconds a word begins: *length* characters of the text from *character* (from 0)."""

    character: int
    length: int
    start: float


@dataclass(frozen=True)
class Espeak:
    """An espeak-ng voice at a *rate* in words a minute."""

    name: str = "en-us"
    rate: int = 165

    @property
    def id(self) -> str:
        """``espeak:<name>``."""
        return f"espeak:{self.name}"

    @property
    def settings(self) -> Mapping[str, Setting]:
        """The rate in words a minute."""
        return {"rate": self.rate}

    def synthesize(self, text: str) -> tuple[Samples, int]:
        """See :class:`narration.voices.base.Voice`."""
        samples, rate, _ = self.synthesize_timed(text)
        return samples, rate

    def synthesize_timed(self, text: str) -> tuple[Samples, int, tuple[WordEvent, ...]]:
        """Samples, their rate in Hz, and the engine's own word events, in order."""
        library, data = espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
        script = str(Path(espeak_process.__file__))
        command = [sys.executable, "-I", "-S", script, library, data, self.name, str(self.rate)]
        run = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
        if run.returncode:
            raise VoiceFailed(self.id, text, run.stderr.decode(errors="replace").strip())
        head, _, pcm = run.stdout.partition(b"\n")
        found = json.loads(head)
        if not pcm:
            raise VoiceFailed(self.id, text, "espeak-ng returned no sound")
        events = tuple(
            WordEvent(character, length, sample / found["rate"]) for character, length, sample in found["words"]
        )
        return from_pcm16(pcm), found["rate"], events
