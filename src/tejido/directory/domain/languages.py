"""Languages as lists name them, as ISO 639 codes (two letters where there are two).

Source: ISO 639-1 and 639-3 code tables; names as they stand in United States directories.
"""

import re
import unicodedata

_NAMES = {
    "am": "amharic",
    "ar": "arabic",
    "aii": "assyrian",
    "arc": "aramaic",
    "bn": "bengali bangla",
    "bs": "bosnian",
    "bg": "bulgarian",
    "my": "burmese",
    "ca": "catalan",
    "ceb": "cebuano visayan",
    "hr": "croatian",
    "cs": "czech",
    "da": "danish",
    "nl": "dutch",
    "en": "english",
    "et": "estonian",
    "fj": "fijian",
    "fi": "finnish",
    "fr": "french",
    "ff": "fulani",
    "ga": "gaelic",
    "de": "german",
    "el": "greek",
    "gu": "gujarati",
    "ht": "creole haitian",
    "ha": "hausa",
    "he": "hebrew",
    "hi": "hindi hindu",
    "hil": "hiligaynon iiongo ilongo",
    "hmn": "hmong",
    "hu": "hungarian",
    "hy": "armenian",
    "ig": "igbo",
    "ilo": "ilocano iiocano",
    "id": "indonesian",
    "it": "italian",
    "ium": "mien",
    "ja": "japanese",
    "km": "khmer cambodian",
    "rw": "kinyarwanda",
    "ko": "korean",
    "kri": "krio",
    "lo": "lao laotian",
    "lv": "latvian",
    "lt": "lithuanian",
    "mt": "maltese",
    "cmn": "mandarin",
    "mr": "marathi",
    "men": "mende",
    "mix": "mixteco mixtec",
    "mn": "mongolian",
    "nah": "nahuatl",
    "ne": "nepali",
    "no": "norwegian",
    "om": "oromo",
    "pa": "punjabi panjabi",
    "pag": "pangasinan",
    "pam": "kapampangan capangpangan",
    "fa": "farsi persian dari",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sm": "samoan",
    "sh": "serbo-croatian",
    "sr": "serbian",
    "wuu": "shanghainese",
    "sd": "sindhi",
    "si": "sinhalese",
    "sk": "slovak",
    "so": "somali",
    "es": "spanish español espanol",
    "sw": "swahili",
    "sv": "swedish",
    "tl": "tagalog filipino",
    "nan": "taiwanese",
    "ta": "tamil",
    "te": "telugu",
    "tem": "temne",
    "th": "thai",
    "bo": "tibetan",
    "ti": "tigrinya",
    "to": "tongan",
    "tr": "turkish",
    "uk": "ukrainian",
    "ur": "urdu",
    "vi": "vietnamese",
    "yi": "yiddish",
    "yo": "yoruba",
    "yue": "cantonese taisanese toisanese",
    "zh": "chinese",
    "zap": "zapoteco zapotec",
    "chr": "cherokee",
    "nv": "navajo",
    "ase": "asl",
    "yua": "maya yucatec",
}
_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
# ISO 639-2 codes that have two letters in 639-1.
_LONG = {
    "spa": "es",
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "deu": "de",
    "ger": "de",
    "zho": "zh",
    "chi": "zh",
    "vie": "vi",
    "kor": "ko",
    "jpn": "ja",
    "rus": "ru",
    "ara": "ar",
    "por": "pt",
    "tgl": "tl",
    "fil": "tl",
    "hye": "hy",
    "arm": "hy",
    "fas": "fa",
    "per": "fa",
    "khm": "km",
    "lao": "lo",
    "tha": "th",
    "pan": "pa",
    "hin": "hi",
    "urd": "ur",
    "pol": "pl",
    "ita": "it",
}
# The same in Spanish, without accents; the finder reads its own words of them.
_SPANISH = {
    "ar": "arabe",
    "bn": "bengali",
    "de": "aleman",
    "el": "griego",
    "en": "ingles",
    "fa": "persa",
    "fr": "frances",
    "hi": "hindi",
    "ht": "criollo",
    "hu": "hungaro",
    "hy": "armenio",
    "it": "italiano",
    "ja": "japones",
    "km": "jemer camboyano",
    "ko": "coreano",
    "lo": "laosiano",
    "my": "birmano",
    "pa": "panyabi punyabi",
    "pl": "polaco",
    "pt": "portugues",
    "ro": "rumano",
    "ru": "ruso",
    "sm": "samoano",
    "sw": "suajili",
    "th": "tailandes",
    "ti": "tigriña tigrina",
    "tr": "turco",
    "uk": "ucraniano",
    "vi": "vietnamita",
    "yue": "cantones",
    "zh": "chino",
}
_SPANISH_CODES = {name: code for code, names in _SPANISH.items() for name in names.split()}


def iso_code(text: str) -> str | None:
    """Return a code such as `es-MX` or `spa` in its short form, `es`, or None where it is none."""
    said = re.split(r"[-_]", text.strip().casefold())[0]
    return _LONG.get(said, said) if re.fullmatch(r"[a-z]{2,3}", said) else None


def language_code(name: str) -> str | None:
    """Return the ISO 639 code of a language given by name (or by a known code), or None.

    A name with a part in brackets, such as `Chinese (Cantonese)`, means that part where it is a
    language.
    """
    said = name.strip().casefold()
    if "sign language" in said:
        return "ase"
    code = iso_code(said)
    if code in _NAMES:
        return code
    words = re.findall(r"[^\s,()/;]+", said)
    if len(words) > 3:
        return None
    return next((_CODES[word] for word in reversed(words) if word in _CODES), None)


def language_named(name: str) -> str | None:
    """Return the ISO 639 code of a language given by a code, or by name in English or Spanish."""
    known = language_code(name)
    if known:
        return known
    parts = unicodedata.normalize("NFD", name.casefold())
    plain = "".join(mark for mark in parts if not unicodedata.combining(mark))
    if re.search(r"\blengua(je)? de senas\b", plain):
        return "ase"
    words = re.findall(r"[a-z]+", plain)
    code = next((_SPANISH_CODES[word] for word in words if word in _SPANISH_CODES), None)
    return code if len(words) <= 3 else None


def language_words() -> dict[str, str]:
    """Return every word by which a language is known, and its code."""
    return dict(_CODES)
