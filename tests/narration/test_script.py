"""Scripts: what is read from them, and what every mistake in them is answered with."""

from __future__ import annotations

import os
import pickle
import re
from fractions import Fraction
from pathlib import Path

import pytest

from narration.fact import Fact, Facts
from narration.script import (
    Cue,
    Pause,
    Place,
    Problem,
    Script,
    ScriptBeat,
    ScriptErrors,
    Token,
    read_script,
    script_words,
)

FACTS = Facts(
    row_two=Fact(4),
    word_a=Fact("010"),
    share=Fact(0.4, given=True),
    ratio=Fact(2.5),
    kraft_sum=Fact(Fraction(3, 2)),
    loss=Fact(-1.5),
    greek=Fact("α"),
)
HEAD = "# Title\n## wall\n"


def read(folder: Path, text: str | bytes) -> Script:
    file = folder / "kraft.md"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_script(file, FACTS)


def beat_of(folder: Path, prose: str) -> ScriptBeat:
    return read(folder, HEAD + prose).beats[0]


def said(folder: Path, prose: str) -> list[tuple[str, str]]:
    return [(token.shown, token.spoken) for token in beat_of(folder, prose).tokens]


def problems(folder: Path, text: str | bytes) -> list[str]:
    """Each problem as "line:column: what; remedy"."""
    with pytest.raises(ScriptErrors) as caught:
        read(folder, text)
    prefix = f"{folder / 'kraft.md'}:"
    lines = str(caught.value).split("\n")
    assert all(line.startswith(prefix) for line in lines)
    return [line.removeprefix(prefix) for line in lines]


def both(words: str) -> list[tuple[str, str]]:
    """Words that are said as they are shown."""
    return [(word, word) for word in words.split()]


def only_problem(folder: Path, text: str | bytes) -> str:
    (problem,) = problems(folder, text)
    return problem


# What is read


def test_a_whole_script(tmp_path: Path) -> None:
    script = read(
        tmp_path,
        """\
# Prefix codes and the Kraft inequality

<!-- A note
     to the author. -->
## wall: A wall of every codeword
Write down every string of bits: [rows] two of length one, {row_two:words} of length two.
Pick the word {word_a:bits}. [pick] Everything below it is gone. [pause 0.8]

The length is [ℓ(x)](ell of x).

## kraft_sum
It's {kraft_sum:frac}.
""",
    )
    assert (script.concept, script.title) == ("kraft", "Prefix codes and the Kraft inequality")
    wall, total = script.beats
    assert (wall.name, wall.title, wall.cues) == ("wall", "A wall of every codeword", ("rows", "pick"))
    assert wall.caption == (
        "Write down every string of bits: two of length one, four of length two. "
        "Pick the word 010. Everything below it is gone. The length is ℓ(x)."
    )
    assert wall.spoken == (
        "Write down every string of bits: two of length one, four of length two. "
        "Pick the word zero one zero. Everything below it is gone. The length is ell of x."
    )
    assert [token.paragraph for token in wall.tokens] == [0] * 23 + [1] * 4
    file = tmp_path / "kraft.md"
    assert wall.place == Place(file, 5, 1)
    at = wall.items.index(Cue("rows", Place(file, 6, 34)))
    assert wall.items[at + 1] == Token("two", "two", Place(file, 6, 41), 0)
    assert wall.items[-5] == Pause(0.8, Place(file, 7, 66))
    assert wall.items[-1] == Token("ℓ(x).", "ell of x.", Place(file, 9, 15), 1)
    assert (total.name, total.title, total.caption) == ("kraft_sum", "Kraft sum", "It's 3/2.")
    assert script.beat("wall") is wall
    with pytest.raises(KeyError, match=r"no beat 'walls'; its beats: wall, kraft_sum"):
        script.beat("walls")


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("It is {ratio:.1f}, yes.", [*both("It is"), ("2.5,", "two point five,"), ("yes.", "yes.")]),
        ("({word_a:bits}) “{share:%}”!", [("(010)", "zero one zero"), ("“40 %”!", "forty percent!")]),
        ("One — two", [("One —", "One —"), ("two", "two")]),
        ("One - two – three", [("One -", "One —"), ("two –", "two —"), ("three", "three")]),
        ("One -- two", [("One --", "One —"), ("two", "two")]),
        ("One—two", [("One—two", "One—two")]),
        ("— Well", [("— Well", "Well")]),
        ("Shannon–Fano pre- and", [("Shannon–Fano", "Shannon-Fano"), ("pre-", "pre-"), ("and", "and")]),
        ("{row_two:words}-fold", [("four-fold", "four-fold")]),
        ("Pick[cue], then", [("Pick,", "Pick,"), ("then", "then")]),
        ("Pick [cue], then", [("Pick,", "Pick,"), ("then", "then")]),
        ("Pick [pause 1]. Then", [("Pick.", "Pick."), ("Then", "Then")]),
        ("“[cue]Pick”", [("“Pick”", "Pick")]),
        ("( word )", [("(word)", "word")]),
        ("It’s 'so' codes' e…", [("It’s", "It's"), ("'so'", "so"), ("codes'", "codes"), ("e…", "e...")]),
        (r"\[yes\] \{no\}", [("[yes]", "yes"), ("{no}", "no")]),
        (r"[\[a, b\)](a to b)", [("[a, b)", "a to b")]),
        ("[log₂ x²](log\nof x squared),", [("log₂ x²,", "log of x squared,")]),
        ("[p = {share:.1f}](p of {share:.1f})", [("p = 0.4", "p of zero point four")]),
        ("[H(X)](H (of X))", [("H(X)", "H of X")]),
        ("{loss:.1f}", [("−1.5", "minus one point five")]),
        ("a <!-- b\nc --> d", [("a", "a"), ("d", "d")]),
        ("a\u00a0b\tc\r\nd\re", both("a b c d e")),
    ],
)  # fmt: skip
def test_tokens(tmp_path: Path, prose: str, expected: list[tuple[str, str]]) -> None:
    assert said(tmp_path, prose) == expected


