"""The works that a film's mathematics rests on: what the modules that it computes with name as their source."""

from __future__ import annotations

import ast
import re

from film.inputs.closure import Sources
from scenes.programme import Concept

_SOURCE = re.compile(r"\bSource: (.+?)(?:\n\n|\Z)", re.DOTALL)
_EMPHASIS = re.compile(r"\*([^*]+)\*")
MATHEMATICS = "infotheory/"


def citations(concept: Concept, sources: Sources) -> dict[str, str]:
    """By module (``infotheory/kraft.py``): the source that its docstring names, if any.

    Counted are the modules whose names a module of the film itself imports.
    """
    scene = concept.scene_path.relative_to(concept.root).as_posix()
    folder = f"{scene.rpartition('/')[0]}/"
    own = [file for file in sources.closure(scene) if file.startswith(folder)]
    computing = {file for module in own for file in sources.direct(module) if file.startswith(MATHEMATICS)}
    found = {file: sources.records.of("source", sources.content(file), named_source) for file in sorted(computing)}
    return {file: source for file, source in found.items() if source}


def named_source(module: bytes) -> str:
    """What a module's docstring says after "Source:", up to the end of the paragraph, in one line."""
    found = _SOURCE.search(ast.get_docstring(ast.parse(module)) or "")
    return _EMPHASIS.sub(r"\1", " ".join(found[1].split())) if found else ""
