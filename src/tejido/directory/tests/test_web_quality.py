import csv
import re
from datetime import date

import pytest

from tejido.directory.domain.drafts import AddressDraft, OrganizationDraft
from tejido.directory.domain.quality import Part
from tejido.directory.domain.vocabulary import Tier, Visibility
from tejido.directory.testing import (
    a_location,
    a_phone,
    a_place,
    a_service,
    a_source,
    an_id,
    stored,
)
from tejido.directory.tests.desk_pages import address, asked_of_listings
from tejido.directory.reference import load_reference
from tejido.network.domain.roles import Role
from tejido.accounts.testing import an_account
from tejido.network.testing import a_person

pytestmark = pytest.mark.django_db


def core(name="Naloxone", **changes):
    return a_service(name, **{"tier": Tier.CORE, **changes})


def test_the_page_opens(client, steward, words_of):
    stored(core(), core("Second", places=()))
    page = client.get(address("quality"))
    print(words_of(page))
    assert page.status_code == 200
