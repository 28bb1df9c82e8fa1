"""A narration script in sections, one a beat, without its comments and however its lines are broken.

The blocks are those that the script's reader sees; nothing is checked here, and facts are not filled in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from film.inputs.closure import Sources


class ScriptSections(NamedTuple):
    """The title as it is typed, and by beat the text of its section, heading included."""

    title: str
    beats: dict[str, str]


def script_sections(sources: Sources, file: str) -> ScriptSections:
    """The sections of the script *file*, in its order. Raises ScriptErrors if it is no text."""
    path = sources.root / file

    def read(content: bytes) -> Any:
        return _read(path, content)

    title, beats = sources.records.of("script", sources.content(file), read)
    return ScriptSections(title, dict(beats))


def _read(path: Path, content: bytes) -> list[Any]:
    # Markdown is needed only for what is not remembered.
    from narration.script_source import block_tokens, heading_text, source_of

    source = source_of(path, content)
    lines = source.prose.split("\n")
    blocks = block_tokens(source.structure)
    title, beats = "", list[list[str]]()
    for index, block in enumerate(blocks):
        if block.level or block.map is None:
            continue
        text = " ".join(" ".join(lines[slice(*block.map)]).split())
        if block.type == "heading_open" and block.tag == "h1":
            title = title or text
        elif block.type == "heading_open" and block.tag == "h2":
            heading, _ = heading_text(lines[block.map[0]], block.markup, len(blocks[index + 1].content))
            beats.append([heading.partition(":")[0].rstrip(), text])
        elif block.type.endswith("_open") and beats:
            beats[-1][1] += f"\n{text}"
    return [title, beats]
