"""Whose rows code reaches: every table of a member, on both databases (DESIGN decision 1)."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tejido.foundation.owned import Owned, ScopedManager, SharedByTwo
from tejido.foundation.scope import AppendOnly, OtherMember, ScopeMissing, member_scope
from tejido.network.models import Member
from tests.owned_tables import OWNED, names, of_one, same_member_keys

pytestmark = pytest.mark.django_db


def test_tables_of_members_are_known_to_this_test() -> None:
    # A new one must be planted in `rows` (conftest.py) before its rules are really tried.
    assert {model.__name__ for model in OWNED} == {
        "Membership",
        "OutMessage",
        "Invitation",
        "Departure",
        "ServedCounty",
        "HandedOver",
        "Contact",
        "ContactTie",
        "ContactImport",
        "SharedContact",
        "PartnerCard",
        "PartnerListing",
        "RoleGrant",
        "Event",
        "Seal",
        "SealedEvent",
        "ImportRun",
        "Relationship",
        "Agreement",
        "AgreementVersion",
        "AgreementSignature",
        "AgreementEnd",
        "ProposalEnd",
        "SentBatch",
        "Consent",
        "ConsentWithdrawal",
        "ReleaseRule",
        "ReleaseAnswer",
        "Recovery",
    }


def test_every_table_with_a_member_is_scoped() -> None:
    tied = [
        model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Member or field.column.endswith("member_id")
    ]

    assert [model for model in tied if not issubclass(model, Owned)] == []


@names
def test_both_managers_of_an_owned_table_are_scoped(model: Any) -> None:
    assert isinstance(model._default_manager, ScopedManager)
    assert isinstance(model._base_manager, ScopedManager)
    assert [type(manager) for manager in model._meta.managers] == [ScopedManager]


@names
def test_no_unscoped_table_leads_back_into_an_owned_one(model: Any) -> None:
    # Without a reverse name nobody can join from a shared table into another member's rows.
    leading = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and not issubclass(field.related_model, Owned)
        and not field.remote_field.hidden
    ]

    assert leading == []


@names
def test_no_row_is_reachable_without_a_scope(model: Any) -> None:
    for reach in (
        lambda: model.objects.all(),
        lambda: model.objects.count(),
        lambda: model._base_manager.first(),
        lambda: model().save(),
    ):
        with pytest.raises(ScopeMissing):
            reach()


@of_one
def test_a_member_sees_its_own_rows_and_no_others(
    model: Any, rows: dict[str, Any], valley: Member, coast: Member
) -> None:
    with member_scope(valley.id):
        seen = {row.pk for row in model.objects.all()}

    assert seen == {rows[f"{valley.slug} {model.__name__}"]}
    assert rows[f"{coast.slug} {model.__name__}"] not in seen


@of_one
def test_a_member_cannot_write_rows_of_another(
    model: Any, rows: dict[str, Any], valley: Member, coast: Member
) -> None:
    with member_scope(coast.id):
        foreign = model.objects.get()

    with member_scope(valley.id):
        for write in (
            foreign.save,
            foreign.delete,
            lambda: model.objects.bulk_create([foreign]),
            lambda: model.objects.create(member=coast),
            lambda: model.objects.create(member_id=coast.id),
        ):
            with pytest.raises((OtherMember, AppendOnly)):
                write()
        assert not model.objects.filter(pk=foreign.pk).exists()

    with member_scope(coast.id):
        assert model.objects.get() == foreign


@of_one
def test_a_row_never_changes_hands(
    model: Any, rows: dict[str, Any], valley: Member, coast: Member
) -> None:
    with member_scope(valley.id):
        own = model.objects.get()
        own.member_id = coast.id
        for write in (
            own.save,
            lambda: model.objects.update(member=coast),
            lambda: model.objects.update(member_id=coast.id),
        ):
            with pytest.raises((OtherMember, AppendOnly)):
                write()
    with member_scope(coast.id), pytest.raises((OtherMember, AppendOnly)):
        own.save()


@same_member_keys
def test_a_parent_of_another_member_is_refused(
    model: Any, key: Any, rows: dict[str, Any], valley: Member, coast: Member
) -> None:
    with member_scope(coast.id):
        foreign = key.related_model.objects.get()
    with member_scope(valley.id):
        own = model.objects.get()
        setattr(own, key.name, foreign)
        unsaved = model(member=valley, **{key.attname: foreign.pk})

        for write in (
            unsaved.save,
            lambda: model.objects.bulk_create([unsaved]),
        ):
            with pytest.raises(OtherMember):
                write()
        for write in (
            own.save,
            lambda: model.objects.update(**{key.name: foreign}),
            lambda: model.objects.update(**{key.attname: foreign.pk}),
            lambda: model.objects.update(**{key.attname: models.F("id")}),
        ):
            with pytest.raises(AppendOnly if model.append_only else OtherMember):
                write()


def test_shared_tables_have_two_sides() -> None:
    shared = [model for model in OWNED if issubclass(model, SharedByTwo)]

    assert {model.owner_fields for model in shared} == {("from_member", "to_member")}
