"""H.264 pictures that repeat the one before them, written by hand: a hundred bytes, and no encoder at work.

Every macroblock of such a P picture is skipped. It becomes the reference of what follows, so pictures that the encoder
makes later count on from it: their frame numbers are moved on by :func:`renumbered`. Source: ITU-T H.264 (08/2021),
7.3 (syntax), 9.1 (Exp-Golomb codes), 9.3 (CABAC), 7.4.1.1 (emulation prevention).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from film.errors import FilmError

_SLICE, _IDR, _SPS, _PPS = 1, 5, 7, 8  # nal_unit_type
_P_ONLY = 5  # slice_type of a picture that has P slices only
_HIGH_PROFILES = (100, 110, 122, 244)
_START = b"\0\0\0\1"
_NAL = re.compile(rb"\x00\x00\x00?\x01")  # what stands between NAL units in Annex B form
_SKIP_QP = 26  # from here on the skip flag's context starts out expecting a skip

# rangeTabLPS (table 9-44), and the walk of 11 consecutive more probable symbols needs nothing else.
_LEAST_PROBABLE = (
    (128, 176, 208, 240), (128, 167, 197, 227), (128, 158, 187, 216), (123, 150, 178, 205), (116, 142, 169, 195),
    (111, 135, 160, 185), (105, 128, 152, 175), (100, 122, 144, 166), (95, 116, 137, 158), (90, 110, 130, 150),
    (85, 104, 123, 142), (81, 99, 117, 135), (77, 94, 111, 128), (73, 89, 105, 122), (69, 85, 100, 116),
    (66, 80, 95, 110), (62, 76, 90, 104), (59, 72, 86, 99), (56, 69, 81, 94), (53, 65, 77, 89),
    (51, 62, 73, 85), (48, 59, 69, 80), (46, 56, 66, 76), (43, 53, 63, 72), (41, 50, 59, 69),
    (39, 48, 56, 65), (37, 45, 54, 62), (35, 43, 51, 59), (33, 41, 48, 56), (32, 39, 46, 53),
    (30, 37, 43, 50), (29, 35, 41, 48), (27, 33, 39, 45), (26, 31, 37, 43), (24, 30, 35, 41),
    (23, 28, 33, 39), (22, 27, 32, 37), (21, 26, 30, 35), (20, 24, 29, 33), (19, 23, 27, 31),
    (18, 22, 26, 30), (17, 21, 25, 28), (16, 20, 23, 27), (15, 19, 22, 25), (14, 18, 21, 24),
    (14, 17, 20, 23), (13, 16, 19, 22), (12, 15, 18, 21), (12, 14, 17, 20), (11, 14, 16, 19),
    (11, 13, 15, 18), (10, 12, 15, 17), (10, 12, 14, 16), (9, 11, 13, 15), (9, 11, 12, 14),
    (8, 10, 12, 14), (8, 9, 11, 13), (7, 9, 11, 12), (7, 9, 10, 12), (7, 8, 10, 11),
    (6, 8, 9, 11), (6, 7, 9, 10), (6, 7, 8, 9),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coding:
    """What the parameter sets of a stream say that a P picture's header depends on."""

    macroblocks: int
    frame_number_bits: int
    parameter_set: int
    has_cabac: bool
    has_deblocking_control: bool
    qp: int

    @property
    def numbers(self) -> int:
        """How many frame numbers there are before they begin again."""
        return 1 << self.frame_number_bits


class _Bits:
    """Reads a NAL unit's payload bit by bit."""

    def __init__(self, nal: bytes) -> None:
        self._bits = "".join(f"{byte:08b}" for byte in _unescaped(nal[1:]))
        self._place = 0

    def fixed(self, count: int) -> int:
        value = int(self._bits[self._place : self._place + count], 2)
        self._place += count
        return value

    def golomb(self) -> int:
        zeros = 0
        while not self.fixed(1):
            zeros += 1
        return (1 << zeros) - 1 + (self.fixed(zeros) if zeros else 0)

    def signed(self) -> int:
        value = self.golomb()
        return (value + 1) // 2 if value % 2 else -(value // 2)


def read_coding(parameter_sets: bytes) -> Coding:
    """Read the parameter sets that an encoder gives in Annex B form.

    Raises :class:`FilmError` for a stream that this module cannot continue.
    """
    sets = {nal[0] & 31: _Bits(nal) for nal in _NAL.split(parameter_sets) if nal}
    if not {_SPS, _PPS} <= sets.keys():
        raise FilmError("the encoder gives no H.264 parameter sets; it must be libx264")
    sequence, picture = sets[_SPS], sets[_PPS]
    profile = sequence.fixed(8)
    sequence.fixed(16)
    sequence.golomb()
    if profile in _HIGH_PROFILES:
        sequence.golomb(), sequence.golomb(), sequence.golomb()
        _must(sequence.fixed(1) == 0 and sequence.fixed(1) == 0, "scaling matrices")
    frame_number_bits = sequence.golomb() + 4
    _must(sequence.golomb() == 2, "B pictures")
    sequence.golomb()
    sequence.fixed(1)
    macroblocks = (sequence.golomb() + 1) * (sequence.golomb() + 1)
    _must(sequence.fixed(1) == 1, "interlacing")
    number = picture.golomb()
    picture.golomb()
    has_cabac = bool(picture.fixed(1))
    _must(picture.fixed(1) == 0 and picture.golomb() == 0, "slice groups")
    picture.golomb(), picture.golomb()
    _must(picture.fixed(1) == 0 and picture.fixed(2) == 0, "weighted prediction")
    qp = 26 + picture.signed()
    picture.signed(), picture.signed()
    has_deblocking_control = bool(picture.fixed(1))
    picture.fixed(1)
    _must(picture.fixed(1) == 0, "redundant pictures")
    return Coding(macroblocks, frame_number_bits, number, has_cabac, has_deblocking_control, qp)


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise FilmError(f"the encoder uses {what}, which pictures that repeat cannot follow; mend its options")


