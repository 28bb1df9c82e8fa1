"""Arithmetic coding: narrow an interval symbol by symbol and send only the digits that are settled.

The interval is held in 48-bit integers. Whenever it lies in one half of its range, that half's digit is
settled: it is sent and the interval doubled. When it straddles the middle within the two inner quarters, the
digit is still open but the one after it is known to be its opposite: it is kept pending. The code is at most
2 bits longer than the message's surprise under the model, plus a rounding loss below a millionth of a bit a
symbol.
Source: I. Witten, R. Neal and J. Cleary, "Arithmetic coding for data compression", Communications of the ACM
30 (1987).
"""

import copy
from collections.abc import Iterable, Iterator

from infotheory.codeword import CodeError
from infotheory.frequency_model import AdaptiveModel, FrequencyModel

PRECISION = 48
_WHOLE = 1 << PRECISION
_HALF = _WHOLE // 2
_QUARTER = _WHOLE // 4


class DecodingError(CodeError):
    """Coded data that was cut off, has something appended, or never was such data."""


class _Narrowing:
    """The interval [low, high) that encoder and decoder narrow and double in lockstep."""

    def __init__(self) -> None:
        self.low, self.high = 0, _WHOLE

    def narrow(self, span: tuple[int, int], total: int) -> None:
        width = self.high - self.low
        self.high = self.low + width * span[1] // total
        self.low += width * span[0] // total

    def doublings(self) -> Iterator[int]:
        """Double while possible, yielding what was subtracted: 0 or half (settled), a quarter (pending)."""
        while True:
            if self.high <= _HALF:
                offset = 0
            elif self.low >= _HALF:
                offset = _HALF
            elif self.low >= _QUARTER and self.high <= _HALF + _QUARTER:
                offset = _QUARTER
            else:
                return
            self.low = 2 * (self.low - offset)
            self.high = 2 * (self.high - offset)
            yield offset


def arithmetic_encode(message: Iterable[int], model: FrequencyModel) -> str:
    """Code a message of symbols 0, 1, ... as a string of "0" and "1".

    Parameters: ``message``; ``model``, which both sides must start with alike; it is copied, so the one given
    stays as it is. The length is not part of the code: the decoder must be told it, or the message must say
    itself where it ends.
    Raises ``CodeError`` that names a symbol which the model cannot code, and its place.

    >>> from infotheory.frequency_model import FixedModel
    >>> arithmetic_encode([0] * 20, FixedModel([9, 1]))
    '00001'
    """
    learner = copy.deepcopy(model)
    interval = _Narrowing()
    digits: list[str] = []
    pending = 0
    for place, symbol in enumerate(message):
        try:
            span = learner.span(symbol)
        except CodeError as error:
            raise CodeError(f"at place {place} of the message: {error}") from None
        interval.narrow(span, learner.total)
        learner.update(symbol)
        for offset in interval.doublings():
            if offset == _QUARTER:
                pending += 1
            else:
                digits.append("0" + "1" * pending if offset == 0 else "1" + "0" * pending)
                pending = 0
    # Two more digits pick a quarter that lies wholly within the interval.
    pending += 1
    digits.append("0" + "1" * pending if interval.low < _QUARTER else "1" + "0" * pending)
    return "".join(digits)


def arithmetic_decode(digits: str, model: FrequencyModel, length: int) -> list[int]:
    """Read back ``length`` symbols from what ``arithmetic_encode`` wrote with the same model.

    Raises ``DecodingError`` for any string that ``arithmetic_encode`` does not write for a message of that
    length, above all one that is cut off or goes on (the codes of all messages of one length are a prefix
    code). Digits changed into the code of another message cannot be noticed.

    >>> from infotheory.frequency_model import FixedModel
    >>> arithmetic_decode("00001", FixedModel([9, 1]), 20) == [0] * 20
    True
    """
    if not set(digits) <= {"0", "1"}:
        raise DecodingError("coded digits are only '0' and '1'")
    message, used = _decode(digits, model, length)
    if used != len(digits):
        raise DecodingError(f"{len(digits) - used} digits follow after the end of the message at digit {used}")
    return message


def _decode(digits: str, model: FrequencyModel, length: int) -> tuple[list[int], int]:
    """The message, and how many digits the encoder wrote for it: one a doubling and two at the end."""
    if length < 0:
        raise DecodingError(f"a message cannot have {length} symbols")
    learner = copy.deepcopy(model)
    interval = _Narrowing()
    value = int(digits[:PRECISION].ljust(PRECISION, "0"), 2)
    used = 2
    message: list[int] = []
    while True:
        if used > len(digits):
            raise DecodingError(f"the code is cut off: it ends after {len(message)} of {length} symbols")
        if len(message) == length:
            # The encoder ended on the second quarter of the interval, or else on the third.
            if value // _QUARTER != (1 if interval.low < _QUARTER else 2):
                raise DecodingError(f"no message of {length} symbols ends like this: the code is cut off or changed")
            return message, used
        width = interval.high - interval.low
        symbol = learner.symbol_at(((value - interval.low + 1) * learner.total - 1) // width)
        interval.narrow(learner.span(symbol), learner.total)
        learner.update(symbol)
        message.append(symbol)
        for offset in interval.doublings():
            following = used - 2 + PRECISION
            value = 2 * (value - offset) + (following < len(digits) and digits[following] == "1")
            used += 1


def compress(data: bytes, model: FrequencyModel | None = None) -> bytes:
    """Compress bytes: a header with their number, then their arithmetic code.

    The header has 7 bits a byte, lowest first; the highest bit is set on all but its last byte.

    Parameters: ``model`` over 256 symbols, by default one that adapts and starts knowing nothing. It is not
    part of the result.
    Raises ``CodeError`` for a byte that the model cannot code.

    >>> text = b"so much coffee, so much maple syrup, " * 20
    >>> decompress(compress(text)) == text, len(compress(text)) < len(text) * 0.6
    (True, True)
    """
    digits = arithmetic_encode(data, _byte_model() if model is None else model)
    padded = digits + "0" * (-len(digits) % 8)
    return _length_header(len(data)) + int(padded, 2).to_bytes(len(padded) // 8, "big")


def decompress(data: bytes, model: FrequencyModel | None = None) -> bytes:
    """Give back what ``compress`` was given, bit for bit. The ``model`` must be the one it was given.

    Raises ``DecodingError`` when the data is cut off, has something appended, or was otherwise not written by
    ``compress``, unless it was changed into the code of other bytes.
    """
    length, start = _read_length_header(data)
    payload = data[start:]
    digits = "".join(f"{byte:08b}" for byte in payload)
    message, used = _decode(digits, _byte_model() if model is None else model, length)
    if len(digits) - used >= 8 or "1" in digits[used:]:
        raise DecodingError(f"data follows after the end of the code at byte {start + -(-used // 8)}")
    return bytes(message)


def _byte_model() -> AdaptiveModel:
    return AdaptiveModel(256)


def _length_header(length: int) -> bytes:
    header = bytearray()
    while length >= 0x80:
        header.append(length & 0x7F | 0x80)
        length >>= 7
    header.append(length)
    return bytes(header)


def _read_length_header(data: bytes) -> tuple[int, int]:
    """The length, and where the code begins."""
    length = 0
    for place, byte in enumerate(data):
        length |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return length, place + 1
    raise DecodingError("the data is cut off within the header that says how many bytes follow")
