"""The file that the HSDS API answers from: found, looked at once, and opened to read.

Nothing here touches Django's database: the API answers while it is down.
"""

import logging
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy

from tejido.directory.domain.patterns import Horizon
from tejido.foundation.errors import Refused
from tejido.foundation.published import InUse, PublishedFiles
from tejido.geography.domain.distance import distance_m

log = logging.getLogger(__name__)
FEED_FILES = PublishedFiles(prefix="hsds-", pointer="current-hsds", kept=1)
# Raise it with every change of the tables: a reader leaves a file of another format alone.
FORMAT = "1"


class FeedMissing(Refused):
    """There is no whole file to answer from."""

    def __init__(self) -> None:
        """Say what a person can do."""
        super().__init__(
            "feed-missing",
            gettext_lazy("The list of services is not ready yet. Try again in a few minutes."),
        )


class FeedDamaged(FeedMissing):
    """The file in use is no longer what its name says; an older one may be whole."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One file, and what it says of itself."""

    file: Path
    meta: Mapping[str, str]

    @property
    def mark(self) -> str:
        """What tells this file from every other."""
        return self.file.stem

    @property
    def built_at(self) -> datetime:
        """When it was built."""
        return datetime.fromisoformat(self.meta["built_at"])

    @property
    def horizon(self) -> Horizon:
        """For which instants hours are known."""
        begins, ends = (self.meta[f"horizon_{end}"] for end in ("begins", "ends"))
        return Horizon(datetime.fromisoformat(begins), datetime.fromisoformat(ends))

    @contextmanager
    def opened(self, *, stays: bool = False) -> Iterator[sqlite3.Connection]:
        """Open the file to read, on a connection of its own, which may outlive a newer file.

        Args:
            stays: leave it open, unless something goes wrong, for whoever goes on reading.

        Raises:
            FeedDamaged: the file was damaged, or went, after it was looked at; it is not used
                any more.
        """
        connection: sqlite3.Connection | None = None
        try:
            connection = connection_to(self.file)
            yield connection
        except sqlite3.DatabaseError as error:
            stays = False
            if FEED_FILES.is_whole(self.file):
                raise
            _in_use.let_go(self)
            raise FeedDamaged from error
        finally:
            if connection and not stays:
                connection.close()


def current_feed() -> Feed:
    """Return the file to read now. A newer one is noticed by one look at the pointer.

    Raises:
        FeedMissing: there is none, or none that is whole.
    """
    return _in_use.current(settings.SNAPSHOTS)


def newest_feed(folder: Path, in_use: Feed | None = None) -> Feed:
    """Return the first file offered that is whole; the one in use needs no second look.

    Raises:
        FeedMissing: there is none.
    """
    for file in FEED_FILES.offered_by(folder):
        if in_use and in_use.file == file:
            return in_use
        feed = _whole(file)
        if feed:
            return feed
        log.warning("feed %s is damaged or of another version and is not used", file.name)
    raise FeedMissing


_in_use = InUse(FEED_FILES, newest_feed)


def has_feed() -> bool:
    """Say whether there is a file to answer from."""
    return feed_built_at() is not None


def feed_built_at() -> datetime | None:
    """Return when the list of the finder and of the HSDS API was last built, None if never."""
    try:
        return current_feed().built_at
    except FeedMissing:
        return None


def connection_to(file: Path) -> sqlite3.Connection:
    """Return a connection that reads the file, without locks; any thread may go on with it.

    Raises:
        sqlite3.DatabaseError: the file is gone or damaged.
    """
    where = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(where, uri=True, check_same_thread=False)
    connection.create_function("metres", 4, _metres, deterministic=True)
    return connection


def _metres(lat1: float | None, lon1: float, lat2: float, lon2: float) -> float | None:
    return None if lat1 is None else distance_m(lat1, lon1, lat2, lon2)


def _whole(file: Path) -> Feed | None:
    if not FEED_FILES.is_whole(file):
        return None
    with closing(connection_to(file)) as connection:
        meta = dict(connection.execute("SELECT name, value FROM meta"))
    return Feed(file, meta) if meta["format"] == FORMAT else None
