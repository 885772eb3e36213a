"""The needs of the file in the tables, and out of them again."""

import pytest
from django.db import IntegrityError, transaction

from tejido.directory.models import Concept, ConceptForm
from tejido.directory.queries.concepts import all_concepts, labels
from tejido.directory.reference import load_reference
from tejido.directory.services.concepts import (
    NEEDS_FILE,
    OBJECT_TYPE,
    NeedsRefused,
    load_concepts,
)
from tejido.directory.tests.test_concepts import shipped
from tejido.translation.domain.texts import State
from tejido.translation.queries import texts_of

# Into the tables and out.


@pytest.mark.django_db
def test_all_concepts_are_those_of_the_file_in_its_order():
    load_concepts()

    found = all_concepts()

    assert [concept.id for concept in found] == [concept.id for concept in shipped()]
    for stored, written in zip(found, shipped(), strict=True):
        assert (stored.core, stored.parent) == (written.core, written.parent)
        assert set(stored.forms) == set(written.forms)
        assert len(stored.forms) == len(written.forms)


@pytest.mark.django_db
def test_load_concepts_sent_twice_changes_nothing():
    first = load_concepts()

    second = load_concepts()

    assert (first.concepts, second.changed) == (len(shipped()), 0)
    assert first.forms == second.forms == sum(len(each.forms) for each in shipped())


@pytest.mark.django_db
def test_load_concepts_follows_a_changed_file(tmp_path):
    load_concepts()
    file = tmp_path / "needs.toml"
    file.write_text(
        '[[need]]\nid = "naloxone"\ncore = false\nsource = ["own"]\n'
        '[need.en]\nlabel = "Naloxone now"\nslang = ["od"]\n[need.es]\nlabel = "Naloxona ya"\n'
    )

    load_concepts(file)

    (only,) = all_concepts()
    assert (only.id, only.core) == ("naloxone", False)
    assert [form.text for form in only.forms] == ["Naloxone now", "Naloxona ya", "od"]
    assert ConceptForm.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[[need", "needs-unreadable"),
        ("", "needs-mistaken"),
        ('need = "naloxone"', "needs-mistaken"),
        ('[[need]]\nid = "naloxone"\ncore = true\n', "needs-mistaken"),
    ],
)
def test_a_file_with_mistakes_changes_nothing(tmp_path, content, code):
    load_concepts()
    file = tmp_path / "needs.toml"
    file.write_text(content)

    with pytest.raises(NeedsRefused) as refused:
        load_concepts(file)

    assert refused.value.code == code
    assert str(file) in str(refused.value)
    assert Concept.objects.count() == len(shipped())


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(NeedsRefused) as refused:
        load_concepts(tmp_path / "none.toml")

    assert refused.value.code == "needs-unreadable"


@pytest.mark.django_db
def test_labels_are_in_the_language_that_is_asked_for():
    load_concepts()

    assert labels("es")["syringes"] == "Jeringas nuevas"
    assert labels("en")["syringes"] == "New syringes"
    assert labels("vi")["syringes"] == "New syringes"
    assert list(labels("es")) == [concept.id for concept in shipped()]


@pytest.mark.django_db
def test_spanish_that_nobody_reviewed_says_translated():
    load_concepts()

    ids = Concept.objects.values_list("id", flat=True)
    states = {
        (language, stored.state) for (_, _, language), stored in texts_of(OBJECT_TYPE, ids).items()
    }
    assert states == {("en", State.SOURCE), ("es", State.TRANSLATED)}


@pytest.mark.django_db
def test_concepts_cost_the_same_for_one_and_for_all(tmp_path, django_assert_num_queries):
    file = tmp_path / "needs.toml"
    file.write_text(
        '[[need]]\nid = "a"\ncore = true\nsource = ["own"]\nen.label = "A"\nes.label = "B"\n'
    )
    for path in (file, NEEDS_FILE):
        load_concepts(path)
        with django_assert_num_queries(3):
            all_concepts()
        with django_assert_num_queries(2):
            labels("es")


@pytest.mark.django_db
def test_load_reference_says_what_it_loaded():
    told = []

    load_reference(told.append)

    assert told == [
        f"directory: {len(shipped())} needs, {load_concepts().forms} words for them",
        "directory: 20 clocks",
    ]


# What the tables refuse.


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [{"text": ""}, {"language": "fr"}, {"kind": "label"}, {"kind": "gloss"}, {"text": "twice"}],
)
def test_a_form_that_breaks_a_rule_is_refused(changes):
    concept = Concept.objects.create(key="naloxone", core=True, position=0)
    right = {"concept": concept, "language": "en", "text": "od", "kind": "slang"}
    ConceptForm.objects.create(**{**right, "text": "twice"})

    with pytest.raises(IntegrityError), transaction.atomic():
        ConceptForm.objects.create(**{**right, **changes})


@pytest.mark.django_db
def test_a_concept_that_breaks_a_rule_is_refused():
    one = Concept.objects.create(key="naloxone", core=True, position=0)

    with pytest.raises(IntegrityError), transaction.atomic():
        Concept.objects.create(key="naloxone", core=True, position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Concept.objects.create(key="", core=True, position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Concept.objects.filter(id=one.id).update(parent=one.id)
