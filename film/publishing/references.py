"""What the mathematics of films rests on, from the docstrings of the modules of ``infotheory`` that they use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from film.inputs.closure import Sources
from film.named_sources import MATHEMATICS, named_sources
from scenes.programme import Concept

_INITIALS = re.compile(r"\b(?:[A-Z]\. )+(?=[A-Z][a-z])")
# Where in a work something stands says nothing to who only looks for the work.
_PLACE = re.compile(r",? (?:\d\w+ edition, )?(?:section|sections|chapter|theorem|problem|figure|figures)\b.*|\.$")


def references(concepts: Iterable[Concept], sources: Sources) -> tuple[str, ...]:
    """The works that the *concepts* rest on, in alphabetical order, each once."""
    files = {file for concept in concepts for file in _reached(concept, sources)}
    works = {work for file in files for work in _works(sources.content(file))}
    # "Cover and Thomas" alone is the start of the full title.
    return tuple(sorted(work for work in works if not any(other != work and other.startswith(work) for other in works)))


def _reached(concept: Concept, sources: Sources) -> frozenset[str]:
    """The modules of mathematics that the film's scene names, and what these name in turn.

    Importing one loads the whole package, so what is merely loaded does not count.
    """
    scene = concept.scene_path.relative_to(concept.root).as_posix()
    todo = [file for file in sources.closure(scene) if file.startswith("scenes/")]
    found: set[str] = set()
    while todo:
        named = {file for file in sources.direct(todo.pop()) if file.startswith(MATHEMATICS)}
        todo += named - found
        found |= named
    return frozenset(found)


def _works(module: bytes) -> Iterator[str]:
    for source in named_sources(module):
        text = _INITIALS.sub("", source)
        yield from (_PLACE.sub("", part).strip() for part in text.split("; ") if part[:1].isupper())
