"""Addresses as people write them: a film, or beats of one."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.programme import Concept, UnknownName, concept, concepts

Address = tuple[Concept, tuple[str, ...] | None]


def address_of(text: str) -> Address:
    """``kraft`` or ``kraft@budget`` (or ``kraft@wall,budget``). Raises UnknownName."""
    name, at, beats = text.partition("@")
    return concept(name), tuple(beats.split(",")) if at else None


def addresses_of(texts: Sequence[str]) -> list[Address]:
    """The films and beats that *texts* name; every film without any."""
    return [address_of(text) for text in texts] or [(film, None) for film in concepts()]


def check_beats(film: Concept, beats: tuple[str, ...] | None, known: list[str]) -> None:
    """Raise UnknownName for a beat that the film does not have."""
    for beat in beats or ():
        if beat not in known:
            raise UnknownName(f"'{film.name}' has no beat '{beat}'; there are: {', '.join(known)}")
