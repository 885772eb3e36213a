"""Our own API passes our own check, over the wire."""

from datetime import timedelta

import pytest

from tejido.directory.domain.hsds_check.findings import Verdict
from tejido.directory.services.check_hsds import check_hsds
from tejido.directory.testing import NOON
from tejido.directory.tests.asking_hsds import demonstrated, unhurried
from tejido.gateways.web_fetch import Fetcher

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.shared]
__all__ = ["unhurried"]


def test_our_own_api_passes_without_a_warning(live_server, unhurried, shared_hsds):
    demonstrated()

    tally = check_hsds(
        target=f"{live_server.url}/api/hsds/v3",
        today=(NOON + timedelta(days=1)).date(),
        schemas=shared_hsds / "v3.1",
        fetcher=Fetcher(allow_private=True),
    ).tally

    assert {rule: each[:3] for rule, each in tally.findings.items()} == {}
    assert (tally.verdict, tally.left_out) == (Verdict.PASS, [])
    assert tally.checked.keys() >= {"root", "openapi", "service", "organization", "taxonomy_term"}
