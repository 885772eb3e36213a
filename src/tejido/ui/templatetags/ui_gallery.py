"""One tag for the gallery: show a component in a language of its own."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

register = template.Library()


@register.simple_tag
def show_specimen(entry: Any, variant: Any, sample: dict[str, Any]) -> SafeString:
    """Render the entry's template in the variant's language."""
    with override(variant.language):
        return render_to_string(entry.template, sample)
