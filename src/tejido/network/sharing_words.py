"""The words of agreements, in the person's language."""

from django.utils.translation import gettext_lazy as _

from tejido.network.domain.agreements import AgreementState, Basis, EndReason, Sharing

SHARING = {
    Sharing.NETWORK: _("Every member of the network"),
    Sharing.MEMBER: _("This one member"),
    Sharing.AUTHORIZER: _("This one member, as the one that authorizes or funds us"),
}

BASES = {
    Basis.PLANNING: _("To plan together"),
    Basis.SUPPORT: _("To get support"),
    Basis.FUNDING: _("A funder's terms ask for it"),
    Basis.LAW: _("A law asks for it"),
}

END_REASONS = {
    EndReason.PURPOSE_OVER: _("It is not needed any more"),
    EndReason.PEOPLE_OBJECT: _("People here do not want it"),
    EndReason.NOT_AS_AGREED: _("It was not used as agreed"),
    EndReason.NO_REASON: _("We do not say"),
    EndReason.MEMBER_LEFT: _("The member left the network"),
}

STATES = {
    AgreementState.PROPOSED: _("Waits for signatures"),
    AgreementState.COMING: _("Signed, not begun"),
    AgreementState.IN_FORCE: _("In force"),
    AgreementState.OVER: _("Its last day is over"),
    AgreementState.TURNED_DOWN: _("Proposal turned down"),
    AgreementState.TAKEN_BACK: _("Proposal taken back"),
    AgreementState.ENDED: _("Ended"),
}

# What people sign where they do not write their own words.
STANDARD_TEXT = _(
    "We share the tables that are named in this agreement, and nothing else. They hold counts. "
    "They hold no names and no rows about one person.\n\n"
    "Whoever receives them uses them for what is named here, and hands them on to nobody.\n\n"
    "Either of us can end this at any time, without the other. From that moment nothing more is "
    "shared."
)
