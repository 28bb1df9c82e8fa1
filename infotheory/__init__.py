"""Information theory from first principles: surprise, entropy, codes and typicality on NumPy and SciPy.

One thread runs through everything: *probability is code length*. An event of probability p is worth log2(1/p)
bits of surprise; the average surprise of a source is its entropy:

>>> die = [0.4, 0.2, 0.2, 0.2]
>>> [round(float(bits), 4) for bits in surprise(die)]
[1.3219, 2.3219, 2.3219, 2.3219]
>>> round(entropy(die), 4)
1.9219

A code spends a budget: a codeword of length l costs 2^-l of it. Overspend, and some message reads in two
ways:

>>> clever = ["0", "1", "01", "11"]
>>> kraft_sum(clever), count_decodings("010111", clever)
(Fraction(3, 2), 10)
>>> find_ambiguity(clever)
Ambiguity(string='01', first=(0, 1), second=(2,))

The best code for single outcomes stays above the entropy; blocks and, in the end, arithmetic coding close the
gap:

>>> expected_length(die, huffman_code(die)), expected_length(die, shannon_code(die)), block_code_rate(die, 2)
(2.0, 2.6, 1.96)

A joint distribution is an array with one axis per variable. Measures take the axes they speak about, one or
several as a group:

>>> colour_and_number = [[0.14] * 5 + [0.06] * 5, [0.02] * 5 + [0.18] * 5]  # a deck: rows black and red
>>> joint = normalize(colour_and_number)
>>> round(conditional_entropy(joint, of=1, given=0), 4), round(mutual_information(joint, 0, 1), 4)
(2.9971, 0.2958)

Conventions. Units are bits; every measure takes a ``base``. 0 log 0 is 0; what q rules out and p allows costs
infinitely much. Numbers that are no probabilities raise ``ProbabilityError``, codes that cannot work
``CodeError``; both are ``ValueError``. Where a rounding error would decide (touching intervals, ceilings,
counts on a boundary), floats are read as the fractions they stand for and the arithmetic is exact. Functions
never change their arguments.
"""

from infotheory.arithmetic_coding import (
    DecodingError,
    arithmetic_decode,
    arithmetic_encode,
    compress,
    decompress,
)
from infotheory.binomial import (
    counts_near,
    log2_binomial,
    log2_binomial_pmf,
    probability_near,
    probability_of_counts,
)
from infotheory.block_code import block_code, block_code_rate, blocks, source_extension
from infotheory.block_entropy import block_entropy, next_letter_entropy
from infotheory.circle_overlap import CirclePair, circle_pair, overlap_area
from infotheory.co_information import co_information
from infotheory.codeword import CodeError, codeword_lengths, expected_length
from infotheory.conditional_entropy import conditional_entropy
from infotheory.context_model import ContextModel, exact_surprise
from infotheory.correlation import correlation
from infotheory.coupling import independent_joint, mixed_joint, partnered_joint
from infotheory.cross_entropy import cross_entropy
from infotheory.decodings import count_decodings, decodings
from infotheory.entropy import binary_entropy, entropy
from infotheory.exact_probability import exact_fraction, exact_pmf
from infotheory.frequency_model import AdaptiveModel, FixedModel, FrequencyModel, model_surprise
from infotheory.gaussian_fit import (
    descend_covering,
    descend_picking,
    divergence_from_mixture,
    divergence_to_mixture,
    fit_picking,
    match_moments,
)
from infotheory.gaussian_mixture import Gaussian, GaussianMixture
from infotheory.hamming_code import as_bits, coset, decode_with_side, parity_check, syndrome
from infotheory.huffman import huffman_code, huffman_lengths
from infotheory.independence import log_ratio_to_independence, product_of_margins
from infotheory.interval import (
    UNIT,
    Interval,
    codeword_interval,
    cumulative_partition,
    message_interval,
    nested_partition,
    settled_digits,
    shortest_codeword_within,
)
from infotheory.jensen_shannon import jensen_shannon_divergence
from infotheory.joint_distribution import conditional_pmf, marginal
from infotheory.joint_entropy import joint_entropy
from infotheory.kl_divergence import kl_divergence
from infotheory.kraft import kraft_sum, kraft_terms
from infotheory.mutual_information import conditional_mutual_information, mutual_information
from infotheory.ngrams import ngram_counts, ngram_pmf
from infotheory.prefix_code import (
    canonical_prefix_code,
    decode_message,
    encode_message,
    is_prefix_free,
    prefix_conflict,
)
from infotheory.probability import ProbabilityError, check_pmf, check_probabilities, normalize
from infotheory.random_binning import RandomBins
from infotheory.rate_region import RateRegion, slepian_wolf_region
from infotheory.running_average import running_average
from infotheory.shannon_code import shannon_code, shannon_lengths
from infotheory.shannon_fano_elias import shannon_fano_elias_code
from infotheory.surprise import surprise
from infotheory.typical_set import TypicalSet, typical_counts, typical_set, typical_set_size
from infotheory.unique_decodability import Ambiguity, find_ambiguity, is_uniquely_decodable

__all__ = [
    "UNIT",
    "AdaptiveModel",
    "Ambiguity",
    "CirclePair",
    "CodeError",
    "ContextModel",
    "DecodingError",
    "FixedModel",
    "FrequencyModel",
    "Gaussian",
    "GaussianMixture",
    "Interval",
    "ProbabilityError",
    "RandomBins",
    "RateRegion",
    "TypicalSet",
    "arithmetic_decode",
    "arithmetic_encode",
    "as_bits",
    "binary_entropy",
    "block_code",
    "block_code_rate",
    "block_entropy",
    "blocks",
    "canonical_prefix_code",
    "check_pmf",
    "check_probabilities",
    "circle_pair",
    "co_information",
    "codeword_interval",
    "codeword_lengths",
    "compress",
    "conditional_entropy",
    "conditional_mutual_information",
    "conditional_pmf",
    "correlation",
    "coset",
    "count_decodings",
    "counts_near",
    "cross_entropy",
    "cumulative_partition",
    "decode_message",
    "decode_with_side",
    "decodings",
    "decompress",
    "descend_covering",
    "descend_picking",
    "divergence_from_mixture",
    "divergence_to_mixture",
    "encode_message",
    "entropy",
    "exact_fraction",
    "exact_pmf",
    "exact_surprise",
    "expected_length",
    "find_ambiguity",
    "fit_picking",
    "huffman_code",
    "huffman_lengths",
    "independent_joint",
    "is_prefix_free",
    "is_uniquely_decodable",
    "jensen_shannon_divergence",
    "joint_entropy",
    "kl_divergence",
    "kraft_sum",
    "kraft_terms",
    "log2_binomial",
    "log2_binomial_pmf",
    "log_ratio_to_independence",
    "marginal",
    "match_moments",
    "message_interval",
    "mixed_joint",
    "model_surprise",
    "mutual_information",
    "nested_partition",
    "next_letter_entropy",
    "ngram_counts",
    "ngram_pmf",
    "normalize",
    "overlap_area",
    "parity_check",
    "partnered_joint",
    "prefix_conflict",
    "probability_near",
    "probability_of_counts",
    "product_of_margins",
    "running_average",
    "settled_digits",
    "shannon_code",
    "shannon_fano_elias_code",
    "shannon_lengths",
    "shortest_codeword_within",
    "slepian_wolf_region",
    "source_extension",
    "surprise",
    "syndrome",
    "typical_counts",
    "typical_set",
    "typical_set_size",
]
