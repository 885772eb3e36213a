"""What we publish passes our own check."""

from datetime import timedelta

import pytest

from tejido.directory.demo import plant
from tejido.directory.services.check_hsds import check_hsds
from tejido.directory.services.concepts import load_concepts
from tejido.directory.testing import NOON, a_source, stored
from tejido.directory.tests.exports import exported
from tejido.directory.tests.test_export_hsds import the_rich_service
from tejido.foundation.testing import begin_with

pytestmark = [pytest.mark.django_db, pytest.mark.shared]


@pytest.fixture
def filled():
    begin_with(load_concepts)
    plant(report=lambda _: None, at=NOON)
    stored(the_rich_service(), source=a_source("rich"))


def test_our_own_public_export_passes_without_a_warning(tmp_path, filled, shared_hsds):
    folder = exported(tmp_path / "out", whole=False).folder

    today = (NOON + timedelta(days=1)).date()
    tally = check_hsds(target=folder, today=today, schemas=shared_hsds / "v3.1").tally

    assert {rule: each[:3] for rule, each in tally.findings.items()} == {}
    assert tally.checked["service"] > 80
