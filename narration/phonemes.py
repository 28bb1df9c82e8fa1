"""How a word sounds, in ARPAbet: from the project's lexicon, or else from espeak-ng's phonemes."""

from __future__ import annotations

import ctypes
import re
from functools import cache
from pathlib import Path

import espeakng_loader

from narration.errors import NarrationError

LEXICON = Path(__file__).with_name("lexicon.txt")
# espeak-ng's IPA for American English.
_IPA = """
tʃ:CH dʒ:JH aɪɚ:AY_ER aɪə:AY_AH eɪ:EY aɪ:AY ɔɪ:OY aʊ:AW oʊ:OW əʊ:OW iː:IY uː:UW
ɑːɹ:AA_R ɔːɹ:AO_R oːɹ:AO_R ɛɹ:EH_R ɪɹ:IH_R ʊɹ:UH_R ɑː:AA ɔː:AO oː:AO ɜː:ER ɚ:ER əl:AH_L n̩:AH_N l̩:AH_L
i:IY ɪ:IH e:EH ɛ:EH æ:AE a:AE ɐ:AH ʌ:AH ə:AH ᵻ:IH ɔ:AO ɑ:AA ɒ:AA o:OW ʊ:UH u:UW
p:P b:B t:T d:D k:K g:G ɡ:G f:F v:V θ:TH ð:DH s:S z:Z ʃ:SH ʒ:ZH h:HH m:M n:N ŋ:NG l:L ɹ:R r:R j:Y w:W
ɾ:T ʔ:T x:K
"""
IPA_TO_ARPABET = tuple((ipa, arpabet.replace("_", " ")) for ipa, arpabet in (pair.split(":") for pair in _IPA.split()))
# All 39 symbols occur above.
ARPABET = frozenset(phone for _, phones in IPA_TO_ARPABET for phone in phones.split())
_TO_ARPABET = dict(IPA_TO_ARPABET)
_PHONE = re.compile("|".join(re.escape(ipa) for ipa in sorted(_TO_ARPABET, key=len, reverse=True)))

_RETRIEVAL, _UTF8, _IPA_MODE = 1, 1, 0x02  # constants of speak_lib.h


def pronunciations(word: str) -> tuple[str, ...]:
    """Pronunciations of a lower-case word, each as ARPAbet symbols joined by spaces.

    Raises :class:`NarrationError` when there is none.
    """
    known = lexicon().get(word)
    if known:
        return known
    arpabet = from_ipa(_espeak_ipa(word))
    if not arpabet:
        raise NarrationError(f"nothing tells how “{word}” sounds; add it to {LEXICON}")
    return (arpabet,)


def from_ipa(ipa: str) -> str:
    """espeak-ng's IPA as ARPAbet; stress marks and other signs fall away."""
    return " ".join(_TO_ARPABET[match.group()] for match in _PHONE.finditer(re.sub("[ˈˌ‿ ]", "", ipa)))


@cache
def lexicon(path: Path = LEXICON) -> dict[str, tuple[str, ...]]:
    """The project's own pronunciations: a word and its ARPAbet a line, more lines for more ways."""
    entries: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        word, *phones = line.partition("#")[0].split() or [""]
        if not word:
            continue
        wrong = [phone for phone in phones if phone not in ARPABET]
        if wrong or not phones:
            what = f"{wrong[0]} is no ARPAbet symbol" if wrong else f"{word} has no phonemes"
            raise NarrationError(
                f"{path}:{number}: {what}; write the word and symbols such as K OW D without stress digits"
            )
        entries[word] = (*entries.get(word, ()), " ".join(phones))
    return entries


@cache
def _espeak() -> ctypes.CDLL:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    if library.espeak_Initialize(_RETRIEVAL, 0, espeakng_loader.get_data_path().encode(), 0) <= 0:
        raise NarrationError("espeak-ng cannot read its data; install the project again with `uv sync --reinstall`")
    library.espeak_SetVoiceByName(b"en-us")
    library.espeak_TextToPhonemes.argtypes = (ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int)
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    return library


def _espeak_ipa(word: str) -> str:
    text = ctypes.c_char_p(word.encode())
    found: bytes = _espeak().espeak_TextToPhonemes(ctypes.byref(text), _UTF8, _IPA_MODE) or b""
    return found.decode()
