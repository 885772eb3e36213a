"""Figures by county or organization: a page of them, and all of them as a table to download."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.directory.domain.quality import (
    By,
    Group,
    Part,
    in_order,
    named_like,
)
from tejido.directory.web.quality_asked import LONGEST, Asked
from tejido.directory.web.quality_pictures import grouped, share_words
from tejido.directory.web.quality_words import GROUPED, PARTS
from tejido.foundation.paging import PAGE_ROWS, nearest_page
from tejido.foundation.problem_file import table_text
from tejido.ui.charts import BarChart

# What harms most when it is missing has a column; the others are in the table to download.
COLUMNS = (
    *(Part.BELIEVED, Part.HOURS, Part.PHONE, Part.POINT),
    *(Part.ELIGIBILITY, Part.LANGUAGES, Part.SPANISH),
)


class GroupsForm(forms.Form):
    """What to count by, in which order, and which names; sent, it is part of the address."""

    by = forms.ChoiceField(label=gettext_lazy("Count by"), choices=list(GROUPED.items()))
    sort = forms.ChoiceField(label=gettext_lazy("Sort by"))
    words = forms.CharField(
        label=gettext_lazy("Words of its name"), required=False, max_length=LONGEST
    )

    def __init__(self, asked: Asked) -> None:
        """Show what was asked for."""
        said = {"by": asked.by.value, "sort": asked.sort, "words": asked.words}
        super().__init__(initial=said)
        least = [(part.value, _least(part)) for part in COLUMNS]
        choices = [("name", _("Name")), ("-listings", _("Most listings first")), *least]
        self.fields["sort"].choices = choices  # type: ignore[attr-defined]


def _least(part: Part) -> str:
    return _("Least first: %(part)s") % {"part": PARTS[part]}


def table_of(asked: Asked, groups: Sequence[Group], listings: str) -> dict[str, Any]:
    """Return what the template needs for the table and its picture.

    Args:
        asked: order, words and page.
        groups: all of them.
        listings: address of the list of listings, with a question mark in it.
    """
    fitting = _fitting(asked, groups)
    turned = pages(asked.page, len(fitting))
    page, last = turned["page"], turned["pages"]
    shown = fitting[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    return {
        "lines": [_line(asked, group, listings) for group in shown],
        "picture": _picture(asked, groups, shown, listings),
        "heads": [_head(asked, key, words) for key, words in _heads(asked)],
        "form": GroupsForm(asked),
        "grouping": GROUPED[asked.by],
        "carried": asked.carried(),
        **turned,
        "before": asked.carried(page=page - 1) if page > 1 else "",
        "after": asked.carried(page=page + 1) if page < last else "",
    }


def _picture(
    asked: Asked, groups: Sequence[Group], shown: Iterable[Group], listings: str
) -> BarChart:
    """Return the picture of the part that the table is sorted by, of the hours if by none."""
    by = asked.order.by
    part = Part(by) if by in set(Part) else Part.BELIEVED
    lines = [
        (name_of(asked.by, group), group, _address(asked, group, part, listings))
        for group in shown
    ]
    return grouped(part, named=_name_head(asked), groups=groups, shown=lines)


def pages(page: int, count: int) -> dict[str, int]:
    """Return the page, from 1, the nearest that exists; how many there are, and of how many."""
    page, last = nearest_page(page, count)
    return {"page": page, "pages": last, "count": count}


def name_of(by: By, group: Group) -> str:
    """Return what a group is called."""
    if by is By.COUNTY and not group.key:
        return _("No county known")
    return group.name or _("Not a county of California: %(code)s") % {"code": group.key}


def written(asked: Asked, groups: Iterable[Group]) -> str:
    """Return all figures as a table to download."""
    head = [_name_head(asked), _("Listings")]
    for part in Part:
        words = {"part": PARTS[part]}
        head += [_("%(part)s: have it") % words, _("%(part)s: of") % words]
    return table_text([head, *(_cells(asked, group) for group in _fitting(asked, groups))])


def _cells(asked: Asked, group: Group) -> list[str]:
    shares = [str(number) for part in Part for number in group.shares[part]]
    return [name_of(asked.by, group), str(group.listings), *shares]


def _fitting(asked: Asked, groups: Iterable[Group]) -> list[Group]:
    return in_order(named_like(groups, asked.words), asked.order)


def _name_head(asked: Asked) -> str:
    return _("County") if asked.by is By.COUNTY else _("Organization")


def _heads(asked: Asked) -> list[tuple[str, str]]:
    named = [("name", _name_head(asked)), ("listings", _("Listings"))]
    return named + [(part.value, str(PARTS[part])) for part in COLUMNS]


def _head(asked: Asked, key: str, words: str) -> dict[str, str]:
    """Return a heading that sorts: names from A, listings from the most, shares from the least."""
    first = "-listings" if key == "listings" else key
    turned = key if first.startswith("-") else f"-{key}"
    is_by = asked.order.by == key
    ways = {False: "ascending", True: "descending"}
    return {
        "words": words,
        "href": asked.carried(sort=turned if asked.sort == first else first),
        "way": ways[asked.order.is_down] if is_by else "",
    }


def _line(asked: Asked, group: Group, listings: str) -> dict[str, Any]:
    cells = [
        (
            PARTS[part],
            share_words(group.shares[part]),
            _address(asked, group, part, listings) if group.shares[part].lacking else "",
        )
        for part in COLUMNS
    ]
    return {"name": name_of(asked.by, group), "listings": group.listings, "cells": cells}


def _address(asked: Asked, group: Group, part: Part, listings: str) -> str:
    return f"{listings}&lacks={part}&{urlencode({asked.by.value: group.key})}"
