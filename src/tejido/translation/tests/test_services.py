from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tejido.translation.domain.texts import State, StoredText, TextEntry, TextKey
from tejido.translation.models import Unit
from tejido.translation.queries import texts_for, texts_of
from tejido.translation.services import TextRefused, put_texts, remove_texts, review_text

pytestmark = pytest.mark.django_db

VAN = UUID("00000000-0000-4000-8000-000000000001")
DOOR = UUID("00000000-0000-4000-8000-000000000002")
ROSA = UUID("00000000-0000-4000-8000-00000000000a")
IVAN = UUID("00000000-0000-4000-8000-00000000000b")
VALLEY = UUID("00000000-0000-4000-8000-0000000000aa")
TODAY = date(2026, 11, 20)
KEY = TextKey("directory.service", VAN, "name")


def english(text, object_id=VAN, field="name"):
    return TextEntry("directory.service", object_id, field, "en", text, State.SOURCE)


def spanish(text, object_id=VAN, field="name", **more):
    return TextEntry("directory.service", object_id, field, "es", text, **more)


def state_of(language="es"):
    return texts_of("directory.service", [VAN], public_only=False)[VAN, "name", language].state


def reviewed(text="Camioneta", by=IVAN):
    review_text(key=KEY, language="es", text=text, reviewed_by=by, reviewed_for=VALLEY, on=TODAY)


def test_put_texts_stores_source_and_translation_in_any_order():
    assert put_texts(entries=[spanish("Camioneta"), english("Van")]) == 2

    assert texts_of("directory.service", [VAN]) == {
        (VAN, "name", "en"): StoredText("Van", State.SOURCE),
        (VAN, "name", "es"): StoredText("Camioneta", State.TRANSLATED),
    }


def test_put_texts_sent_twice_changes_nothing():
    entries = [english("Van"), spanish("Camioneta")]
    put_texts(entries=entries)

    assert put_texts(entries=entries) == 0
    assert Unit.objects.count() == 2


def test_a_changed_source_makes_its_translation_stale_until_a_new_text():
    put_texts(entries=[english("Van"), spanish("Camioneta")])

    assert put_texts(entries=[english("Blue van"), spanish("Camioneta")]) == 2
    assert state_of() is State.STALE
    assert put_texts(entries=[english("Blue van"), spanish("Camioneta")]) == 0
    assert put_texts(entries=[spanish("Camioneta azul")]) == 1
    assert state_of() is State.TRANSLATED


def test_a_source_and_its_translation_changed_together_stay_current():
    put_texts(entries=[english("Van"), spanish("Camioneta")])

    put_texts(entries=[spanish("Camioneta azul"), english("Blue van")])

    assert state_of() is State.TRANSLATED


def test_a_machine_text_never_replaces_what_a_person_wrote():
    put_texts(entries=[english("Van"), spanish("Camioneta")])

    assert put_texts(entries=[spanish("Furgón", state=State.MACHINE)]) == 0
    assert state_of() is State.TRANSLATED


def test_a_persons_text_replaces_a_machines_even_word_for_word():
    put_texts(entries=[english("Van"), spanish("Camioneta", state=State.MACHINE)])

    assert put_texts(entries=[spanish("Camioneta")]) == 1
    assert state_of() is State.TRANSLATED


def test_a_reviewed_text_that_becomes_critical_stays_reviewed():
    put_texts(entries=[english("Van"), spanish("Camioneta")])
    reviewed()

    put_texts(entries=[spanish("Camioneta", is_critical=True)])

    assert state_of() is State.REVIEWED


def test_a_stale_translation_whose_source_comes_back_is_current_when_sent_again():
    put_texts(entries=[english("Van"), spanish("Camioneta")])
    put_texts(entries=[english("Blue van")])

    put_texts(entries=[english("Van"), spanish("Camioneta")])

    assert state_of() is State.TRANSLATED


