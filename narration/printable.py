"""Text from files, made safe to print: a script cannot move the cursor or recolour the terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    r"""*text* with every character that is not printed written as an escape (``\x1b``); lines stay lines."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text)
