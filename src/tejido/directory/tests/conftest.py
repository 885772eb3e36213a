"""People at the desk of the directory."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import translation

from tejido.accounts.testing import an_account
from tejido.directory.reference import load_reference
from tejido.directory.services import run_looks
from tejido.foundation.testing import begin_with, quietly
from tejido.network.domain.roles import Role
from tejido.network.testing import a_member, a_person


@pytest.fixture
def valley():
    return a_member()


@pytest.fixture
def steward(client, valley):
    """Somebody who keeps the directory, signed in."""
    account = an_account("theo")
    a_person(valley, Role.STEWARD, name="Theo", id=account.id)
    client.force_login(account)
    return account


@pytest.fixture
def import_data(tmp_path, settings, monkeypatch):
    """A data folder of its own, and the needs and places that an import knows."""
    # A busy machine takes longer to look through a file than a person waits for it.
    monkeypatch.setattr(run_looks, "PATIENCE_S", 20)
    settings.DATA = tmp_path / "data"
    begin_with(quietly(load_reference))
    # A page in Spanish leaves its language to whatever runs next.
    with translation.override("en"):
        yield


@pytest.fixture
def nothing_sent_before():
    """How often somebody wrote or answered is counted in the cache, which tests share."""
    cache.clear()


@pytest.fixture
def words_of():
    def words(response):
        text = re.sub(r"<[^>]+>", " ", response.content.decode())
        return re.sub(r"\s+", " ", text)

    return words


@pytest.fixture
def data(tmp_path, settings):
    """Reports of what was odd go into a folder of the test."""
    settings.DATA = tmp_path / "data"


@pytest.fixture
def sign_in(client, valley):
    def as_somebody(*roles, language="en"):
        account = an_account(f"person-{uuid4().hex[:8]}", language=language)
        if roles:
            a_person(valley, *roles, name="Theo", id=account.id)
        client.force_login(account)
        return account

    return as_somebody


@pytest.fixture
def mail_on(settings):
    settings.MAIL_IS_ON = True
    settings.DEFAULT_FROM_EMAIL = "tejido@help.example.org"
    settings.SITE_URL = "https://help.example.org"


@pytest.fixture
def smtp(settings, mail_on):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
    return settings
