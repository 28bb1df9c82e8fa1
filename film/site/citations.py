"""The works that a film's mathematics rests on: what the modules that it computes with name as their source."""

from __future__ import annotations

from film.inputs.closure import Sources
from film.named_sources import MATHEMATICS, named_sources
from scenes.programme import Concept


def citations(concept: Concept, sources: Sources) -> dict[str, str]:
    """By module (``infotheory/kraft.py``): the source that its docstring names, if any.

    Counted are the modules whose names a module of the film itself imports.
    """
    scene = concept.scene_path.relative_to(concept.root).as_posix()
    folder = f"{scene.rpartition('/')[0]}/"
    own = [file for file in sources.closure(scene) if file.startswith(folder)]
    computing = {file for module in own for file in sources.direct(module) if file.startswith(MATHEMATICS)}
    found = {file: sources.records.of("sources", sources.content(file), named_sources) for file in sorted(computing)}
    return {file: named[0] for file, named in found.items() if named}
