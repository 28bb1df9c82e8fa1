"""The transcript says what the captions say, as Markdown that renders to it."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from film.transcript import clock, transcript
from narration.timetable import TimedBeat, TimedWord, Timetable


def _film(title: str, *beats: tuple[str, float, list[str]]) -> Timetable:
    timed = tuple(
        TimedBeat(
            name=f"beat{number}",
            title=name,
            start=start,
            end=start + 9,
            start_frame=round(start * 30),
            end_frame=round(start * 30) + 270,
            speech_start=start,
            speech_end=start + 9,
            source="take",
            words=tuple(
                TimedWord(word, start, start + 1, number)
                for number, paragraph in enumerate(paragraphs)
                for word in paragraph.split(" ")
            ),
            cues=(),
            animations=(),
        )
        for number, (name, start, paragraphs) in enumerate(beats)
    )
    return Timetable("film", title, 30, 9000, timed)


def test_headings_times_and_paragraphs() -> None:
    films = [
        _film("Surprise", ("Rain", 5.0, ["It rains.", "Again, it rains."]), ("", 65.99, [])),
        _film("Kraft", ("The wall", 3725.0, ["H(X) < 2 bits"])),
    ]
    assert transcript("Part 1: Codes", films) == (
        "# Part 1: Codes\n\n## Surprise\n\n### 0:05 Rain\n\nIt rains.\n\nAgain, it rains.\n\n"
        "### 1:05 beat1\n\n"
        "## Kraft\n\n### 1:02:05 The wall\n\nH(X) \\< 2 bits\n"
    )


def test_clock_shows_the_second_that_has_begun() -> None:
    assert [clock(s) for s in (0, 59.999, 60, 599.9999999, 3600)] == [
        "0:00",
        "0:59",
        "1:00",
        "10:00",
        "1:00:00",
    ]


@given(st.lists(st.text("ab1#*_-+`[]()!<>&;|~$\\.=\"'{}: ", min_size=1, max_size=12), min_size=1, max_size=5))
@settings(deadline=None)
@example(["1.", "not", "a", "list"])
@example(["-", "no", "list", "#"])
@example(["&lt;", "**b**", "<b>", "![a](b)", "---"])
@example(["---"])
@example(["#", "no", "heading"])
def test_markdown_renders_to_the_very_words(words: list[str]) -> None:
    text = " ".join(" ".join(words).split())
    if not text:
        return
    film = _film(text, (text, 0.0, [text]))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(transcript(text, [film]))
    assert [token.tag for token in tokens if token.nesting == 1] == ["h1", "h2", "h3", "p"]
    shown = [
        "".join(child.content for child in token.children or [] if child.type in {"text", "text_special"})
        for token in tokens
        if token.type == "inline"
    ]
    assert shown == [text, text, f"0:00 {text}", text]
    assert all(c.type in {"text", "text_special"} for t in tokens for c in t.children or [])
