import pytest
from django.utils import translation

from tejido.geography.queries.places import county_labels, county_names
from tejido.geography.testing import some_counties

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "fresno"), [("en", "Fresno County"), ("es", "Condado de Fresno")]
)
def test_a_list_names_counties_in_the_language_of_whoever_reads_it(language, fresno):
    some_counties()

    with translation.override(language):
        assert county_labels()["06019"] == fresno
    assert county_names()["06019"] == "Fresno"
