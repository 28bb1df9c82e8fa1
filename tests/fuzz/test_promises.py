"""Every kept input of the fuzzers, and mutations of the project's own files, keep the readers' promises."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narration.takes import check_take
from tests.fuzz.hang import limited
from tests.fuzz.seeds import kept, seeds
from tests.fuzz.targets import TARGETS, whole_take

KEPT = [(target, path) for target in TARGETS for path in kept(target)]


def test_every_target_has_kept_inputs() -> None:
    assert {target for target, _ in KEPT} == TARGETS.keys()


@pytest.mark.parametrize(("target", "path"), KEPT, ids=[f"{target}-{path.stem}" for target, path in KEPT])
def test_kept_inputs_break_nothing(target: str, path: Path) -> None:
    with limited():
        TARGETS[target](path.read_bytes())


def test_the_take_that_is_fuzzed_is_a_whole_one() -> None:
    script, paths, data = whole_take()
    paths.json.write_bytes(data)
    take = check_take(script, script.beats[0], paths.json.parents[2])
    assert [word.text for word in take.data.words] == ["so", "it", "is"]


@st.composite
def mutations(draw: st.DrawFn, target: str) -> bytes:
    """One of the target's seeds with a few pieces taken out, doubled, moved or replaced."""
    data = draw(st.sampled_from(list(seeds(target))))
    for _ in range(draw(st.integers(0, 4))):
        first, end = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        piece, at = data[first:end][:500], draw(st.integers(0, len(data)))
        new = draw(st.sampled_from([b"", piece + piece, data[at : at + 50], b"\x1b[31m", b"9" * 400, b'"', b"\0"]))
        data = data[:first] + new + data[first + len(piece) :]
    return data


@pytest.mark.parametrize("target", TARGETS)
def test_mutations_break_nothing(target: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.one_of(mutations(target), st.binary(max_size=100)))
    def holds(data: bytes) -> None:
        with limited():
            TARGETS[target](data)

    holds()
