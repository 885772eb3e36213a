"""Words about confirming: parts of a listing, kinds of place."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from tejido.directory.domain.call_sheet import Answer, Channel, Outcome
from tejido.directory.domain.clocks import FieldGroup, PlaceKind
from tejido.directory.domain.vocabulary import Status

GROUPS = {
    FieldGroup.HOURS: gettext_lazy("Hours"),
    FieldGroup.PHONE: gettext_lazy("Phone numbers"),
    FieldGroup.STATUS: gettext_lazy("Still running, or closed for good"),
    FieldGroup.ELIGIBILITY: gettext_lazy("Who is served"),
    FieldGroup.ADDRESS: gettext_lazy("Address"),
}
# Of a service, as a program is asked by its link.
RUNNING = {
    Status.ACTIVE: gettext_lazy("It is running"),
    Status.INACTIVE: gettext_lazy("It is not running"),
    Status.TEMPORARILY_CLOSED: gettext_lazy("It is closed for a time"),
    Status.DEFUNCT: gettext_lazy("It has closed for good"),
}
PLACE_KINDS = {
    PlaceKind.MOBILE: gettext_lazy("A van or an outreach route"),
    PlaceKind.FIXED: gettext_lazy("Everything else"),
}
CHANNELS = {
    Channel.PHONE: gettext_lazy("By phone"),
    Channel.TEXT: gettext_lazy("By text message"),
    Channel.EMAIL: gettext_lazy("By email"),
    Channel.VISIT: gettext_lazy("In person"),
    Channel.LINK: gettext_lazy("By its link"),
}
OUTCOMES = {
    Outcome.REACHED: gettext_lazy("Reached somebody who knows"),
    Outcome.NO_ANSWER: gettext_lazy("No answer"),
    Outcome.WRONG_NUMBER: gettext_lazy("Wrong number"),
}
ANSWERS = {
    Answer.YES: gettext_lazy("Still right"),
    Answer.CHANGED: pgettext_lazy("answer", "Changed"),
    Answer.NOT_ASKED: gettext_lazy("Not asked"),
}
