"""Keys over the whole installation: kept when it starts, rotated and destroyed by command.

What a change of one key means for an area, such as second steps that lie under it, is done here.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tejido.accounts.services import renew_second_steps
from tejido.foundation.key_files import Key, KeyName, KeyRefused, Purpose
from tejido.foundation.keys import (
    check_keys,
    current_key,
    destroy,
    folder,
    live_keys,
    rotate,
    store_key,
)

Report = Callable[[str], None]


def keep_keys(*, at: datetime, report: Report) -> None:
    """Check the keys before the server starts, and keep the one that signs sessions.

    An installation from before the folder of the keys brings its only key along.

    Raises:
        KeyRefused: a key that was in use is missing, damaged, another one, or open to others.
    """
    check_keys()
    if settings.BACKUP_EVERY:
        # Made now, so that it is in the copy of the folder that people are reminded of.
        current_key(Purpose.BACKUP, at=at)
    if not settings.SECRET_KEY_GIVEN and _keep_session_key(at=at):
        report(_KEEP_COPY % {"folder": folder()})
    _renew(at=at, report=report)


def rotate_key(
    purpose: Purpose, owner: UUID | None, *, at: datetime, is_lost: bool, report: Report
) -> Key:
    """Make the next generation of a key and bring what lies under it along; return the key.

    Raises:
        KeyRefused: `foundation.keys.rotate`.
    """
    if purpose is Purpose.SESSIONS and (settings.SECRET_KEY_GIVEN or _before().is_file()):
        _keep_session_key(at=at)
    key = rotate(purpose, owner, at=at, is_lost=is_lost)
    if purpose is Purpose.SECOND_STEPS:
        _renew(at=at, report=report)
    return key


def destroy_key(
    purpose: Purpose, owner: UUID | None, *, generation: int, at: datetime, report: Report
) -> KeyName:
    """Destroy one generation of a key, once nothing that must be read lies under it.

    Raises:
        KeyRefused: `foundation.keys.destroy`.
    """
    if purpose in (Purpose.SESSIONS, Purpose.SECOND_STEPS):
        _renew(at=at, report=report)
    return destroy(purpose, owner, generation=generation, at=at)


def _keep_session_key(*, at: datetime) -> bool:
    """Keep the key that this process signs with in a file; return whether it was not there."""
    kept = [key.secret for key in live_keys(Purpose.SESSIONS)]
    is_new = settings.SECRET_KEY not in kept
    if is_new:
        if kept and not settings.SECRET_KEY_GIVEN:
            raise KeyRefused("key-exists", _FIRST)
        kept.append(store_key(Purpose.SESSIONS, settings.SECRET_KEY, at=at).secret)
    before = _before()
    if before.is_file() and before.read_text(encoding="utf-8") in kept:
        before.unlink()
    return is_new


def _before() -> Path:
    """Return where an installation kept its only key before there was a folder of keys."""
    return Path(settings.DATA) / "secret-key"


def _renew(*, at: datetime, report: Report) -> None:
    renewed = renew_second_steps(at=at)
    if renewed.unreadable:
        report(
            ngettext(
                "%(count)s second step cannot be read with the keys that are here. "
                "Its person sets it up again.",
                "%(count)s second steps cannot be read with the keys that are here. "
                "Their people set them up again.",
                renewed.unreadable,
            )
            % {"count": renewed.unreadable}
        )
    if renewed.renewed:
        report(_("Second steps brought to the newest key: %(count)s") % {"count": renewed.renewed})


_KEEP_COPY = gettext_lazy(
    "Keys lie in %(folder)s. Keep a copy of it, apart from backups of the database."
)
_FIRST = gettext_lazy(
    "Another process made the key for sessions a moment ago. Run the command again."
)
