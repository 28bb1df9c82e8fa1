"""flite, a small engine in Debian main, through its command line.

One fresh process a text, so equal texts give equal sounds.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from narration.voices.base import Samples, Setting, VoiceFailed, VoiceMissing, from_pcm16

INSTALL = "install it with `apt-get install flite` (macOS: `brew install flite`), or choose another voice"


@dataclass(frozen=True)
class Flite:
    """A flite voice; *stretch* above 1 is slower."""

    name: str = "rms"
    stretch: float = 1.0

    @property
    def id(self) -> str:
        """``flite:<name>``."""
        return f"flite:{self.name}"

    @property
    def settings(self) -> Mapping[str, Setting]:
        """The duration stretch."""
        return {"stretch": self.stretch}

    def synthesize(self, text: str) -> tuple[Samples, int]:
        """See :class:`narration.voices.base.Voice`."""
        program = self._program()
        with tempfile.TemporaryDirectory(prefix="flite-") as folder:
            source, target = Path(folder, "text.txt"), Path(folder, "speech.wav")
            source.write_text(text, encoding="utf-8")
            stretch = ("--setf", f"duration_stretch={self.stretch}")
            command = [program, "-voice", self.name, *stretch, "-f", str(source), "-o", str(target)]
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            if run.returncode or not target.exists():
                raise VoiceFailed(self.id, text, run.stderr.strip() or f"flite ended with code {run.returncode}")
            with wave.open(str(target)) as sound:
                return from_pcm16(sound.readframes(sound.getnframes())), sound.getframerate()

    def _program(self) -> str:
        program = shutil.which("flite")
        if program is None:
            raise VoiceMissing(self.id, "flite is not installed", INSTALL)
        # flite silently speaks with its first voice when the name is unknown, so ask before.
        listed = subprocess.run([program, "-lv"], capture_output=True, text=True, check=False).stdout
        names = listed.partition(":")[2].split()
        if self.name not in names:
            raise VoiceMissing(self.id, f"flite has no such voice (it has {', '.join(names)})", INSTALL)
        return program
