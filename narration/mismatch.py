"""Why a sound is not of a text: which of its words are heard, found by a search that may jump about in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from pocketsphinx import Decoder

from narration.align import FRAMES_PER_SECOND, PADDING, add_words, prepared
from narration.audio import Samples

NEXT = 0.9  # how likely the next word of the text is said next
JUMP = 0.02  # how likely the text is left for another place of it
SURE = 2  # words in a row that are surely heard; a single one may be a mistake
LEAST_HEARD = 0.3  # of the text; below, it is another text
LONGEST_QUOTE = 12  # words


@dataclass(frozen=True, slots=True)
class _Heard:
    word: str
    start: float


def mismatch(words: Sequence[str], samples: Samples, offset: float = 0.0) -> str:
    """What of *words* is not heard in *samples* (mono, 48 kHz), or heard besides; "" where that shows nothing.

    One line for people; its times are later by *offset*, where the samples begin in the file that a person knows.
    """
    heard = [_Heard(found.word, found.start + offset) for found in _heard(words, samples)]
    matcher = SequenceMatcher(None, words, [found.word for found in heard], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= min(SURE, len(words))]
    if sum(block.size for block in blocks) < LEAST_HEARD * len(words):
        return "hardly a word of the text is heard; is it the recording of another beat?"
    faults = list(_faults(words, heard, [(block.a, block.b, block.size) for block in blocks]))
    return "; ".join(faults[:3]) + ("; and more" if len(faults) > 3 else "")


def _faults(words: Sequence[str], heard: Sequence[_Heard], blocks: Sequence[tuple[int, int, int]]) -> Iterator[str]:
    """What lies between the *blocks* (first word of the text, first word heard, how many) in which both agree."""
    ends = [*blocks, (len(words), len(heard), 0)]
    word, sound = 0, 0
    for first, found, size in ends:
        if first > word:
            after = f"after “{' '.join(words[max(0, word - 3) : word])}” " if word else "at the start "
            at = f"(near {heard[sound - 1].start:.1f} s) " if sound else ""
            yield f"{after}{at}“{_quoted(words[word:first])}” is not heard"
        elif found - sound >= SURE:
            again = " ".join(item.word for item in heard[sound:found])
            yield f"at {heard[sound].start:.1f} s something is heard besides (“{_quoted(again.split())}”, perhaps)"
        word, sound = first + size, found + size


def _quoted(words: Sequence[str]) -> str:
    if len(words) <= LONGEST_QUOTE:
        return " ".join(words)
    return f"{' '.join(words[: LONGEST_QUOTE // 2])} … {' '.join(words[-LONGEST_QUOTE // 3 :])}"


@cache
def _decoder() -> Decoder:
    return Decoder(loglevel="FATAL", lm=None, bestpath=False)


def _heard(words: Sequence[str], samples: Samples) -> list[_Heard]:
    """The words of the text in the order in which they are heard."""
    decoder = _decoder()
    add_words(decoder, words)
    decoder.reinit_feat()
    count = len(words)
    leave, enter = count + 1, count + 2
    steps: list[tuple[object, ...]] = [(i, i + 1, NEXT, word) for i, word in enumerate(words)]
    steps += [(i, leave, JUMP) for i in range(count + 1)]
    steps += [(leave, enter, 1.0), *((enter, i, 1 / (count + 1)) for i in range(count + 1))]
    decoder.add_fsg("heard", decoder.create_fsg("heard", 0, count, steps))
    decoder.activate_search("heard")
    decoder.start_utt()
    decoder.process_raw(prepared(samples), full_utt=True)
    decoder.end_utt()
    if decoder.hyp() is None:
        return []
    found = ((re.sub(r"\(\d+\)$", "", s.word), s.start_frame) for s in decoder.seg())
    return [
        _Heard(word, max(0.0, frame / FRAMES_PER_SECOND - PADDING)) for word, frame in found if word[:1] not in "<[+("
    ]
