"""What people said is wrong, and what became of it, in the words of the desk."""

from django.utils.translation import gettext_lazy

from tejido.directory.domain.suggestions import Answer, Wrong

WRONGS = {
    Wrong.CLOSED: gettext_lazy("It was closed"),
    Wrong.HOURS: gettext_lazy("The hours are wrong"),
    Wrong.PHONE: gettext_lazy("The phone number is wrong"),
    Wrong.ADDRESS: gettext_lazy("It moved, or the address is wrong"),
    Wrong.OFFER: gettext_lazy("It does not offer this"),
    Wrong.OTHER: gettext_lazy("Something else"),
}
ANSWERS = {
    Answer.CONFIRMED: gettext_lazy("Confirmed as it is"),
    Answer.WRITTEN: gettext_lazy("Written"),
    Answer.ASIDE: gettext_lazy("Put aside"),
}
