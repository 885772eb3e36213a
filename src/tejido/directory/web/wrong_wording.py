"""What people said is wrong, and what became of it, in the words of the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tejido.directory.domain.suggestions import PARTS, Answer, Wrong
from tejido.directory.queries.suggestions import Told
from tejido.directory.web.due_wording import GROUPS

WRONGS = {
    Wrong.CLOSED: gettext_lazy("It was closed"),
    Wrong.HOURS: gettext_lazy("The hours are wrong"),
    Wrong.PHONE: gettext_lazy("The phone number is wrong"),
    Wrong.ADDRESS: gettext_lazy("It moved, or the address is wrong"),
    Wrong.OFFER: gettext_lazy("It does not offer this"),
    Wrong.OTHER: gettext_lazy("Something else"),
}
WRITE = {
    Wrong.CLOSED: gettext_lazy("Write the hours or the day"),
    Wrong.HOURS: gettext_lazy("Write the hours"),
    Wrong.PHONE: gettext_lazy("Write the number"),
    Wrong.ADDRESS: gettext_lazy("Write the address"),
    Wrong.OFFER: gettext_lazy("Write what it offers"),
}
CLOSED_LONGER = gettext_lazy("Closed for a time or for good")
ANSWERS = {
    Answer.CONFIRMED: gettext_lazy("Confirmed as it is"),
    Answer.WRITTEN: gettext_lazy("Written"),
    Answer.ASIDE: gettext_lazy("Put aside"),
}


def wrong_words(told: Told) -> str:
    """Return what is said to be wrong; of a program that says it itself, the part that changed."""
    if told.by_program:
        return _("Changed, says the program: %(part)s") % {"part": GROUPS[PARTS[told.wrong]]}
    return str(WRONGS[told.wrong])
