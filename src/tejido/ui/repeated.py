"""Parts that pages show again and again: rendered once, then repeated or filled with words.

Nothing that a person typed is remembered here, only what listings say and the shape of a part.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_OPENS, _CLOSES = "\x02", "\x03"


def drawn(template_name: str, **values: Any) -> SafeString:
    """Return a small template rendered with values; the same values are rendered once.

    Args:
        template_name: of a template that shows nothing but these values and its language.
        values: hashable; never what a person typed, since they are remembered. Text inside a
            value that holds others, such as a tuple, must not be marked as safe.
    """
    return _drawn(template_name, *_where(), *_flat(values))


def filled(template_name: str, words: Mapping[str, str], **shape: Any) -> SafeString:
    """Return a template filled with words, escaped unless they are safe.

    It is rendered once for each language, each shape and each choice of words that are there at
    all, with holes for the words: the template may ask whether a word is there, not which it is.

    Args:
        template_name: of the template.
        words: by their names in the template, '' where there is none; remembered nowhere.
        shape: whatever else the template decides by: hashable, of few different values.
    """
    there = tuple(name for name, word in words.items() if word)
    holed = _holed(template_name, *_where(), there, *_flat(shape))
    escaped = {name: conditional_escape(words[name]) for name in there}
    return mark_safe(holed.format_map(escaped))  # noqa: S308 - every word is escaped


def _where() -> tuple[str | None, str]:
    """Return what the links in a part depend on."""
    return get_language(), settings.ROOT_URLCONF


def _flat(values: Mapping[str, Any]) -> Iterator[Any]:
    return chain.from_iterable(values.items())


def _named(flat: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(flat[::2], flat[1::2], strict=True))


# Typed, because a safe string equals one that is not safe.
@lru_cache(maxsize=8_192, typed=True)
def _drawn(template_name: str, _language: str | None, _site: str, *values: Any) -> SafeString:
    return render_to_string(template_name, _named(values))


@lru_cache(maxsize=1_024, typed=True)
def _holed(
    template_name: str, _language: str | None, _site: str, there: tuple[str, ...], *shape: Any
) -> str:
    """Return the template with `{name}` where each word goes."""
    holes = {name: mark_safe(f"{_OPENS}{name}{_CLOSES}") for name in there}  # noqa: S308 - ours
    text = render_to_string(template_name, _named(shape) | holes)
    doubled = text.replace("{", "{{").replace("}", "}}")
    return doubled.replace(_OPENS, "{").replace(_CLOSES, "}")
