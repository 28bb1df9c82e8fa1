"""Takes: the kept narration of a beat, with its word times.

A take is `<takes>/<language>/<concept>/<beat>.opus` and `<beat>.json` beside it.

Every take is checked before it is used: that it is whole, and that it speaks what the script says now.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from narration.align import WordTime
from narration.audio import SAMPLE_RATE, Samples
from narration.data_file import LARGEST_JSON, NotRegular, TooLarge, json_file, regular_bytes
from narration.errors import NarrationError
from narration.opus import SoundError, decode_sound, sound_length
from narration.pacing import Pacing
from narration.printable import printable
from narration.script import Pause, Script, ScriptBeat, Token, script_words
from narration.voices.base import Setting

VERSION = 1
RECORDING = "recording"  # the voice of an author's own recording
TOLERANCE = 0.001  # seconds by which a word may end after the sound, for rounding
LARGEST_OPUS = 40_000_000  # bytes, far more than the longest take has


class TakeError(NarrationError):
    """A take that cannot be used: where it is, what is wrong, what to do."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        self.path, self.what, self.remedy = path, printable(what), remedy
        super().__init__(f"{path}: {self.what}; {remedy}")


class TakeMissing(TakeError):
    """No take at all."""


class TakeStale(TakeError):
    """A whole take of another text."""


class TakeDamaged(TakeError):
    """A take that is not whole, or not what its JSON says."""


@dataclass(frozen=True, slots=True)
class TakeData:
    """What the JSON of a take holds. *settings* and *pacing* are empty for a recording."""

    spoken: str
    text_hash: str
    key: str
    voice: str
    settings: Mapping[str, Setting]
    pacing: Mapping[str, float]
    samples: int
    sha256: str
    words: tuple[WordTime, ...]


@dataclass(frozen=True, slots=True)
class TakePaths:
    """Where the take of a beat lives, and how it is made."""

    opus: Path
    json: Path
    address: str

    @property
    def waiting(self) -> Path:
        """Where a new sound is written, and stays until the JSON speaks of it."""
        return self.opus.with_name(f".{self.opus.name}.part")

    @property
    def command(self) -> str:
        """What makes it, with a machine's voice."""
        return f"render.py narrate {self.address}"

    @property
    def remedy(self) -> str:
        """What to do when it cannot be used; no machine can make again what somebody recorded."""
        if says_recording(self):
            return f"bring the recording back, from git or a copy, or record it again with `{self.command} --record`"
        return f"make it with `{self.command}`"


@dataclass(frozen=True)
class Take:
    """A checked take; its sound is decoded when it is asked for."""

    data: TakeData
    paths: TakePaths
    opus: bytes

    @cached_property
    def samples(self) -> Samples:
        """The sound. Raises :class:`TakeDamaged`."""
        return _decoded(self.paths, self.data, self.opus)

    @property
    def is_recording(self) -> bool:
        """Whether an author spoke it."""
        return self.data.voice == RECORDING


def take_paths(script: Script, beat: ScriptBeat, takes: Path) -> TakePaths:
    """The language is the name of the script's folder."""
    folder = takes / script.path.parent.name / script.concept
    return TakePaths(folder / f"{beat.name}.opus", folder / f"{beat.name}.json", f"{script.concept}@{beat.name}")


def text_hash(beat: ScriptBeat, *, recording: bool = False) -> str:
    """Hash of what is spoken: words, punctuation, paragraphs and pauses; of a recording only the words."""
    if recording:
        return _hash(script_words(beat.spoken))
    spoken: list[object] = []
    paragraph: int | None = None
    for item in beat.items:
        if isinstance(item, Pause):
            spoken.append(float(item.seconds))
        elif isinstance(item, Token):
            spoken += ["", item.spoken] if paragraph not in (None, item.paragraph) else [item.spoken]
            paragraph = item.paragraph
    return _hash(spoken)


def take_key(text: str, voice: str, settings: Mapping[str, Setting], pacing: Mapping[str, float]) -> str:
    """Hash of everything that makes a take what it is; *text* is its :func:`text_hash`."""
    return _hash([VERSION, text, voice, dict(settings), dict(pacing)])


