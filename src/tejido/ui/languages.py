"""The names of languages that people speak at a place."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info, gettext_lazy

# Codes of three letters for which there are two.
THREE_LETTERS = {"eng": "en", "spa": "es", "vie": "vi", "zho": "zh", "kor": "ko", "rus": "ru"}
_LANGUAGE_NAMES: Mapping[str, Promise] = {
    "zh": gettext_lazy("Chinese"),
    "yue": gettext_lazy("Cantonese"),
    "tl": gettext_lazy("Tagalog"),
    "fil": gettext_lazy("Tagalog"),
    "hmn": gettext_lazy("Hmong"),
    "mix": gettext_lazy("Mixteco"),
    "ase": gettext_lazy("American Sign Language"),
    "so": gettext_lazy("Somali"),
    "lo": gettext_lazy("Lao"),
    "am": gettext_lazy("Amharic"),
}


def two_letters(code: str) -> str:
    """Return a language's two letters where it has them: `es` for `spa` and `es-MX`."""
    short = code.lower().split("-")[0]
    return THREE_LETTERS.get(short, short)


def language_name(code: str) -> str:
    """Return the name of a language; a code without a name stays a code."""
    code = two_letters(code)
    if code in _LANGUAGE_NAMES:
        return str(_LANGUAGE_NAMES[code])
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
    # Spanish writes the names of languages small; Django's catalogue does not.
    return name.lower() if get_language() == "es" else name
