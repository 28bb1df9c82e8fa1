"""YouTube's rules: what breaks one is named, and what keeps to them passes."""

from __future__ import annotations

import io
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from film.captions import Caption
from film.mux import Chapter
from film.publishing.caption_rules import caption_problems
from film.publishing.publication import Publication, film_chapters, publication
from film.publishing.rules import (
    chapter_problems,
    description_problems,
    tag_problems,
    tags_length,
    thumbnail_problems,
    title_problems,
    written_chapters,
)
from film.subtitles import srt, vtt
from scenes.programme import PROGRAMME, Part

GOOD = "A line.\n\n0:00 One\n0:10 Two\n1:05 Three\n\nThe end."
CUES = (Caption(0.5, 2.0, ("One", "line two")), Caption(2.0, 3.0, ("Two & <b>",)), Caption(4.0, 5.5, ("Three",)))
one_line = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="<>,"), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("x" * 100, ""),
        ("é" * 100, ""),
        ("x" * 101, "title: 101 characters, at most 100; shorten the part's title in scenes/programme.py"),
        ("p < q", "title: holds <, which YouTube refuses; change the part's title"),
        ("<p>", "title: holds < and >, which"),
        (" ", "title: there is none; give the part a title"),
    ],
)
def test_titles(title: str, told: str) -> None:
    check(list(title_problems(title)), told)


@pytest.mark.parametrize(
    ("description", "told"),
    [
        ("x" * 5000, ""),
        ("x" * 5001, "description: 5001 bytes, at most 5000; shorten the part's subtitle"),
        ("é" * 2501, "description: 5002 bytes"),
        ("H(X) > 0", "description: holds >, which YouTube refuses"),
    ],
)
def test_descriptions(description: str, told: str) -> None:
    check(list(description_problems(description)), told)


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        ([], ""),
        (["x" * 100] * 4 + ["x" * 96], ""),  # four commas
        (["x" * 100] * 4 + ["x" * 97], "tags: 501 characters in all, at most 500; shorten the titles"),
        (["x " + "x" * 98] * 4 + ["x" * 97], "tags: 509 characters"),  # quotes around what holds a space
        (["dice, wheels"], "tag 'dice, wheels': is empty or holds a comma"),
        ([""], "tag '': is empty"),
        (["a<b"], "tag 'a<b': holds <"),
    ],
)
def test_tags(tags: list[str], told: str) -> None:
    check(list(tag_problems(tags)), told)


@pytest.mark.parametrize(
    ("description", "duration", "told"),
    [
        (GOOD, 75.0, ""),
        (GOOD, 74.9, "chapters: 'Three' lasts 9.9 s, at least 10; make that film longer, or join"),
        (GOOD.replace("0:10", "0:09"), 75.0, "chapters: 'One' lasts 9 s"),
        (GOOD.replace("0:10", "1:06"), 80.0, "chapters: 'Two' starts at 66 s, and what follows at 65 s; put them in"),
        (GOOD.replace("0:00", "0:01"), 75.0, "chapters: the first one, 'One', starts at 1 s; it must start at 0:00"),
        (GOOD.replace("1:05 Three\n", ""), 75.0, "chapters: 2, at least 3; a part needs so many films"),
        (GOOD.replace("1:05 Three", "1:05"), 75.0, "chapters: the one at 65 s has no title"),
        (GOOD.replace("1:05 Three", "1:65 Three"), 75.0, "chapters: 2, at least 3"),  # is no time
        ("No times at all", 75.0, "chapters: 0, at least 3"),
    ],
)
def test_chapters(description: str, duration: float, told: str) -> None:
    problems = list(chapter_problems(description, duration))
    check(problems[:1], told)
    assert bool(problems) == bool(told)


def test_times_from_an_hour_on_have_three_parts() -> None:
    chapters = film_chapters(["One", "Two", "Three"], [3.5, 3599.9, 3600.0], 7322.0)
    text = Publication("t", "o", (), ()).description(chapters)
    assert "\n0:00 One\n59:59 Two\n1:00:00 Three\n" in text
    assert list(written_chapters(text)) == [(0, "One"), (3599, "Two"), (3600, "Three")]


@given(st.lists(st.tuples(one_line, st.floats(11, 3000)), min_size=3, max_size=20))
def test_what_is_written_is_read_back_and_passes(films: list[tuple[str, float]]) -> None:
    """Films of 11 s or more keep to the rules however their starts are rounded."""
    titles = [title for title, _ in films]
    ends = list(accumulate(length for _, length in films))
    chapters = film_chapters(titles, [0.0, *ends[:-1]], ends[-1])
    text = Publication("title", "An opening.", ("A work",), ()).description(chapters)
    assert list(chapter_problems(text, ends[-1])) == []
    assert [title for _, title in written_chapters(text)] == titles
    assert [seconds for seconds, _ in written_chapters(text)] == [int(chapter.start + 1e-6) for chapter in chapters]


@given(st.lists(one_line, max_size=8), st.lists(one_line, max_size=8))
def test_tags_are_as_long_as_they_are_written(first: list[str], second: list[str]) -> None:
    tags = [*first, *(f"{tag} {tag}" for tag in second)]
    written = ",".join(f'"{tag}"' if " " in tag else tag for tag in tags)
    assert tags_length(tags) == len(written)


