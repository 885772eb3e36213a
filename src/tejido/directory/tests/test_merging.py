"""Two records become one: everything follows, lists do not take it back, undo does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tejido.directory.domain.acts import ActKind
from tejido.directory.domain.contacts import contact_mark
from tejido.directory.domain.drafts import CarriedDraft, OrganizationDraft, TextIn
from tejido.directory.domain.duplicates.merging import GROUPS, Side, sides_for
from tejido.directory.domain.duplicates.profiles import Kind
from tejido.directory.domain.vocabulary import Visibility
from tejido.directory.models import (
    Act,
    Address,
    Alias,
    Attribute,
    Call,
    ConfirmLink,
    ContactConsent,
    Location,
    Organization,
    Phone,
    Record,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
)
from tejido.directory.queries.contacts import agreed_contacts
from tejido.directory.queries.history import history_of
from tejido.directory.queries.public import public_listings
from tejido.directory.services.acts import Actor
from tejido.directory.services.contacts import note_consent
from tejido.directory.services.merging import (
    MODELS,
    Merge,
    MergeRefused,
    merge,
    seen_of,
)
from tejido.directory.services.row_json import rows_json
from tejido.directory.services.undo import undo_act
from tejido.directory.testing import (
    LATER,
    NOON,
    a_location,
    a_phone,
    a_place,
    a_rule,
    a_service,
    a_source,
    an_id,
    stored,
)
from tejido.translation.models import Unit

pytestmark = pytest.mark.django_db

TABLES = (
    *(Source, Organization, Service, Location, Address, ServiceAtLocation, Phone, Schedule),
    *(Attribute, Record, Unit, Alias, ContactConsent, Call, ConfirmLink),
)
STEWARD = Actor(an_id("steward"), an_id("member"), "steward")
TODAY = date(2026, 11, 21)
NEXT_DAY = LATER + timedelta(days=1)
OTHER = a_source("other-list")
CONTACT = CarriedDraft("contacts", 0, {"name": "Rosa Example", "title": "Coordinator"})


def dump():
    rows = {table.__name__: rows_json(table.objects.all()) for table in TABLES}
    return rows, sorted(map(repr, public_listings()))


def ours(**changes):
    return listing("ours", "Harbor Clinic", **changes)


def theirs(**changes):
    said = {"carried": (CONTACT,), "phones": (a_phone("theirs", "+15105550143"),)}
    return listing("theirs", "Harbour Clinic", **(said | changes))


def listing(key, name, **changes):
    """Return a service with everything that can hang on it, its organization and its place."""
    location = replace(
        a_location(key),
        name=f"{name} house",
        phones=(a_phone(f"{key} door", "+15105550144" if key == "ours" else "+15105550145"),),
        translations={"landmark": (TextIn("es", f"Junto a {key}"),)},
        landmark=f"Beside {key}",
    )
    place = replace(
        a_place(key), location=location, rules=(a_rule("TU"),), phones=(a_phone(f"{key} place"),)
    )
    said = {
        "id": an_id(f"service {key}"),
        "organization": OrganizationDraft(an_id(f"organization {key}"), name, f"About {key}"),
        "places": (place,),
        "needs": ("naloxone",) if key == "ours" else ("naloxone", "syringes"),
        "translations": {"name": (TextIn("es", f"{name} en español"),)},
    }
    return a_service(name, **(said | changes))


@pytest.fixture
def both():
    stored(ours())
    stored(theirs(), source=OTHER)
    for key in ("ours", "theirs"):
        program = an_id(f"organization {key}")
        call = Call.objects.create(
            organization=program, at=NOON, channel="link", outcome="reached"
        )
        said = {"organization": program, "made_at": NOON, "expires_on": TODAY}
        ConfirmLink.objects.create(token_hash=f"used {key}", call=call, **said)
        ConfirmLink.objects.create(token_hash=f"open {key}", **said)


def together(kind, **changes):
    wanted = Merge(kind, an_id(f"{kind.value} ours"), an_id(f"{kind.value} theirs"), **changes)
    return merge(wanted=wanted, actor=STEWARD, on=TODAY, at=LATER)


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("kind", list(Kind))
def test_undo_takes_a_merge_back_whole_and_does_it_again_to_and_fro(kind):
    before = dump()
    act = together(kind)
    after = dump()

    for _ in range(2):
        first = undo_act(act_id=act, at=LATER)
        assert (first.kept, dump() == before) == (0, True)
        again = undo_act(act_id=first.act_id, at=LATER)
        assert (again.kept, dump() == after) == (0, True)

    assert before != after


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("side", list(Side))
def test_undo_takes_every_choice_back(side):
    before = dump()
    for kind in Kind:
        sides = {group: side for group in GROUPS[kind] if side in sides_for(group)}
        act = together(kind, sides=sides)
        undo_act(act_id=act, at=LATER)
        assert dump() == before, kind


@pytest.mark.usefixtures("both")
def test_services_follow_to_the_organization_that_stays():
    act = together(Kind.ORGANIZATION)

    assert not Organization.objects.filter(id=an_id("organization theirs")).exists()
    services = Service.objects.values_list("organization_id", flat=True)
    assert set(services) == {an_id("organization ours")}
    assert Act.objects.get(id=act).kind == ActKind.MERGE
    assert len(list(public_listings())) == 2


@pytest.mark.usefixtures("both")
def test_places_numbers_and_landmarks_follow_to_the_location_that_stays():
    together(Kind.LOCATION, sides={"landmark": Side.GOES})

    location = Location.objects.get()
    assert set(location.services.values_list("id", flat=True)) == {
        an_id("place ours"),
        an_id("place theirs"),
    }
    numbers = set(location.phones.values_list("number", flat=True))
    assert numbers == {"+15105550144", "+15105550145"}
    assert location.landmark == "Beside theirs"
    assert set(Unit.objects.filter(object_id=location.id).values_list("text", flat=True)) >= {
        "Junto a theirs"
    }
    assert location.provenance["landmark"]["by"] == "network"


@pytest.mark.usefixtures("both")
def test_a_service_keeps_its_name_and_gets_the_needs_places_and_numbers_of_the_other():
    together(Kind.SERVICE)

    service = Service.objects.get()
    assert service.name == "Harbor Clinic"
    assert set(service.attributes.values_list("term", flat=True)) == {"naloxone", "syringes"}
    assert service.places.count() == 2
    assert service.phones.count() == 1
    assert [record.fields["name"] for record in service.records.all()] == ["Rosa Example"]


def test_two_places_of_one_service_at_one_location_become_one():
    stored(ours(places=(a_place("a"), a_place("b"))))

    act = merge(
        wanted=Merge(Kind.LOCATION, an_id("location a"), an_id("location b")),
        actor=STEWARD,
        on=TODAY,
        at=LATER,
    )

    assert ServiceAtLocation.objects.count() == 1
    assert Alias.objects.count() == 2
    undo_act(act_id=act, at=LATER)
    assert (ServiceAtLocation.objects.count(), Alias.objects.count()) == (2, 0)


@pytest.mark.usefixtures("both")
def test_a_contact_who_agreed_to_be_shown_is_still_shown():
    record = Record.objects.get(kind="contacts")
    mark = contact_mark(record.fields)
    note_consent(record=record.id, mark=mark, agreed_on=TODAY, actor=STEWARD, on=TODAY, at=NOON)

    together(Kind.SERVICE)

    assert set(agreed_contacts()) == {("service", an_id("service ours"))}


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("kind", list(Kind))
def test_the_same_lists_again_bring_nothing_back_and_change_nothing(kind):
    together(kind, sides={"name": Side.GOES})
    after = dump()

    for draft, source in ((theirs(), OTHER), (ours(), a_source())):
        report = stored(draft, source=source, at=LATER)
        assert (report.created, report.updated, report.conflicts) == (0, 0, ())
        assert report.vanished == ()

    assert dump() == after


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("kind", list(Kind))
def test_newer_lists_bring_nothing_back_and_update_what_stays(kind):
    together(kind)
    newer = replace(OTHER, published_on=date(2026, 12, 1))
    later = a_source(published_on=date(2026, 12, 1))

    changed = stored(replace(theirs(), name="Harbour Clinic East"), source=newer, at=LATER)
    stored(ours(description="Newly said"), source=later, at=LATER)

    assert MODELS[kind].objects.count() == 1
    assert changed.conflicts == ()
    assert Service.objects.get(id=an_id("service ours")).description == "Newly said"
    names = set(Service.objects.values_list("name", flat=True))
    assert ("Harbour Clinic East" in names) is (kind is not Kind.SERVICE)
    assert ServiceAtLocation.objects.count() == 2


def test_doubles_within_one_list_stay_one_when_it_comes_again():
    stored(ours(), theirs())
    for kind in Kind:
        together(kind)
    after = dump()

    report = stored(ours(), theirs(), at=LATER)
    stored(ours(description="New"), theirs(description="New too"), at=LATER)

    assert (report.created, report.conflicts) == (0, ())
    assert dump()[0]["ServiceAtLocation"] == after[0]["ServiceAtLocation"]
    assert (Organization.objects.count(), Location.objects.count()) == (1, 1)
    assert Service.objects.get().description == "New"


@pytest.mark.usefixtures("both")
def test_an_alias_whose_record_is_gone_brings_the_record_anew():
    together(Kind.ORGANIZATION)
    Service.objects.all().delete()
    Organization.objects.all().delete()

    stored(theirs(), source=OTHER, at=LATER)

    assert Organization.objects.get().id == an_id("organization theirs")


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("level", [Visibility.WITHOUT_PLACE, Visibility.PARTNERS])
@pytest.mark.parametrize("kind", list(Kind))
def test_records_that_not_the_same_people_may_see_are_never_put_together(level, kind):
    rows = ServiceAtLocation.objects.filter(id=an_id("place theirs"))
    rows.update(visibility=level.value)
    before = dump()

    with pytest.raises(MergeRefused) as refused:
        together(kind)

    assert refused.value.code == "other-visibility"
    assert dump() == before
    assert not Act.objects.filter(kind=ActKind.MERGE).exists()


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("status", ["inactive", "defunct"])
@pytest.mark.parametrize("hidden", ["ours", "theirs"])
@pytest.mark.parametrize("side", [Side.STAYS, Side.GOES])
def test_a_service_that_somebody_hid_is_not_shown_by_a_merge(hidden, side, status):
    Service.objects.filter(id=an_id(f"service {hidden}")).update(status=status)
    before = dump()

    with pytest.raises(MergeRefused) as refused:
        together(Kind.SERVICE, sides={"status": side})

    assert (refused.value.code, dump()) == ("other-visibility", before)


@pytest.mark.usefixtures("both")
def test_two_services_that_are_hidden_both_become_one_that_is_hidden():
    Service.objects.update(status="inactive")

    together(Kind.SERVICE)

    assert (Service.objects.get().status, list(public_listings())) == ("inactive", [])


@pytest.mark.usefixtures("both")
def test_the_strictest_word_holds_at_a_place_that_two_share():
    Location.objects.filter(id=an_id("location theirs")).update(visibility="partners-only")
    rows = ServiceAtLocation.objects.filter(id=an_id("place ours"))
    rows.update(visibility="partners-only")

    together(Kind.LOCATION)

    assert Location.objects.get().visibility == "partners-only"
    assert list(public_listings()) == []


@pytest.mark.usefixtures("both")
def test_who_looked_before_somebody_else_changed_it_is_asked_to_look_again():
    keys = (an_id("organization ours"), an_id("organization theirs"))
    seen = seen_of(Kind.ORGANIZATION, *keys)
    Organization.objects.filter(id=keys[1]).update(name="Harbor House")

    with pytest.raises(MergeRefused) as refused:
        together(Kind.ORGANIZATION, seen=seen)

    assert refused.value.code == "changed-meanwhile"


@pytest.mark.usefixtures("both")
def test_the_second_of_two_stewards_is_told_that_it_is_done():
    together(Kind.ORGANIZATION)

    with pytest.raises(MergeRefused) as refused:
        together(Kind.ORGANIZATION)

    assert refused.value.code == "record-gone"


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("wanted", [{"records": Side.STAYS}, {"hours": Side.BOTH}])
def test_what_cannot_be_chosen_is_refused(wanted):
    with pytest.raises(MergeRefused) as refused:
        together(Kind.SERVICE, sides=wanted)

    assert refused.value.code == "not-to-be-chosen"


@pytest.mark.usefixtures("both")
def test_a_record_is_not_put_together_with_itself():
    key = an_id("service ours")

    with pytest.raises(MergeRefused):
        merge(wanted=Merge(Kind.SERVICE, key, key), actor=STEWARD, on=TODAY, at=LATER)


@pytest.mark.usefixtures("both")
def test_the_history_of_what_became_part_of_it_follows():
    first = stored(theirs(description="Newer"), source=OTHER, at=LATER).act_id
    act = together(Kind.SERVICE)

    told = [seen.id for seen, _changes in history_of([an_id("service ours")])]

    assert told[:2] == [act, first]
