"""Block entropies of a text, and the entropy of its next letter once some letters before it are known.

These are plug-in estimates: the entropy of the counted shares. They are exact for the text itself (the cost of a letter
under the best model of so many letters that was made for this very text), and too low for the source behind it: a block
that could have come and did not is taken for impossible. The bias is about (S - 1) / (2 N ln 2) bits for S different
blocks in a text of N letters (Miller, 1955), and grows until a block hardly ever comes twice; there the block entropy
is stuck at log2 N and the conditional entropy falls to 0, which says nothing about the language. Trust a length only
while its blocks come many times each.

Source: Shannon, "Prediction and entropy of printed English", Bell System Technical Journal 30 (1951); Cover and Thomas,
*Elements of Information Theory*, 2nd edition, sections 2.5 and 4.2.
"""

import numpy as np

from infotheory.entropy import entropy
from infotheory.logarithm import nats_per_unit
from infotheory.ngrams import ngram_counts
from infotheory.probability import normalize


def block_entropy(text: str, n: int, base: float = 2) -> float:
    """H of ``n`` neighbouring letters of ``text``, read as a loop: bits a block unless another ``base`` is asked for.

    A block of length 0 has entropy 0. Raises ``ValueError`` as ``ngram_counts`` does.

    >>> block_entropy("abab", 1), block_entropy("abab", 2)
    (1.0, 1.0)
    """
    return entropy(normalize(list(ngram_counts(text, n).values())), base)


def next_letter_entropy(text: str, known: int, base: float = 2) -> float:
    """H(next letter | the ``known`` letters before it) in ``text``: bits a letter unless another ``base`` is asked for.

    The chain rule makes these the steps of ``block_entropy``: those for 0, 1, ..., n - 1 known letters sum to the
    entropy of a block of n. They never rise with ``known``.
    Raises ``ValueError`` when ``known`` is negative, or when the text is no longer than that.

    >>> next_letter_entropy("abab", 0), next_letter_entropy("abab", 1)
    (1.0, 0.0)
    """
    if known < 0:
        raise ValueError(f"{known} letters cannot be known; 0 or more can")
    blocks = ngram_counts(text, known + 1)
    contexts = ngram_counts(text, known)
    counts = np.array(list(blocks.values()))
    total = np.array([contexts[block[:-1]] for block in blocks])
    return max(0.0, float((counts * np.log(total / counts)).sum()) / len(text) / nats_per_unit(base))
