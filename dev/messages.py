"""`python dev/messages.py [AREA …]`: adds to the catalogues what code and templates now say."""

import sys
from io import BytesIO
from pathlib import Path

import django
import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from compile_messages import CATALOGUE, PACKAGE
from django.conf import settings
from django.utils.translation.template import templatize

# Beside gettext's own names; the lazy ones are Django's.
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Message = tuple[str | None, str, str]


def main() -> None:
    """Bring the catalogues of the named areas, or of all, up to date."""
    for area in sys.argv[1:] or all_areas():
        update_catalogue(area)


def all_areas() -> list[str]:
    """Return the areas in which a person could read something."""
    return sorted(folder.parent.name for folder in PACKAGE.glob("*/__init__.py"))


def messages_of(area: str) -> dict[Message, list[str]]:
    """Return (context, message, plural) -> where it stands, for one area's code and templates."""
    if not settings.configured:
        settings.configure()
        django.setup()
    found: dict[Message, list[str]] = {}
    for path in _sources(area):
        for message, line in _messages_in(path):
            found.setdefault(message, []).append(f"{path.relative_to(PACKAGE)}:{line}")
    return found


def update_catalogue(area: str) -> None:
    """Add what an area's catalogue lacks, untranslated, and drop what it no longer says."""
    path = PACKAGE / area / CATALOGUE
    wanted = messages_of(area)
    if not wanted:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile(wrapwidth=99)
    catalogue.metadata = catalogue.metadata or {
        "Language": "es",
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for entry in [entry for entry in catalogue if key_of(entry) not in wanted]:
        catalogue.remove(entry)
    known = {key_of(entry) for entry in catalogue}
    for context, message, plural in sorted(set(wanted) - known, key=str):
        catalogue.append(_empty(context, message, plural))
    catalogue.save(str(path))


def key_of(entry: polib.POEntry) -> Message:
    """Return what names an entry."""
    return (entry.msgctxt, entry.msgid, entry.msgid_plural or "")


def _empty(context: str | None, message: str, plural: str) -> polib.POEntry:
    entry = polib.POEntry(msgctxt=context, msgid=message)
    if plural:
        entry.msgid_plural, entry.msgstr_plural = plural, {0: "", 1: ""}
    if "%(" in message + plural:
        entry.flags.append("python-format")
    return entry


def _sources(area: str) -> list[Path]:
    found = [*(PACKAGE / area).rglob("*.py"), *(PACKAGE / area).glob("templates/**/*")]
    left_out = {"tests", "migrations"}
    return sorted(p for p in found if p.is_file() and not left_out & set(p.parts))


def _messages_in(path: Path) -> list[tuple[Message, int]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = templatize(text)
    found = extract("python", BytesIO(text.encode()), keywords=KEYWORDS)
    return [(_message(said, context), line) for line, said, _, context in found]


def _message(said: str | tuple[str, ...], context: str | None) -> Message:
    parts = (said,) if isinstance(said, str) else tuple(part for part in said if part)
    return (context, parts[0], parts[1] if len(parts) > 1 else "")


if __name__ == "__main__":
    main()
