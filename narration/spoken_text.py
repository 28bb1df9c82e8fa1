"""What may be said aloud: the words in a spoken text, and the characters that no voice can be trusted with.

A spoken text holds unaccented letters, apostrophes inside words, and the punctuation . , ; : ? ! - —
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: How fast a narrator speaks, where nothing is measured.
WORDS_PER_SECOND = 2.6

_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*")

OPENING = "([{“„«‹‘"
_CLOSING = ')]}”»›"'
_APOSTROPHES = "'’‘ʼ"
_HYPHENS = "-‐‑–"
_DASHES = _HYPHENS + "—―"

_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "―": "—", "…": "..."})
_SILENT = str.maketrans("", "", OPENING + _CLOSING)
_READABLE = re.escape(".,;:?!…" + _DASHES + _APOSTROPHES + OPENING + _CLOSING)
_FRACTIONS = "¼½¾⅐-⅞↉"
_UNREADABLE = re.compile(
    rf"(?P<digits>[\d{_FRACTIONS}](?:[.,]?[\d{_FRACTIONS}])*+)|(?P<symbols>[^\s\d{_FRACTIONS}A-Za-z{_READABLE}]++)"
)
_BRACKET_IN_WORD = re.compile(rf"(?<=[A-Za-z])[{re.escape(OPENING.replace('‘', '') + _CLOSING)}](?=[A-Za-z])")
_TYPED_MINUS = re.compile(rf"(?:^|(?<=\s))[{re.escape(OPENING)}\"']*+([{re.escape(_HYPHENS)}])(?=[A-Za-z])")
_FREE_DASH = re.compile(rf"[{re.escape(_DASHES)}]+")

_SAYINGS = {
    "%": "percent", "=": "equals", "+": "plus", "−": "minus", "±": "plus or minus", "×": "times",
    "·": "times", "÷": "divided by", "/": "over", "<": "is less than", ">": "is more than",
    "≤": "is at most", "≥": "is at least", "≠": "is not", "≈": "is about", "&": "and", "|": "given",
    "^": "to the", "∞": "infinity", "ℓ": "ell", "√": "the root of", "∑": "the sum of", "→": "becomes",
    "->": "becomes", "∈": "in", "°": "degrees", "$": "dollars", "€": "euros", "§": "section", "#": "number",
}  # fmt: skip


def script_words(text: str) -> list[str]:
    """The words of a spoken text, lower-cased, as alignment counts them: "It's H of X," -> it's, h, of, x."""
    return _WORD.findall(text.replace("’", "'").lower())


def is_dash(text: str) -> bool:
    """Whether *text* is a dash standing alone."""
    return _FREE_DASH.fullmatch(text) is not None


def said(written: str) -> str:
    """The spoken text of readable writing: no quotes or brackets, one form of dash and apostrophe."""
    text = written.translate(_ALIKE).translate(_SILENT)
    text = re.sub(r"(?<=[A-Za-z])–(?=[A-Za-z])", "-", text)
    text = re.sub(r"--+|–|(?:^|(?<=\s))-(?=\s|$)", "—", text)
    text = re.sub(r"(?<![A-Za-z])'|'(?![A-Za-z])", "", text)
    return " ".join(text.split()).lstrip("—-.,;:?! ")


def typed_digits(written: str) -> Iterator[tuple[int, str]]:
    """Where numbers stand in *written*: index and digits. The 2 of log₂ is notation, no number."""
    for found in _UNREADABLE.finditer(written):
        if found["digits"]:
            yield found.start(), found["digits"]


def unspeakable(written: str) -> Iterator[tuple[int, str, str]]:
    """What a voice cannot read in *written*: index, what it is, and what to write instead."""
    for found in _UNREADABLE.finditer(written):
        if found["digits"]:
            yield found.start(), *typed_number(found["digits"])
        else:
            yield found.start(), f"{_named(found[0])} cannot be spoken", _spoken_form_for(written, found)
    for found in _BRACKET_IN_WORD.finditer(written):
        remedy = f"give it a spoken form: [{_word_around(written, found)}](how it is said)"
        yield found.start(), f"'{found[0]}' inside a word is not spoken", remedy
    for found in _TYPED_MINUS.finditer(written):
        remedy = "let a fact carry its sign, or write [−x](minus x)"
        yield found.start(1), f"a '{found[1]}' before a word would be lost when spoken", remedy


def typed_number(digits: str) -> tuple[str, str]:
    """The problem and the remedy of a number typed by hand."""
    brief = digits if len(digits) <= 20 else digits[:17] + "..."
    return f"{brief!r} is typed by hand", "write a fact, {name:format}, or the number in words"


def _spoken_form_for(written: str, found: re.Match[str]) -> str:
    if not found[0].isprintable():
        return "delete it"
    word, folded, saying = _word_around(written, found), _folded(found[0]), _saying(found[0])
    spoken = said(word.replace(found[0], folded or f" {saying} ")) if folded or saying else ""
    if not spoken or _UNREADABLE.search(spoken):
        spoken = "how it is said"
    return f"give it a spoken form, such as [{word}]({spoken})"


def _folded(letters: str) -> str:
    """Accented letters without their accents, "" if they are no letters of that kind."""
    if letters in _SAYINGS or len(letters) > 20:
        return ""
    folded = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    return folded if folded.isascii() and folded.isalpha() else ""


def _saying(symbols: str) -> str:
    """How symbols are usually said, "" if there is no telling."""
    name = unicodedata.name(symbols, "") if len(symbols) == 1 else ""
    greek = name.startswith("GREEK ") and " WITH " not in name
    return _SAYINGS.get(symbols, name.rsplit(" ", 1)[-1].lower() if greek else "")


def _named(symbols: str) -> str:
    if symbols.isprintable():
        return repr(symbols if len(symbols) <= 20 else symbols[:17] + "...")
    return "the invisible character " + next(f"U+{ord(c):04X}" for c in symbols if not c.isprintable())


def _word_around(written: str, found: re.Match[str]) -> str:
    """The word that holds a match, without the punctuation around it, if it is short."""
    before = re.search(r"\S*$", written[max(0, found.start() - 40) : found.start()])
    after = re.match(r"\S{0,40}", written[found.end() : found.end() + 40])
    assert before is not None
    assert after is not None
    word = f"{before[0]}{found[0]}{after[0]}".strip(".,;:?!'\"“”" + _DASHES)
    if word.startswith("(") and word.endswith(")"):
        word = word[1:-1]
    return word if 0 < len(word) <= 40 and word.isprintable() else "shown"
