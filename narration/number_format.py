"""How a number is shown and how it is said, by a small closed set of format names.

| format        | fits                                | shown         | spoken                            |
|---------------|-------------------------------------|---------------|-----------------------------------|
| (none)        | int, text                           | 1024          | one thousand twenty-four          |
| `d`, `,d`     | int                                 | 1024, 1,024   | one thousand twenty-four          |
| `.2f`, `+.2f` | any number                          | 1.32, +1.32   | one point three two               |
| `,.1f`        | any number                          | 1,024.5       | one thousand twenty-four point five |
| `%`, `.1%`    | any number, as a share of one       | 40 %, 12.5 %  | twelve point five percent         |
| `frac`        | Fraction, int                       | 3/2           | three halves                      |
| `bits`        | text of code digits                 | 010           | zero one zero                     |
| `words`       | int                                 | eighteen      | eighteen                          |
| `ordinal`     | int, not negative                   | 21st          | twenty-first                      |

A format is data: it is matched against these forms and never handed to `str.format`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction

from num2words import num2words

Value = int | float | Fraction | str

MINUS = "\N{MINUS SIGN}"
#: More decimals than this are noise, on screen and aloud.
MOST_DECIMALS = 12
#: Denominators up to this are said as parts ("three sixteenths"), larger ones as "over".
LARGEST_NAMED_PART = 20
#: num2words names numbers below this; nothing as long as this fits on a screen either.
TOO_LARGE = 10**36

_FORMAT = re.compile(
    r"(?P<name>|d|,d|frac|bits|words|ordinal)|(?P<plus>\+?)(?P<comma>,?)\.(?P<decimals>[0-9]{1,2})f|(?:\.(?P<share>[0-9]{1,2}))?(?P<percent>%)"
)
_DIGITS = re.compile(r"[0-9]+(?:[ ][0-9]+)*")


class FormatError(ValueError):
    """A format that does not exist or does not fit its value: what is wrong and what to write."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(what, remedy)

    def __str__(self) -> str:
        return f"{self.what}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class Wording:
    """A formatted value: what is shown and what is said."""

    shown: str
    spoken: str


def fitting_formats(value: Value) -> tuple[str, ...]:
    """Formats to offer for a value, best first; "" is no format at all."""
    if isinstance(value, str):
        return ("", "bits") if _DIGITS.fullmatch(value) else ("",)
    if isinstance(value, Fraction):
        return ("frac", ".2f", "+.2f", "%", ".1%")
    if isinstance(value, int):
        return ("", "d", ",d", "words", "frac", ".2f", "%") + (("ordinal",) if value >= 0 else ())
    return (".2f", "+.2f", "%", ".1%")


def format_value(value: Value, spec: str = "") -> Wording:
    """Show and say *value* by the format *spec*. Raises :class:`FormatError`."""
    form = _FORMAT.fullmatch(spec)
    if form is None or any(int(form[g] or 0) > MOST_DECIMALS for g in ("decimals", "share")):
        raise FormatError(f"there is no format {_quoted(spec)}", _offer(value))
    if isinstance(value, float) and math.isnan(value):
        raise FormatError("the value is not a number (NaN)", "mend the computation of the fact")
    if form["decimals"] is not None or form["percent"]:
        return _decimal(value, spec, form)
    by_name = {"frac": _fraction, "bits": _bits, "words": _words, "ordinal": _ordinal}
    return by_name.get(spec, _plain)(value, spec)


def _plain(value: Value, spec: str) -> Wording:
    if isinstance(value, str) and not spec:
        return Wording(value, value)
    whole = _whole(value, spec)
    return Wording(_signed(whole < 0, f"{abs(whole):,}" if spec == ",d" else str(abs(whole))), _said(whole))


