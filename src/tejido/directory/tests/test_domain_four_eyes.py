import pytest

from tejido.directory.domain.four_eyes import waits

STREET = [{"address_1": "1 Main Street", "city": "Oakland"}]
OTHER = [{"address_1": "2 Main Street", "city": "Oakland"}]
PLACE, SERVICE = "directory.serviceatlocation", "directory.service"
LOCATION = "directory.location"


@pytest.mark.parametrize(
    ("kind", "field", "before", "after"),
    [
        (LOCATION, "address", STREET, OTHER),
        (LOCATION, "address", [], STREET),
        (LOCATION, "latitude", 37.8, 37.9),
        (LOCATION, "longitude", None, -122.2),
        (LOCATION, "visibility", "partners-only", "public"),
        (LOCATION, "visibility", "partners-only", "public-without-place"),
        (PLACE, "visibility", "public-without-place", "public"),
        (SERVICE, "status", "inactive", "active"),
        (SERVICE, "status", "defunct", "temporarily closed"),
    ],
)
def test_what_tells_where_and_what_shows_more_waits(kind, field, before, after):
    assert waits(kind, field, before, after)


@pytest.mark.parametrize(
    ("kind", "field", "before", "after"),
    [
        (LOCATION, "address", STREET, STREET),
        (LOCATION, "address", STREET, []),
        (LOCATION, "address", STREET, [{"address_1": "", "state_province": "CA"}]),
        (LOCATION, "latitude", 37.8, None),
        (LOCATION, "visibility", "public", "partners-only"),
        (PLACE, "visibility", "public", "public-without-place"),
        (SERVICE, "status", "active", "inactive"),
        (SERVICE, "status", "temporarily closed", "active"),
        (SERVICE, "status", "inactive", "defunct"),
        (SERVICE, "name", "Van", "Bus"),
        (LOCATION, "landmark", "", "Behind the church"),
    ],
)
def test_what_protects_and_what_says_neither_never_waits(kind, field, before, after):
    assert not waits(kind, field, before, after)
