"""Words as the finder compares them: no accents, no case, by their stems in both languages."""

import re
import unicodedata
from functools import lru_cache

from Stemmer import Stemmer

from tejido.directory.domain.small_words import SMALL_WORDS

_RUN = re.compile(r"[^\W_]+")
# What stands for each ASCII byte where a text is parted into words.
_PARTED = bytes(code if chr(code).isalnum() else 32 for code in range(128)) + bytes(128)
# Shorter Spanish stems meet English words: `come` is no `comida`, `more` no `morir`.
_SHORTEST_SPANISH = 5
# Those of Spanish among them; all of these join a letter.
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
# A stemmer would remember words.
_NONE_KEPT = 0
# English first, Spanish last.
Stems = tuple[str, ...]


def normalise(text: str) -> str:
    """Return the text in small letters without accents: `Jeringás` is `jeringas`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = _ACCENTS.sub("", decomposed)
    if plain.isascii():
        return plain
    return "".join([mark for mark in decomposed if not unicodedata.combining(mark)])


def tokens_of(text: str) -> list[str]:
    """Return the normalised words of a text in order, stop words included.

    An apostrophe joins (`women's` is `womens`), every other mark parts.
    """
    if text.isascii():
        # A regular expression takes twice as long, and a build parts every text.
        return text.lower().encode().translate(_PARTED, b"'").decode().split()
    return _RUN.findall(normalise(text.replace("'", "").replace("’", "")))


def meaningful(tokens: list[str]) -> list[str]:
    """Return the words without stop words, or all of them where nothing else is left."""
    return [token for token in tokens if token not in SMALL_WORDS] or tokens


def says_something(text: str) -> bool:
    """Return whether a text has a word beside those that only stand between words."""
    return any(token not in SMALL_WORDS for token in tokens_of(text))


def stems(token: str) -> Stems:
    """Return the English and the Spanish stem of a normalised word, once where they agree.

    Nothing is kept: what somebody typed is forgotten.
    """
    if token.isdigit():
        return (token,)
    # A stemmer keeps the word that it works on, so threads do not share one.
    english = Stemmer("english", _NONE_KEPT).stemWord(token)
    spanish = Stemmer("spanish", _NONE_KEPT).stemWord(token)
    if len(spanish) < _SHORTEST_SPANISH:
        spanish = token.removesuffix("s") if len(token) >= _SHORTEST_SPANISH else token
    return tuple(dict.fromkeys((english, spanish)))


@lru_cache(maxsize=200_000)
def stems_of_listing(token: str) -> Stems:
    """Return the `stems` of a word of a public listing, which a build sees again and again."""
    return stems(token)
