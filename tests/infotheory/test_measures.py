"""Surprise, entropies, divergences and mutual information: closed forms, other packages, and laws."""

import math
from collections.abc import Callable

import dit
import numpy as np
import pytest
from dit.divergences import jensen_shannon_divergence as dit_jensen_shannon
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.spatial.distance import jensenshannon
from scipy.stats import entropy as scipy_entropy
from sklearn.metrics import log_loss, mutual_info_score

import infotheory as it

Array = NDArray[np.float64]

# A black or red card, 1/2 each, with a number from 1 to 10.
CARDS = np.array([[0.07] * 5 + [0.03] * 5, [0.01] * 5 + [0.09] * 5])
XOR = np.array([[[0.25, 0], [0, 0.25]], [[0, 0.25], [0.25, 0]]])
# Cover and Thomas, example 2.2.1; rows are Y, columns are X.
COVER_THOMAS = np.array([[4, 2, 1, 1], [2, 4, 1, 1], [2, 2, 2, 2], [8, 0, 0, 0]]) / 32

weights = st.one_of(st.just(0.0), st.floats(1e-12, 1), st.integers(1, 5).map(float))


def pmfs(*shape: int) -> st.SearchStrategy[Array]:
    """Distributions with zeros and tiny entries, in a given shape."""
    size = math.prod(shape)
    lists = st.lists(weights, min_size=size, max_size=size).filter(any)
    return lists.map(lambda values: it.normalize(values).reshape(shape))


def dit_distribution(joint: Array) -> dit.Distribution:
    cells = [index for index in np.ndindex(joint.shape) if joint[index] > 0]
    return dit.Distribution(cells, [joint[cell] for cell in cells])


# Surprise and entropy


def test_surprise_of_the_die_and_the_sunrise() -> None:
    assert it.surprise([0.4, 0.2]) == pytest.approx([1.3219280948873624, 2.321928094887362])
    assert it.surprise(0.0001) == pytest.approx(13.29, abs=0.005)
    assert it.surprise(0.9999) == pytest.approx(0.00014, abs=0.000005)
    assert [it.surprise(p) for p in (1, 0.5, 0.25, 0)] == [0, 1, 2, math.inf]
    assert math.copysign(1, it.surprise(1)) == 1


@given(st.floats(1e-100, 1), st.floats(1e-100, 1))
def test_surprises_of_independent_events_add(p: float, q: float) -> None:
    assert it.surprise(p * q) == pytest.approx(it.surprise(p) + it.surprise(q), abs=1e-12)


def test_surprise_keeps_shape_and_names_a_bad_entry() -> None:
    assert it.surprise(np.full((2, 3), 0.5)).shape == (2, 3)
    with pytest.raises(it.ProbabilityError, match=r"p = 1\.5 is above 1"):
        it.surprise(1.5)


@pytest.mark.parametrize(
    ("p", "bits", "decimals"),
    [
        ([0.4, 0.2, 0.2, 0.2], 1.9219, 4),
        ([1 / 2, 1 / 4, 1 / 8, 1 / 8], 1.75, 12),
        ([0.9, 0.1], 0.4690, 4),
        ([1 / 6] * 6, 2.5850, 4),
        ([1 / 37] * 37, 5.2095, 4),
        ([0.0] * 36 + [1.0], 0, 12),
        ([0.9999, 0.0001], 0.00147, 5),
        ([0.01, 0.01, 0.98], 0.161, 3),
        ([18 / 37, 18 / 37, 1 / 37], 1.1522, 4),
    ],
)
def test_entropies_that_are_known(p: list[float], bits: float, decimals: int) -> None:
    assert it.entropy(p) == pytest.approx(bits, abs=0.51 * 10**-decimals)


def test_the_coffee_sentence_needs_four_bits_a_word() -> None:
    sentence = "I asked for coffee. I took a sip and realized she added maple syrup in my coffee without asking me."
    words = sentence.replace(".", "").split()
    counts = [words.count(word) for word in dict.fromkeys(words)]
    assert (len(words), len(counts)) == (20, 18)
    assert it.entropy(it.normalize(counts)) == pytest.approx(4.1219, abs=5e-5)


@pytest.mark.parametrize("base", [2, math.e, 10, 3])
@given(p=pmfs(6))
def test_entropy_agrees_with_scipy_in_any_unit(base: float, p: Array) -> None:
    assert it.entropy(p, base) == pytest.approx(scipy_entropy(p, base=base), abs=1e-12)


@pytest.mark.parametrize("base", [1, 0.5, 0, -2, math.nan, math.inf])
def test_a_base_that_is_no_unit_is_refused(base: float) -> None:
    with pytest.raises(ValueError, match="no unit of information"):
        it.entropy([0.5, 0.5], base)


