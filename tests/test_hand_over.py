"""Whoever leaves: of each column that names a person somebody decided what becomes of it."""

from django.apps import apps
from django.db import models

# What becomes of each column that names a person when they leave: it is handed over by a
# `Holding`, or it is a record and keeps their name. A new column is decided here.
HANDED = {
    *("network.Invitation.made_by", "network.Recovery.started_by"),
    *("network.AgreementVersion.proposed_by", "network.ContactImport.brought_by"),
    *("directory.ProposedChange.proposed_by", "directory.ImportRun.by"),
}
RECORD = {
    *("network.RoleGrant.granted_by", "network.RoleGrant.withdrawn_by", "network.Event.actor"),
    *("network.Recovery.confirmed_by", "network.Recovery.stopped_by"),
    *("network.Invitation.withdrawn_by", "network.HandedOver.handed_by"),
    *("network.HandedOver.taker", "network.AgreementSignature.person"),
    "network.ProposalEnd.person",
    *("network.AgreementEnd.person", "network.SentBatch.person", "network.Contact.added_by"),
    *("network.Contact.removed_by", "network.SharedContact.noted_by"),
    *("network.Consent.noted_by", "network.ConsentWithdrawal.withdrawn_by"),
    *("network.PartnerListing.consented_by", "network.ReleaseRule.set_by"),
    *("network.Departure.started_by", "network.Departure.confirmed_by"),
    *("network.Departure.stopped_by", "network.ReleaseAnswer.person"),
    *("directory.Act.actor", "directory.Act.second", "directory.Call.called_by"),
    *("directory.LinkAddress.noted_by", "directory.ConfirmLink.made_by"),
    "directory.DuplicatePair.answered_by",
    *("directory.SavedMapping.saved_by", "directory.ProposedChange.decided_by"),
    *("directory.ContactConsent.noted_by", "directory.ContactConsent.withdrawn_by"),
    *("disclosure.Release.released_by", "foundation.RuleKept.changed_by"),
    *("geography.Landmark.added_by", "geography.Landmark.removed_by"),
    *("geography.LandmarkVersion.changed_by", "geography.LandmarkVersion.removed_by"),
    *("foundation.Hold.begun_by", "foundation.Hold.ended_by"),
    *("translation.Unit.written_by", "translation.Unit.reviewed_by"),
}


def test_each_column_that_names_a_person_is_handed_over_or_a_record():
    tables = [model for model in apps.get_models() if model.__module__.startswith("tejido")]
    named = {
        f"{model._meta.label}.{field.name}"
        for model in tables
        for field in model._meta.concrete_fields
        if type(field) is models.UUIDField and names_somebody(field.name)
    }

    assert named == HANDED | RECORD


def names_somebody(column):
    return column.endswith("_by") or column in {"by", "actor", "person", "second", "taker"}
