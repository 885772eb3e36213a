"""Bars that add up: one for each line, drawn at a true width; the table beside them says the same.

Parts are told apart by pattern and by colour, so that no eye, printer or theme loses one. Every
function is pure. What is left of a bar stays an outline: it is not there, or not known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

# In the order in which a bar shows them; a nearly empty dotted part is still seen.
LOOKS = ("solid", "checked", "striped", "dotted", "bare")
# The two widths of the design, in units that are pixels: a phone, and everything else.
NARROW, WIDE = 309, 600
_LINE, _TOP, _BAR, _GAP = 50, 22, 16, 1
_SMALLEST = 2.0
_TILE = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a picture.

    Attributes:
        label: what it is about.
        words: what stands at its end, such as "7 of 10".
        counts: one for each look, in their order.
        of: the whole, 0 where there is nothing to count.
    """

    label: str
    words: str
    counts: tuple[int, ...]
    of: int


def bars_svg(
    bars: Sequence[Bar], *, looks: Sequence[str], width: int, name: str, title: str, desc: str
) -> str:
    """Return the bars as inline SVG with a title and a description.

    Args:
        bars: from the top.
        looks: of `LOOKS`, one for each count.
        width: `NARROW` or `WIDE`.
        name: unique in the page; letters, digits and hyphens.
        title: what the picture finds.
        desc: the same numbers in words.
    """
    height = max(1, len(bars)) * _LINE
    lines = "".join(_line(bar, at * _LINE, looks, width, name) for at, bar in enumerate(bars))
    return (
        f'<svg class="bars" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(desc)}</desc>{_patterns(looks, name)}{lines}</svg>'
    )


def swatch_svg(look: str, *, name: str) -> str:
    """Return the sample of one look for a key; hidden from screen readers."""
    return (
        f'<svg class="bars__swatch" viewBox="0 0 {_BAR} {_BAR}" width="{_BAR}" height="{_BAR}" '
        f'aria-hidden="true" focusable="false">{_patterns([look], name)}'
        f"{_part(look, 0.5, 0.5, _BAR - 1, _BAR - 1, name)}</svg>"
    )


def extents(counts: Sequence[int], *, of: int, width: float) -> list[tuple[float, float]]:
    """Return where each part begins and how wide it is; what there is at all can be seen.

    Args:
        counts: 0 or more, adding up to at most `of`.
        of: the whole, 1 or more.
        width: of the whole.
    """
    wide = [max(_SMALLEST, count / of * width) if count else 0.0 for count in counts]
    spare = sum(wide) - width
    if spare > 0:
        widest = wide.index(max(wide))
        wide[widest] -= spare
    starts = [sum(wide[:at]) for at in range(len(wide))]
    return list(zip(starts, wide, strict=True))


def _line(bar: Bar, top: int, looks: Sequence[str], width: int, name: str) -> str:
    words = (
        f'<text class="bars__label" x="0" y="{top + 15}">{escape(bar.label)}</text>'
        f'<text class="bars__words" x="{width}" y="{top + 15}" text-anchor="end">'
        f"{escape(bar.words)}</text>"
    )
    return words + "".join(_drawn(bar, top + _TOP, looks, width, name))


def _drawn(bar: Bar, top: int, looks: Sequence[str], width: int, name: str) -> Iterator[str]:
    yield _part("bare", 0.5, top + 0.5, width - 1, _BAR - 1, name)
    if not bar.of:
        return
    places = extents(bar.counts, of=bar.of, width=width)
    for look, (start, wide) in zip(looks, places, strict=True):
        if wide and look != "bare":
            yield _part(look, start, top, max(1.0, wide - _GAP), _BAR, name)


def _part(look: str, x: float, y: float, width: float, height: float, name: str) -> str:
    fill = "" if look in {"solid", "bare"} else f' fill="url(#{name}-{look})"'
    return (
        f'<rect class="bars__{look}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}"{fill}/>'
    )


_MARKS = {
    "checked": f'<path class="bars__check" d="M0 0h{_TILE // 2}v{_TILE // 2}H0z'
    f'M{_TILE // 2} {_TILE // 2}h{_TILE // 2}v{_TILE // 2}h-{_TILE // 2}z"/>',
    "striped": f'<path class="bars__stripe" d="M-2 2l4-4M0 {_TILE}L{_TILE} 0M6 10l4-4"/>',
    "dotted": '<circle class="bars__dot" cx="4" cy="4" r="2"/>',
}


def _patterns(looks: Sequence[str], name: str) -> str:
    drawn = "".join(
        f'<pattern id="{name}-{look}" width="{_TILE}" height="{_TILE}" '
        f'patternUnits="userSpaceOnUse"><rect class="bars__ground" width="{_TILE}" '
        f'height="{_TILE}"/>{_MARKS[look]}</pattern>'
        for look in looks
        if look in _MARKS
    )
    return f"<defs>{drawn}</defs>" if drawn else ""
