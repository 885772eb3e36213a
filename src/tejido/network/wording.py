"""The words for roles, kinds of member and relationships, in the person's language."""

from django.utils.translation import gettext_lazy as _

from tejido.network.domain.members import MemberKind, RelationshipKind
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
}

# What was done, without who did it; `whom` is a person, `role` what they do.
ACTS = {
    "add.member": _("added a member to the network"),
    "join.network": _("founded the network"),
    "add.relationship": _("said that we work with another member"),
    "join.member": _("took in %(whom)s"),
    "end.membership": _("ended the work of %(whom)s here"),
    "resume.membership": _("took %(whom)s in again"),
    "grant.role": _("gave %(whom)s the role %(role)s"),
    "withdraw.role": _("took the role %(role)s from %(whom)s"),
    "review.text": _("reviewed a translation"),
    "release.counts": _("released counts to everybody"),
    "view.people": _("looked at who works here"),
    "view.events": _("looked at this record"),
}
