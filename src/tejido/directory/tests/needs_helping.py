"""Builders and readings for the tests of needs."""

import re
from uuid import uuid4

from django.urls import reverse

from tejido.directory.domain.concepts import Form, FormKind
from tejido.directory.queries.concepts import all_concepts
from tejido.directory.queries.needs import need_seen
from tejido.directory.services.acts import Actor
from tejido.directory.services.concepts import OBJECT_TYPE, concept_uuid
from tejido.directory.services.needs import add_word, edit_shown, take_word_out
from tejido.directory.testing import NOON
from tejido.translation.queries import texts_of

THEO = Actor(uuid4(), uuid4(), "steward")
SHOWN = {("label", "en"): "Bike repair", ("label", "es"): "Reparación de bicicletas"}


def concept(key):
    (found,) = [each for each in all_concepts() if each.id == key]
    return found


def words_of(key, language="en"):
    return {form.text for form in concept(key).forms if form.language == language}


def word_id(key, text):
    (found,) = [each.id for each in need_seen(key).words if each.text == text]
    return found


def slang(text, language="en"):
    return Form(language, text, FormKind.SLANG)


def add(text, need="naloxone", language="en", at=NOON):
    return add_word(need=need, word=slang(text, language), actor=THEO, at=at)


def take_out(text, need="naloxone"):
    return take_word_out(need=need, word_id=word_id(need, text), actor=THEO, at=NOON)


def shown_of(key):
    return {
        (field, language): stored.text
        for (_, field, language), stored in texts_of(OBJECT_TYPE, [concept_uuid(key)]).items()
    }


def relabel(key, **languages):
    shown = shown_of(key) | {("label", each): text for each, text in languages.items()}
    return edit_shown(need=key, shown=shown, actor=THEO, at=NOON)


def state_of(key, field="label"):
    return texts_of(OBJECT_TYPE, [concept_uuid(key)])[concept_uuid(key), field, "es"].state


def a_file(tmp_path, *entries):
    file = tmp_path / "needs.toml"
    file.write_text(
        "".join(
            f'[[need]]\nid = "{key}"\ncore = true\nsource = ["own"]\n'
            f'en = {{ label = "{label}", slang = {list(en)} }}\n'
            f'es = {{ label = "{label} es" }}\n'
            for key, label, en in entries
        ).replace("'", '"')
    )
    return file


def at(name, *arguments, member="valley-harm-reduction"):
    return reverse(f"directory_needs:{name}", args=[member, *arguments])


def text_of(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)