def test_units_convert() -> None:
    one_bit = [0.5, 0.5]
    assert it.entropy(one_bit, math.e) == pytest.approx(0.693, abs=5e-4)
    assert it.entropy(one_bit, 10) == pytest.approx(0.301, abs=5e-4)


@given(pmfs(4, 5))
def test_entropy_along_an_axis_is_entropy_of_each_slice(joint: Array) -> None:
    columns = np.column_stack([it.normalize(column + 1) for column in joint.T])
    expected = [it.entropy(column) for column in columns.T]
    assert it.entropy(columns, axis=0) == pytest.approx(expected)


@given(pmfs(5), pmfs(5), st.floats(0, 1))
def test_mixing_raises_entropy(p: Array, q: Array, share: float) -> None:
    mixed = it.entropy(share * p + (1 - share) * q)
    assert mixed >= share * it.entropy(p) + (1 - share) * it.entropy(q) - 1e-12


@given(st.floats(0, 1))
def test_binary_entropy_is_the_entropy_of_a_coin(p: float) -> None:
    assert it.binary_entropy(p) == pytest.approx(it.entropy([p, 1 - p]), abs=1e-12)
    assert it.binary_entropy(p) == pytest.approx(it.binary_entropy(1 - p), abs=1e-12)


def test_binary_entropy_of_a_rare_event_keeps_its_digits() -> None:
    p = 1e-20
    assert it.binary_entropy(p) == pytest.approx(p * (-math.log(p) + 1) / math.log(2), rel=1e-12)


# Several variables


def test_the_cards() -> None:
    assert it.joint_entropy(CARDS) == pytest.approx(3.9971, abs=5e-5)
    assert it.joint_entropy(CARDS, 0) == pytest.approx(1)
    assert it.joint_entropy(CARDS, 1) == pytest.approx(3.2929, abs=5e-5)
    assert it.conditional_entropy(CARDS, of=1, given=0) == pytest.approx(2.9971, abs=5e-5)
    assert it.conditional_entropy(CARDS, of=0, given=1) == pytest.approx(0.7042, abs=5e-5)
    assert it.mutual_information(CARDS) == pytest.approx(0.2958, abs=5e-5)
    black, red = it.entropy(it.conditional_pmf(CARDS, given=0), axis=1)
    assert (black, red) == pytest.approx((3.2032, 2.7909), abs=5e-5)


def test_cover_and_thomas_example() -> None:
    assert it.joint_entropy(COVER_THOMAS, axes=1) == pytest.approx(7 / 4)
    assert it.joint_entropy(COVER_THOMAS, axes=0) == pytest.approx(2)
    assert it.joint_entropy(COVER_THOMAS) == pytest.approx(27 / 8)
    assert it.mutual_information(COVER_THOMAS) == pytest.approx(3 / 8)


def test_two_wheels_add_exactly_and_one_wheel_has_a_colour() -> None:
    two_wheels = np.full((37, 37), 1 / 37**2)
    assert it.joint_entropy(two_wheels) == pytest.approx(10.419, abs=5e-4)
    assert it.mutual_information(two_wheels) == pytest.approx(0, abs=1e-12)
    colour_and_number = np.zeros((3, 37))
    colour_and_number[[0] + [1] * 18 + [2] * 18, range(37)] = 1 / 37
    assert it.mutual_information(colour_and_number) == pytest.approx(1.1522, abs=5e-5)
    assert it.conditional_entropy(colour_and_number, of=1, given=0) == pytest.approx(4.0572, abs=5e-5)


def test_xor_tells_nothing_alone_and_everything_together() -> None:
    assert it.mutual_information(XOR, 0, 1) == 0
    assert it.conditional_mutual_information(XOR, 0, 1, given=2) == 1
    assert it.mutual_information(XOR, (0, 1), 2) == 1


@given(pmfs(3, 2, 4))
def test_chain_rules(joint: Array) -> None:
    total = it.joint_entropy(joint)
    steps = [
        it.joint_entropy(joint, 0),
        it.conditional_entropy(joint, of=1, given=0),
        it.conditional_entropy(joint, of=2, given=(0, 1)),
    ]
    assert sum(steps) == pytest.approx(total, abs=1e-10)
    both = it.mutual_information(joint, (0, 1), 2)
    parts = it.mutual_information(joint, 0, 2) + it.conditional_mutual_information(joint, 1, 2, given=0)
    assert both == pytest.approx(parts, abs=1e-10)


