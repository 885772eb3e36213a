"""The words for messages: kinds, ways, what became of them."""

from django.utils.translation import gettext_lazy as _

from tejido.network.domain.messages import Channel, Kind, Problem, State

KINDS = {
    Kind.TASKS_WAIT: _("Something waits for you, once a day"),
    Kind.HOURS_WAIT: _("A change to a listing waits for a second person"),
    Kind.PROGRAM_CHANGED: _("A program says that something changed"),
    Kind.RECOVERY_BEGUN: _("Somebody asks to open your account again"),
    Kind.ROUND_FAILED: _("A backup or other work of the software failed"),
}
CHANNELS = {Channel.MAIL: _("E-mail"), Channel.TEXT: _("Text message")}
STATES = {
    State.WAITING: _("Waits"),
    State.SENT: _("Sent"),
    State.FAILED: _("Given up"),
    State.DROPPED: _("Not sent"),
}
PROBLEMS = {
    Problem.NONE: "",
    Problem.AWAY: _("The mail server or the carrier was not there."),
    Problem.REFUSED: _("The address did not take it."),
    Problem.LATE: _("Nobody took it in time."),
    Problem.STOPPED: _("The number said STOP."),
    Problem.REMOVED: _("The address was removed."),
    Problem.TURNED_OFF: _("This kind was turned off."),
    Problem.LEFT: _("The person had left, or the account was closed."),
}
