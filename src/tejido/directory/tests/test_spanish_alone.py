"""Words that exist only in Spanish: kept, given back, and beside the English once it comes."""

import json
from itertools import product
from uuid import UUID

import pytest

from tejido.directory.domain.hsds.ours import as_value, our_attributes
from tejido.directory.domain.provenance import provenance_from
from tejido.directory.domain.vocabulary import ConfirmedBy
from tejido.directory.models import Change, Service
from tejido.directory.queries.public import public_listings
from tejido.directory.services.acts import Actor
from tejido.directory.services.editing import Edit, edit
from tejido.directory.services.import_hsds import import_hsds
from tejido.directory.services.setting import FieldKey
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import LATER, NOON, a_source
from tejido.directory.tests.exports import cleared, exported, lines_in
from tejido.directory.tests.hsds_feed import a_service, key
from tejido.directory.tests.saying_wrong import TODAY
from tejido.translation.models import Unit

pytestmark = pytest.mark.django_db
SERVICE = UUID(key(1_000))
STEWARD = Actor(person=UUID(int=7), member=UUID(int=8), role="steward")
ENGLISH = {
    "name": "Supplies",
    "description": "Sterile supplies.",
    "before_you_go": "Ring the bell.",
}
SPANISH = {
    "name": "Materiales",
    "description": "Materiales estériles.",
    "before_you_go": "Toque el timbre.",
}
FIELDS = tuple(ENGLISH)


def written(path, english=(), spanish=(), landmark=""):
    """Write a feed with these fields in English and these in Spanish."""
    said = [("before-you-go", ENGLISH["before_you_go"] if "before_you_go" in english else "")]
    said += [
        ("text", as_value(field=field, language="es", text=SPANISH[field], state="translated"))
        for field in spanish
    ]
    columns = {name: ENGLISH[name] if name in english else "" for name in ("name", "description")}
    record = a_service(**columns)
    record["attributes"] += our_attributes(SERVICE, "service", [*said, ("tier", "context")])
    path.write_text(json.dumps(record) + "\n")
    return path


@pytest.fixture
def imported(tmp_path):
    def bring(english=(), spanish=(), *, at=NOON):
        path = written(tmp_path / "list.ndjson", english, spanish)
        return import_hsds(path=path, source=a_source(), at=at, today=TODAY)

    return bring


def stored():
    """Return what the service holds: its columns, and its texts with their states."""
    row = Service.objects.get()
    texts = Unit.objects.filter(object_type="directory.service", object_id=row.pk)
    return (
        {name: getattr(row, name) for name in FIELDS},
        {(each.field, each.language): (each.text, each.state) for each in texts},
    )


def on_pages():
    (listing,) = public_listings()
    return {
        (text.language, field): getattr(text, field)
        for text in listing.texts
        for field in FIELDS
        if getattr(text, field)
    }


def test_a_record_that_is_only_in_spanish_is_kept_whole(imported):
    imported((), FIELDS)

    columns, texts = stored()
    assert columns == SPANISH
    assert texts == {(field, "es"): (SPANISH[field], "source") for field in FIELDS}
    assert on_pages() == {("es", field): SPANISH[field] for field in FIELDS}


def test_the_same_list_again_changes_nothing(imported):
    imported((), FIELDS)
    before, acts = stored(), Change.objects.count()

    again = imported((), FIELDS, at=LATER)

    assert (again.stored.updated, again.stored.unchanged) == (0, 1)
    assert (stored(), Change.objects.count()) == (before, acts)


