from datetime import UTC, date, datetime, timedelta

import pytest

from tejido.directory.domain.clocks import FieldGroup
from tejido.directory.domain.drafts import AddressDraft, OrganizationDraft
from tejido.directory.domain.quality import (
    Age,
    By,
    Group,
    Order,
    Part,
    Share,
    in_order,
    most_lacking,
    named_like,
)
from tejido.directory.domain.vocabulary import Fact, Mode, Status, Tier, Visibility
from tejido.directory.models import Service
from tejido.directory.queries.due import count_due
from tejido.directory.queries.quality import quality_of
from tejido.directory.queries.quality_groups import groups_of, lacking
from tejido.directory.reference import load_reference
from tejido.directory.testing import (
    a_location,
    a_phone,
    a_place,
    a_service,
    a_source,
    an_id,
    stored,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)


def core(name="Naloxone", **changes):
    return a_service(name, **{"tier": Tier.CORE, **changes})


def share(part, tier=Tier.CORE, today=TODAY):
    return groups_of(By.COUNTY, tier, today=today)[0].shares[part]


def test_an_empty_directory_has_nothing_of_nothing():
    total, _ = groups_of(By.COUNTY, Tier.CORE, today=TODAY)

    assert total.listings == 0
    assert set(total.shares.values()) == {Share(0, 0)}
    assert quality_of(Tier.CORE, today=TODAY).places == Share(0, 0)


def test_a_complete_listing_has_every_part():
    stored(
        core(
            phones=(a_phone(),),
            languages=("en",),
            facts={Fact.NO_ID: True},
            description="Naloxone kits",
        )
    )

    shares = groups_of(By.COUNTY, Tier.CORE, today=TODAY)[0].shares

    assert {part: shares[part] for part in Part if part is not Part.SPANISH} == dict.fromkeys(
        (part for part in Part if part is not Part.SPANISH), Share(1, 1)
    )
    assert shares[Part.SPANISH] == Share(0, 1)
