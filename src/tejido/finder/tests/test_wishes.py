import pytest

from tejido.directory.domain.vocabulary import Fact
from tejido.finder.domain.wishes import wishes_in


@pytest.mark.parametrize(
    ("text", "facts", "spoken", "left"),
    [
        ("doctor no ID", (Fact.NO_ID,), "", "doctor"),
        ("wound care, walk-in", (Fact.WALK_IN,), "", "wound care"),
        ("doctor sin seguro y sin papeles", (Fact.NO_INSURANCE, Fact.NO_ID), "", "doctor y"),
        ("consejera en español", (), "es", "consejera"),
        ("vietnamese speaking doctor", (), "vi", "doctor"),
        ("doctor que hable mixteco", (), "mix", "doctor"),
        ("refugio con mi perro", (Fact.PETS,), "", "refugio"),
        ("shelter with my dog tonight", (Fact.PETS,), "", "shelter"),
        ("jeringas el domingo", (), "", "jeringas el"),
        ("naloxona gratis ahora", (Fact.FREE,), "", "naloxona"),
    ],
)
def test_what_is_said_beside_the_need_is_a_wish(text, facts, spoken, left):
    wishes = wishes_in(text)

    assert wishes.facts == facts
    assert wishes.spoken == spoken
    assert wishes.words == tuple(left.split())


@pytest.mark.parametrize("text", ["id card", "my head hurts", "no", "english class", "in to it"])
def test_words_that_are_also_codes_of_languages_are_no_wish(text):
    assert wishes_in(text).spoken == ""


def test_nothing_said_wishes_for_nothing():
    assert wishes_in("") == wishes_in("  ")
    assert wishes_in("").words == ()
