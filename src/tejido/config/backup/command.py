"""Backups as commands: what is noted of them, and what is said."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.config.backup.making import can_be_tried, make, tried
from tejido.config.backup.manifest import Manifest
from tejido.config.backup.restoring import restore
from tejido.config.backup.taking import Made, Report
from tejido.config.prepare import is_prepared
from tejido.foundation.one_process import DataInUse, one_process
from tejido.network.backed_up import heads_told


def back_up(path: Path, *, at: datetime, report: Report) -> None:
    """Write a backup, try it where it can be tried, note both, and say what it holds.

    The database is copied as it is: one of an older Tejido is not brought up to date. Nothing is
    noted in such a one, nor beside a server on the embedded database, which is its alone to write.

    Raises:
        BackupRefused: `take_backup`, `try_backup`.
        KeyRefused: `foundation.keys.current_key`.
    """
    with _may_note("backup") as may_note:
        made = make(path, at=at, may_note=may_note, report=report)
        _say_made(made, report=report)
        if can_be_tried():
            report(_gives_back(tried(path, may_note=may_note, report=report)))
        else:
            report(_("Not tried: BACKUP_SCRATCH_URL names no database in which it could be."))


def try_again(path: Path, *, at: datetime, report: Report) -> None:
    """Try a backup in a scratch place, and say what came out of it.

    Raises:
        BackupRefused: `try_backup`.
    """
    with _may_note("restore --verify") as may_note:
        manifest = tried(path, may_note=may_note, report=report)
    report(_gives_back(manifest))
    report(_age(manifest, at=at))


def put_back(path: Path, *, at: datetime, report: Report) -> None:
    """Put a backup in place of what is there, and say what to do now.

    Raises:
        BackupRefused: `restore`.
        DataInUse: the server runs.
    """
    holds = one_process(Path(settings.DATA), command="restore")
    with holds if settings.EMBEDDED else nullcontext():
        manifest = restore(path, at=at, report=report)
    report(_age(manifest, at=at))
    report(str(_PUT_BACK))


@contextmanager
def _may_note(command: str) -> Iterator[bool]:
    """Yield whether this process may write, and the tables are those of this Tejido."""
    if not settings.EMBEDDED:
        yield is_prepared()
        return
    if not Path(settings.DATA).is_dir():
        # A mistyped folder is not made.
        yield False
        return
    with ExitStack() as stack:
        try:
            stack.enter_context(one_process(Path(settings.DATA), command=command))
            is_free = True
        except DataInUse:
            is_free = False
        yield is_free and is_prepared()


def _gives_back(manifest: Manifest) -> str:
    return _GIVES_BACK % _tally(manifest)


def _tally(manifest: Manifest) -> dict[str, object]:
    return {
        "rows": f"{manifest.rows:,}",
        "tables": len(manifest.counts),
        "files": len(manifest.parts) - 1,
        "members": len(heads_told(manifest.told)),
    }


def _say_made(made: Made, *, report: Report) -> None:
    size = filesizeformat(made.size).replace("\xa0", " ")
    report(_("Wrote %(path)s, %(size)s, encrypted") % {"path": made.path, "size": size})


def _age(manifest: Manifest, *, at: datetime) -> str:
    """Return of when a backup is, in local time."""
    when = timezone.localtime(manifest.taken_at)
    return _("It holds what there was on %(when)s, made by Tejido %(version)s.") % {
        "when": f"{when:%Y-%m-%d %H:%M %Z}",
        "version": manifest.version,
    }


_GIVES_BACK = gettext_lazy(
    "It gives everything back. Rows: %(rows)s in %(tables)s tables. Files: %(files)s. Sealed "
    "records of members: %(members)s."
)
_PUT_BACK = gettext_lazy(
    "It is in place. Start the server. Everybody signs in again; what came after that moment is "
    "not here, and the record of each member says so. What was withdrawn, ended or changed since "
    "is as it was before: agreements, consents, roles, passwords. Look through them with the "
    "members (docs/operations.md, “Restore”)."
)
