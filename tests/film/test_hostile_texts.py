"""Texts that look like markup, times or commands are shown as they stand, whatever file they go into."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from av.subtitles.subtitle import AssSubtitle
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from film.captions import Caption
from film.mux import Chapter, mux
from film.subtitles import srt, vtt
from film.transcript import transcript
from narration.timetable import TimedBeat, TimedWord, Timetable

PAYLOADS = [
    "<b>bold</b> <script>alert(1)</script>",
    "<font color=red>red</font> <00:00:01.000><c.x>karaoke",
    "a --> b",
    "00:00:01,000 --> 00:00:02,000",
    "00:01.000 --> 00:02.000 line:0",
    "{\\an8}top {\\b1} {y:i} {x}",
    "\\h \\N \\n \\",
    "NOTE this is no note",
    "STYLE",
    "WEBVTT",
    "42",
    "&amp; &lt;b&gt; &#60;",
    "[CHAPTER] ;comment #1 title=x",
    "$(touch pwned) `touch pwned` ; | && %s %n",
]
CAPTIONS = [Caption(float(n), n + 0.9, (text, "second line")) for n, text in enumerate(PAYLOADS)]
ZERO_WIDTH = "\N{WORD JOINER}"


def decoded(subrip: str) -> list[str]:
    """What libavcodec reads: the texts of the captions as ASS, which has a backslash before its own signs."""
    with av.open(io.BytesIO(subrip.encode()), "r", format="srt") as file:
        stream = file.streams.subtitles[0]
        events = [subtitle for packet in file.demux(stream) if packet.size for subtitle in packet.decode()]
        return [as_plain(event.ass.decode().split(",", 8)[-1]) for event in events if isinstance(event, AssSubtitle)]


def as_plain(ass: str) -> str:
    """ASS text without its escapes; a tag that was understood would show as ``{\\...}``."""
    return re.sub(r"\\([{}\\])", r"\1", ass.replace("\\N", "\n")).replace(ZERO_WIDTH, "")


def test_subrip_shows_every_sign() -> None:
    # libavcodec leaves \h, \N and \ as they are, which ASS players would read; parted, nobody does.
    shown = decoded(srt(CAPTIONS))
    assert [text.partition("\nsecond line")[0].replace("\n", "\\N") for text in shown] == PAYLOADS


def test_subrip_has_as_many_times_as_captions() -> None:
    assert srt(CAPTIONS).count("-->") == len(CAPTIONS)


def test_webvtt_shows_every_sign_and_has_no_other_cues() -> None:
    text = vtt(CAPTIONS, "A --> B\n\n00:00.000 --> 00:09.000\nx", [Chapter(0, 1, "One\n\n--> <b> two")])
    assert text.count("-->") == len(CAPTIONS)
    assert "<" not in text
    shown = [line for line in text.rstrip("\n").split("\n\n") if " --> " in line]
    assert [block.split("\n")[2:] for block in shown] == [
        [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), "second line"] for text in PAYLOADS
    ]


@settings(max_examples=150)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=4), st.text(max_size=20))
def test_no_text_opens_a_cue_of_its_own(lines: list[str], title: str) -> None:
    captions = [Caption(0.0, 1.0, tuple(lines[:2])), Caption(1.0, 2.0, tuple(lines[2:] or ["x"]))]
    timed = r"^[0-9:.,]+ --> [0-9:.,]+$"
    assert len(re.findall(timed, srt(captions), re.MULTILINE)) == srt(captions).count("-->") == 2
    web = vtt(captions, title, [Chapter(0, 2, title)])
    assert len(re.findall(timed, web, re.MULTILINE)) == web.count("-->") == 2
    assert len(re.split("\n\n", web.rstrip("\n"))) == 4  # the head, a note and two cues


def test_the_film_keeps_texts_and_titles(make_clip: Callable[..., Path], tmp_path: Path) -> None:
    seconds = len(PAYLOADS)
    out = tmp_path / "$(touch pwned);`touch pwned` film.mp4"
    chapters = [Chapter(float(n), n + 1.0, text) for n, text in enumerate(PAYLOADS)]
    mux(
        make_clip("picture.mp4", seconds * 30),
        np.zeros((seconds * 48_000, 2), np.float32),
        CAPTIONS,
        chapters,
        {"title": PAYLOADS[0], "description": PAYLOADS[-2]},
        out,
    )
    with av.open(out) as film:
        assert [chapter["metadata"]["title"] for chapter in film.chapters()] == PAYLOADS
        assert film.metadata["title"] == PAYLOADS[0]
        assert film.metadata["description"] == PAYLOADS[-2]
        samples = [bytes(packet) for packet in film.demux(film.streams.subtitles[0])]
    # 3GPP TS 26.245: two bytes of length, the text, and then boxes of style, of which there are none.
    texts = [(int.from_bytes(data[:2], "big"), data[2:].decode()) for data in samples if len(data) > 2]
    assert texts == [(len(f"{text}\nsecond line"), f"{text}\nsecond line") for text in PAYLOADS]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["picture.mp4", out.name])


@pytest.mark.parametrize("text", [*PAYLOADS, "# head", "- [x](javascript:alert(1))", "![x](file:///etc/passwd)"])
def test_markdown_shows_the_transcript_as_it_stands(text: str) -> None:
    words = tuple(TimedWord(word, 0.0, 1.0, 0) for word in text.split())
    beat = TimedBeat("b", text, 0.0, 1.0, 0, 30, 0.0, 1.0, "take", words, (), ())
    page = MarkdownIt().parse(transcript(text, [Timetable("c", text, 30, 30, (beat,))]))
    blocks = [token for token in page if token.type == "inline"]
    assert [token.type for token in page if token.type.endswith("_open")] == ["heading_open"] * 3 + ["paragraph_open"]
    shown = ["".join(part.content for part in block.children or []) for block in blocks]
    assert shown == [text, text, f"0:00 {text}", text]
    assert {part.type for block in blocks for part in block.children or []} <= {"text", "text_special"}
