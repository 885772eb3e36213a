"""A picture with its table: what a page says once is drawn, listed and read out alike."""

from dataclasses import dataclass, field

from tejido.ui.domain.bars import Bar


@dataclass(frozen=True, slots=True)
class Key:
    """What one look means in a picture: a look of `ui.domain.bars.LOOKS`, and words."""

    look: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the picture and of its table.

    Attributes:
        hrefs: where each number of the table leads, '' where nowhere; none at all: nowhere.
    """

    bar: Bar
    hrefs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars with a key and a table.

    Attributes:
        name: unique in the page; letters, digits and hyphens.
        finding: what the picture shows, as its heading.
        about: unit, what was counted, and when.
        head: what the lines are, for the table.
        whole: the heading of the last column, what all is counted of.
    """

    name: str
    finding: str
    about: str
    head: str
    whole: str
    keys: tuple[Key, ...]
    lines: tuple[Line, ...] = field(default=())

    def described(self) -> str:
        """Return the numbers of every line in words, for whoever does not see the picture."""
        return " ".join(self._said(line.bar) for line in self.lines)

    def _said(self, bar: Bar) -> str:
        parts = zip(self.keys, bar.counts, strict=True)
        said = ", ".join(f"{key.words} {count:,}" for key, count in parts)
        return f"{bar.label}: {said}."
