"""The novel that the films measure and compress, as text and as a stream of 27 letters.

It begins with the sentence of the film `intuition`. Nothing here draws, so a film's numbers can be had without Manim.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

NOVEL = Path(__file__).resolve().parents[1] / "assets" / "novel" / "without-asking.txt"
SPACE = " "
ALPHABET = "abcdefghijklmnopqrstuvwxyz" + SPACE

_WITHIN_WORDS = re.compile("['’]")
_BETWEEN_WORDS = re.compile("[^a-z]+")


@cache
def novel_text() -> str:
    """All of the novel, with its headings: one paragraph a line, empty lines between. Raises OSError."""
    return NOVEL.read_text(encoding="utf-8")


def letter_stream(text: str) -> str:
    """*text* in the letters of ``ALPHABET``, each word followed by one space.

    Capitals are lowered, accents dropped, apostrophes left out ("don't" is one word, "dont"); whatever else is no
    letter parts words.

    >>> letter_stream("Don't ask: coffee, or café?")
    'dont ask coffee or cafe '
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = _BETWEEN_WORDS.sub(SPACE, _WITHIN_WORDS.sub("", plain)).split()
    return "".join(word + SPACE for word in words)


@cache
def novel_letters() -> str:
    """The novel as a stream of 27 letters. Raises OSError."""
    return letter_stream(novel_text())
