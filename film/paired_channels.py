"""AAC packets of one channel, written again as packets of two channels that are the same.

A single channel element becomes a channel pair: what was coded is its middle, and its side holds nothing. A decoder
adds nothing to the middle and takes nothing from it, so both channels are what was coded, to the bit, and the encoder
has half the work. Source: ISO/IEC 14496-3:2009, 1.6.2.1 (AudioSpecificConfig), 4.4.2.1 and 4.4.2.7 (raw_data_block,
single_channel_element, channel_pair_element, ics_info, section_data).
"""

from __future__ import annotations

from functools import cache

_SINGLE, _PAIR, _END = "000", "001", "111"  # id_syn_ele
_TAG = "0000"  # element_instance_tag
_ALL_MIDDLE = "10"  # ms_mask_present: every band is middle and side
_SHORT = 2  # window_sequence of eight short windows
_LONG_INFO, _SHORT_INFO = 11, 15  # bits of ics_info
_HEAD = 3 + 4 + 8 + _SHORT_INFO  # bits: id_syn_ele, element_instance_tag, global_gain, and ics_info at its longest


class UnfamiliarPacket(ValueError):
    """What was given is not one channel, coded the way the project's encoder does."""


def paired(packet: bytes) -> bytes:
    """*packet*, of one channel, as one of two that are the same.

    Raises :class:`UnfamiliarPacket` for what this module cannot read.
    """
    head = int.from_bytes(packet[:4], "big") >> (32 - _HEAD)
    content = int.from_bytes(packet, "big")
    padding = (content & -content).bit_length() - 1
    if len(packet) < 4 or head >> (8 + _SHORT_INFO) or not 0 <= padding < 8 or content >> padding & 7 != 7:
        raise UnfamiliarPacket("not one channel and then the end")
    gain, info = head >> _SHORT_INFO & 0xFF, head & (1 << _SHORT_INFO) - 1
    before, after = _around(info)
    taken = 3 + 4 + 8 + (_SHORT_INFO if _is_short(info) else _LONG_INFO)
    size = 8 * len(packet) - taken - 3 - padding  # of the middle, after its gain
    middle = gain << size | content >> (padding + 3) & (1 << size) - 1
    pair = (int(before, 2) << (8 + size) | middle) << len(after) | int(after, 2)
    bits = len(before) + 8 + size + len(after)
    return (pair << -bits % 8).to_bytes(-(-bits // 8), "big")


def paired_config(config: bytes) -> bytes:
    """The AudioSpecificConfig *config* with two channels in place of one."""
    if config[1] >> 3 & 0xF != 1:
        raise UnfamiliarPacket("not one channel")
    return bytes([config[0], config[1] ^ 3 << 3, *config[2:]])


@cache
def _around(info: int) -> tuple[str, str]:
    """The bits before the middle's gain and after the middle's content, for 15 bits from the start of ics_info."""
    if _is_short(info):
        most, bands, groups, field = f"{info:015b}", info >> 7 & 0xF, 8 - (info & 0x7F).bit_count(), 3
    else:
        most, bands, groups, field = f"{info >> 4:011b}", info >> 5 & 0x3F, 1, 5
        if info >> 4 & 1:
            raise UnfamiliarPacket("prediction")
    sections = _empty_section(bands, field) * groups if bands else ""
    side = "0" * 8 + sections + "000"  # no gain; no scale factors; no pulses, noise shaping, gain control
    return _PAIR + _TAG + "1" + most + _ALL_MIDDLE, side + _END


def _is_short(info: int) -> bool:
    return info >> 12 & 3 == _SHORT


def _empty_section(bands: int, field: int) -> str:
    """All *bands* in the codebook of zeros; their number in fields of so many bits, of which a full one goes on."""
    full = (1 << field) - 1
    return "0" * 4 + "1" * field * (bands // full) + f"{bands % full:0{field}b}"
