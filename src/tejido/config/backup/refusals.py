"""Why a backup is not made, or not put back: sentences that say what to do."""

from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tejido.foundation.errors import Refused


class BackupRefused(Refused):
    """A backup that cannot be made, read or put back; what was there is as it was."""


def refusal(code: str, path: Path | str, **values: object) -> BackupRefused:
    """Return the refusal of a code, with its sentence about a file."""
    return BackupRefused(code, _SENTENCES[code] % {"path": path, **values})


_SENTENCES: dict[str, Promise] = {
    "backup-exists": _(
        "There is a file %(path)s already. A backup is never written over another: choose "
        "another name."
    ),
    "backup-inside": _(
        "%(path)s lies inside the data folder %(data)s: each backup would hold all those before "
        "it. Nothing was written. Choose another folder, best on another disk (TEJIDO_BACKUPS)."
    ),
    "backup-not-written": _(
        "The backup %(path)s could not be written: %(why)s. Nothing half-written was left, and "
        "the data is as it was. Is there room on the disk, and may you write there?"
    ),
    "backup-no-room": _(
        "There is not enough room for a backup in %(path)s: %(wanted)s MB are needed, %(free)s "
        "MB are free. Nothing was written. Make room, or choose another disk."
    ),
    "backup-no-database": _("There is no database in %(path)s, and so nothing to back up."),
    "backup-missing": _("There is no file %(path)s that you may read. Check the name."),
    "backup-key": _(
        "None of the backup keys of this installation opens %(path)s (%(count)s were tried). Was "
        "it made by another installation? Then put its key beside ours: its folder of keys holds "
        "a file backup.N.key. Nothing was changed."
    ),
    "backup-no-key": _(
        "There is no backup key in %(folder)s, and %(path)s cannot be opened without one. Put the "
        "copy that you keep of the keys there first. Nothing was changed."
    ),
    "backup-damaged": _(
        "%(path)s was changed or cut short since it was made, and is not used. Nothing was "
        "changed. Take another copy of it, or the backup before it."
    ),
    "backup-unknown": _("%(path)s is not a backup of Tejido. Nothing was changed."),
    "backup-newer": _(
        "%(path)s was made by Tejido %(version)s, which is newer than this one. Install that "
        "version first, then put it back. Nothing was changed."
    ),
    "backup-other-database": _(
        "%(path)s is a backup of %(database)s, and this installation is set to another kind of "
        "database. docs/configuration.md says how to choose. Nothing was changed."
    ),
    "backup-differs": _(
        "%(path)s opens, but what comes out is not what went in: %(what)s. It is not used, and "
        "nothing was changed. Take the backup before it, and say so to whoever looks after Tejido."
    ),
    "backup-target-full": _(
        "The database %(path)s already holds tables. A backup is put back into an empty one: make "
        "one (docs/postgresql.md), name it in the settings, and try again. Nothing was changed."
    ),
    "backup-target-busy": _(
        "Another backup is being tried or put back in the database %(path)s at this moment. "
        "Nothing was changed. Try again when that is done."
    ),
    "backup-database": _(
        "The database %(path)s does not answer, or refuses: %(why)s. Nothing half-done was left "
        "in place of what was there. See that it runs and that the role may do this "
        "(docs/postgresql.md)."
    ),
    "backup-no-role": _(
        "On PostgreSQL a backup needs %(path)s in the settings (docs/postgresql.md, “Backups”). "
        "Nothing was changed."
    ),
    "backup-no-program": _(
        "The program %(path)s of PostgreSQL is not on this machine. Install the client programs "
        "of the same version as the server (Debian: postgresql-client). Nothing was changed."
    ),
    "backup-program": _(
        "%(path)s failed: %(said)s Nothing half-done was left in place of what was there."
    ),
}
