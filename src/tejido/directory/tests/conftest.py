"""People at the desk of the directory."""

import re

import pytest

from tejido.accounts.testing import an_account
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
def words_of():
    def words(response):
        text = re.sub(r"<[^>]+>", " ", response.content.decode())
        return re.sub(r"\s+", " ", text)

    return words