@given(pmfs(3, 4))
def test_mutual_information_every_way_round(joint: Array) -> None:
    information = it.mutual_information(joint)
    product = np.outer(it.marginal(joint, 0), it.marginal(joint, 1))
    others = [
        it.mutual_information(joint, 1, 0),
        it.joint_entropy(joint, 0) + it.joint_entropy(joint, 1) - it.joint_entropy(joint),
        it.joint_entropy(joint, 1) - it.conditional_entropy(joint, of=1, given=0),
        it.kl_divergence(joint, product),
    ]
    assert others == pytest.approx([information] * 4, abs=1e-10)
    assert 0 <= information <= min(it.joint_entropy(joint, 0), it.joint_entropy(joint, 1)) + 1e-12


@given(pmfs(4))
def test_a_variable_tells_all_about_itself(p: Array) -> None:
    joint = np.outer(p, [0.5, 0.5])
    assert it.mutual_information(joint, 0, 0) == pytest.approx(it.entropy(p), abs=1e-12)
    assert it.conditional_entropy(joint, of=0, given=0) == 0
    assert it.conditional_entropy(joint, of=0, given=()) == pytest.approx(it.entropy(p), abs=1e-12)


@given(pmfs(3, 4), st.lists(pmfs(3), min_size=4, max_size=4))
def test_data_processing_inequality(joint: Array, channel: list[Array]) -> None:
    # X -> Y -> Z: Z is made from Y alone.
    chain = joint[:, :, None] * np.array(channel)[None, :, :]
    assert it.mutual_information(chain, 0, 2) <= it.mutual_information(chain, 0, 1) + 1e-12
    assert it.conditional_mutual_information(chain, 0, 2, given=1) == pytest.approx(0, abs=1e-12)


def test_a_particular_value_can_raise_uncertainty_the_average_cannot() -> None:
    joint = np.array([[0.0, 0.75], [0.125, 0.125]])
    after_the_rare_value = it.entropy(it.conditional_pmf(joint, given=0)[1])
    assert after_the_rare_value > it.joint_entropy(joint, 1)
    assert it.conditional_entropy(joint, of=1, given=0) < it.joint_entropy(joint, 1)


@given(pmfs(2, 3, 2))
def test_many_variables_agree_with_dit(joint: Array) -> None:
    reference = dit_distribution(joint)
    assert it.joint_entropy(joint, (0, 2)) == pytest.approx(dit.shannon.entropy(reference, [0, 2]), abs=1e-9)
    assert it.conditional_entropy(joint, (0, 1), 2) == pytest.approx(
        dit.shannon.conditional_entropy(reference, [0, 1], [2]), abs=1e-9
    )
    assert it.mutual_information(joint, 0, (1, 2)) == pytest.approx(
        dit.shannon.mutual_information(reference, [0], [1, 2]), abs=1e-9
    )
    # dit normalises once more; its co-information given Z is the conditional mutual information.
    assert it.conditional_mutual_information(joint, 0, 1, given=2) == pytest.approx(
        dit.multivariate.coinformation(reference, [[0], [1]], [2]), abs=1e-9
    )


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=60))
def test_mutual_information_of_samples_agrees_with_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    counts = np.zeros((4, 5))
    for pair in pairs:
        counts[pair] += 1
    expected = mutual_info_score([x for x, _ in pairs], [y for _, y in pairs])
    assert it.mutual_information(it.normalize(counts), base=math.e) == pytest.approx(expected, abs=1e-12)


def test_tiny_probabilities_do_not_underflow_into_infinity() -> None:
    joint = np.array([[1e-300, 0.0], [0.0, 1.0]])
    assert it.mutual_information(joint) == pytest.approx(1e-300 * math.log2(1e300), rel=1e-9, abs=0)
    smallest = 5e-324
    assert it.jensen_shannon_divergence([smallest, 1.0], [0.0, 1.0]) == 0


@pytest.mark.parametrize(
    "measure",
    [
        it.joint_entropy,
        it.mutual_information,
        lambda joint: it.conditional_entropy(joint, 0, 1),
        lambda joint: it.conditional_mutual_information(joint, 0, 1, ()),
        lambda joint: it.conditional_pmf(joint, 0),
    ],
)
def test_a_joint_table_of_counts_is_refused(measure: Callable[[list[list[float]]], float]) -> None:
    with pytest.raises(it.ProbabilityError, match=r"\[0, 0\] = 3\.0 is above 1"):
        measure([[3, 1], [1, 3]])


# Two distributions over the same outcomes


def test_the_wrong_codebook_costs_more() -> None:
    p = [1 / 2, 1 / 4, 1 / 8, 1 / 8]
    assert it.cross_entropy(p, p[::-1]) == 2.625
    assert it.cross_entropy(p, p) == 1.75
    assert it.kl_divergence(p, p[::-1]) == 0.875


