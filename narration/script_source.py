"""A script file as text and as Markdown blocks: reading it, hiding its comments, finding its structure."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from markdown_it import MarkdownIt

from narration.data_file import NotRegular, TooLarge, regular_bytes
from narration.marks import NAME, name_like
from narration.script_problem import Page, Place, Problem, ScriptErrors

#: No script is this long; a larger file was not meant.
LARGEST_FILE = 1_000_000
#: Names of files are made of it.
LONGEST_NAME = 60

_NEWLINE = re.compile(r"\r\n?")
_NOT_NEWLINE = re.compile(r"[^\n]")
_TIGHT_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=[^\s#])", re.MULTILINE)
# What opens a line inside a list or a quotation.
_MARKERS = re.compile(r"^(?:[ \t>]|[-*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))++", re.MULTILINE)

#: Blocks that are not prose: what each is called and what to do instead.
NOT_PROSE = {
    "bullet_list_open": ("a list", "write sentences, and show the list in the scene"),
    "ordered_list_open": ("a numbered list", "write sentences, and show the list in the scene"),
    "blockquote_open": ("a quotation block", "leave out the '>'"),
    "fence": ("a code block", "show code in the scene"),
    "code_block": ("an indented block", "start the line at the left margin"),
    "hr": ("a rule", "open a beat with '## beat_name', or delete the line"),
    "html_block": ("HTML", "only comments, <!-- like this -->, are allowed"),
    "table_open": ("a table", "write sentences, and show the table in the scene"),
}


class BlockToken(Protocol):
    """What a script needs of a markdown-it token; *map*: its first line and the one after its last."""

    type: str
    tag: str
    level: int
    markup: str
    content: str
    map: list[int] | None


@dataclass(frozen=True, slots=True)
class Source:
    """A script's text twice, line for line: comments blank for reading, and as words for Markdown's blocks.

    *unclosed* is the offset of a comment that never ends.
    """

    prose: str
    structure: str
    unclosed: int | None


def block_tokens(text: str) -> list[BlockToken]:
    """Markdown's blocks. Underlined headings and link definitions are left out: both would swallow prose."""
    markdown = MarkdownIt("commonmark", {"typographer": False}).enable("table")
    markdown.disable(["lheading", "reference", "inline", "text_join"])
    return cast("list[BlockToken]", markdown.parse(text))


def without_markers(text: str) -> str:
    """A paragraph of a list or quotation, the markers at its line starts blanked out."""
    return _MARKERS.sub(lambda found: " " * len(found[0]), text)


def without_tight_headings(text: str, base: int, page: Page) -> str:
    """A paragraph with the marks of headings that lack their space reported and blanked out."""

    def blank(found: re.Match[str]) -> str:
        remedy = f"write a space after it, '{found[1]} ...', or leave it out"
        page.report(base + found.start(1), f"'{found[1]}' opens no heading", remedy)
        return " " * len(found[0])

    return _TIGHT_HEADING.sub(blank, text)


def name_problem(name: str) -> tuple[str, str] | None:
    """What is wrong with a beat's name, and what to write: a beat is a method of the scene."""
    if NAME.fullmatch(name) and not keyword.iskeyword(name):
        if len(name) <= LONGEST_NAME:
            return None
        what = f"a beat's name of {len(name)} characters, {name[:20] + '...'!r}"
        return what, f"write one of at most {LONGEST_NAME}: files are called after it"
    if not name:
        return "a beat without a name", "write '## beat_name: Human title'"
    brief = name if len(name) <= 40 else name[:37] + "..."
    if keyword.iskeyword(name):
        return (
            f"{brief!r} is a word of Python's own and cannot name a beat",
            f"write another name, such as {name}_beat",
        )
    if NAME.fullmatch(name.lower()):
        return f"beat name {brief!r} is not lower case", f"write {name.lower()}"
    what = f"{brief!r} cannot name a beat (lower-case letters, digits and _, a letter first)"
    title = "" if len(name) > 40 else f": {name}"
    return what, f"write '## {name_like(name)}{title}'"


def read_source(path: Path) -> Source:
    """Read a script file. Raises :class:`ScriptErrors` when it cannot be read as text."""
    return source_of(path, _read_bytes(path))


def source_of(path: Path, data: bytes) -> Source:
    """The source that the file *path* with these bytes is. Raises :class:`ScriptErrors` when they are no text."""
    return _without_comments(_decoded(path, data))


def heading_text(line: str, markup: str, length: int) -> tuple[str, int]:
    """A heading's text without its marks, and the column where it begins; *length* is what Markdown counts as text."""
    marker = len(line) - len(line.lstrip())
    rest = line[marker + len(markup) :]
    text = rest.lstrip()[:length]
    return text, marker + len(markup) + len(rest) - len(rest.lstrip())


def _read_bytes(path: Path) -> bytes:
    try:
        data = regular_bytes(path, LARGEST_FILE)
    except FileNotFoundError as error:
        raise _refusal(path, "there is no such file", "write the script, or mend its name") from error
    except IsADirectoryError as error:
        raise _refusal(path, "this is a folder", "name the script in it, a .md file") from error
    except NotRegular as error:
        raise _refusal(path, "this is no regular file", "name a Markdown file") from error
    except TooLarge as error:
        raise _refusal(
            path, "the file is over 1 MB, too large for a script", "one script is one concept: split it"
        ) from error
    except OSError as error:
        what = f"the script cannot be read ({error.strerror or error})"
        raise _refusal(path, what, "mend the file's name or permissions") from error
    if not data.strip():
        raise _refusal(path, "the script is empty", "write '# A human title', '## beat_name: Human title' and prose")
    return data


def _refusal(path: Path, what: str, remedy: str) -> ScriptErrors:
    return ScriptErrors([Problem(Place(path, 1, 1), what, remedy)])


def _decoded(path: Path, data: bytes) -> str:
    try:
        return _unified(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        lines = _unified(data[: error.start].decode("utf-8")).split("\n")
        place = Place(path, len(lines), len(lines[-1]) + 1)
        what = f"byte 0x{data[error.start]:02x} is not UTF-8 text"
        raise ScriptErrors([Problem(place, what, "save the script as UTF-8")]) from error


def _unified(text: str) -> str:
    return _NEWLINE.sub("\n", text).removeprefix("\ufeff")


def _without_comments(text: str) -> Source:
    prose: list[str] = []
    structure: list[str] = []
    at, unclosed = 0, None
    while (opening := text.find("<!--", at)) >= 0:
        end = text.find("-->", opening + 4) + 3
        if end < 3:
            # Hide its first line only, so that what follows is still checked.
            unclosed, end = opening, (text + "\n").index("\n", opening)
        comment = text[opening:end]
        prose += (text[at:opening], _NOT_NEWLINE.sub(" ", comment))
        structure += (text[at:opening], _NOT_NEWLINE.sub("x", comment))
        at = end
        if unclosed is not None:
            break
    reading = "".join([*prose, text[at:]])
    blocks = "".join([*structure, text[at:]])
    # A line that is all comment separates paragraphs, as it does in Markdown.
    pairs = zip(reading.split("\n"), blocks.split("\n"), strict=True)
    return Source(reading, "\n".join(block if read.strip() else "" for read, block in pairs), unclosed)