def test_review_names_the_person_the_member_and_the_day():
    put_texts(entries=[english("Van"), spanish("Camioneta", written_by=ROSA)])

    reviewed()

    unit = Unit.objects.get(language="es")
    assert (unit.state, unit.reviewed_by, unit.reviewed_for, unit.reviewed_on) == (
        State.REVIEWED,
        IVAN,
        VALLEY,
        TODAY,
    )


def test_a_reviewed_text_sent_again_stays_reviewed_and_a_new_text_does_not():
    put_texts(entries=[english("Van"), spanish("Camioneta")])
    reviewed()

    assert put_texts(entries=[english("Van"), spanish("Camioneta")]) == 0
    assert state_of() is State.REVIEWED
    put_texts(entries=[spanish("Combi")])
    assert state_of() is State.TRANSLATED
    assert Unit.objects.get(language="es").reviewed_by is None


def test_review_of_a_stale_text_makes_it_current_again():
    put_texts(entries=[english("Van"), spanish("Camioneta")])
    put_texts(entries=[english("Blue van")])

    reviewed()

    assert state_of() is State.REVIEWED
    assert put_texts(entries=[english("Blue van"), spanish("Camioneta")]) == 0


def test_a_writer_cannot_review_their_own_text():
    put_texts(entries=[english("Van"), spanish("Camioneta", written_by=IVAN)])

    with pytest.raises(TextRefused) as refusal:
        reviewed(by=IVAN)

    assert refusal.value.code == "own-text"


def test_review_of_a_text_that_changed_meanwhile_is_refused():
    put_texts(entries=[english("Van"), spanish("Camioneta")])

    with pytest.raises(TextRefused) as refusal:
        reviewed(text="Combi")

    assert refusal.value.code == "text-changed"


@pytest.mark.parametrize(
    ("language", "code"), [("en", "source-is-not-reviewed"), ("vi", "text-unknown")]
)
def test_only_a_translation_that_is_there_can_be_reviewed(language, code):
    put_texts(entries=[english("Van")])

    with pytest.raises(TextRefused) as refusal:
        review_text(
            key=KEY,
            language=language,
            text="Van",
            reviewed_by=IVAN,
            reviewed_for=VALLEY,
            on=TODAY,
        )

    assert refusal.value.code == code


@pytest.mark.parametrize("state", [State.REVIEWED, State.STALE])
def test_a_text_cannot_arrive_as_reviewed_or_stale(state):
    with pytest.raises(TextRefused) as refusal:
        put_texts(entries=[english("Van"), spanish("Camioneta", state=state)])

    assert refusal.value.code == "state-not-given"
    assert Unit.objects.count() == 0


def test_a_translation_without_a_source_is_refused():
    with pytest.raises(TextRefused) as refusal:
        put_texts(entries=[spanish("Camioneta")])

    assert refusal.value.code == "source-missing"


def test_a_translation_in_the_language_of_the_source_is_refused():
    put_texts(entries=[english("Van")])

    with pytest.raises(TextRefused) as refusal:
        put_texts(entries=[TextEntry("directory.service", VAN, "name", "en", "Truck")])

    assert refusal.value.code == "second-source"


@pytest.mark.parametrize("text", ["Cuesta 100 %", "%(count)s y %(count)s", "{count} lugares"])
def test_a_translation_that_loses_or_adds_a_placeholder_is_refused(text):
    with pytest.raises(TextRefused) as refusal:
        put_texts(entries=[english("%(count)s places"), spanish(text)])

    assert refusal.value.code == "placeholders-differ"


def test_machine_text_of_critical_wording_is_never_public():
    put_texts(entries=[english("Call 911"), spanish("Llame al 911", state=State.MACHINE)])
    assert (VAN, "name", "es") in texts_of("directory.service", [VAN])

    put_texts(
        entries=[
            english("Naloxone", DOOR),
            spanish("Naloxona", DOOR, state=State.MACHINE, is_critical=True),
        ]
    )

    assert (DOOR, "name", "es") not in texts_of("directory.service", [DOOR])
    assert (DOOR, "name", "es") in texts_of("directory.service", [DOOR], public_only=False)


