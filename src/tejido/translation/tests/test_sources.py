"""In which language a text was written, and what becomes of it when that changes."""

from uuid import UUID

import pytest

from tejido.translation.domain.texts import State, StoredText, TextEntry
from tejido.translation.models import Unit
from tejido.translation.queries import texts_for
from tejido.translation.services import TextRefused, put_texts

pytestmark = pytest.mark.django_db
VAN = UUID("00000000-0000-4000-8000-000000000001")


def english(text):
    return TextEntry("directory.service", VAN, "name", "en", text, State.SOURCE)


def spanish(text, **more):
    return TextEntry("directory.service", VAN, "name", "es", text, **more)


def states():
    return {unit.language: (unit.text, unit.state) for unit in Unit.objects.all()}


def test_two_sources_of_one_text_are_refused():
    with pytest.raises(TextRefused) as refusal:
        put_texts(entries=[english("Van"), spanish("Camioneta", state=State.SOURCE)])

    assert refusal.value.code == "second-source"
    assert Unit.objects.count() == 0


def test_an_empty_source_in_a_language_that_is_not_the_sources_is_refused():
    put_texts(entries=[english("Van")])

    with pytest.raises(TextRefused) as refusal:
        put_texts(entries=[spanish("", state=State.SOURCE)])

    assert refusal.value.code == "second-source"


def test_a_text_may_have_its_source_in_spanish():
    put_texts(entries=[spanish("Camioneta", state=State.SOURCE)])

    assert states() == {"es": ("Camioneta", "source")}
    assert texts_for("directory.service", [VAN], "en") == {
        (VAN, "name"): StoredText("Camioneta", State.SOURCE)
    }


def test_a_source_in_another_language_makes_the_one_before_an_old_translation():
    put_texts(entries=[spanish("Camioneta", state=State.SOURCE)])

    assert put_texts(entries=[english("Van")]) == 2

    assert states() == {"en": ("Van", "source"), "es": ("Camioneta", "stale")}
    assert put_texts(entries=[english("Van")]) == 0


@pytest.mark.parametrize("together", [True, False])
def test_the_source_before_is_a_translation_once_it_is_handed_in_as_one(together):
    put_texts(entries=[spanish("Camioneta", state=State.SOURCE)])
    entries = [english("Van"), spanish("Camioneta")]

    for some in [entries] if together else [entries[:1], entries]:
        put_texts(entries=some)

    assert states() == {"en": ("Van", "source"), "es": ("Camioneta", "translated")}
    assert put_texts(entries=entries) == 0


def test_a_translation_becomes_the_source_where_the_source_goes():
    put_texts(entries=[english("Van"), spanish("Camioneta")])

    put_texts(
        entries=[
            spanish("Camioneta", state=State.SOURCE),
            TextEntry("directory.service", VAN, "name", "en", ""),
        ]
    )

    assert states() == {"es": ("Camioneta", "source")}