def _decimal(value: Value, spec: str, form: re.Match[str]) -> Wording:
    if isinstance(value, str):
        raise _unfit(value, spec)
    percent = bool(form["percent"])
    after_shown, after_spoken = (" %", " percent") if percent else ("", "")
    if isinstance(value, float) and math.isinf(value):
        sign = _signs(value < 0, bool(form["plus"]))
        return Wording(f"{sign[0]}∞{after_shown}", f"{sign[1]}infinity{after_spoken}")
    places = int((form["share"] if percent else form["decimals"]) or 0)
    # Exact rationals round as correctly rounded floats do (half to even), and never overflow.
    units = round(Fraction(value) * (100 if percent else 1) * 10**places)
    whole, rest = divmod(abs(units), 10**places)
    _check_size(whole)
    digits = f"{rest:0{places}d}" if places else ""
    sign = _signs(units < 0, bool(form["plus"]) and units != 0)
    point = " point " + " ".join(_said(int(d)) for d in digits) if digits else ""
    before = f"{whole:,}" if form["comma"] else str(whole)
    shown = f"{sign[0]}{before}{'.' if digits else ''}{digits}{after_shown}"
    return Wording(shown, f"{sign[1]}{_said(whole)}{point}{after_spoken}")


def _fraction(value: Value, spec: str) -> Wording:
    if not isinstance(value, (int, Fraction)):
        raise _unfit(value, spec)
    top, bottom = abs(value.numerator), value.denominator
    _check_size(max(top, bottom))
    shown = f"{top}/{bottom}" if bottom > 1 else str(top)
    return Wording(_signed(value < 0, shown), ("minus " if value < 0 else "") + _said_fraction(top, bottom))


def _said_fraction(top: int, bottom: int) -> str:
    if bottom == 1:
        return _said(top)
    if bottom > LARGEST_NAMED_PART:
        return f"{_said(top)} over {_said(bottom)}"
    if bottom == 2:
        part = "half" if top == 1 else "halves"
    else:
        part = ("quarter" if bottom == 4 else num2words(bottom, to="ordinal")) + ("" if top == 1 else "s")
    return f"{_said(top)} {part}"


def _bits(value: Value, spec: str) -> Wording:
    if not isinstance(value, str) or not _DIGITS.fullmatch(value):
        raise _unfit(value, spec)
    return Wording(value, " ".join(_said(int(d)) for d in value if d != " "))


def _words(value: Value, spec: str) -> Wording:
    said = _said(_whole(value, spec))
    return Wording(said, said)


def _ordinal(value: Value, spec: str) -> Wording:
    whole = _whole(value, spec)
    if whole < 0:
        raise _unfit(value, spec)
    return Wording(num2words(whole, to="ordinal_num"), _american(num2words(whole, to="ordinal")))


def _whole(value: Value, spec: str) -> int:
    if isinstance(value, Fraction) and value.denominator == 1 and spec:
        value = value.numerator
    if not isinstance(value, int):
        raise _unfit(value, spec)
    _check_size(value)
    return value


def _check_size(whole: int) -> None:
    if abs(whole) >= TOO_LARGE:
        raise FormatError("the value is too long to show or say", "give its logarithm or its number of digits instead")


def _said(whole: int) -> str:
    return _american(num2words(whole))


def _american(words: str) -> str:
    # A comma would make the voice pause inside a number.
    return words.replace(" and ", " ").replace(",", "")


def _signed(negative: bool, digits: str) -> str:
    return MINUS + digits if negative else digits


def _signs(negative: bool, plus: bool) -> tuple[str, str]:
    """The sign as shown and as said."""
    if negative:
        return MINUS, "minus "
    return ("+", "plus ") if plus else ("", "")


def _unfit(value: Value, spec: str) -> FormatError:
    kind = {str: "text", int: "a whole number", float: "a decimal number", Fraction: "a fraction"}
    named = next(name for type_, name in kind.items() if isinstance(value, type_))
    what = f"format {_quoted(spec)} does not fit {named}" if spec else f"{named} needs a format"
    return FormatError(f"{what}, {_brief(value)}", _offer(value))


def _offer(value: Value) -> str:
    fitting = [f":{spec}" if spec else "none" for spec in fitting_formats(value)]
    return f"formats that fit {_brief(value)}: {' '.join(fitting)}"


def _brief(value: Value) -> str:
    if isinstance(value, (int, Fraction)) and max(abs(value.numerator), value.denominator) >= TOO_LARGE:
        return "so long a number"
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _quoted(spec: str) -> str:
    return repr(spec if len(spec) <= 40 else spec[:37] + "...")
