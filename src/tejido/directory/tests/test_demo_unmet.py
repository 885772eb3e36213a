"""Invented searches that found nothing: one quarter released, one that waits."""

from datetime import UTC, datetime

import pytest

from tejido.directory.demonstration.unmet import TYPICAL, plant_unmet
from tejido.directory.queries.concepts import known_needs
from tejido.directory.queries.unmet import released_unmet, unreleased_quarters
from tejido.directory.queries.unmet_lines import unmet_lines
from tejido.directory.reference import load_reference as load_needs
from tejido.foundation.quarters import Quarter
from tejido.foundation.testing import begin_with, quietly
from tejido.geography.reference import load_reference as load_places
from tejido.network.demo import plant

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 23, 40, tzinfo=UTC)


@pytest.fixture
def planted(settings):
    settings.DEMONSTRATION = True
    begin_with(quietly(load_places), quietly(load_needs))
    plant(report=lambda _: None, at=AT)
    plant_unmet(at=AT)


def test_a_quarter_is_released_and_the_next_waits_for_the_coordinator(planted):
    (released,) = released_unmet()

    assert released.period == "2026-Q2"
    assert unreleased_quarters(today=AT.date()) == [Quarter(2026, 3)]
    assert unmet_lines(released.tables, "2026-Q2", "es")[0].need == "Metadona"


def test_planting_again_changes_nothing(planted):
    before = released_unmet()

    plant_unmet(at=AT)

    assert released_unmet() == before


def test_every_invented_need_is_one_of_ours(planted):
    assert set(TYPICAL) <= set(known_needs())
