"""A beat as an author reads it aloud: what is said, and what the captions show for it."""

from __future__ import annotations

import textwrap

from narration.script import Pause, ScriptBeat, Token

WIDTH = 88


def reading_text(beat: ScriptBeat) -> str:
    """The spoken words in paragraphs, … at the pauses; below, captions that differ from what is said."""
    paragraphs: list[list[str]] = []
    last: int | None = None
    for item in beat.items:
        if isinstance(item, Token):
            if item.paragraph != last:
                paragraphs.append([])
            last = item.paragraph
            paragraphs[-1].append(item.spoken)
        elif isinstance(item, Pause) and paragraphs:
            paragraphs[-1].append("…")
    text = [textwrap.fill(" ".join(line), WIDTH, initial_indent="  ", subsequent_indent="  ") for line in paragraphs]
    if shown := _shown(beat):
        text.append(textwrap.fill(f"Captions show {shown}.", WIDTH, initial_indent="  ", subsequent_indent="  "))
    return "\n\n".join(text)


def _shown(beat: ScriptBeat) -> str:
    """``ℓ(x) for “ell of x”``, once for each; curly quotes and dashes are no difference that is heard."""
    pairs = {_bare(token.shown): _bare(token.spoken) for token in beat.tokens}
    return ", ".join(f"{shown} for “{spoken}”" for shown, spoken in pairs.items() if _plain(shown) != _plain(spoken))


def _bare(text: str) -> str:
    return text.strip(".,;:?!…—–-“”\"' ")


def _plain(text: str) -> str:
    return "".join(letter for letter in text.replace("’", "'").lower() if letter.isalnum() or letter == "'")
