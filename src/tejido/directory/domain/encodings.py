"""In which encoding a text is that says nothing about it."""

import re

# Letters with accents as Mac Roman writes them, where Windows-1252 has marks that stand in no
# word. What it has in words too, the apostrophe and dashes, counts only where none could stand.
_MAC = re.compile(
    rb"[A-Za-z][\x87\x8e\x9c\x9f][a-z]|[a-z]\x8e(?![A-Za-z])|[a-z]\x96[a-z]|[a-z]\x97n(?![a-z])"
    rb"|(?<![ODL])[A-Za-z]\x92(?!(?:s|t|d|m|ll|re|ve)(?![a-z]))[a-z]"
)
_WINDOWS = re.compile(
    rb"[A-Za-z][\xe1\xe9\xed\xf1\xf3\xfa\xfc]|[\xe1\xe9\xed\xf1\xf3\xfa\xfc][a-z]"
)


def is_mac_roman(contents: bytes) -> bool:
    """Say whether a text that is not UTF-8 reads as Mac Roman, as old programs on a Mac save it.

    Without a word that says so, it is Windows-1252.
    """
    return _WINDOWS.search(contents) is None and _MAC.search(contents) is not None
