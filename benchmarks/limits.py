"""How time and memory grow with the input: ``python -m benchmarks.limits`` writes docs/limits.md and its picture.

Every measurement runs in a process of its own, twice: once by the clock of the processor, once with the memory watched.
"""

from __future__ import annotations

import math
import platform
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

import infotheory as it
from benchmarks.measure import ROOT
from film.storyboard import font
from narration.data_file import LARGEST_JSON
from narration.opus import LONGEST
from narration.prose import LONGEST_TITLE, LONGEST_TOKEN
from narration.script import LONGEST_BEAT, read_script
from narration.script_problem import MOST_PROBLEMS
from narration.script_source import LARGEST_FILE, LONGEST_NAME
from narration.timetable import LONGEST_TEXT, TimedBeat, TimedWord, Timetable
from scenes.stage.theme import THEME

PAGE, PICTURE = ROOT / "docs" / "limits.md", ROOT / "docs" / "pictures" / "limits.png"
SENTENCE = "So it goes on, and on, and nothing is left. "  # ten words


def script(words: int) -> Callable[[], object]:
    """A script of so many words, 1000 a beat."""
    from narration.fact import Facts

    path = Path(tempfile.mkdtemp()) / "film.md"
    beats = "".join(f"## beat_{n}: Title\n{SENTENCE * 100}\n" for n in range(words // 1000))
    path.write_text(f"# Title\n{beats}", encoding="utf-8")
    return lambda: read_script(path, Facts())


def timetable(words: int) -> Timetable:
    """The timetable of one beat of so many words, three a second."""
    texts = SENTENCE.split()
    said = tuple(TimedWord(texts[n % 10], n / 3, n / 3 + 0.3, n // 500) for n in range(words))
    end = words / 3 + 1
    beat = TimedBeat("b", "B", 0.0, end, 0, round(end * 30), 0.0, end, "take", said, (), ())
    return Timetable("c", "t", 30, beat.end_frame, (beat,))


def captions(words: int) -> Callable[[], object]:
    """The captions of one beat of so many words."""
    from film.captions import captions as made

    table = timetable(words)
    return lambda: made(table)


def timetable_file(words: int) -> Callable[[], object]:
    """Reading the timetable of so many words."""
    text = timetable(words).to_json()
    return lambda: Timetable.from_json(text)


def contract(beats: int) -> Callable[[], object]:
    """The comparison of a script and a scene of so many beats."""
    import importlib.util

    from narration.fact import Facts
    from scenes.stage.contract import contract_problems

    folder = Path(tempfile.mkdtemp())
    methods = "".join(
        f'    def beat_{n}(self, beat: Beat) -> None:\n        beat.wait_until("cue")\n\n' for n in range(beats)
    )
    head = "from scenes.stage.beat import Beat\nfrom scenes.stage.concept_scene import ConceptScene\n\n\n"
    (folder / "film.py").write_text(f"{head}class Film(ConceptScene[None]):\n{methods}", encoding="utf-8")
    text = "".join(f"## beat_{n}: Title\nIt [cue] goes on.\n" for n in range(beats))
    (folder / "film.md").write_text(f"# Title\n{text}", encoding="utf-8")
    spec = importlib.util.spec_from_file_location("film_of_many_beats", folder / "film.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def compare() -> None:
        assert not contract_problems(module.Film, read_script(folder / "film.md", Facts()))

    return compare


def die(faces: int) -> list[float]:
    """A die of so many faces, no two alike."""
    weights = np.random.default_rng(1).random(faces) + 0.1
    return [float(weight) for weight in weights / weights.sum()]


def entropy(faces: int) -> Callable[[], object]:
    """The entropy of a die."""
    p = die(faces)
    return lambda: it.entropy(p)


def huffman(faces: int) -> Callable[[], object]:
    """Huffman's code of a die."""
    p = die(faces)
    return lambda: it.huffman_code(p)


def shannon(faces: int) -> Callable[[], object]:
    """Shannon's code of a die, in exact arithmetic."""
    p = die(faces)
    return lambda: it.shannon_code(p)


def unique(faces: int) -> Callable[[], object]:
    """Whether a code that is no prefix code is uniquely decodable."""
    backwards = [word[::-1] for word in it.huffman_code(die(faces))]
    return lambda: it.find_ambiguity(backwards)


def binomial(n: int) -> Callable[[], object]:
    """The distribution of the ones in n tosses."""
    return lambda: it.log2_binomial_pmf(np.arange(n + 1), n, 0.3)


def typical(n: int) -> Callable[[], object]:
    """The typical set of n tosses: its counts, size and probability."""
    return lambda: it.typical_set(n, 0.3, 0.01)


def exact_size(n: int) -> Callable[[], object]:
    """The size of the typical set as a whole number of n bits."""
    return lambda: it.typical_set_size(n, 0.3, 0.01)


def decoding(digits: int) -> Callable[[], object]:
    """A message in a prefix code, read."""
    code = {"a": "0", "b": "10", "c": "11"}
    message = it.encode_message("abc" * (digits // 5), code)
    return lambda: it.decode_message(message, code)


#: What is measured: a name, the unit of its size, the sizes, and what makes the work of a size.
SERIES: tuple[tuple[str, str, tuple[int, ...], Callable[[int], Callable[[], object]]], ...] = (
    ("a script read", "words", (1_000, 10_000, 100_000), script),
    ("script and scene compared", "beats", (20, 200, 2_000), contract),
    ("a timetable read", "words", (1_000, 10_000, 100_000), timetable_file),
    ("captions of one beat", "words", (1_000, 10_000, 100_000), captions),
    ("entropy of a die", "faces", (1_000, 10_000, 100_000), entropy),
    ("Huffman's code", "faces", (1_000, 10_000, 100_000), huffman),
    ("Shannon's code, exact", "faces", (1_000, 10_000, 100_000), shannon),
    ("unique decodability", "codewords", (1_000, 10_000, 100_000), unique),
    ("a message decoded", "digits", (10_000, 100_000, 1_000_000), decoding),
    ("binomial distribution", "tosses", (10_000, 100_000, 1_000_000), binomial),
    ("typical set", "tosses", (10_000, 100_000, 1_000_000), typical),
    ("typical set, exact size", "tosses", (1_000, 10_000, 100_000), exact_size),
)


@dataclass(frozen=True)
class Measured:
    """What a size took: seconds of the processor, and megabytes at the most."""

    size: int
    seconds: float
    megabytes: float


def measure(number: int, size: int) -> Measured:
    """Do the work of one size of one series; runs in a process of its own."""
    work = SERIES[number][3](size)
    start = time.process_time()
    work()
    seconds = time.process_time() - start
    tracemalloc.start()
    work()
    return Measured(size, seconds, tracemalloc.get_traced_memory()[1] / 1e6)


def growth(rows: list[Measured]) -> float:
    """The power of the size with which time grows, from the two largest sizes."""
    small, large = rows[-2:]
    return math.log(large.seconds / max(small.seconds, 1e-6)) / math.log(large.size / small.size)


def page(results: list[list[Measured]]) -> str:
    """docs/limits.md."""
    lines = [
        "# Limits, measured",
        "",
        f"{platform.system()}, Python {platform.python_version()}, one process, single runs. Made by"
        " `python -m benchmarks.limits`.",
        "Time is the processor's; memory is what Python and NumPy had at the most; time grows with the power of the"
        " size in the last column, between the two largest sizes.",
        "",
        "![time against size](pictures/limits.png)",
        "",
        "| what | size | seconds | MB | grows |",
        "|---|---:|---:|---:|---:|",
    ]
    for (name, unit, *_), rows in zip(SERIES, results, strict=True):
        for row in rows:
            power = f"n^{growth(rows):.2f}" if row is rows[-1] and row.seconds > 0.02 else ""
            lines.append(f"| {name} | {row.size:,} {unit} | {row.seconds:.3f} | {row.megabytes:.1f} | {power} |")
    return "\n".join([*lines, "", *refusals(), ""])


def refusals() -> list[str]:
    """What is refused, with a place and a remedy, rather than tried."""
    return [
        "The exact size of a typical set is a whole number of as many bits as tosses, and so costs their square: meant"
        " for some ten thousand tosses; `typical_set` gives its logarithm for millions.",
        "",
        "## What is refused",
        "",
        "| what | the most |",
        "|---|---:|",
        f"| a script | {LARGEST_FILE / 1e6:.0f} MB |",
        f"| problems listed of one script | {MOST_PROBLEMS} |",
        f"| a beat | {LONGEST_BEAT / 60:.0f} minutes |",
        f"| a beat's name | {LONGEST_NAME} characters |",
        f"| a title | {LONGEST_TITLE} characters |",
        f"| a caption word | {LONGEST_TOKEN} characters |",
        f"| a take or recording | {LONGEST / 60:.0f} minutes |",
        f"| the JSON of a take or timetable | {LARGEST_JSON / 1e6:.0f} MB |",
        f"| a text in a timetable | {LONGEST_TEXT} characters |",
    ]


COLUMNS, CELL_WIDTH, CELL_HEIGHT, EDGE = 4, 300, 190, 24
LEAST, MOST = -4.0, 2.0  # powers of ten of a second, the height of every panel


def plot(results: list[list[Measured]]) -> Image.Image:
    """A panel for each series: time against size, both by powers of ten, over a line of slope one."""
    down = -(-len(results) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * CELL_WIDTH + EDGE, down * CELL_HEIGHT + EDGE), THEME.ground)
    draw = ImageDraw.Draw(sheet)
    for number, ((name, unit, *_), rows) in enumerate(zip(SERIES, results, strict=True)):
        left = EDGE + number % COLUMNS * CELL_WIDTH
        top = EDGE + number // COLUMNS * CELL_HEIGHT
        _panel(draw, (left, top), f"{name}", f"{rows[0].size:,} to {rows[-1].size:,} {unit}", rows)
    return sheet.quantize(64)


def _panel(draw: ImageDraw.ImageDraw, corner: tuple[int, int], name: str, sizes: str, rows: list[Measured]) -> None:
    left, top = corner
    right, bottom, head = left + CELL_WIDTH - EDGE, top + CELL_HEIGHT - EDGE, top + 46
    draw.text((left, top), name, THEME.paper, font("SemiBold", 15))
    draw.text((left, top + 20), f"{sizes}: {rows[-1].seconds:.3g} s", THEME.quiet, font("Regular", 13))
    draw.rectangle((left, head, right, bottom), THEME.panel)

    def point(row: Measured, seconds: float) -> tuple[float, float]:
        across = math.log(row.size / rows[0].size) / math.log(rows[-1].size / rows[0].size)
        power = min(MOST, max(LEAST, math.log10(max(seconds, 1e-9))))
        return left + 10 + across * (right - left - 20), bottom - (power - LEAST) / (MOST - LEAST) * (bottom - head)

    straight = [point(row, rows[-1].seconds * row.size / rows[-1].size) for row in rows]
    draw.line(straight, THEME.quiet, 1)
    measured = [point(row, row.seconds) for row in rows]
    draw.line(measured, THEME.code, 3)
    for x, y in measured:
        draw.ellipse((x - 4, y - 4, x + 4, y + 4), THEME.code)


def main() -> None:
    """Measure every series, and write the page and the picture."""
    # One process at a time, so that none waits for another, and a fresh one each time.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        results = [
            [pool.submit(measure, number, size).result() for size in SERIES[number][2]] for number in range(len(SERIES))
        ]
    PAGE.write_text(page(results), encoding="utf-8")
    plot(results).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