@pytest.mark.parametrize(
    ("prose", "order"),
    [
        ("a [c] b", ["a", "[c]", "b"]),
        ("[c]a", ["[c]", "a"]),
        ("(“[c]a”)", ["[c]", "(“a”)"]),
        ("a[c]. b", ["a.", "[c]", "b"]),
        ("a [c] . b", ["a.", "[c]", "b"]),
        ("a [c] — b", ["a —", "[c]", "b"]),
        ("a[c][pause .5], b", ["a,", "[c]", "0.5", "b"]),
        ("a.\n\n[c]\n\nb", ["a.", "[c]", "b"]),
        ("a [c]", ["a", "[c]"]),
    ],
)
def test_order_of_cues_and_words(tmp_path: Path, prose: str, order: list[str]) -> None:
    def brief(item: Token | Cue | Pause) -> str:
        return (
            item.shown if isinstance(item, Token) else f"[{item.name}]" if isinstance(item, Cue) else str(item.seconds)
        )

    assert [brief(item) for item in beat_of(tmp_path, prose).items] == order


def test_titles_show_values_and_forms(tmp_path: Path) -> None:
    script = read(tmp_path, "# The {word_a} and [H(X)](H of X) = ∞\n## wall: In {row_two:words} rows ##\na\n")
    assert script.title == "The 010 and H(X) = ∞"
    assert script.beats[0].title == "In four rows"


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbf# Title\r\n## wall\r\na\r\n").title == "Title"


def test_script_words() -> None:
    assert script_words("It’s H of X, self-information: A—b's!") == [
        "it's",
        "h",
        "of",
        "x",
        "self",
        "information",
        "a",
        "b's",
    ]


# What is refused