def new_take_data(
    beat: ScriptBeat, voice: str, settings: Mapping[str, Setting], pacing: Pacing | None, count: int
) -> TakeData:
    """The data of a take of *beat* as it is now, without its words. A recording has no pacing."""
    text = text_hash(beat, recording=pacing is None)
    pace = dataclasses.asdict(pacing) if pacing else {}
    key = take_key(text, voice, settings, pace)
    return TakeData(beat.spoken, text, key, voice, dict(settings), pace, count, "", ())


def write_take(paths: TakePaths, data: TakeData, opus: bytes) -> None:
    """Replace a take, whole at every moment: renaming its JSON makes the new one count.

    The new sound waits beside its place until then. After an interruption whoever comes next, :func:`check_take` or
    this, puts it there.
    """
    sealed = dataclasses.replace(data, sha256=_digest(opus))
    times = paths.json.with_name(f".{paths.json.name}.part")
    try:
        paths.opus.parent.mkdir(parents=True, exist_ok=True)
        _settle(paths)
        try:
            _write(paths.waiting, opus)
            _write(times, _to_json(sealed).encode())
            times.replace(paths.json)
        finally:
            times.unlink(missing_ok=True)
            _settle(paths)
    except OSError as error:
        raise NarrationError(
            f"{paths.opus}: the take cannot be written ({error.strerror or error}); mend that and run again"
        ) from error


def check_take(script: Script, beat: ScriptBeat, takes: Path) -> Take:
    """The take of *beat*, whole and of the script's text. Finishes a :func:`write_take` that was interrupted.

    Raises :class:`TakeMissing`, :class:`TakeStale` or :class:`TakeDamaged`.
    """
    paths = take_paths(script, beat, takes)
    with suppress(OSError):  # where nothing may be renamed, the check says what is wrong
        _finish(paths)
    data = read_take_data(paths)
    recording = data.voice == RECORDING
    if data.text_hash != text_hash(beat, recording=recording):
        remedy = f"record it again, or replace it with `{paths.command} --force`" if recording else paths.remedy
        raise TakeStale(paths.json, "the script has changed since this take was made", remedy)
    if data.key != take_key(data.text_hash, data.voice, data.settings, data.pacing):
        raise TakeDamaged(paths.json, "its key does not fit its voice and settings (edited by hand?)", paths.remedy)
    opus = _read_sound(paths, data)
    _check_words(paths, data, script_words(beat.spoken))
    return Take(data, paths, opus)


def read_take_data(paths: TakePaths) -> TakeData:
    """The JSON of a take. Raises :class:`TakeMissing` or :class:`TakeDamaged`."""
    if not paths.json.exists() and not paths.opus.exists():
        raise TakeMissing(paths.opus, "there is no take yet", paths.remedy)
    for here, there in ((paths.opus, paths.json), (paths.json, paths.opus)):
        if not here.exists():
            raise TakeDamaged(here, f"it is missing, though {there.name} is there", paths.remedy)
    try:
        return _from_json(json_file(paths.json))
    except OSError as error:
        raise TakeDamaged(paths.json, f"it cannot be read ({error.strerror})", paths.remedy) from error
    except (ValueError, TypeError, KeyError) as error:
        what = f"no field {error}" if isinstance(error, KeyError) else str(error)
        raise TakeDamaged(paths.json, f"it is no take's JSON ({what})", paths.remedy) from error


def says_recording(paths: TakePaths) -> bool:
    """Whether a take, even a damaged one, calls itself a recording, which nothing could bring back."""
    try:
        text = regular_bytes(paths.json, LARGEST_JSON).decode(errors="replace")
    except OSError:
        return False
    return re.search(rf'"voice"\s*:\s*"{RECORDING}"', text) is not None


