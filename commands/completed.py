"""Arguments that a shell can complete: films, beats and parts, read from the programme and the scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem
from click.types import StringParamType

from scenes.programme import PROGRAMME, concept, concepts

if TYPE_CHECKING:
    from scenes.programme import Concept


class AddressType(StringParamType):
    """A film or a beat of one; what it means is decided by :mod:`film.address`."""

    name = "address"

    def __init__(self, *, beats: bool = True) -> None:
        self.beats = beats

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        """Films; after ``kraft@`` its beats, and after a comma the next one."""
        film, at, beats = incomplete.partition("@")
        if at and not self.beats:
            return []
        if not at:
            return [CompletionItem(each.name) for each in concepts() if each.name.startswith(film)]
        before, comma, begun = beats.rpartition(",")
        if film not in {each.name for each in concepts()}:
            return []
        chosen = before.split(",")
        found = (beat for beat in _beats(concept(film)) if beat.startswith(begun) and beat not in chosen)
        return [CompletionItem(f"{film}@{before}{comma}{beat}") for beat in found]


class PartType(StringParamType):
    """A part of the series by name or number."""

    name = "part"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        """The parts' names."""
        return [CompletionItem(part.name) for part in PROGRAMME if part.name.startswith(incomplete)]


ADDRESS, FILM, PART = AddressType(), AddressType(beats=False), PartType()


def _beats(film: Concept) -> Iterator[str]:
    from film.script_outline import beats_of  # reads Markdown, which no other completion needs

    yield from beats_of(film)
