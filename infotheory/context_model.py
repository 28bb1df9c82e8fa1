"""The next letter of a text, predicted from the few letters before it by what was counted in another text.

Long contexts are rare, and what did not follow one of them yet may still come. Each context therefore starts with a few
imagined letters, shared out as the context that is one letter shorter would have it, down to a context of no letters,
whose imagined letters are shared evenly. Where much was counted the counts decide, elsewhere the shorter context does;
every letter of the alphabet stays possible. Probabilities are exact fractions.

Source: MacKay and Peto, "A hierarchical Dirichlet language model", Natural Language Engineering 1 (1995).
"""

import math
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from infotheory.ngrams import ngram_counts
from infotheory.probability import FloatArray, ProbabilityError


class ContextModel:
    """Chances of the next letter given at most ``known`` letters before it, learnt by counting in ``text``.

    Parameters: ``text``, read as a loop; ``alphabet``, every letter that may come; ``known``, the longest context;
    ``imagined``, how many imagined letters each context starts with.
    Raises ``ProbabilityError`` for a letter that the alphabet lacks or has twice, and when no letter is imagined;
    ``ValueError`` for a negative ``known``, or a text that is no longer than that.

    >>> model = ContextModel("abab", "ab", known=1, imagined=1)
    >>> model.probability("b", "a"), model.probability("b", "")
    (Fraction(5, 6), Fraction(1, 2))
    """

    def __init__(self, text: str, alphabet: str, *, known: int, imagined: int = 4) -> None:
        if known < 0:
            raise ValueError(f"{known} letters cannot be known; 0 or more can")
        if imagined < 1:
            raise ProbabilityError("without an imagined letter a context that never came has no distribution; take 1")
        if len(set(alphabet)) < len(alphabet):
            raise ProbabilityError(f"the alphabet {alphabet!r} has a letter twice")
        self.alphabet, self.known, self.imagined = alphabet, known, imagined
        self._check_letters(text)
        self._counts = [ngram_counts(text, n) for n in range(known + 2)]

    def _check_letters(self, text: str) -> None:
        if strange := set(text) - set(self.alphabet):
            raise ProbabilityError(f"the alphabet lacks {min(strange)!r}, which the text has")

    def probability(self, letter: str, before: str) -> Fraction:
        """The chance that ``letter`` comes after the letters ``before``; only the last ``known`` of these count.

        Raises ``ProbabilityError`` for a letter that the alphabet lacks.
        """
        self._check_letters(letter + before)
        chance = Fraction(1, len(self.alphabet))
        for n in range(min(self.known, len(before)) + 1):
            context = before[len(before) - n :]
            seen, followed = self._counts[n][context], self._counts[n + 1][context + letter]
            chance = (followed + self.imagined * chance) / (seen + self.imagined)
        return chance

    def letter_probabilities(self, message: str, before: str = "") -> Iterator[Fraction]:
        """The chance of each letter of ``message`` given those before it; ``before`` stood ahead of the message."""
        whole = before[len(before) - min(self.known, len(before)) :] + message
        start = len(whole) - len(message)
        for i in range(start, len(whole)):
            yield self.probability(whole[i], whole[max(0, i - self.known) : i])

    def message_probability(self, message: str, before: str = "") -> Fraction:
        """The chance of the whole ``message``, exactly: far below the smallest float for a page of text."""
        return math.prod(self.letter_probabilities(message, before), start=Fraction(1))

    def letter_surprises(self, message: str, before: str = "") -> FloatArray:
        """What each letter of ``message`` costs given those before it: bits, shape ``(len(message),)``.

        The chain rule makes their sum the surprise of the whole message.
        """
        return np.array([exact_surprise(chance) for chance in self.letter_probabilities(message, before)])


def exact_surprise(p: Fraction) -> float:
    """log2(1/p) in bits of an exact probability, however small; it may be far below the smallest float.

    Raises ``ProbabilityError`` for what is no probability above 0.

    >>> exact_surprise(Fraction(1, 2**5000))
    5000.0
    """
    if not 0 < p <= 1:
        raise ProbabilityError("only a probability above 0 and at most 1 has a finite surprise")
    return math.log2(p.denominator) - math.log2(p.numerator)
