import pytest

from tejido.geography.domain.towns import TownFact, ZipFact, is_short_for, towns_of


def a_zip(code, *, town="Oakland", also=(), county="06001", at=(37.8, -122.2), street=True):
    return ZipFact(code, town, also, county, *at, street)


def test_towns_of_stands_at_the_zip_code_nearest_the_middle_of_the_street_mail():
    zips = [
        a_zip("94601", at=(37.70, -122.2)),
        a_zip("94602", at=(37.81, -122.2)),
        a_zip("94603", at=(37.90, -122.2)),
        a_zip("94604", at=(30.0, -110.0), street=False),
    ]

    assert towns_of(zips) == [TownFact("Oakland", "06001", 37.81, -122.2, 4)]


def test_towns_of_keeps_a_post_office_that_crosses_a_county_line_as_one_town():
    zips = [
        a_zip("94301", town="Palo Alto", county="06085"),
        a_zip("94303", town="Palo Alto", county="06081"),
        a_zip("94304", town="Palo Alto", county="06085"),
    ]

    assert [(t.name, t.county_fips, t.zip_count) for t in towns_of(zips)] == [
        ("Palo Alto", "06085", 3)
    ]


def test_towns_of_keeps_further_names_but_not_short_forms_or_names_of_post_offices():
    zips = [
        a_zip("90028", town="Los Angeles", also=("Hollywood", "Venice", "Hollywd")),
        a_zip("90291", town="Venice"),
    ]

    assert [town.name for town in towns_of(zips)] == ["Hollywood", "Los Angeles", "Venice"]


def test_towns_of_leaves_out_firms_and_writes_small_words_small():
    zips = [a_zip("95975", town="Rough And Ready", also=("Bureau Of The Census",))]

    assert [town.name for town in towns_of(zips)] == ["Rough and Ready"]


@pytest.mark.parametrize(
    ("name", "full", "expected"),
    [
        ("Sn Luis Obisp", "San Luis Obispo", True),
        ("Canyon Cntry", "Canyon Country", True),
        ("Bell", "Bell Gardens", False),
        ("Mirada", "La Mirada", False),
        ("Venice", "Venice", False),
    ],
)
def test_is_short_for_compares_word_by_word(name, full, expected):
    assert is_short_for(name, full) is expected
