import pytest
from django.core.cache import cache

from tejido.accounts.services import turn_on_app
from tejido.accounts.testing import an_account
from tejido.network.domain.roles import Role
from tejido.network.testing import APP_SECRET, MORNING, a_member, a_person
from tejido.network.tests.recovering import somebody


@pytest.fixture
def valley():
    return a_member()


@pytest.fixture
def rosa(valley):
    """A colleague, on whom everything is done."""
    return a_person(valley, Role.OUTREACH_WORKER, Role.ADVOCATE, name="Rosa")


@pytest.fixture
def sign_in(client):
    def as_somebody(member, *roles, language="en", username="dolores"):
        account = an_account(username, language=language)
        if member:
            a_person(member, *roles, name="Dolores", id=account.id)
        client.force_login(account)
        return account

    return as_somebody


@pytest.fixture
def mail_on(settings):
    cache.clear()  # it counts codes
    settings.MAIL_IS_ON = True
    settings.DEFAULT_FROM_EMAIL = "tejido@help.example.org"
    settings.SITE_URL = "https://help.example.org"


@pytest.fixture
def smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
    return settings


@pytest.fixture
def texts(settings):
    settings.SMS_ACCOUNT, settings.SMS_AUTH_TOKEN = "AC1", "secret"
    settings.SMS_NUMBER = "+15595550100"
    return settings


@pytest.fixture
def dolores(valley):
    return somebody(valley, "dolores", Role.PROGRAM_MANAGER)


@pytest.fixture
def noor(valley):
    return somebody(valley, "noor", Role.PROGRAM_MANAGER)


@pytest.fixture
def ana(valley):
    """Somebody who cannot sign in: the phone with the app is gone."""
    person = somebody(valley, "ana", Role.OUTREACH_WORKER)
    turn_on_app(account_id=person.id, secret=APP_SECRET, at=MORNING)
    return person


@pytest.fixture
def coalition():
    return a_member("Golden Thread")


@pytest.fixture
def inez(coalition):
    return somebody(coalition, "inez", Role.NETWORK_COORDINATOR)
