"""A picture with its table: what a page says once is drawn, listed and read out alike."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from tejido.ui.domain.bars import NARROW, WIDE, Bar, bars_svg, swatch_svg


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


def parts_of(chart: BarChart) -> dict[str, Any]:
    """Return what the template of a chart shows: both widths of the picture, key and table."""
    keys = [
        (mark_safe(swatch_svg(key.look, name=f"{chart.name}-key{at}")), key.words)  # noqa: S308
        for at, key in enumerate(chart.keys)
    ]
    return {
        "chart": chart,
        "narrow": _picture(chart, NARROW),
        "wide": _picture(chart, WIDE),
        "keys": keys,
        "rows": [_row(chart, line) for line in chart.lines],
    }


def _picture(chart: BarChart, width: int) -> SafeString:
    drawing = bars_svg(
        [line.bar for line in chart.lines],
        looks=[key.look for key in chart.keys],
        width=width,
        name=f"{chart.name}-{width}",
        title=chart.finding,
        desc=chart.described(),
    )
    return mark_safe(drawing)  # noqa: S308 - words in it are escaped


def _row(chart: BarChart, line: Line) -> tuple[str, list[tuple[str, int, str]], int]:
    words = [key.words for key in chart.keys]
    hrefs = line.hrefs or ("",) * len(words)
    cells = [
        (word, count, href if count else "")
        for word, count, href in zip(words, line.bar.counts, hrefs, strict=True)
    ]
    return line.bar.label, cells, line.bar.of
