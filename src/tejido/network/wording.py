"""The words for roles, kinds of member and relationships, in the person's language."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tejido.foundation.holds import HoldReason
from tejido.network.domain.conflicts import WORKS_FOR
from tejido.network.domain.contact_table import Column
from tejido.network.domain.contacts import ContactKind
from tejido.network.domain.departures import DepartureReason
from tejido.network.domain.members import MemberKind, RelationshipKind
from tejido.network.domain.partners import Help
from tejido.network.domain.roles import Role

ROLES = {
    Role.NETWORK_COORDINATOR: _("Network coordinator"),
    Role.PROGRAM_MANAGER: _("Program manager"),
    Role.STEWARD: _("Directory steward"),
    Role.RECRUITER: _("Recruiter"),
    Role.TRAINER: _("Trainer"),
    Role.ANALYST: _("Analyst"),
    Role.TRANSLATOR: _("Translator"),
    Role.COUNTY_OFFICIAL: _("County official"),
    Role.CARE_PROVIDER: _("Health-care provider"),
    Role.ADVOCATE: _("Advocate"),
    Role.OUTREACH_WORKER: _("Outreach worker"),
    Role.EMPLOYER_CONTACT: _("Employer contact"),
    Role.ALUMNA: _("Graduate"),
    Role.TRAINEE: _("Trainee"),
}

MEMBER_KINDS = {
    MemberKind.PROGRAM: _("Program"),
    MemberKind.TRAINING_CENTER: _("Training center"),
    MemberKind.TA_CENTER: _("Technical assistance center"),
    MemberKind.COUNTY_DIVISION: _("County harm reduction division"),
    MemberKind.PROVIDER: _("Health-care provider"),
    MemberKind.EMPLOYER: _("Employer"),
    MemberKind.COALITION: _("Coalition"),
    MemberKind.ADVOCACY_GROUP: _("Advocacy group"),
    MemberKind.FUNDER: _("Funder"),
}

# (kind, whether ours does it for the other) -> what stands before the other's name.
RELATIONSHIPS = {
    (RelationshipKind.SUPPORTS, True): _("We support"),
    (RelationshipKind.SUPPORTS, False): _("Supports us"),
    (RelationshipKind.PLACES_WITH, True): _("We place people with"),
    (RelationshipKind.PLACES_WITH, False): _("Places people with us"),
    (RelationshipKind.AUTHORIZES, True): _("We authorize"),
    (RelationshipKind.AUTHORIZES, False): _("Authorizes us"),
    (RelationshipKind.REFERS_TO, True): _("We refer people to"),
    (RelationshipKind.REFERS_TO, False): _("Refers people to us"),
    (RelationshipKind.PARTNERS_WITH, True): _("We are partners with"),
    (RelationshipKind.PARTNERS_WITH, False): _("Is our partner"),
    (RelationshipKind.FUNDS, True): _("We fund"),
    (RelationshipKind.FUNDS, False): _("Funds us"),
    (RelationshipKind.RECEIVED_TA_FROM, True): _("We receive technical assistance from"),
    (RelationshipKind.RECEIVED_TA_FROM, False): _("Receives technical assistance from us"),
}

# A line of the register as a sentence.
LINES = {
    WORKS_FOR: _("%(one)s works for %(other)s"),
    RelationshipKind.SUPPORTS.value: _("%(one)s supports %(other)s"),
    RelationshipKind.PLACES_WITH.value: _("%(one)s places people with %(other)s"),
    RelationshipKind.AUTHORIZES.value: _("%(one)s authorizes %(other)s"),
    RelationshipKind.REFERS_TO.value: _("%(one)s refers people to %(other)s"),
    RelationshipKind.PARTNERS_WITH.value: _("%(one)s and %(other)s are partners"),
    RelationshipKind.FUNDS.value: _("%(one)s funds %(other)s"),
    RelationshipKind.RECEIVED_TA_FROM.value: _(
        "%(one)s receives technical assistance from %(other)s"
    ),
}

CONTACT_KINDS = {
    ContactKind.PERSON: _("Person"),
    ContactKind.ORGANIZATION: _("Organization"),
}

COLUMNS = {
    Column.NAME: _("Name"),
    Column.FIRST_NAME: _("First name"),
    Column.LAST_NAME: _("Last name"),
    Column.ALSO_CALLED: _("Also called"),
    Column.ORGANIZATION: _("Organization"),
    Column.TITLE: _("Role there"),
    Column.PHONE: _("Phone"),
    Column.EMAIL: _("E-mail"),
    Column.LANGUAGE: _("Language"),
    Column.NOTE: _("Note"),
}

# What stands before the name of the organization that a contact is something to.
CONTACT_TIES = {
    WORKS_FOR: _("Works for"),
    RelationshipKind.FUNDS.value: _("Funds"),
    RelationshipKind.PARTNERS_WITH.value: _("Is a partner of"),
    RelationshipKind.SUPPORTS.value: _("Supports"),
    RelationshipKind.RECEIVED_TA_FROM.value: _("Receives technical assistance from"),
}

HELP = {
    Help.NALOXONE: _("Naloxone for other programs"),
    Help.SUPPLIES: _("Sterile supplies for other programs"),
    Help.DRUG_CHECKING: _("Drug checking"),
    Help.TESTING: _("HIV and hepatitis C testing"),
    Help.HCV_TREATMENT: _("Hepatitis C treatment"),
    Help.HIV_CARE: _("HIV care"),
    Help.MEDICATION: _("Buprenorphine or methadone"),
    Help.WOUND_CARE: _("Wound care"),
    Help.MENTAL_HEALTH: _("Mental health care"),
    Help.HOUSING: _("Help with housing"),
    Help.LEGAL: _("Legal help"),
    Help.TRAINING: _("Training"),
    Help.TRAINING_HOST: _("A place that hosts a training"),
    Help.PLACEMENT_HOST: _("A place that takes trainees"),
    Help.SPACE: _("A room or parking spot"),
    Help.TRANSPORT: _("Transport"),
    Help.LANGUAGE_HELP: _("Interpreting and translation"),
    Help.DISPOSAL: _("Syringe disposal"),
    Help.FUNDING: _("Money, or help with asking for it"),
}

# What was done, without who did it; `whom` is a person or another member, `role` what a person
# does, `period` what released counts are about.
ACTS = {
    "add.member": _("added a member to the network: %(whom)s"),
    "join.network": _("founded the network"),
    "end.relationship": _("ended what stands between us and another member"),
    "resume.relationship": _("let go on what stands between us and another member"),
    "unsay.relationship": _("took out a line about another member that was a mistake"),
    "serve.county": _("said that we serve a county"),
    "end.county": _("ended that we serve a county"),
    "resume.county": _("let it go on that we serve a county"),
    "unsay.county": _("took out a county that was a mistake"),
    "add.contact": _("added a contact"),
    "edit.contact": _("changed a contact"),
    "remove.contact": _("removed a contact"),
    "restore.contact": _("brought a contact back"),
    "share.contact": _("shared a contact, who agreed, with the network"),
    "unshare.contact": _("took a contact back from the network"),
    "add.contact-role": _("wrote what a contact does somewhere"),
    "end.contact-role": _("ended what a contact does somewhere"),
    "resume.contact-role": _("let go on what a contact does somewhere"),
    "import.contacts": _("took in a table of contacts"),
    "undo.contact-import": _("undid taking in a table of contacts"),
    "view.contacts": _("looked at the contact book"),
    "export.contacts": _("took the contact book out as a table"),
    "edit.partner-card": _("wrote the card for partners"),
    "list.partner-card": _("let the network see the card for partners"),
    "unlist.partner-card": _("let nobody else see the card for partners any more"),
    "view.conflicts": _("looked for conflicts of interest"),
    "add.relationship": _("said that we work with another member: %(whom)s"),
    "join.member": _("took in %(whom)s"),
    "end.membership": _("ended the work of %(whom)s here"),
    "leave.membership": _("stopped working here"),
    "hand-over.work": _("handed over to %(whom)s what somebody who left still held"),
    "hand-over.work-to-nobody": _("ended what %(whom)s still held when they left"),
    "give-back.work": _("took back from %(whom)s what had been handed over"),
    "give-back.work-to-nobody": _("let count again what had ended when %(whom)s left"),
    "resume.membership": _("took %(whom)s in again"),
    "grant.role": _("gave %(whom)s the role %(role)s"),
    "withdraw.role": _("took the role %(role)s from %(whom)s"),
    "start.recovery": _("asked to open the account of %(whom)s again"),
    "confirm.recovery": _("opened the account of %(whom)s again, with a new password"),
    "stop.recovery": _("stopped opening the account of %(whom)s again"),
    "view.recoveries": _("looked at accounts that are to be opened again"),
    "operate.recovery": _("opened the account of %(whom)s again, from the machine"),
    "close.own-account": _("closed their own account"),
    "close.account": _("closed the account of %(whom)s"),
    "operate.closing": _("closed the account of %(whom)s, from the machine"),
    "make.invitation": _("invited somebody to work here"),
    "withdraw.invitation": _("took back an invitation"),
    "restore.invitation": _("let an invitation count again"),
    "accept.invitation": _("accepted an invitation to work here"),
    "review.text": _("reviewed a translation"),
    "propose.agreement": _("proposed an agreement about sharing"),
    "change.agreement": _("proposed to change an agreement"),
    "sign.agreement": _("signed an agreement"),
    "turn-down.agreement": _("turned down what was proposed about sharing"),
    "take-back.agreement": _("took back what was proposed about sharing"),
    "revoke.agreement": _("ended an agreement"),
    "view.shared": _("looked at shared tables"),
    "view.shared-contacts": _("looked at shared contacts"),
    "view.partner-names": _("looked at names on cards for partners"),
    "export.shared": _("took shared rows as a file"),
    "mark.tribal-partner": _("marked a member as a tribal partner: %(whom)s"),
    "unmark.tribal-partner": _("took the mark of a tribal partner off a member: %(whom)s"),
    "set.release-rule": _("set what may be released about us"),
    "answer.release": _("answered whether our counties may be in a release"),
    "note.consent": _("noted that %(whom)s agreed to something"),
    "withdraw.consent": _("noted that %(whom)s took back what they had agreed to"),
    "view.consents": _("looked at what people agreed to"),
    "release.counts": _("released counts to everybody: %(period)s"),
    "restore.backup": _("put the data back from a backup; what came after it is not here"),
    "start.departure": _("asked that a member leaves the network: %(whom)s"),
    "confirm.departure": _("confirmed that a member leaves the network: %(whom)s"),
    "stop.departure": _("stopped that a member leaves the network: %(whom)s"),
    "leave.network": _("let a member leave, and ended what it had: %(whom)s"),
    "undo.departure": _("let a member that left be part of the network again: %(whom)s"),
    "edit.retention": _("changed for how long something is kept"),
    "begin.hold": _("put removal on hold"),
    "end.hold": _("let removal go on"),
    "view.people": _("looked at who works here"),
    "view.events": _("looked at this record"),
    "export.events": _("took this record out as a table"),
    "note.link-address": _("wrote where a program wants its links by mail"),
    "remove.link-address": _("removed where a program got its links by mail"),
    "stop.link-address": _("stopped mailing links to a program, as its mail asked"),
    "mail.confirm-link": _("mailed a program its link"),
    "retry.messages": _("let messages that were given up be sent again"),
}

# The same where somebody did it for themself.
OWN_ACTS = {
    "note.consent": _("agreed to something"),
    "withdraw.consent": _("took back what they had agreed to"),
}

HOLD_REASONS = {
    HoldReason.SUBPOENA: _("A court or an authority asked for something"),
    HoldReason.DISPUTE: _("There is a dispute"),
    HoldReason.MISTAKE: _("We are looking into a mistake"),
    HoldReason.OTHER: _("Another reason"),
}

DEPARTURE_REASONS = {
    DepartureReason.CLOSES: _("It closes, or has closed"),
    DepartureReason.WITHDRAWS: _("It goes on, but leaves the network"),
}


def people_and_organizations(people: int, organizations: int) -> str:
    """Return how many of each there are, in words; what there is none of is left out."""
    said = {
        "people": ngettext("%(count)s person", "%(count)s people", people) % {"count": people},
        "organizations": ngettext(
            "%(count)s organization", "%(count)s organizations", organizations
        )
        % {"count": organizations},
    }
    if people and organizations:
        return gettext("%(people)s and %(organizations)s") % said
    return said["people" if people else "organizations"]
