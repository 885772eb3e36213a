"""What is said once of a whole table, and not at each of its rows."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tejido.directory.domain.issues import Issue, IssueCode, shown

# Fewer rows than these prove nothing about a column.
FEW_ROWS = 3
MOST_WORDS = 1_000
WORDS_SAID = 20
# What is said of one value that could not be read.
UNREAD = frozenset(
    {
        IssueCode.PHONE_UNREADABLE,
        IssueCode.LINK_UNREADABLE,
        IssueCode.EMAIL_UNREADABLE,
        IssueCode.ZIP_SHORT,
        IssueCode.POINT_UNREADABLE,
        IssueCode.POINT_ZERO,
        IssueCode.POINT_OFF_EARTH,
        IssueCode.HOURS_ARE_DATE,
    }
)


@dataclass(slots=True)
class Tally:
    """What was counted while the rows were read.

    Attributes:
        columns_left_out: columns that were not kept of rows whose place is confidential.
        unknown: field -> words that nobody understood.
        filled: fields -> rows in which something stands there.
        taken: fields -> rows in which that could be read.
    """

    columns_left_out: Counter[str] = field(default_factory=Counter)
    unknown: dict[str, Counter[str]] = field(default_factory=dict)
    filled: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)

    def count(self, name: str, *, is_taken: bool) -> None:
        """Count a row in which a field is filled."""
        self.filled[name] += 1
        self.taken[name] += is_taken

    def note_unknown(self, name: str, words: tuple[str, ...]) -> None:
        """Count words that nobody understood; of very many different ones the later ones not."""
        met = self.unknown.setdefault(name, Counter())
        met.update(word for word in map(shown, words) if word in met or len(met) < MOST_WORDS)

    def emptied(self) -> list[str]:
        """Return the fields of which nothing could be read, although they are filled."""
        names = self.filled.items()
        return [name for name, rows in names if rows >= FEW_ROWS and not self.taken[name]]

    def issues(
        self, headings: Mapping[str, str], columns: Mapping[str, tuple[str, ...]]
    ) -> Iterator[Issue]:
        """Return issues of the whole file; the value of each ends with how many rows it is about.

        Args:
            headings: columns as they are compared -> as the table has them.
            columns: field -> its columns.
        """
        for name in self.emptied():
            said = _times(", ".join(columns.get(name, ())), self.filled[name])
            yield Issue(0, name, said, IssueCode.FIELD_EMPTIED)
        for name, count in self.columns_left_out.items():
            column = headings.get(name, name)
            yield Issue(0, column, _times("", count), IssueCode.COLUMN_LEFT_OUT)
        yield from self._unknown_words()

    def _unknown_words(self) -> Iterator[Issue]:
        for name, met in self.unknown.items():
            code = IssueCode.NEED_UNKNOWN if name == "needs" else IssueCode.LANGUAGE_UNKNOWN
            said = met.most_common()
            more = sum(count for _word, count in said[WORDS_SAID:])
            rest = [("…", more)] if more else []
            for word, count in [*said[:WORDS_SAID], *rest]:
                yield Issue(0, name, _times(word, count), code)


def _times(said: str, count: int) -> str:
    return f"{said} × {count:,}".strip()
