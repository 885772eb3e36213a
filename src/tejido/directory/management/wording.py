"""What the import commands take, and what they say at the end."""

import re
from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tejido.directory.domain.source import SourceIn
from tejido.directory.queries.sources import source_by_key
from tejido.directory.services.importing import Imported
from tejido.directory.services.issue_words import WORDS
from tejido.directory.services.packages import exported_source

ISSUES_SHOWN = 20
VANISHED_SHOWN = 10


def add_import_arguments(parser: ArgumentParser) -> None:
    """Take whose list it is, and whether anything may change."""
    parser.add_argument("--source", type=_key, help="short name of the source, such as county-211")
    parser.add_argument("--name", help="name of the source as people read it")
    parser.add_argument("--url", help="where the source publishes the list")
    parser.add_argument("--licence", help="what the source allows, in a sentence")
    parser.add_argument("--published", type=_day, help="when the list was made: 2026-11-20")
    parser.add_argument("--dry-run", action="store_true", help="count and report, change nothing")


def given_source(path: Path, options: Mapping[str, Any]) -> SourceIn:
    """Return the source that the options name, with what is already known about it."""
    ours = exported_source(path)
    own = ours.key if ours else slugify(path.stem).replace("_", "-")[:80]
    key = options["source"] or own or "import"
    known = source_by_key(key) or replace(ours or SourceIn(key=key, name=path.stem), key=key)
    return with_given(known, options)


def with_given(source: SourceIn, options: Mapping[str, Any]) -> SourceIn:
    """Return a source with what the options say of it in the place of what was known."""
    given = {
        "key": options["source"],
        "name": options["name"],
        "url": options["url"],
        "licence": options["licence"],
        "published_on": options["published"],
    }
    return replace(source, **{name: value for name, value in given.items() if value})


def summary_of(imported: Imported, path: Path) -> Iterator[str]:
    """Return the lines of the summary: counts, what vanished, what is odd, and what comes next."""
    stored = imported.stored
    yield from imported.notes
    yield ngettext(
        "%(read)s service in %(file)s: %(created)s new, %(updated)s changed, "
        "%(unchanged)s as before.",
        "%(read)s services in %(file)s: %(created)s new, %(updated)s changed, "
        "%(unchanged)s as before.",
        imported.read,
    ) % {
        "read": f"{imported.read:,}",
        "file": path.name,
        "created": f"{stored.created:,}",
        "updated": f"{stored.updated:,}",
        "unchanged": f"{stored.unchanged:,}",
    }
    yield from _vanished(imported)
    yield from _changes(imported)
    yield from _issues(imported)
    if imported.dry_run:
        yield _("This was a dry run: nothing changed.")
    elif stored.created or stored.updated:
        yield _("People find them after build_index.")


def _vanished(imported: Imported) -> Iterator[str]:
    gone = imported.stored.vanished
    if not gone:
        return
    yield ngettext(
        "%(count)s service is no longer in this source. It is still listed; look at it:",
        "%(count)s services are no longer in this source. They are still listed; look at them:",
        len(gone),
    ) % {"count": f"{len(gone):,}"}
    yield from (f"  {each.name} ({each.id})" for each in gone[:VANISHED_SHOWN])
    if len(gone) > VANISHED_SHOWN:
        yield "  …"


def _changes(imported: Imported) -> Iterator[str]:
    count = imported.stored.differences
    if count:
        yield ngettext(
            "%(count)s difference between a person and the list",
            "%(count)s differences between a person and the list",
            count,
        ) % {"count": f"{count:,}"}
    if imported.changes_file:
        yield _("What changed, line by line: %(file)s") % {"file": imported.changes_file}


def _issues(imported: Imported) -> Iterator[str]:
    issues = imported.issues
    if not issues:
        yield _("Nothing in the file was odd.")
        return
    for issue in issues[:ISSUES_SHOWN]:
        place = _("row %(row)s") % {"row": f"{issue.row:,}"} if issue.row else _("whole file")
        said = " ".join(filter(None, (issue.field, f"“{issue.value}”" if issue.value else "")))
        yield f"  {place}: {said}. {WORDS[issue.code]}".replace(": . ", ": ")
    if len(issues) > ISSUES_SHOWN:
        yield "  …"
    for code, count in Counter(issue.code for issue in issues).most_common():
        yield f"  {count:,} × {code.value}"
    yield ngettext(
        "%(count)s thing to look at. All of them with what to do: %(file)s",
        "%(count)s things to look at. All of them with what to do: %(file)s",
        len(issues),
    ) % {"count": f"{len(issues):,}", "file": imported.report_file}


def _key(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", text):
        raise ArgumentTypeError(_("write it in small letters, digits and hyphens"))
    return text


def _day(text: str) -> date:
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    said = "{2}-{0:0>2}-{1:0>2}".format(*american.groups()) if american else text
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise ArgumentTypeError(_("write the date as 2026-11-20 or 11/20/2026")) from error