@pytest.mark.parametrize(
    ("prose", "place", "what", "remedy"),
    [
        ("a\nb [cue", "4:3", "'[' is never closed", r"\[ for the character"),
        ("a\nb {share:.2f", "4:3", "'{' is never closed", r"\{ for the character"),
        ("a\nb [H(X)](H of X", "4:3", "[H(X)]( is never closed", "write ')'"),
        ("a [H(X)](H of [cue] x", "3:3", "[H(X)]( is never closed", "write ')'"),
        ("a\n  b ]", "4:5", "']' closes nothing", r"\]"),
        ("a }", "3:3", "'}' closes nothing", r"\}"),
        ("a {shear:.2f}", "3:3", "no fact 'shear'", "did you mean 'share'?"),
        ("a {}", "3:3", "{} names no fact", "write {name}"),
        ("a {share}", "3:3", "{share}: a decimal number needs a format", ":.2f"),
        ("a {share:d}", "3:3", "format 'd' does not fit a decimal number", ":.2f"),
        ("a {word_a:.2f}", "3:3", "'.2f' does not fit text", ":bits"),
        ("a {share.real:.2f}", "3:3", "no fact 'share.real'", "did you mean 'share'?"),
        ("a {share!r}", "3:3", "no fact 'share!r'", "share"),
        ("a {__import__('os').getcwd()}", "3:3", "no fact", "the facts are"),
        ("a {word_a}", "3:3", "what the value says, '010'", "another format"),
        ("a {greek}", "3:3", "what the value says, 'α'", "spoken form"),
        ("a [x {shear}](b)", "3:6", "no fact 'shear'", "did you mean 'share'?"),
        ("a [x {share](b)", "3:6", "'{' is never closed", "write {name:format}"),
        ("a [c] b\nd [c]", "4:3", "cue 'c' again in one beat (first in line 3, column 3)", "own name"),
        ("a [Pick It]", "3:3", "[Pick It] is no cue name", "write [pick_it] for a cue"),
        ("a []", "3:3", "[] is no cue name", "[shown](spoken)"),
        ("a [pause]", "3:3", "[pause] is no pause", "write [pause 0.8]"),
        ("a [pause 0,8]", "3:3", "[pause 0,8] is no pause", "write [pause 0.8]"),
        ("a [pause -1]", "3:3", "[pause -1] is no pause", "more than 0"),
        ("a [pause 0]", "3:3", "[pause 0] is no pause", "more than 0"),
        ("a [pause 1e9]", "3:3", "[pause 1e9] is no pause", "seconds"),
        ("a [Pause 61]", "3:3", "[Pause 61] is no pause", "at most 60"),
        ("a [pause ٣]", "3:3", "is no pause", "write [pause 0.8]"),
        ("a\nb, 2.5 c", "4:4", "'2.5' is typed by hand", "write a fact, {name:format}"),
        ("a ½", "3:3", "'½' is typed by hand", "write a fact"),
        ("a [2](two)", "3:4", "'2' is typed by hand", "write a fact"),
        ("a [x](x 2)", "3:9", "'2' is typed by hand", "write a fact"),
        ("a p = q", "3:5", "'=' cannot be spoken", "[=](equals)"),
        ("a βb", "3:3", "'β' cannot be spoken", "[βb](beta b)"),
        ("a\nErdős b", "4:4", "'ő' cannot be spoken", "[Erdős](Erdos)"),
        ("a [x](x ≤ y)", "3:9", "'≤' cannot be spoken", "is at most"),
        ("a\u200bb", "3:2", "the invisible character U+200B", "delete it"),
        ("a [b\u200b](b)", "3:5", "the invisible character U+200B", "delete it"),
        ("a\0b", "3:2", "the invisible character U+0000", "delete it"),
        ("a H(X)", "3:4", "'(' inside a word", "[H(X)](how it is said)"),
        ("a -x", "3:3", "a '-' before a word would be lost", "let a fact carry its sign"),
        ("a -{ratio:.1f}", "3:3", "a '-' before a word would be lost", "let a fact carry its sign"),
        ("a [b](—)", "3:3", "'b' says no word", "[shown](spoken)"),
        ("a [](b)", "3:3", "a spoken form that shows nothing", "[shown](spoken)"),
        ("a self-[c]information", "3:8", "a cue or pause inside a word", "before or after"),
        ("...\n\na", "3:1", "punctuation without a word", "write the words"),
        ("a (", "3:3", "punctuation without a word", "write the words"),
        ("a *b c* d", "3:3", "emphasis ('*')", "captions are plain"),
        ("a __b__ d", "3:3", "emphasis ('__')", "captions are plain"),
        ("a `b` d", "3:3", "inline code ('`')", "captions are plain"),
        ("a ![b](c)", "3:3", "an image", "show it in the scene"),
        ("a\n\n- b\n- c", "5:1", "a list", "prose only"),
        ("a\n\n1. b", "5:1", "a numbered list", "prose only"),
        ("a\n\n> b\n> c", "5:1", "a quotation block", "leave out the '>'"),
        ("a\n\n    b", "5:5", "an indented block", "left margin"),
        ("a\n```\nb", "4:1", "a code block", "prose only"),
        ("a\n\n|b|c|\n|-|-|\n|1|2|", "5:1", "a table", "prose only"),
        ("a\n\n<div>\nb\n</div>", "5:1", "HTML", "only comments"),
        ("a\n---\nb", "4:1", "a rule", "prose only"),
        ("a\n\n### b", "5:1", "a heading of level 3", "'## beat_name"),
        ("a\n\n##budget b", "5:1", "'##' opens no heading", "write a space"),
        ("a\n\n<!-- b", "5:1", "'<!--' is never closed", "'-->'"),
        ("supercalifragilisticexpialidocious-supercalifragilistic", "3:1", "has 55 characters", "split it"),
        ("", "2:1", "beat 'wall' has no text", "write what is said"),
        ("[c] [pause 1]", "2:1", "beat 'wall' has no text", "write what is said"),
        ("a\n\n# b", "5:1", "a second title", "one script is one concept"),
        ("a\n## wall: b\nc", "4:4", "beat 'wall' again (first in line 2)", "own name"),
        ("a\n## Wall: b\nc", "4:4", "'Wall' is not lower case", "write wall"),
        ("a\n## class: b\nc", "4:4", "'class' is a word of Python's own", "class_beat"),
        ("a\n## The wall\nc", "4:4", "'The wall' cannot name a beat", "write '## the_wall: The wall'"),
        ("a\n##  2nd: b\nc", "4:5", "'2nd' cannot name a beat", "## at_2nd"),
        ("a\n## : b\nc", "4:4", "a beat without a name", "'## beat_name"),
        ("a\n## b: c [d]\ne", "4:9", "a cue or pause in a title", "into the prose"),
        ("a\n## b: c 5\ne", "4:9", "'5' is typed by hand", "write a fact"),
    ],
)
def test_one_mistake(tmp_path: Path, prose: str, place: str, what: str, remedy: str) -> None:
    found = problems(tmp_path, HEAD + prose)
    assert len(found) == 1, found
    where, _, rest = found[0].partition(": ")
    said_what, _, said_remedy = rest.partition("; ")
    assert where == place
    assert what in said_what
    assert remedy in said_remedy


