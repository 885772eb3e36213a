"""The folder of snapshots: `current` names the one to read, and each is named after its hash."""

from tejido.foundation.published import PublishedFiles

SNAPSHOT_FILES = PublishedFiles(prefix="finder-", pointer="current")
