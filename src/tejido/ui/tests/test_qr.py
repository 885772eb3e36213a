import re

import pytest
import segno
from django.template import Context, Template

from tejido.ui.qr import QUIET, qr_svg

ADDRESS = "https://network.example.org/es/r/" + "a1b2c3d4" * 7


def modules_of(svg):
    """Return which modules of the picture are dark."""
    found = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg):
        found |= {(int(x) + each, int(y)) for each in range(int(width))}
    return found


def test_every_module_is_drawn_with_light_around_it():
    svg = qr_svg(ADDRESS, title="Code")

    rows = segno.make(ADDRESS, error="m", micro=False).matrix
    dark = {(x + QUIET, y + QUIET) for y, row in enumerate(rows) for x, on in enumerate(row) if on}
    assert modules_of(svg) == dark
    side = len(rows) + 2 * QUIET
    assert f'viewBox="0 0 {side} {side}"' in svg
    # The three corners by which a phone finds it.
    far = QUIET + len(rows) - 1
    assert {(QUIET, QUIET), (far, QUIET), (QUIET, far)} <= dark


def test_it_is_dark_on_light_and_has_a_name():
    svg = qr_svg(ADDRESS, title='<b>Code & "link"</b>')

    assert '<path fill="#fff"' in svg
    assert '<path fill="#000"' in svg
    assert '<title>&lt;b&gt;Code &amp; "link"&lt;/b&gt;</title>' in svg
    assert "style=" not in svg


def test_an_address_that_fits_no_code_is_refused():
    with pytest.raises(ValueError, match="too large"):
        qr_svg("x" * 5_000, title="Code")


def test_the_tag_draws_it():
    drawn = Template('{% load ui %}{% qr "https://x.example" "Code" %}').render(Context())

    assert drawn == qr_svg("https://x.example", title="Code")
