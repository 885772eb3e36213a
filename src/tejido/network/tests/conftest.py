import pytest

from tejido.accounts.testing import an_account
from tejido.network.domain.roles import Role
from tejido.network.testing import a_member, a_person


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
