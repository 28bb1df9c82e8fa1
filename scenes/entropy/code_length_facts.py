"""The givens of the film `code_length`, and what follows from them."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np

from infotheory import (
    FixedModel,
    arithmetic_encode,
    block_code_rate,
    entropy,
    expected_length,
    huffman_code,
    kraft_sum,
    kraft_terms,
    message_interval,
    model_surprise,
    settled_digits,
    shannon_code,
    shortest_codeword_within,
    surprise,
)
from narration.fact import Fact, Facts

DIE = (Fraction(2, 5), Fraction(1, 5), Fraction(1, 5), Fraction(1, 5))
FACE_NAMES = ("one", "two", "two", "two")  # under which name the facts know a face
MESSAGE = (0, 1, 0, 2)  # outcomes counted from 0: the faces 1 2 1 3
ROLLS = 1000  # of the long message of the die

COIN = (Fraction(9, 10), Fraction(1, 10))
FLIP_ODDS = (9, 1)  # the same coin, as the frequencies of the coder's model
FLIPS = 100_000  # of the long message of the coin
FLIPS_SEED = 3  # gives a message about as surprising as the average one
LONGEST_BLOCK = 8

DIE_PMF, COIN_PMF = ([float(p) for p in source] for source in (DIE, COIN))
WIDE_WINDOW = (0.0, 1.0)  # bits a flip at foot and top of the coin's chart
CLOSE_WINDOW = (0.465, 0.5)


def compute_facts() -> Facts:
    """Die, message and coin are given; everything else follows from them."""
    one, two = surprise(float(DIE[0])), surprise(float(DIE[1]))
    return Facts(
        p_one=Fact(DIE[0], given=True),
        p_two=Fact(DIE[1], given=True),
        p_others=Fact(1 - DIE[0], formula="3 p(2)"),
        s_one=Fact(one, "bits", "log_2 (1 / p(1))"),
        s_two=Fact(two, "bits", "log_2 (1 / p(2))"),
        h_die=Fact(entropy(DIE_PMF), "bits/roll", "sum_x p(x) log_2 1 / p(x)"),
        rolls=Fact(ROLLS, given=True),
        p_heads=Fact(COIN[0], given=True),
        p_tails=Fact(COIN[1], given=True),
        h_coin=Fact(entropy(COIN_PMF), "bits/flip", "sum_x p(x) log_2 1 / p(x)"),
        wide_low=Fact(WIDE_WINDOW[0], given=True),
        wide_high=Fact(WIDE_WINDOW[1], given=True),
        close_low=Fact(CLOSE_WINDOW[0], given=True),
        close_high=Fact(CLOSE_WINDOW[1], given=True),
        **_message_facts(),
        **_roll_codes(),
        **_flip_codes(),
    )


def _message_facts() -> dict[str, Fact]:
    """The interval of every beginning of the message, its settled digits, and the code of the whole."""
    facts: dict[str, Fact] = {}
    for rolls in range(len(MESSAGE) + 1):
        piece = message_interval(MESSAGE[:rolls], DIE)
        facts |= {
            f"start_{rolls}": Fact(piece.start),
            f"end_{rolls}": Fact(piece.end),
            f"settled_{rolls}": Fact(settled_digits(piece)),
        }
    code = shortest_codeword_within(piece)
    message_bits = surprise(float(piece.width))
    return facts | {
        "width": Fact(piece.width, formula="p(x_1) dots.c p(x_n)"),
        "code": Fact(code),
        "code_bits": Fact(len(code), "bits"),
        "s_message": Fact(message_bits, "bits", "sum_i log_2 1 / p(x_i)"),
        "s_rounding": Fact(len(code) - message_bits, "bits", "ell - s"),
    }


def _roll_codes() -> dict[str, Fact]:
    """Codewords for single rolls, and what they cost."""
    codes = {"shannon": shannon_code(DIE), "huffman": huffman_code(DIE)}
    words = {f"{name}_{i}": Fact(word) for name, code in codes.items() for i, word in enumerate(code)}
    rates = {name: Fact(expected_length(DIE_PMF, code), "bits/roll") for name, code in codes.items()}
    room = {
        f"{name}_term_{i}": Fact(term, formula="2^(-ell)")
        for name, code in codes.items()
        for i, term in enumerate(kraft_terms(code))
    }
    return (
        words
        | rates
        | room
        | {
            "shannon_room": Fact(kraft_sum(codes["shannon"]), formula="sum_x 2^(-ell(x))"),
            "pairs": Fact(block_code_rate(DIE, 2), "bits/roll", "L_2 / 2"),
        }
    )


def _flip_codes() -> dict[str, Fact]:
    """What Huffman's code costs for blocks of flips, and the arithmetic code for a whole long message."""
    code_bits, message_bits = _coded_flips()
    blocks = {f"block_{n}": Fact(block_code_rate(COIN, n), "bits/flip", "L_n / n") for n in range(1, LONGEST_BLOCK + 1)}
    words = {f"flip_{i}": Fact(word) for i, word in enumerate(huffman_code(COIN))}
    return (
        words
        | blocks
        | {
            "flips": Fact(FLIPS, given=True),
            "flips_code": Fact(code_bits, "bits"),
            "flips_surprise": Fact(message_bits, "bits", "sum_i log_2 1 / p(x_i)"),
            "flips_rate": Fact(code_bits / FLIPS, "bits/flip"),
        }
    )


@cache
def _coded_flips() -> tuple[int, float]:
    """Length of the arithmetic code of a long message of the coin, and the message's surprise, in bits."""
    message = (np.random.default_rng(FLIPS_SEED).random(FLIPS) >= COIN_PMF[0]).astype(int).tolist()
    model = FixedModel(FLIP_ODDS)
    return len(arithmetic_encode(message, model)), model_surprise(message, model)
