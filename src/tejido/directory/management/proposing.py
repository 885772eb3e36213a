"""Agree on a mapping at the terminal: what is proposed, what a person changes, ten rows, a key."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tejido.directory.domain.mapped import FIELDS, Column, Mapped, plain_name
from tejido.directory.domain.mapping_proposal import fields_of
from tejido.directory.domain.mapping_text import mapping_text
from tejido.directory.domain.source import SourceIn
from tejido.directory.management.wording import given_source, with_given
from tejido.directory.queries.concepts import known_needs
from tejido.directory.services.mapping_proposals import (
    TableSeen,
    fitting_mapping,
    look_through,
    proposed_mapping,
    sample_drafts,
)
from tejido.directory.services.mapping_words import draft_words
from tejido.directory.services.mappings import mapping_by_name
from tejido.directory.services.table_files import SheetsMany
from tejido.foundation.errors import Refused

Say = Callable[[str], object]
WIDTH = 28


class NobodyAnswers(Refused):
    """A question at a terminal where nobody is."""

    def __init__(self) -> None:
        """Say what to do."""
        sentence = gettext_lazy(
            "Nobody answers here. Nothing changed. Agree to what is proposed with --yes, "
            "or name a mapping with --mapping."
        )
        super().__init__("nobody-answers", sentence)


class NotAgreed(Refused):
    """A person said no."""

    def __init__(self) -> None:
        """Say that nothing changed."""
        super().__init__("not-agreed", gettext_lazy("Nothing was imported. Nothing changed."))


def agreed_mapping(
    *, path: Path, sheet: str, options: Mapping[str, Any], today: date, say: Say
) -> tuple[Mapped, str]:
    """Propose a mapping, ask what to change, and return what was agreed on, with its sheet.

    Args:
        path: the table.
        sheet: which sheet, or ''.
        options: `yes` agrees to everything; `save_mapping` is a file for the mapping; the rest
            names the source.
        today: the local date.
        say: shows a line.

    Raises:
        FileRefused, SheetsMany, NoNameColumn, NobodyAnswers, NotAgreed: nothing changed.
    """
    asks = _Asker(say, agrees=options["yes"])
    seen = _seen(path, sheet, asks)
    source = _source(path, options, asks)
    mapped = _saved(seen, source, asks) or _proposed(seen, source, asks)
    _show_rows(seen, mapped, today, say)
    if not asks.yes(_("Import it so?")):
        raise NotAgreed
    if options["save_mapping"]:
        options["save_mapping"].write_text(mapping_text(mapped), encoding="utf-8")
        say(_("The mapping is in %(file)s.") % {"file": options["save_mapping"]})
    return mapped, seen.sheet


def named_mapping(given: str, options: Mapping[str, Any]) -> Mapped:
    """Return a mapping by its file or name, with what the options say of its source.

    Raises:
        MappingRefused: there is none, or it cannot be used.
    """
    mapped = mapping_by_name(given, concepts=frozenset(known_needs()))
    return replace(mapped, source=with_given(mapped.source, options))


class _Asker:
    """Asks at the terminal; the answer of somebody who only presses Enter is the proposal."""

    def __init__(self, say: Say, *, agrees: bool) -> None:
        self.say = say
        self.agrees = agrees

    def ask(self, question: str, proposed: str) -> str:
        if self.agrees:
            return proposed
        try:
            said = input(f"{question} [{proposed}] ").strip()
        except EOFError as error:
            raise NobodyAnswers from error
        return said or proposed

    def yes(self, question: str) -> bool:
        return self.ask(question, _("yes")).casefold()[:1] in ("y", "s")


def _seen(path: Path, sheet: str, asks: _Asker) -> TableSeen:
    try:
        return look_through(path, sheet=sheet)
    except SheetsMany as many:
        if asks.agrees:
            raise
        asks.say(_("Sheets: %(names)s") % {"names": ", ".join(many.names)})
        return look_through(path, sheet=asks.ask(_("Which sheet?"), many.names[0]))


def _source(path: Path, options: Mapping[str, Any], asks: _Asker) -> SourceIn:
    source = given_source(path, options)
    if options["source"] or asks.agrees:
        known = source
    else:
        key = slugify(asks.ask(_("Short name of the source"), source.key))[:80]
        known = given_source(path, {**options, "source": key or source.key})
    return known


def _saved(seen: TableSeen, source: SourceIn, asks: _Asker) -> Mapped | None:
    """Return the mapping with which this list came before, where it fits and is wanted."""
    mapped = fitting_mapping(seen, source)
    question = _("This list came before, and its saved mapping fits. Use it?")
    return mapped if mapped is not None and asks.yes(question) else None


def _proposed(seen: TableSeen, source: SourceIn, asks: _Asker) -> Mapped:
    asks.say(_("This is what %(file)s seems to hold:") % {"file": seen.path.name})
    fields = _agreed_fields(seen, asks)
    key = _agreed_key(seen, fields, asks)
    return proposed_mapping(seen, source=source, fields=fields, key=key)


def _agreed_fields(seen: TableSeen, asks: _Asker) -> Mapping[str, Column]:
    chosen = {column.heading: column.field for column in seen.proposal.columns}
    _show_columns(seen, chosen, asks.say)
    fields: Mapping[str, Column] = seen.proposal.fields
    question = _("To change one, write COLUMN = FIELD, or COLUMN = to leave it out. Go on")
    while said := asks.ask(question, ""):
        chosen |= _change(said, seen.names, asks.say)
        fields = fields_of(list(chosen.items()))
        _show_columns(seen, chosen, asks.say)
    return fields


def _change(said: str, names: Sequence[str], say: Say) -> dict[str, str]:
    """Return the change that a person wrote, or none after a sentence."""
    heading, _sign, field = (part.strip() for part in said.partition("="))
    found = [name for name in names if plain_name(name) == plain_name(heading)]
    if found and (not field or field in FIELDS):
        return {found[0]: field}
    words = {"columns": ", ".join(names), "fields": ", ".join(FIELDS)}
    say(_("Columns: %(columns)s. Fields: %(fields)s.") % words)
    return {}


def _show_columns(seen: TableSeen, chosen: Mapping[str, str], say: Say) -> None:
    for column in seen.proposal.columns:
        field = chosen[column.heading] or _("(kept beside)")
        samples = ", ".join(column.samples)[:40]
        say(f"  {column.heading[:WIDTH]:{WIDTH}} {field:14} {samples}")


def _agreed_key(seen: TableSeen, fields: Mapping[str, Column], asks: _Asker) -> tuple[str, ...]:
    """Return the columns that name a row, after saying how many rows they would lose."""
    key = seen.key(fields)
    while True:
        repeated = seen.repeated(key)
        if repeated:
            asks.say(_repeated_words(repeated))
        said = asks.ask(_("Which columns name a row for ever?"), ", ".join(key))
        chosen = tuple(_known(said, seen.names)) or key
        if chosen == key:
            return key
        key = chosen


def _known(said: str, names: Sequence[str]) -> Iterator[str]:
    for part in said.split(","):
        yield from (name for name in names if plain_name(name) == plain_name(part))


def _repeated_words(count: int) -> str:
    return ngettext(
        "%(count)s row has the same values in these columns as an earlier one. "
        "It would be left out.",
        "%(count)s rows have the same values in these columns as earlier ones. "
        "They would be left out.",
        count,
    ) % {"count": f"{count:,}"}


def _show_rows(seen: TableSeen, mapped: Mapped, today: date, say: Say) -> None:
    say(_("The first rows would look like this:"))
    for number, draft in sample_drafts(seen, mapped, today):
        row = _("row %(row)s") % {"row": f"{number:,}"}
        lines = [f"{label}: {text}" for label, text in draft_words(draft)]
        say("\n".join([f"  {row}: {draft.name}", *(f"     {line}" for line in lines)]))
