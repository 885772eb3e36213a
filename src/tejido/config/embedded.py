"""The embedded database as a file: whether it is there, and that serving never makes a new one."""

from pathlib import Path

from django.conf import settings
from django.db import connections


def open_only_what_is_there() -> None:
    """Let no later connection of this process create the file, should it disappear.

    Otherwise a sign-in attempt after a lost disk would leave an empty database behind.
    """
    database = connections.settings["default"]
    name = str(database["NAME"])
    if settings.EMBEDDED and not name.startswith("file:"):
        database["NAME"] = f"{Path(name).absolute().as_uri()}?mode=rw"


def is_lost() -> bool:
    """Tell whether the data folder has served before and its database is no longer there."""
    file = Path(str(connections.settings["default"]["NAME"]))
    return settings.EMBEDDED and settings.SNAPSHOTS.exists() and not file.exists()


def loss_told() -> str:
    """Return what to tell the person who starts the server after `is_lost`."""
    return (
        f"The database tejido.sqlite3 is no longer in {settings.DATA}, where it was before. "
        "This starts with an empty one: no members, no people, no places. If that is not what "
        "you want, stop with Ctrl+C and put the file back from a backup."
    )
