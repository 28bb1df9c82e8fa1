"""Addresses as people write them: a film, beats of one, or a pattern of both.

``kraft`` is a film, ``kraft@budget`` a beat, ``kraft@wall,budget`` two beats in one video. A pattern stands for
everything that it fits, each by itself: ``kraft@*``, ``mutual_*``, ``*@myth``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from film.script_outline import beats_of
from scenes.programme import Concept, UnknownName, concept, concepts, nearest_name

Address = tuple[Concept, tuple[str, ...] | None]
PATTERN = frozenset("*?[")


def address_of(text: str) -> Address:
    """``kraft`` or ``kraft@budget`` (or ``kraft@wall,budget``), no pattern. Raises UnknownName for the film."""
    name, at, beats = text.partition("@")
    return concept(name), tuple(beats.split(",")) if at else None


def addresses_of(texts: Sequence[str]) -> list[Address]:
    """The films and beats that *texts* name or match, each once; every film without any.

    Raises UnknownName for a film or beat that does not exist, and for a pattern that nothing fits.
    """
    found = [address for text in texts for address in _matching(text)]
    return list(dict.fromkeys(found)) or [(film, None) for film in concepts()]


def films_of(texts: Sequence[str]) -> list[Concept]:
    """The films that *texts* name or match; every film without any. Raises UnknownName, for a beat too."""
    for text in texts:
        if "@" in text:
            raise UnknownName(f"'{text}': a film is wanted here, no beat; write '{text.partition('@')[0]}'")
    return [film for film, _ in addresses_of(texts)]


def address_text(address: Address) -> str:
    """The address as it is written."""
    film, beats = address
    return film.name if beats is None else f"{film.name}@{','.join(beats)}"


def check_beats(film: Concept, beats: tuple[str, ...] | None, known: list[str]) -> None:
    """Raise UnknownName for a beat that the film does not have."""
    for beat in beats or ():
        if beat not in known:
            raise UnknownName(f"'{film.name}' has no beat '{beat}'; {nearest_name(beat, known)}")


def _matching(text: str) -> Iterator[Address]:
    name, at, beats = text.partition("@")
    if not PATTERN.intersection(text):
        address = address_of(text)
        if address[1] is not None:
            check_beats(*address, beats_of(address[0]))
        yield address
        return
    films = _films_like(name) if PATTERN.intersection(name) else [concept(name)]
    if not at:
        yield from ((film, None) for film in films)
        return
    found = [(film, (beat,)) for film in films for beat in _beats_like(beats, beats_of(film))]
    if not found:
        there = beats_of(films[0]) if len(films) == 1 else sorted({beat for film in films for beat in beats_of(film)})
        of = f"'{films[0].name}'" if len(films) == 1 else f"the {len(films)} films"
        raise UnknownName(f"no beat of {of} matches '{beats}'; there are: {', '.join(there)}")
    yield from found


def _films_like(pattern: str) -> list[Concept]:
    found = [film for film in concepts() if fnmatchcase(film.name, pattern)]
    if not found:
        names = ", ".join(film.name for film in concepts())
        raise UnknownName(f"no film matches '{pattern}'; there are: {names}")
    return found


def _beats_like(patterns: str, known: list[str]) -> list[str]:
    wanted = patterns.split(",")
    return [beat for beat in known if any(fnmatchcase(beat, pattern) for pattern in wanted)]
