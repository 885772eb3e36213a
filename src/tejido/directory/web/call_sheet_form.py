"""The form of a call sheet: one question a line, and what holds now where it changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.directory.domain.call_sheet import Answer, Channel, Outcome, SheetLine
from tejido.directory.domain.digest import said_digest
from tejido.directory.domain.vocabulary import Status
from tejido.directory.services.call_sheet import Answers
from tejido.directory.services.listing_rows import PhoneIn, phone_rows_of
from tejido.directory.web.call_sheet_hours import HoursRead, hours_read
from tejido.directory.web.due_wording import ANSWERS, CHANNELS, GROUPS, OUTCOMES
from tejido.directory.web.hours_words import can_be_written, schedules_words
from tejido.directory.web.listing_parts import heading_of
from tejido.directory.web.wording import STATUSES, USUAL_PHONE, value_words
from tejido.foundation.phones import read_phone, written_phone

_NOW = gettext_lazy("Now")
_LINES = frozenset({"schedules", "phones", "attributes"})
NEXT_STATUSES = (Status.ACTIVE, Status.TEMPORARILY_CLOSED, Status.DEFUNCT)


@dataclass(frozen=True, slots=True)
class Question:
    """A line of the sheet as the page shows it.

    Attributes:
        says: what stands there, line by line.
        read: what was read out of hours in words, until the person says that it is right.
        mark: of the words that were read.
        is_more: the hours hold something that words cannot, so that rows are where they change.
    """

    line: SheetLine
    heading: str
    says: list[str]
    answer: forms.BoundField
    now: list[forms.BoundField]
    read: HoursRead | None = None
    mark: str = ""
    is_more: bool = False

    @property
    def place(self) -> str:
        """Return the place that it is about, '' for the service itself."""
        return heading_of(self.line.listing, self.line.held)

    @property
    def part(self) -> str:
        """Return what is asked about."""
        return str(GROUPS[self.line.group])


class SheetForm(forms.Form):
    """How the program was asked, what came of it, and its answers."""

    use_required_attribute = False

    channel = forms.ChoiceField(
        label=gettext_lazy("How did you ask?"),
        choices=[(each.value, CHANNELS[each]) for each in Channel if each is not Channel.LINK],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you asked")},
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=[(each.value, words) for each, words in OUTCOMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what came of it")},
    )

    def __init__(
        self,
        lines: tuple[SheetLine, ...],
        *arguments: Any,
        said: Mapping[str, str] | None = None,
        **named: Any,
    ) -> None:
        """Ask about each line; `said` is what the program wrote of some by its link, by name."""
        super().__init__(*arguments, **named)
        if said:
            # It was asked by its link: writing what it said takes no call.
            channel = cast("forms.ChoiceField", self.fields["channel"])
            channel.choices = [(each.value, CHANNELS[each]) for each in Channel]
            self.initial = {f"{name}-now": words for name, words in said.items()}
        self.lines = lines
        self.values: dict[str, Any] = {}
        self.to_read: dict[str, tuple[HoursRead, str]] = {}
        for line in lines:
            self.fields[line.name] = forms.ChoiceField(
                label=f"{GROUPS[line.group]}: {line_heading(line)}",
                choices=[(each.value, ANSWERS[each]) for each in _possible(line)],
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields |= dict(_fields_now(line))

    def clean(self) -> dict[str, Any]:
        """Read what holds now, where the program said that something changed."""
        said = super().clean() or {}
        for line in self.lines:
            if said.get(line.name) == Answer.CHANGED:
                self._read(line, said)
        return said

    def answers(self) -> Answers:
        """Return what the program said, and what holds now."""
        said = {
            line.name: Answer(self.cleaned_data.get(line.name) or Answer.NOT_ASKED)
            for line in self.lines
        }
        return Answers(said, self.values)

    def how(self) -> tuple[Channel, Outcome]:
        """Return how the program was asked and what came of it."""
        return Channel(self.cleaned_data["channel"]), Outcome(self.cleaned_data["outcome"])

    def questions(self, needs: Mapping[str, str]) -> Iterator[Question]:
        """Return the lines as the page shows them."""
        for line in self.lines:
            read, mark = self.to_read.get(line.name, (None, ""))
            now = [self[name] for name, _field in _fields_now(line)]
            yield Question(
                line,
                line_heading(line),
                list(line_says(line, needs)),
                self[line.name],
                now,
                read,
                mark,
                is_more=_is_more(line),
            )

    def _read(self, line: SheetLine, said: Mapping[str, Any]) -> None:
        if line.field == "status" and said.get(f"{line.name}-now"):
            self.values[line.name] = said[f"{line.name}-now"]
        elif line.field == "phones":
            self._read_phones(line, said)
        elif line.field == "schedules" and said.get(f"{line.name}-now"):
            self._read_hours(line, str(said[f"{line.name}-now"]))

    def _read_phones(self, line: SheetLine, said: Mapping[str, Any]) -> None:
        phones = []
        for row in _phones(line):
            name = f"{line.name}-{row['id']}"
            typed = str(said.get(name, "")).strip()
            read = read_phone(typed) if typed else None
            if typed and read is None:
                words = _("Write the number with its area code: 510-555-0142")
                self.add_error(name, words)
            number = row["number"] if typed == written_phone(row["number"]) else None
            if typed:
                kept = number or (read.number if read else "")
                phones.append(_phone_in(row, kept))
        rows = phone_rows_of(line.held, phones)
        if rows != line.held.values.get("phones", []):
            self.values[line.name] = rows

    def _read_hours(self, line: SheetLine, text: str) -> None:
        """Take hours in words once the person has seen what we read; show it until then."""
        read = hours_read(line.held, text, today=timezone.localdate())
        for words in read.problems:
            self.add_error(f"{line.name}-now", words)
        mark = said_digest(text)
        is_same = read.rows == line.held.values.get("schedules")
        is_seen = self.data.get(f"{line.name}-read") == mark
        if read.problems:
            return
        if is_seen or (is_same and not read.beside):
            self.values[line.name] = read.rows
            return
        self.to_read[line.name] = (read, mark)
        words = _("Look whether we read the hours right, then save again")
        self.add_error(f"{line.name}-now", words)


def _is_more(line: SheetLine) -> bool:
    is_hours = line.field == "schedules"
    return is_hours and not can_be_written(line.held.values.get("schedules", ()))


def _possible(line: SheetLine) -> list[Answer]:
    return [each for each in Answer if each is not Answer.YES or not line.in_words]


def _fields_now(line: SheetLine) -> Iterator[tuple[str, forms.Field]]:
    if line.field == "schedules":
        yield (
            f"{line.name}-now",
            forms.CharField(
                label=_("Hours now, in words"),
                help_text=_(
                    "Such as: Monday to Friday 9 am to 5 pm. Every second week with its next "
                    "date: Thursday 4 to 8 pm, every 2 weeks, next on Dec 3. Certain days on "
                    "lines of their own: Dec 25, 2026: closed"
                ),
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
        )
    elif line.field == "status":
        choices = [("", "–"), *((each.value, STATUSES[each]) for each in NEXT_STATUSES)]
        yield (
            f"{line.name}-now",
            forms.ChoiceField(label=_NOW, choices=choices, required=False),
        )
    for row in _phones(line) if line.field == "phones" else ():
        number = written_phone(row["number"])
        yield (
            f"{line.name}-{row['id']}",
            forms.CharField(
                label=_("Number now, instead of %(number)s") % {"number": number},
                required=False,
                max_length=40,
                initial=number,
                widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
            ),
        )


def _phones(line: SheetLine) -> list[dict[str, Any]]:
    return sorted(line.held.values.get("phones", ()), key=lambda row: int(row["position"] or 0))


def _phone_in(row: Mapping[str, Any], number: str) -> PhoneIn:
    kind = row["type"] or USUAL_PHONE
    return PhoneIn(row["id"], number, row["extension"], kind, row["description"])


def line_heading(line: SheetLine, name: str = "") -> str:
    """Return the listing, by its own name or another, and the place that a line is about."""
    place = heading_of(line.listing, line.held)
    name = name or str(line.listing.service.values["name"])
    return f"{name}, {place}" if place else name


def line_says(line: SheetLine, needs: Mapping[str, str]) -> Iterator[str]:
    """Yield what stands there, line by line; `needs` is id -> label."""
    value = line.held.values.get(line.field)
    if line.in_words:
        yield str(line.held.values["hours_text"])
    elif line.field in _LINES and value:
        if line.field == "schedules":
            yield from schedules_words(value)
        else:
            yield from (value_words(line.field, [row], needs=needs) for row in value)
    else:
        yield value_words(line.field, value, needs=needs)
