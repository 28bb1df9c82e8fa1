"""What `narrate` does with sound files: make them the takes of beats, one by one, by name, or cut from one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from film.address import Address, check_beats
from narration.audio import SAMPLE_RATE
from narration.errors import NarrationError
from narration.recording import Imported, import_recording, import_sound
from narration.script import Script, ScriptBeat
from narration.sound_file import SUFFIXES, read_sound
from narration.voices.base import VoiceMissing
from narration.whole_recording import cut_at_beats
from scenes.programme import Concept, UnknownName

NAMED = re.compile(r"(?:(?P<film>\w+)@)?(?P<beat>\w+?)(?:\.(?P<number>\d+))?")
ONE = "a recording belongs to one beat or one film: render.py narrate kraft@budget --recording budget.wav"


@dataclass
class Failures:
    """What went wrong in a row of beats, none of which keeps the others from being made."""

    found: list[str] = field(default_factory=list)

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note a failure of the block instead of raising it; a voice that is missing ends everything."""
        try:
            yield
        except VoiceMissing:
            raise
        except NarrationError as error:
            self.found.append(str(error))

    def raise_all(self) -> None:
        """Raise what was noted, if anything was."""
        if self.found:
            raise NarrationError("\n".join(self.found))


@dataclass(frozen=True)
class ChosenBeats:
    """A film, its script, and the beats of it that are addressed, in order."""

    film: Concept
    script: Script
    beats: tuple[ScriptBeat, ...]


def chosen_beats(wanted: Address) -> ChosenBeats:
    """Read the script of an address. Raises UnknownName for a beat that it does not have."""
    film, names = wanted
    script = film.scene_class().read_script()
    check_beats(film, names, [beat.name for beat in script.beats])
    return ChosenBeats(film, script, tuple(beat for beat in script.beats if names is None or beat.name in names))


def take_file(wanted: Sequence[Address], path: Path, *, trust: bool) -> None:
    """Make *path* the take of the beat that is addressed, or cut it at the beats of the film."""
    if len(wanted) != 1:
        raise click.UsageError(ONE)
    chosen = chosen_beats(wanted[0])
    if len(chosen.beats) == 1:
        tell(
            chosen.film,
            chosen.beats[0],
            import_recording(chosen.script, chosen.beats[0], path, chosen.film.takes, trust=trust),
        )
        return
    failures = Failures()
    parts = cut_at_beats(chosen.script, chosen.beats, read_sound(path))
    for beat in chosen.beats:
        with failures.noted():
            made = import_sound(chosen.script, beat, parts[beat.name], chosen.film.takes, trust=trust)
            tell(chosen.film, beat, made)
    failures.raise_all()


def take_folder(wanted: Sequence[Address], folder: Path, *, trust: bool) -> None:
    """Make the sound files of *folder* that are named after addressed beats (``budget.wav``, ``kraft@budget.wav``)
    their takes; of ``budget.wav`` and ``budget.2.wav`` the higher number counts.
    """
    films = {chosen.film.name: chosen for chosen in map(chosen_beats, wanted)}
    newest: dict[tuple[str, str], tuple[int, Path]] = {}
    for path, film, name, number in _named(folder, list(films)):
        if film in films and name in {beat.name for beat in films[film].beats}:
            newest[film, name] = max(newest.get((film, name), (0, path)), (number, path))
    if not newest:
        raise NarrationError(f"{folder}: no sound file there is named after one of these beats (budget.wav, say)")
    failures = Failures()
    for chosen in films.values():
        for beat in chosen.beats:
            if (chosen.film.name, beat.name) in newest:
                path = newest[chosen.film.name, beat.name][1]
                with failures.noted():
                    made = import_recording(chosen.script, beat, path, chosen.film.takes, trust=trust)
                    tell(chosen.film, beat, made)
    failures.raise_all()


def tell(film: Concept, beat: ScriptBeat, made: Imported) -> None:
    """Say what became of a recording."""
    data = made.take.data
    seconds = data.samples / SAMPLE_RATE
    pace = round(60 * len(beat.tokens) / (data.words[-1].end - data.words[0].start))
    click.echo(f"{film.name}@{beat.name}: recorded ({seconds:.1f} s, {pace} words a minute)")
    for fault in made.faults:
        click.echo(f"  warning: {fault}", err=True)


def _named(folder: Path, films: Sequence[str]) -> Iterator[tuple[Path, str, str, int]]:
    """The sound files of a folder with the film, the beat and the number in their names.

    Raises UnknownName for a file that may be meant for a beat and names none.
    """
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in SUFFIXES or path.name.startswith("."):
            continue
        named = NAMED.fullmatch(path.stem)
        if named is None or (named["film"] is None and len(films) != 1):
            raise UnknownName(f"{path}: which beat is this? call it kraft@budget{path.suffix}")
        yield path, named["film"] or films[0], named["beat"], int(named["number"] or 1)
