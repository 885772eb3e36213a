"""Why a day is special, in the reader's language."""

import pytest
from django.utils import translation

from tejido.directory.services.holiday_words import HOLIDAYS, reason_words


def test_a_holiday_is_said_in_the_language_of_the_page():
    with translation.override("es"):
        assert reason_words("Thanksgiving") == "Día de Acción de Gracias"
    with translation.override("en"):
        assert reason_words("Thanksgiving") == "Thanksgiving"


@pytest.mark.parametrize("holiday", sorted(HOLIDAYS - {"Juneteenth"}))
def test_every_holiday_has_its_spanish(holiday):
    with translation.override("es"):
        assert reason_words(holiday) != holiday


def test_another_reason_stays_as_it_was_stated():
    with translation.override("es"):
        assert reason_words("Floor repairs") == "Floor repairs"
        assert reason_words("") == ""
