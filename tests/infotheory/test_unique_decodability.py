"""Readings of a string, and Sardinas and Patterson against a search that knows no theory."""

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import infotheory as it

words = st.text("01", min_size=1, max_size=4)
codes = st.lists(words, min_size=1, max_size=5)


def readings_by_search(string: str, code: list[str]) -> list[tuple[int, ...]]:
    """Every reading, by trying every sequence of codewords that is short enough."""
    return [
        reading
        for count in range(len(string) + 1)
        for reading in product(range(len(code)), repeat=count)
        if "".join(code[i] for i in reading) == string
    ]


def shortest_ambiguous_string(code: list[str], longest: int) -> str | None:
    """The first string, by length and then by order, that two sequences of codewords make."""
    readings = {"": 1}
    for length in range(1, longest + 1):
        for letters in product("01", repeat=length):
            string = "".join(letters)
            ways = sum(readings.get(string[: -len(word)], 0) for word in code if string.endswith(word))
            readings[string] = ways
            if ways > 1:
                return string
    return None


def test_the_clever_dictionary_reads_in_ten_ways() -> None:
    code = ["0", "1", "01", "11"]
    found = list(it.decodings("010111", code))
    assert it.count_decodings("010111", code) == len(found) == 10
    assert (0, 1, 2, 3) in found  # what was sent
    assert found == sorted(set(found))
    assert all("".join(code[i] for i in reading) == "010111" for reading in found)


@given(st.lists(words, min_size=1, max_size=3), st.text("01", max_size=6))
def test_all_readings_are_found_and_counted(code: list[str], string: str) -> None:
    expected = readings_by_search(string, code)
    assert list(it.decodings(string, code)) == sorted(expected)
    assert it.count_decodings(string, code) == len(expected)


def test_counting_is_exact_for_long_strings() -> None:
    fibonacci = [1, 1]
    while len(fibonacci) <= 3000:
        fibonacci.append(fibonacci[-1] + fibonacci[-2])
    assert it.count_decodings("1" * 3000, ["1", "11"]) == fibonacci[3000]


def test_one_reading_is_found_among_endless_dead_ends() -> None:
    # Cut into "1" and "11", the ones could begin in more ways than could ever be tried.
    string = "1" * 200 + "0"
    assert list(it.decodings(string, ["1", "11"])) == []
    assert list(it.decodings(string, ["1", "11", string])) == [(2,)]


def test_empty_string_and_empty_codeword() -> None:
    assert list(it.decodings("", ["0"])) == [()]
    with pytest.raises(it.CodeError, match="codeword 1 is empty"):
        it.count_decodings("0", ["0", ""])
    with pytest.raises(it.CodeError, match="is empty"):
        list(it.decodings("0", [""]))


@pytest.mark.parametrize(
    ("code", "string"),
    [
        (["0", "1", "01", "11"], "01"),
        (["0", "01", "11"], None),  # a suffix code
        (["0", "10", "110", "111"], None),
        (["0", "010", "01", "10"], "010"),
        (["1", "011", "01110", "1110", "10011"], "111011"),
        (["0", "0"], "0"),
        (["0", "00"], "00"),
        (["00", "00000"], "0000000"),
        ([], None),
        (["0"], None),
    ],
)
def test_codes_that_are_known(code: list[str], string: str | None) -> None:
    found = it.find_ambiguity(code)
    assert (found.string if found else None) == string
    assert it.is_uniquely_decodable(code) == (string is None)


def test_an_empty_codeword_is_ambiguous() -> None:
    assert it.find_ambiguity(["0", ""]) == it.Ambiguity("", (), (1,))


@given(codes)
def test_sardinas_patterson_against_search(code: list[str]) -> None:
    found = it.find_ambiguity(code)
    if found is None:
        assert shortest_ambiguous_string(code, longest=10) is None
        return
    assert found.first != found.second
    for reading in (found.first, found.second):
        assert "".join(code[i] for i in reading) == found.string
    if len(found.string) <= 10:
        assert shortest_ambiguous_string(code, longest=10) == found.string


@given(codes)
def test_mcmillan(code: list[str]) -> None:
    assume(it.is_uniquely_decodable(code))
    assert it.kraft_sum(code) <= 1


@given(codes)
def test_prefix_codes_and_their_mirror_images_decode(code: list[str]) -> None:
    assume(it.is_prefix_free(code))
    assert it.is_uniquely_decodable(code)
    assert it.is_uniquely_decodable([word[::-1] for word in code])