@cache
def skip_picture(coding: Coding, number: int) -> bytes:
    """A picture like the one before it, with this frame number, in Annex B form."""
    qp = max(_SKIP_QP, coding.qp) if coding.has_cabac else coding.qp
    bits = _golomb(0) + _golomb(_P_ONLY) + _golomb(coding.parameter_set)
    bits += f"{number % coding.numbers:0{coding.frame_number_bits}b}"
    bits += "1" + _golomb(0) + "0"  # one reference, in its usual place
    bits += "0"  # the oldest reference makes room
    bits += _golomb(0) if coding.has_cabac else ""
    bits += _golomb(2 * (qp - coding.qp) - 1 if qp > coding.qp else 0)
    bits += _golomb(1) if coding.has_deblocking_control else ""
    if coding.has_cabac:
        bits += "1" * (-len(bits) % 8) + _all_skipped(coding.macroblocks, qp)
    else:
        bits += _golomb(coding.macroblocks) + "1"
    bits += "0" * (-len(bits) % 8)
    return _START + bytes([0x60 | _SLICE]) + _escaped(int(bits, 2).to_bytes(len(bits) // 8, "big"))


def renumbered(picture: bytes, coding: Coding, ahead: int) -> bytes:
    """*picture* (Annex B) with frame numbers that are *ahead* higher; other NAL units stay as they are.

    An IDR picture begins to count from zero and must not be passed.
    """
    if not ahead % coding.numbers:
        return picture
    return b"".join(_START + _moved_on(nal, coding, ahead) for nal in _NAL.split(picture) if nal)


def has_idr(picture: bytes) -> bool:
    """Whether *picture* (Annex B) is one from which decoding can start."""
    return any(nal[0] & 31 == _IDR for nal in _NAL.split(picture) if nal)


def _moved_on(nal: bytes, coding: Coding, ahead: int) -> bytes:
    if nal[0] & 31 != _SLICE:
        return nal
    payload = bytearray(_unescaped(nal[1:]))
    head = _Bits(nal[:1] + bytes(payload[:8]))
    head.golomb(), head.golomb(), head.golomb()
    shift = 64 - head._place - coding.frame_number_bits
    start = int.from_bytes(payload[:8].ljust(8, b"\0"), "big")
    number = (start >> shift) % coding.numbers
    start += ((number + ahead) % coding.numbers - number) << shift
    payload[:8] = start.to_bytes(8, "big")[: len(payload)]
    return nal[:1] + _escaped(bytes(payload))


def _golomb(value: int) -> str:
    code = f"{value + 1:b}"
    return "0" * (len(code) - 1) + code


def _unescaped(payload: bytes) -> bytes:
    return payload.replace(b"\0\0\3", b"\0\0")


def _escaped(payload: bytes) -> bytes:
    return re.sub(rb"\x00\x00(?=[\x00-\x03])", b"\0\0\3", payload)


class _ArithmeticCoder:
    """The encoding half of CABAC, as far as skipped macroblocks need it (9.3.4.2)."""

    def __init__(self) -> None:
        self.bits: list[str] = []
        self._low, self._range = 0, 510
        self._outstanding, self._is_first = 0, True

    def more_probable(self, state: int) -> None:
        self._range -= _LEAST_PROBABLE[state][(self._range >> 6) & 3]
        self._renormalise()

    def end(self, is_last: bool) -> None:
        self._range -= 2
        if not is_last:
            self._renormalise()
            return
        self._low += self._range
        self._range = 2
        self._renormalise()
        self._put((self._low >> 9) & 1)
        self.bits.append(f"{(self._low >> 7) & 3 | 1:02b}")

    def _renormalise(self) -> None:
        while self._range < 256:
            if self._low < 256:
                self._put(0)
            elif self._low >= 512:
                self._low -= 512
                self._put(1)
            else:
                self._low -= 256
                self._outstanding += 1
            self._range <<= 1
            self._low <<= 1

    def _put(self, bit: int) -> None:
        if self._is_first:
            self._is_first = False
        else:
            self.bits.append(str(bit))
        self.bits.append(str(1 - bit) * self._outstanding)
        self._outstanding = 0


@cache
def _all_skipped(macroblocks: int, qp: int) -> str:
    """The slice data of so many skipped macroblocks, its stop bit included."""
    # mb_skip_flag's context 11 of P slices: m = 23, n = 33 for cabac_init_idc 0 (table 9-13).
    state = max(1, min(126, ((23 * max(0, min(51, qp))) >> 4) + 33)) - 64
    coder = _ArithmeticCoder()
    for number in range(macroblocks):
        coder.more_probable(state)
        state = min(62, state + 1)
        coder.end(number == macroblocks - 1)
    return "".join(coder.bits)
