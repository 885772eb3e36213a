"""Our own checker, which is for anybody's feed, finds nothing wrong with our API."""

from contextlib import contextmanager
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.wsgi import get_wsgi_application

from tejido.directory.domain.hsds_check.findings import Verdict
from tejido.directory.services.check_hsds import check_hsds
from tejido.directory.testing import NOON
from tejido.directory.tests.asking_hsds import ROOT, demonstrated, unhurried
from tejido.gateways.web_fetch import Fetcher

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
__all__ = ["unhurried"]


class Quiet(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def served():
    """Serve the whole site on this computer and yield its address."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_our_api_passes_our_checker_with_the_official_schemas(shared_hsds):
    demonstrated()

    with served() as address:
        checked = check_hsds(
            target=f"{address}{ROOT}",
            today=NOON.date(),
            schemas=shared_hsds / "v3.1",
            fetcher=Fetcher(allow_private=True),
        )

    tally = checked.tally
    assert {rule: tally.findings[rule][:3] for rule in tally.counts} == {}
    assert tally.verdict is Verdict.PASS
    assert tally.checked.keys() >= {"root", "openapi", "service", "service_at_location"}