def test_kl_is_neither_symmetric_nor_a_distance() -> None:
    def coins(p: float, q: float) -> float:
        return it.kl_divergence([p, 1 - p], [q, 1 - q])

    assert coins(0.5, 0.9) == pytest.approx(0.7370, abs=5e-5)
    assert coins(0.9, 0.5) == pytest.approx(0.5310, abs=5e-5)
    assert coins(0.5, 0.1) == pytest.approx(0.7370, abs=5e-5)
    assert coins(0.5, 0.25) + coins(0.25, 0.1) == pytest.approx(0.3407, abs=5e-5)


def test_what_q_rules_out_costs_infinitely_much() -> None:
    p, q = [0.5, 0.5, 0.0], [1.0, 0.0, 0.0]
    assert it.kl_divergence(p, q) == math.inf
    assert it.cross_entropy(p, q) == math.inf
    assert it.kl_divergence(q, p) == 1
    assert it.cross_entropy(q, p) == 1
    assert it.jensen_shannon_divergence(p, q) < 1


@given(pmfs(5), pmfs(5))
def test_gibbs(p: Array, q: Array) -> None:
    assert it.kl_divergence(p, q) >= 0
    assert it.cross_entropy(p, q) >= it.entropy(p) - 1e-12
    assert it.kl_divergence(p, p) == 0
    bill = it.entropy(p) + it.kl_divergence(p, q)
    assert it.cross_entropy(p, q) == pytest.approx(bill, abs=1e-9)


@given(pmfs(5), pmfs(5))
def test_divergences_agree_with_scipy_and_dit(p: Array, q: Array) -> None:
    assert it.kl_divergence(p, q) == pytest.approx(scipy_entropy(p, q, base=2), abs=1e-9)
    jensen_shannon = it.jensen_shannon_divergence(p, q)
    assert jensen_shannon == pytest.approx(jensenshannon(p, q, base=2) ** 2, abs=1e-9)
    assert jensen_shannon == pytest.approx(dit_jensen_shannon([dit_distribution(p), dit_distribution(q)]), abs=1e-9)


def test_cross_entropy_is_the_log_loss_of_a_classifier() -> None:
    q = np.array([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]])
    labels = [0, 1]
    bills = it.cross_entropy(np.eye(3)[labels], q, math.e, axis=1)
    assert bills.mean() == pytest.approx(log_loss(labels, q, labels=[0, 1, 2]))


@given(pmfs(4), st.lists(pmfs(4), min_size=1, max_size=5))
def test_one_truth_against_many_models_broadcasts(p: Array, models: list[Array]) -> None:
    stack = np.array(models)
    assert it.cross_entropy(p, stack, axis=-1).tolist() == pytest.approx([it.cross_entropy(p, q) for q in models])
    assert it.kl_divergence(p, stack, axis=-1).tolist() == pytest.approx([it.kl_divergence(p, q) for q in models])


@given(pmfs(2, 3), pmfs(2, 3))
def test_processing_cannot_tell_two_sources_further_apart(p: Array, q: Array) -> None:
    assert it.kl_divergence(it.marginal(p, 0), it.marginal(q, 0)) <= it.kl_divergence(p, q) + 1e-12


@given(st.lists(pmfs(4), min_size=2, max_size=4), st.data())
def test_jensen_shannon_is_what_the_outcome_tells_about_its_source(sources: list[Array], data: st.DataObject) -> None:
    share = data.draw(pmfs(len(sources)))
    divergence = it.jensen_shannon_divergence(*sources, weights=share)
    joint = share[:, None] * np.array(sources)
    assert divergence == pytest.approx(it.mutual_information(joint), abs=1e-10)
    assert 0 <= divergence <= it.entropy(share) + 1e-12
    swapped = it.jensen_shannon_divergence(*sources[::-1], weights=share[::-1])
    assert swapped == pytest.approx(divergence, abs=1e-12)


@pytest.mark.parametrize("measure", [it.cross_entropy, it.kl_divergence, it.jensen_shannon_divergence])
def test_distributions_over_different_outcomes_are_refused(measure: Callable[..., float]) -> None:
    with pytest.raises(it.ProbabilityError, match=r"shape \(2,\).*shape \(3,\)"):
        measure([0.5, 0.5], [0.5, 0.25, 0.25])
    with pytest.raises(it.ProbabilityError, match="sums to"):
        measure([0.5, 0.5], [0.5, 0.25])


def test_the_bad_model_is_called_q() -> None:
    with pytest.raises(it.ProbabilityError, match=r"q\[0\] = -0\.5"):
        it.kl_divergence([0.5, 0.5], [-0.5, 1.0])


def test_jensen_shannon_needs_two_and_as_many_weights() -> None:
    with pytest.raises(ValueError, match="at least two"):
        it.jensen_shannon_divergence([1.0])
    with pytest.raises(it.ProbabilityError):
        it.jensen_shannon_divergence([1.0], [1.0], weights=[0.2, 0.3, 0.5])
