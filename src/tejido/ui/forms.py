"""What the templates of fields and errors need, worked out once from Django's forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString

_SIZES = {"full", "short", "tiny"}
# More choices than these fill a screen from top to bottom, and leave most of a wide one empty.
_MANY = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button or check box with its label, and what is told of it, or ''."""

    control: SafeString
    label: str
    name_id: str
    hint: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: where, and the same words as at the field."""

    href: str
    words: str


def look_of(bound: BoundField) -> str:
    """Return how a field is laid out: `choices`, `check` or `input`."""
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(widget, forms.CheckboxInput) else "input"


def control_of(bound: BoundField, *, size: str = "full") -> SafeString:
    """Return the input of a field in our look.

    Args:
        bound: a field with one input.
        size: `full`, `short` (about 12 characters) or `tiny` (about 5): width tells length.

    Raises:
        ValueError: the size is none of these.
    """
    if size not in _SIZES:
        raise ValueError(f"no such size of a field: {size}")
    look = "check__box" if look_of(bound) == "check" else "input"
    own = str(bound.field.widget.attrs.get("class", ""))
    names = [look, own, f"input--{size}" if look == "input" and size != "full" else ""]
    return bound.as_widget(attrs={"class": " ".join(filter(None, names))})


def choices_of(bound: BoundField) -> list[Choice]:
    """Return the radio buttons or check boxes of a field, in order.

    A field may tell more of each: `hints`, by value.
    """
    hints = getattr(bound.field, "hints", {})
    return [_choice(part, hints) for part in bound.subwidgets]


def _choice(part: BoundWidget, hints: Mapping[str, Any]) -> Choice:
    hint, name_id = hints.get(part.data["value"], ""), str(part.id_for_label)
    part.data["attrs"]["class"] = "check__box"
    if hint:
        part.data["attrs"]["aria-describedby"] = f"{name_id}_hint"
    control, is_chosen = SafeString(part.tag()), bool(part.data["selected"])
    return Choice(control, str(part.choice_label), name_id, str(hint), is_chosen)


def field_parts(bound: BoundField, *, size: str, row: str, fold: str = "") -> dict[str, Any]:
    """Return the context of `ui/_field.html` for one field.

    Args:
        bound: the field with its value and errors.
        size: as in `control_of`; choices that are not `full` stand side by side.
        row: label of a button that stands beside the input, or ''.
        fold: words on the summary of many choices that are folded up, or ''.
    """
    look = look_of(bound)
    choices = choices_of(bound) if look == "choices" else []
    return {
        "bound": bound,
        "look": look,
        "choices": choices,
        "across": size != "full",
        "fold": fold,
        "chosen": [choice.label for choice in choices if choice.is_chosen],
        "many": len(choices) > _MANY and not any(choice.hint for choice in choices),
        "control": "" if look == "choices" else control_of(bound, size=size),
        "optional": not bound.field.required,
        "row": row,
    }


def problems_of(form: BaseForm) -> list[Problem]:
    """Return what is wrong with a form, in the order of its fields, whole-form errors first."""
    problems = [Problem(href="", words=str(words)) for words in form.non_field_errors()]
    for bound in form:
        problems += [
            Problem(href="" if bound.is_hidden else f"#{_first_input(bound)}", words=str(words))
            for words in bound.errors
        ]
    return problems


def _first_input(bound: BoundField) -> str:
    return f"{bound.auto_id}_0" if look_of(bound) == "choices" else str(bound.id_for_label)
