import uuid

import pytest
from django.db import IntegrityError, transaction

from tejido.accounts.models import User
from tejido.accounts.services import AccountRefused, choose_language, create_account
from tejido.accounts.testing import PASSWORD, an_account

pytestmark = pytest.mark.django_db


def test_create_account_stores_a_random_id_and_a_hashed_password():
    user = create_account(username=" Rosa.M ", password=PASSWORD, language="es")

    stored = User.objects.get()
    assert (stored.id, stored.username, stored.language) == (user.id, "rosa.m", "es")
    assert (stored.id.version, stored.check_password(PASSWORD)) == (4, True)
    assert PASSWORD not in stored.password


def test_create_account_without_a_password_lets_nobody_in():
    assert not create_account(username="rosa", password=None, language="en").has_usable_password()


@pytest.mark.parametrize("taken", ["rosa", "ROSA", " rosa "])
def test_create_account_refuses_a_name_that_is_taken_in_any_letter_case(taken):
    an_account("rosa")

    with pytest.raises(AccountRefused) as refusal:
        create_account(username=taken, password=PASSWORD, language="en")

    assert refusal.value.code == "username-taken"
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["", "x", "ro sa", "<b>rosa", "rosá", "r" * 65, "rosa@example.org"]
)
def test_create_account_refuses_other_forms_of_name(name):
    with pytest.raises(AccountRefused) as refusal:
        create_account(username=name, password=PASSWORD, language="en")

    assert refusal.value.code == "username-form"


@pytest.mark.parametrize("language", ["", "fr", "EN"])
def test_create_account_refuses_a_language_that_is_not_offered(language):
    with pytest.raises(AccountRefused) as refusal:
        create_account(username="rosa", password=PASSWORD, language=language)

    assert refusal.value.code == "language-unknown"


def test_choose_language_stores_it():
    user = an_account()

    choose_language(user=user, language="es")

    assert User.objects.get().language == "es"


@pytest.mark.parametrize("values", [{"username": "Rosa"}, {"language": "fr"}])
def test_the_table_refuses_capitals_and_other_languages(values):
    an_account()

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.update(**values)


def test_an_account_holds_no_name_no_email_and_no_phone_number():
    names = {field.name for field in User._meta.concrete_fields}

    kept = {"id", "username", "password", "password_until", "language", "is_active", "last_login"}
    assert names == kept | {"closed_at"}


def test_ids_tell_nothing_about_the_order_of_accounts():
    assert all(uuid.UUID(str(an_account(f"p{n}").id)).version == 4 for n in range(3))