def _read_sound(paths: TakePaths, data: TakeData) -> bytes:
    try:
        content = regular_bytes(paths.opus, LARGEST_OPUS)
    except OSError as error:
        raise TakeDamaged(paths.opus, f"it cannot be read ({error.strerror})", paths.remedy) from error
    if not content:
        raise TakeDamaged(paths.opus, "it is empty", paths.remedy)
    if _digest(content) != data.sha256:
        raise TakeDamaged(
            paths.opus,
            f"it is not the sound that {paths.json.name} describes (truncated or replaced)",
            paths.remedy,
        )
    try:
        length = sound_length(content)
    except SoundError as error:
        raise TakeDamaged(paths.opus, str(error), paths.remedy) from error
    _check_length(paths, data, length)
    return content


def _decoded(paths: TakePaths, data: TakeData, content: bytes) -> Samples:
    try:
        samples = decode_sound(content)
    except SoundError as error:
        raise TakeDamaged(paths.opus, str(error), paths.remedy) from error
    _check_length(paths, data, len(samples))
    return samples


def _check_length(paths: TakePaths, data: TakeData, length: int) -> None:
    if length != data.samples:
        found, promised = length / SAMPLE_RATE, data.samples / SAMPLE_RATE
        what = f"it is {found:.3f} s long, but {paths.json.name} says {promised:.3f} s"
        raise TakeDamaged(paths.opus, what, paths.remedy)


def _check_words(paths: TakePaths, data: TakeData, expected: list[str]) -> None:
    if [word.text for word in data.words] != expected:
        raise TakeDamaged(paths.json, "its word times are not those of the text", paths.remedy)
    previous, duration = 0.0, data.samples / SAMPLE_RATE
    for word in data.words:
        if not previous <= word.start < word.end <= duration + TOLERANCE:
            what = f"“{word.text}” ({word.start} to {word.end} s) is out of order or outside the sound"
            raise TakeDamaged(paths.json, what, paths.remedy)
        previous = word.end


def _settle(paths: TakePaths) -> None:
    """Leave no sound waiting: it goes to its place when the JSON speaks of it, and away when not."""
    _finish(paths)
    paths.waiting.unlink(missing_ok=True)


def _finish(paths: TakePaths) -> None:
    """Put a waiting sound in its place if the JSON speaks of it already. Raises OSError when that cannot be told."""
    try:
        content = regular_bytes(paths.waiting, LARGEST_OPUS)
        if _from_json(json_file(paths.json)).sha256 == _digest(content):
            paths.waiting.replace(paths.opus)
    except (FileNotFoundError, NotRegular, TooLarge, ValueError, TypeError, KeyError):
        return  # nothing waits (somebody else may have been faster), or nothing of ours


def _write(path: Path, content: bytes) -> None:
    # A file left by a killed run, or a link to one elsewhere, is not written through.
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _hash(value: object) -> str:
    return _digest(json.dumps(value, sort_keys=True, ensure_ascii=False).encode())


def _to_json(data: TakeData) -> str:
    """One word a line, so that versions of a take can be compared."""
    fields = {"version": VERSION, **dataclasses.asdict(data)}
    words = ",\n".join("  " + json.dumps(list(word.values()), ensure_ascii=False) for word in fields.pop("words"))
    return json.dumps(fields, indent=1, ensure_ascii=False).removesuffix("\n}") + f',\n "words": [\n{words}\n ]\n}}\n'


def _from_json(fields: object) -> TakeData:
    if not isinstance(fields, dict):
        raise TypeError("not an object")
    if fields["version"] != VERSION:
        raise ValueError(f"version {fields['version']!r:.40}, not {VERSION}")
    types = {
        "spoken": str,
        "text_hash": str,
        "key": str,
        "voice": str,
        "settings": dict,
        "pacing": dict,
        "samples": int,
        "sha256": str,
    }
    for name, kind in types.items():
        if not isinstance(fields[name], kind):
            raise TypeError(f"{name} is not a {kind.__name__}")
    words = tuple(WordTime(_text(word), float(start), float(end)) for word, start, end in fields["words"])
    return TakeData(**{name: fields[name] for name in types}, words=words)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is not a word")
    return value
