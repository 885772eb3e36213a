import xml.etree.ElementTree as ET

import pytest

from tejido.ui.domain import icons

TILES = (
    "naloxone",
    "syringes",
    "wound-care",
    "tests",
    "treatment",
    "drug-checking",
    "basics",
    "talk",
)


@pytest.mark.parametrize("name", icons.icon_names())
def test_icon_is_well_formed_silent_and_within_its_grid(name):
    svg = ET.fromstring(icons.icon_svg(name))

    assert svg.attrib["aria-hidden"] == "true"
    assert svg.attrib["viewBox"] == "0 0 24 24"
    assert len(list(svg)) >= 1


def test_every_tile_has_a_drawing_of_its_own():
    assert len({icons.icon_svg(name) for name in TILES}) == len(TILES)


def test_a_need_shares_the_drawing_of_its_group():
    assert icons.icon_svg("methadone") == icons.icon_svg("treatment")


def test_unknown_icon_is_refused():
    with pytest.raises(ValueError, match="no such icon: nothing"):
        icons.icon_svg("nothing")
