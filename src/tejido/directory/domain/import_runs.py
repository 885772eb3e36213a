"""How far an import at the desk is."""

from enum import StrEnum


class RunKind(StrEnum):
    """What the file is: a table that needs a mapping, or HSDS that says what it is."""

    TABLE = "table"
    HSDS = "hsds"


class RunState(StrEnum):
    """From the file to its end.

    NEW: waits to be described. TRYING: everything is counted, to be taken back. TRIED: waits for
    a yes. RUNNING: on its way in. DONE, CANCELLED, FAILED: over; only DONE changed anything.
    """

    NEW = "new"
    TRYING = "trying"
    TRIED = "tried"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


AT_WORK = frozenset({RunState.TRYING, RunState.RUNNING})
OVER = frozenset({RunState.DONE, RunState.CANCELLED})