@pytest.mark.parametrize(
    ("first", "then"),
    list(product([((), FIELDS), (FIELDS, ()), (FIELDS, FIELDS), (("name",), FIELDS)], repeat=2)),
)
def test_what_is_stored_follows_what_a_list_says_now_and_can_be_taken_back(imported, first, then):
    imported(*first)
    before = stored()

    change = imported(*then, at=LATER)

    columns, texts = stored()
    assert columns == {f: ENGLISH[f] if f in then[0] else SPANISH[f] for f in FIELDS}
    for field in FIELDS:
        is_alone = field not in then[0]
        if field in then[1]:
            state = "source" if is_alone else "translated"
            assert texts[field, "es"] == (SPANISH[field], state)
        if is_alone:
            assert (field, "en") not in texts
    undone = undo_act(act_id=change.stored.act_id, at=LATER)
    assert stored() == before
    undo_act(act_id=undone.act_id, at=LATER)
    assert stored() == (columns, texts)


@pytest.mark.parametrize("form", ["services.ndjson", ""])
def test_a_whole_export_brings_it_back_and_gives_the_words_of_the_list(imported, tmp_path, form):
    imported(("name",), ("description", "before_you_go"))
    before, said = stored(), lines_in(tmp_path / "list.ndjson")
    exported(tmp_path / "out")
    folder = tmp_path / "out" / a_source().key
    cleared()

    import_hsds(path=folder / form, source=a_source(), at=NOON, today=TODAY)

    assert stored() == before
    assert lines_in(folder / "services.ndjson") == said


def test_the_public_export_says_in_which_language_it_is_and_brings_it_back(imported, tmp_path):
    imported((), FIELDS)
    before = on_pages()
    exported(tmp_path / "out", whole=False)
    (record,) = lines_in(tmp_path / "out/services.ndjson")
    assert (record["name"], record["description"]) == (SPANISH["name"], SPANISH["description"])
    cleared()

    import_hsds(path=tmp_path / "out/services.ndjson", source=a_source(), at=NOON, today=TODAY)

    assert on_pages() == before


def test_spanish_that_its_list_takes_back_goes_and_the_history_has_it(imported):
    imported(("name",), ("description",))

    change = imported(("name",), (), at=LATER)

    columns, texts = stored()
    assert (columns["description"], texts) == ("", {})
    row = Change.objects.get(act=change.stored.act_id, field="description")
    assert (row.before, row.after) == (SPANISH["description"], "")
    undo_act(act_id=change.stored.act_id, at=LATER)
    assert on_pages()["es", "description"] == SPANISH["description"]


def test_english_that_comes_without_the_spanish_leaves_it_as_an_old_translation(imported):
    imported(("name",), ("description",))

    imported(("name", "description"), (), at=LATER)

    _columns, texts = stored()
    assert texts["description", "en"] == (ENGLISH["description"], "source")
    assert texts["description", "es"] == (SPANISH["description"], "stale")


def test_spanish_that_a_steward_confirmed_stands_against_a_list_of_that_day(imported):
    imported((), FIELDS)
    field = FieldKey("directory.service", SERVICE, "description")
    edit(change=Edit(confirmed=(field,)), actor=STEWARD, on=TODAY, at=LATER)

    imported(FIELDS, FIELDS, at=LATER)

    columns, texts = stored()
    assert columns == {**ENGLISH, "description": SPANISH["description"]}
    assert texts["description", "es"] == (SPANISH["description"], "source")
    assert ("description", "en") not in texts
    assert on_pages().keys() >= {("es", "description"), ("en", "name")}
    assert ("en", "description") not in on_pages()


def test_a_steward_writes_the_english_and_the_spanish_becomes_its_translation(imported):
    imported((), FIELDS)
    field = FieldKey("directory.service", SERVICE, "description")
    change = Edit(values={field: "In English."}, spanish={field: SPANISH["description"]})

    act = edit(change=change, actor=STEWARD, on=TODAY, at=LATER)

    columns, texts = stored()
    assert columns["description"] == "In English."
    assert texts["description", "es"] == (SPANISH["description"], "translated")
    word = provenance_from(Service.objects.get().provenance).entries["description"]
    assert (word.by, word.on) == (ConfirmedBy.NETWORK, TODAY)
    undo_act(act_id=act, at=LATER)
    assert stored()[1] == {(field, "es"): (SPANISH[field], "source") for field in FIELDS}
