"""The arithmetic coder: round trips, length against surprise, and damaged data."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import infotheory as it

MODELS: list[Callable[[], it.FrequencyModel]] = [
    lambda: it.FixedModel([4, 2, 2, 2]),
    lambda: it.FixedModel([2**24 - 3, 1, 1, 1]),
    lambda: it.FixedModel.from_pmf([0.97, 0.01, 0.01, 0.01], total=100),
    lambda: it.AdaptiveModel(4),
    lambda: it.AdaptiveModel(4, increment=32, limit=64),
]
messages = st.lists(st.integers(0, 3), max_size=120)


@pytest.mark.parametrize("make_model", MODELS)
@given(message=messages)
@example(message=[])
@example(message=[3] * 200)
@example(message=[1, 2] * 100)
def test_messages_come_back_at_the_price_of_their_surprise(
    make_model: Callable[[], it.FrequencyModel], message: list[int]
) -> None:
    digits = it.arithmetic_encode(message, make_model())
    assert it.arithmetic_decode(digits, make_model(), len(message)) == message
    surprise = it.model_surprise(message, make_model())
    assert surprise - 1e-6 <= len(digits) <= surprise + 2 + 1e-6 * len(message)


def test_a_long_message_costs_its_entropy() -> None:
    n = 20_000
    message = (np.random.default_rng(4).random(n) < 0.1).astype(int).tolist()
    model = it.FixedModel([9, 1])
    digits = it.arithmetic_encode(message, model)
    ones = sum(message)
    exact = (n - ones) * it.surprise(0.9) + ones * it.surprise(0.1)
    assert exact <= len(digits) <= exact + 3
    assert it.arithmetic_decode(digits, model, n) == message


def test_models_given_are_not_changed() -> None:
    model = it.AdaptiveModel(3)
    it.arithmetic_encode([0, 1, 1, 2], model)
    it.model_surprise([0, 1], model)
    assert (model.total, model.span(2)) == (3, (2, 3))


def test_the_code_lies_within_the_exact_interval_of_the_message() -> None:
    message = [0, 0, 1, 0, 1, 1, 0]
    digits = it.arithmetic_encode(message, it.FixedModel([9, 1]))
    assert it.message_interval(message, [0.9, 0.1]).contains(it.codeword_interval(digits))


@pytest.mark.parametrize("make_model", MODELS)
@given(message=messages)
def test_cut_off_or_continued_code_is_noticed(make_model: Callable[[], it.FrequencyModel], message: list[int]) -> None:
    digits = it.arithmetic_encode(message, make_model())
    for length in range(len(digits)):
        with pytest.raises(it.DecodingError, match="cut off"):
            it.arithmetic_decode(digits[:length], make_model(), len(message))
    with pytest.raises(it.DecodingError, match="1 digits follow"):
        it.arithmetic_decode(digits + "0", make_model(), len(message))


@given(st.text("01", max_size=12), st.integers(0, 4))
def test_only_what_the_encoder_writes_is_read(digits: str, length: int) -> None:
    model = it.AdaptiveModel(3)
    try:
        message = it.arithmetic_decode(digits, model, length)
    except it.DecodingError:
        return
    assert it.arithmetic_encode(message, model) == digits


def test_what_is_not_code_is_refused() -> None:
    with pytest.raises(it.DecodingError, match="only '0' and '1'"):
        it.arithmetic_decode("01x", it.FixedModel([1, 1]), 1)
    with pytest.raises(it.DecodingError, match="-1 symbols"):
        it.arithmetic_decode("01", it.FixedModel([1, 1]), -1)
    with pytest.raises(it.CodeError, match="place 2 of the message: symbol 1 has frequency 0"):
        it.arithmetic_encode([0, 2, 1], it.FixedModel([1, 0, 1]))
    with pytest.raises(it.CodeError, match="symbol 7 is none"):
        it.arithmetic_encode([7], it.AdaptiveModel(3))
    with pytest.raises(it.CodeError, match="symbol -1 is none"):
        it.arithmetic_encode([-1], it.FixedModel([1, 1]))


# Bytes


@given(st.binary(max_size=400))
@example(b"")
@example(bytes(range(256)))
@example(b"\x00" * 300)
def test_bytes_come_back(data: bytes) -> None:
    packed = it.compress(data)
    assert it.decompress(packed) == data
    header = 2 if len(data) > 127 else 1
    assert len(packed) * 8 <= it.model_surprise(data, it.AdaptiveModel(256)) + 8 * header + 2 + 8


def test_every_cut_and_every_appendix_is_noticed() -> None:
    packed = it.compress(b"I took a sip and realized she added maple syrup. " * 4)
    for length in range(len(packed)):
        with pytest.raises(it.DecodingError, match="cut off"):
            it.decompress(packed[:length])
    with pytest.raises(it.DecodingError, match="follows after the end"):
        it.decompress(packed + b"\x00")


@given(st.binary(max_size=60))
def test_arbitrary_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        message = it.decompress(data)
    except it.DecodingError:
        return
    assert it.decompress(it.compress(message)) == message


def test_a_better_model_makes_a_shorter_code() -> None:
    text = ("the zebra asked for coffee and the coffee asked for the zebra " * 30).encode()
    counts = [text.count(bytes([byte])) for byte in range(256)]
    fixed = it.FixedModel(counts)
    packed = it.compress(text, fixed)
    assert it.decompress(packed, fixed) == text
    entropy = it.entropy(it.normalize(counts))
    assert len(packed) * 8 <= len(text) * entropy + 16 + 2 + 8
    assert len(packed) < len(it.compress(text)) < len(text)


# Models


@given(st.lists(st.integers(0, 6), max_size=300), st.integers(1, 9))
def test_an_adaptive_model_counts(updates: list[int], increment: int) -> None:
    model = it.AdaptiveModel(7, increment)
    for symbol in updates:
        model.update(symbol)
    frequencies = [1 + increment * updates.count(symbol) for symbol in range(7)]
    ends = np.cumsum(frequencies)
    assert [model.span(symbol) for symbol in range(7)] == list(zip(ends - frequencies, ends, strict=True))
    assert model.total == ends[-1]
    for count in {0, model.total // 2, model.total - 1, *(int(end) - 1 for end in ends)}:
        low, high = model.span(model.symbol_at(count))
        assert low <= count < high


def test_an_adaptive_model_forgets_within_its_limit() -> None:
    model = it.AdaptiveModel(2, increment=4, limit=20)
    for _ in range(50):
        model.update(0)
        assert 2 <= model.total <= 20
    for _ in range(50):
        model.update(1)
    low, high = model.span(1)
    assert (high - low) / model.total > 0.8


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=20).filter(any), st.integers(20, 5000))
def test_rounded_frequencies_keep_every_possible_outcome(weights: list[int], total: int) -> None:
    p = it.normalize(weights)
    model = it.FixedModel.from_pmf(p, total)
    assert model.total == total
    for symbol, weight in enumerate(weights):
        if weight == 0:
            with pytest.raises(it.CodeError, match="frequency 0"):
                model.span(symbol)
            continue
        low, high = model.span(symbol)
        assert high - low >= 1
        assert abs(high - low - p[symbol] * total) <= len(weights)


@pytest.mark.parametrize("bad", [[], [0, 0], [1, -1], [0.5, 0.5], [2**24, 1]])
def test_bad_frequencies_are_refused(bad: list[int]) -> None:
    with pytest.raises(it.CodeError, match="frequenc"):
        it.FixedModel(bad)


@pytest.mark.parametrize(("size", "increment", "limit"), [(0, 1, 100), (2, 0, 100), (10, 1, 20), (2, 1, 2**25)])
def test_bad_adaptive_models_are_refused(size: int, increment: int, limit: int) -> None:
    with pytest.raises(it.CodeError):
        it.AdaptiveModel(size, increment, limit)


def test_too_small_a_total_is_refused() -> None:
    with pytest.raises(it.CodeError, match="cannot give each"):
        it.FixedModel.from_pmf([0.25] * 4, total=3)
