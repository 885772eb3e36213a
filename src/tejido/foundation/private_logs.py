"""Logs that name events and places in the code, never what a person sent."""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType

# Ids and numbers: never words of people, addresses of pages or of computers.
FIELDS = ("act", "actor", "member", "object", "round", "status", "ms")
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class EventFormatter(logging.Formatter):
    """Writes our own sentences in full, and of all others only the sentence without its values.

    A sentence that came without values may hold them already; then only its place in the code is
    written. Frameworks put addresses, paths and whole queries into the values of their messages
    and into the words of exceptions (`invalid literal for int(): '94606 methadone'`). Of an
    exception the kind and the lines of code stay; they are what one mends it with.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return one event on one line, and its exception on further ones."""
        if record.name.partition(".")[0] != "tejido":
            sentence = record.msg if record.args else f"{record.module}:{record.lineno}"
            # A copy: other handlers get the record as it was.
            bare = {"msg": sentence, "args": None, "exc_text": None}
            record = logging.makeLogRecord(record.__dict__ | bare)
        return super().format(record)

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - the name that logging calls
        """Return the kinds of the exceptions, the first cause first, each with its lines."""
        lines: list[str] = []
        error: BaseException | None = ei[1]
        seen: set[int] = set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            lines = [*_frames(error), type(error).__qualname__, *lines]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


class JsonFormatter(EventFormatter):
    """Writes one JSON object a line: what `EventFormatter` writes, and fields of an allow-list.

    A field is given as `extra` and is written only where its name stands in `FIELDS`, so that
    nobody adds a new one without thinking of it (domain/trust.md section 6, “Logging”).
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return one event on one line, with its exception in it."""
        said = super().format(record)
        event, _, trace = said.partition("\n")
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "event": event,
        }
        told |= {name: str(record.__dict__[name]) for name in FIELDS if name in record.__dict__}
        return json.dumps(told | ({"trace": trace.splitlines()} if trace else {}))


def _frames(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