def test_all_mistakes_at_once_in_order(tmp_path: Path) -> None:
    text = "intro\n# T\n## wall\na {x}\nb\n  c [pause] {share}\n\n- d {y} 5\n\n## wall\n### e\n"
    places = [problem.split(": ")[0] for problem in problems(tmp_path, text)]
    assert places == ["1:1", "4:3", "6:5", "6:13", "8:1", "8:5", "8:9", "10:1", "10:4", "11:1"]


def test_problems_carry_their_parts(tmp_path: Path) -> None:
    with pytest.raises(ScriptErrors) as caught:
        read(tmp_path, HEAD + "a {x}")
    (problem,) = caught.value.problems
    assert problem.place == Place(tmp_path / "kraft.md", 3, 3)
    assert isinstance(problem, Problem)
    assert str(problem) == f"{problem.place}: {problem.what}; {problem.remedy}"
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_columns_count_characters(tmp_path: Path) -> None:
    assert only_problem(tmp_path, HEAD + "[𝕏𝕏](x)\r\n“é”".replace("é", "e") + " [𝕏é](x) {x}").startswith("4:13: ")


def test_missing_title_and_beats(tmp_path: Path) -> None:
    assert only_problem(tmp_path, "## wall\na\n").startswith("1:1: the script has no title; write '# A human title'")
    assert only_problem(tmp_path, "# Title\n").startswith("1:1: the script has no beats; write '## beat_name")
    assert only_problem(tmp_path, "#\n## wall\na").startswith("1:1: the title is empty")
    assert only_problem(tmp_path, "## wall\na\n# T\n").startswith("3:1: the title stands after a beat")
    assert len(problems(tmp_path, "<!-- nothing -->")) == 2


def test_files_that_are_no_scripts(tmp_path: Path) -> None:
    assert "1:1: the script is empty" in only_problem(tmp_path, b" \n\t")
    assert "2:7: byte 0xe9 is not UTF-8 text; save the script as UTF-8" in only_problem(
        tmp_path, b"\xc3\xa9\r\n# Titl\xe9\n"
    )
    assert "1:1: the file is over 1 MB" in only_problem(tmp_path, HEAD + "word " * 200_000)
    for path, what in [(tmp_path, "this is a folder"), (tmp_path / "none.md", "there is no such file")]:
        with pytest.raises(ScriptErrors, match=f"{re.escape(str(path))}:1:1: {what}"):
            read_script(path, FACTS)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(ScriptErrors, match="no regular file"):
        read_script(tmp_path / "pipe.md", FACTS)