def test_a_translation_of_a_critical_source_is_critical():
    source = TextEntry(
        "directory.service", VAN, "name", "en", "Naloxone", State.SOURCE, is_critical=True
    )

    put_texts(entries=[source, spanish("Naloxona", state=State.MACHINE)])

    assert (VAN, "name", "es") not in texts_of("directory.service", [VAN])


def test_wording_that_becomes_critical_hides_its_machine_text():
    put_texts(entries=[english("Naloxone"), spanish("Naloxona", state=State.MACHINE)])

    put_texts(
        entries=[
            TextEntry(
                "directory.service", VAN, "name", "en", "Naloxone", State.SOURCE, is_critical=True
            )
        ]
    )

    assert (VAN, "name", "es") not in texts_of("directory.service", [VAN])


def test_stale_machine_text_of_critical_wording_stays_hidden():
    put_texts(
        entries=[
            english("Naloxone"),
            spanish("Naloxona", state=State.MACHINE, is_critical=True),
        ]
    )

    put_texts(entries=[english("Free naloxone")])

    assert (VAN, "name", "es") not in texts_of("directory.service", [VAN])


def test_marks_that_turn_the_direction_are_taken_out():
    put_texts(entries=[english("Van"), spanish("Camio\u202eneta\u2066\x00")])

    assert texts_of("directory.service", [VAN])[VAN, "name", "es"].text == "Camioneta"


def test_an_empty_translation_removes_it_and_an_empty_source_removes_all():
    put_texts(entries=[english("Van"), spanish("Camioneta")])

    assert put_texts(entries=[spanish("")]) == 1
    assert Unit.objects.count() == 1
    put_texts(entries=[spanish("Camioneta")])
    assert put_texts(entries=[english("")]) == 2
    assert Unit.objects.count() == 0


def test_a_text_that_comes_and_goes_in_one_call_leaves_nothing():
    assert put_texts(entries=[english("Van"), spanish("Camioneta"), spanish("")]) == 1


def test_remove_texts_takes_only_the_objects_named():
    put_texts(entries=[english("Van"), english("Door", DOOR)])

    assert remove_texts(object_type="directory.service", object_ids=[VAN]) == 1
    assert set(texts_of("directory.service", [VAN, DOOR])) == {(DOOR, "name", "en")}


@pytest.mark.parametrize("count", [1, 3])
def test_put_texts_costs_the_same_for_one_and_for_three(count, django_assert_num_queries):
    entries = [english("Van", UUID(int=number)) for number in range(count)]

    with django_assert_num_queries(4):  # savepoint, read, insert, release
        put_texts(entries=entries)


def test_put_texts_takes_thousands():
    entries = [english(f"Van {number}", UUID(int=number)) for number in range(1200)]
    entries += [spanish(f"Camioneta {number}", UUID(int=number)) for number in range(1200)]

    assert put_texts(entries=entries) == 2400
    assert put_texts(entries=entries) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_texts_for_asks_once_and_falls_back_to_the_source(count, django_assert_num_queries):
    put_texts(entries=[english("Van"), spanish("Camioneta"), english("Door", DOOR)])
    ids = [VAN, DOOR, ROSA][:count]

    with django_assert_num_queries(1):
        found = texts_for("directory.service", ids, "es")

    assert found[VAN, "name"] == StoredText("Camioneta", State.TRANSLATED)
    if count == 3:
        assert found[DOOR, "name"] == StoredText("Door", State.SOURCE)


def unit(**more):
    known = {"object_type": "a.b", "object_id": VAN, "field": "name", "text": "x"}
    return Unit.objects.create(**{"language": "en", "state": State.SOURCE, **known, **more})


@pytest.mark.parametrize(
    "second",
    [
        {"language": "en", "state": State.TRANSLATED},
        {"language": "es", "state": State.SOURCE},
        {"language": "es", "state": State.REVIEWED},
        {"language": "es", "state": "perfect"},
        {"language": "es", "state": State.MACHINE},
    ],
)
def test_the_database_refuses_what_the_services_refuse(second):
    unit()

    with pytest.raises(IntegrityError), transaction.atomic():
        unit(**second)
