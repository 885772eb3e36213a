"""What somebody or some import did to the directory."""

from enum import StrEnum


class ActKind(StrEnum):
    """Kinds of acts."""

    IMPORT = "import"
    EDIT = "edit"
    BULK = "bulk"
    PUBLISH = "publish"
    HIDE = "hide"
    UNDO = "undo"
    MERGE = "merge"


class ActState(StrEnum):
    """What became of an act; only one that is done can be undone."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    UNDONE = "undone"


class FindingKind(StrEnum):
    """What an act leaves for a steward to look at.

    KEPT: a person's word stood against the source's. REPLACED: the source's later word took the
    place of a person's. VANISHED: the source no longer has the record, which stays. SINCE: an
    undo left it, because it changed later.
    """

    KEPT = "kept"
    REPLACED = "replaced"
    VANISHED = "vanished"
    SINCE = "since"


# The whole record, in the place of a field's name.
WHOLE = ""
# The texts of a record in other languages, as if they were one field.
TEXTS = "texts"
# Fields that keep books; nobody reads them and no difference in them is worth a look.
BOOKS = frozenset({"provenance", "source_digest", "assured_date", "extra", "own_words"})
# Those that only say when the rest was confirmed.
CONFIRMING = frozenset({"provenance", "source_digest", "assured_date"})