@given(st.text(max_size=150))
def test_a_title_passes_exactly_if_it_keeps_to_the_rules(title: str) -> None:
    keeps = bool(title.strip()) and len(title) <= 100 and not set(title) & {"<", ">"}
    assert (not list(title_problems(title))) == keeps


# ---- thumbnail -----------------------------------------------------------------------------------


def picture(kind: str, size: tuple[int, int], *, noise: bool = False) -> bytes:
    image = Image.effect_noise(size, 100).convert("RGB") if noise else Image.new("RGB", size)
    if noise:
        image = Image.merge("RGB", [Image.effect_noise(size, 100) for _ in range(3)])
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (picture("PNG", (1280, 720)), ""),
        (picture("JPEG", (1280, 720)), ""),
        (picture("GIF", (1280, 720)), "thumbnail: is GIF, and PNG or JPEG is taken"),
        (picture("PNG", (1920, 1080)), "thumbnail: is 1920 x 1080, and should be 1280 x 720"),
        (picture("PNG", (1280, 720), noise=True), "MB, under 2 MB; choose a quieter picture"),
        (picture("PNG", (1280, 720))[:200], "thumbnail: is no whole picture"),
        (b"", "thumbnail: is no whole picture"),
    ],
    ids=["png", "jpeg", "gif", "large", "heavy", "cut off", "empty"],
)
def test_thumbnails(data: bytes, told: str) -> None:
    check(list(thumbnail_problems(data)), told)


# ---- captions ------------------------------------------------------------------------------------

CHAPTERS = (Chapter(0, 3, "First"), Chapter(3, 6, "Second"))
SRT, VTT = srt(CUES), vtt(CUES, "A title", CHAPTERS)


@pytest.mark.parametrize(
    ("subrip", "webvtt", "told"),
    [
        (SRT, VTT, ""),
        (SRT.replace("\n", "\r\n"), VTT, ""),
        (SRT, VTT.replace("WEBVTT", "VTT"), "captions (.vtt): do not begin with WEBVTT"),
        (SRT.replace("00:02,000 -->", "00:01,999 -->"), VTT, "captions (.srt): caption 2 starts before the one"),
        (SRT.replace("--> 00:00:02,000", "--> 00:00:00,400"), VTT, "captions (.srt): caption 1 ends where it starts"),
        (SRT.replace("00:00:04,000", "00:00:04.000"), VTT, "captions (.srt): caption 3: its times cannot be read"),
        (SRT.replace("3\n00", "4\n00"), VTT, "captions (.srt): caption 3: is called '4'"),
        (SRT.replace("Three", " "), VTT, "captions (.srt): caption 3: says nothing"),
        (SRT, VTT.replace("00:00:05.500", "00:00:05.400"), "captions: .srt and .vtt have different times"),
        (srt(CUES[:2]), VTT, "captions: .srt and .vtt have different times"),
        ("", vtt((), "A title", CHAPTERS), "captions (.srt): there are none; make the takes of the part"),
    ],
)
def test_caption_files(subrip: str, webvtt: str, told: str) -> None:
    problems = list(caption_problems(subrip, webvtt, 6.0))
    check(problems[:1], told)
    assert bool(problems) == bool(told)


def test_captions_end_with_the_video() -> None:
    assert list(caption_problems(SRT, VTT, 5.5)) == []
    assert "ends at 5.50 s, after the video (5.40 s)" in "".join(caption_problems(SRT, VTT, 5.4))


@given(
    st.lists(st.tuples(st.floats(0, 20), st.floats(0.05, 8), st.lists(st.text(max_size=20), min_size=1, max_size=2)))
)
def test_written_captions_pass(gaps: list[tuple[float, float, list[str]]]) -> None:
    """Whatever captions say, blank lines, arrows and notes included."""
    cues, time = [Caption(0.0, 0.5, ("First",))], 0.5
    for gap, length, lines in gaps:
        cues.append(Caption(time + gap, time + gap + length, tuple(f"{line}x" for line in lines)))
        time = cues[-1].end
    assert list(caption_problems(srt(cues), vtt(cues, "T", (Chapter(0, time, "NOTE"),)), time)) == []


# ---- the series ----------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PROGRAMME, ids=lambda part: part.name)
def test_the_parts_of_the_series_have_texts_that_pass(part: Part) -> None:
    titles = [concept.name.replace("_", " ") for concept in part.concepts]
    texts = publication(part, titles, ["A work"])
    assert [*title_problems(texts.title), *tag_problems(texts.tags)] == []
    assert part.title in texts.title
    assert part.subtitle in texts.opening


def test_questions_are_no_tags() -> None:
    tags = publication(PROGRAMME[0], ["How short?", "Joint entropy", "entropy"], []).tags
    assert "Joint entropy" in tags
    assert "How short?" not in tags
    assert len(tags) == len(set(tags))


def check(problems: list[str], told: str) -> None:
    """One problem that says *told*; none for an empty text."""
    if not told:
        assert problems == []
    else:
        assert len(problems) == 1
        assert told in problems[0]
