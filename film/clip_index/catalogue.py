"""What the index of clips says of each beat: where it belongs, what it shows and how long it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from film.expected import expected_frames
from film.inputs.closure import Sources
from film.preflight_cache import film_key
from film.quality import RELEASE
from film.store import About, Store
from film.transcript import clock
from scenes.programme import Concept, Part

MYTH = "myth"  # the name of the beat that stands alone: the false belief, the counterexample, the correction
TEXTS = "beat-texts"
READER = "film/clip_index/catalogue.py"
_SENTENCE = re.compile(r".+?[.?!](?=\s|$)")
_ENOUGH = 40  # characters of first words that say something


@dataclass(frozen=True)
class BeatText:
    """A beat as the script has it, with its values filled in."""

    name: str
    title: str
    words: str


@dataclass(frozen=True)
class ClipEntry:
    """A beat in the index. *seconds* is exact if *timed*; *poster* is its picture beside the page, if there is one."""

    address: str
    title: str
    words: str
    seconds: float
    timed: bool
    is_myth: bool
    poster: str | None

    @property
    def first_words(self) -> str:
        """The first sentences, as many as say something."""
        return first_sentences(self.words)

    @property
    def length(self) -> str:
        """Its length for people: ``0:14``, or ``about 0:14`` where it is an estimate."""
        return f"{'' if self.timed else 'about '}{clock(round(self.seconds))}"


@dataclass(frozen=True)
class FilmEntry:
    """A film in the index."""

    name: str
    title: str
    part: Part
    clips: tuple[ClipEntry, ...]


def first_sentences(text: str, enough: int = _ENOUGH) -> str:
    """Sentences from the start of *text* on until they have *enough* characters.

    >>> first_sentences("Here it is. Four words, and four short codes. Send a sentence.", 20)
    'Here it is. Four words, and four short codes.'
    """
    end = 0
    for sentence in _SENTENCE.finditer(text):
        end = sentence.end()
        if end >= enough:
            break
    return text[:end] or text


def beat_texts(
    concepts: Sequence[Concept], store: Store, sources: Sources
) -> dict[str, tuple[str, tuple[BeatText, ...]]]:
    """By film: its title and its beats; read now, or when they were last changed.

    Raises ScriptErrors for a script with mistakes.
    """
    found: dict[str, tuple[str, tuple[BeatText, ...]]] = {}
    for concept in concepts:
        key = film_key(TEXTS, concept, READER, sources)
        known = store.recall(key)
        if known is None:
            script = concept.scene_class().read_script()
            known = [script.title, [[beat.name, beat.title, beat.caption] for beat in script.beats]]
            store.remember(key, known, About(concept.name, TEXTS))
        found[concept.name] = known[0], tuple(BeatText(*beat) for beat in known[1])
    return found


def film_entry(
    concept: Concept,
    part: Part,
    title: str,
    beats: Sequence[BeatText],
    posters: Mapping[str, str],
    seconds: Mapping[str, float],
) -> FilmEntry:
    """The index's entry of a film. *posters* and *seconds* are by beat; what is missing is estimated from the takes."""
    clips = tuple(
        ClipEntry(
            address=f"{concept.name}@{beat.name}",
            title=beat.title or beat.name,
            words=beat.words,
            seconds=seconds.get(beat.name, expected_frames(concept, beat.name, RELEASE) / RELEASE.frame_rate),
            timed=beat.name in seconds,
            is_myth=beat.name == MYTH,
            poster=posters.get(beat.name),
        )
        for beat in beats
    )
    return FilmEntry(concept.name, title, part, clips)
