"""The works that mathematics rests on: what a module's docstring says after "Source:"."""

from __future__ import annotations

import ast
import re

MATHEMATICS = "infotheory/"
_SOURCE = re.compile(r"\bSource: (.+?)(?:\n\s*\n|\Z)", re.DOTALL)
_EMPHASIS = re.compile(r"\*([^*]+)\*")


def named_sources(module: bytes) -> list[str]:
    """What the docstring of *module* says after each "Source:", up to the end of the paragraph, in one line."""
    docstring = ast.get_docstring(ast.parse(module)) or ""
    return [_EMPHASIS.sub(r"\1", " ".join(found[1].split())) for found in _SOURCE.finditer(docstring)]
