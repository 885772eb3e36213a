import shutil
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tejido.foundation import keys
from tejido.foundation.key_files import KeyName, KeyRefused, Purpose, listed
from tejido.foundation.keys import (
    State,
    check_keys,
    current_key,
    destroy,
    key_states,
    live_keys,
    rotate,
)
from tejido.foundation.models import KeyUse

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=90)
VAN = UUID("551f4b38-df65-465e-b3a8-236a3a14fe63")
OTHER = UUID("0c7b1a52-8a3f-4c55-9d6c-1f2e3d4c5b6a")


def refused(code, act, *given, **more):
    with pytest.raises(KeyRefused) as refusal:
        act(*given, **more)
    assert refusal.value.code == code
    return str(refusal.value)


def generations(purpose, owner=None):
    return [key.name.generation for key in live_keys(purpose, owner)]


def file(name):
    return keys.folder() / f"{name}.key"


@pytest.mark.parametrize("purpose", sorted(set(Purpose) - {Purpose.PEPPER}))
def test_a_key_is_made_when_it_is_first_needed_and_then_stays(purpose):
    assert live_keys(purpose) == []

    first = current_key(purpose, at=NOW)

    assert current_key(purpose, at=LATER) == first
    assert (first.name, first.made_at) == (KeyName(purpose, None, 1), NOW)


def test_each_member_has_a_pepper_of_its_own():
    assert current_key(Purpose.PEPPER, VAN, at=NOW).secret != (
        current_key(Purpose.PEPPER, OTHER, at=NOW).secret
    )


def test_of_two_that_need_a_key_at_once_both_get_the_same(monkeypatch):
    first = []
    make = keys.key_files.make_key

    def other_was_faster(folder, name, secret, *, at):
        if not first:
            first.append(make(folder, name, "made by the other", at=at))
        return make(folder, name, secret, at=at)

    monkeypatch.setattr(keys.key_files, "make_key", other_was_faster)

    assert [current_key(Purpose.AUDIT, at=NOW)] == first
    assert [use.mark for use in KeyUse.objects.all()] == [first[0].mark]


def test_a_key_whose_making_was_undone_in_the_database_is_noted_when_it_is_used():
    with transaction.atomic():
        current_key(Purpose.AUDIT, at=NOW)
        transaction.set_rollback(True)
    assert not KeyUse.objects.exists()

    key = current_key(Purpose.AUDIT, at=LATER)

    assert (key.made_at, KeyUse.objects.get().mark) == (NOW, key.mark)


@pytest.mark.parametrize(("purpose", "owner"), [(Purpose.PEPPER, None), (Purpose.AUDIT, VAN)])
def test_only_peppers_belong_to_members_and_all_of_them_do(purpose, owner):
    refused("key-owner", current_key, purpose, owner, at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        KeyUse.objects.create(
            purpose=purpose, owner=owner, generation=1, mark="0" * 16, made_at=NOW
        )


@pytest.mark.parametrize("owner", [None, VAN])
def test_the_database_knows_each_generation_once(owner):
    purpose = Purpose.PEPPER if owner else Purpose.AUDIT
    key = current_key(purpose, owner, at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        KeyUse.objects.create(
            purpose=purpose, owner=owner, generation=1, mark=key.mark, made_at=NOW
        )


def test_the_database_knows_no_other_purpose():
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyUse.objects.create(purpose="else", generation=1, mark="0" * 16, made_at=NOW)


def test_nothing_of_a_secret_stands_in_the_database():
    key = current_key(Purpose.AUDIT, at=NOW)

    (row,) = KeyUse.objects.values()

    assert not [value for value in row.values() if str(value) in key.secret and value != 1]


def test_after_rotation_the_new_one_writes_and_the_old_one_still_reads():
    first = current_key(Purpose.SEALING, at=NOW)

    second = rotate(Purpose.SEALING, at=LATER)

    assert live_keys(Purpose.SEALING) == [second, first]
    assert current_key(Purpose.SEALING, at=LATER) == second


def test_the_newest_is_not_destroyed_before_there_is_a_next():
    current_key(Purpose.BACKUP, at=NOW)

    said = refused("key-in-use", destroy, Purpose.BACKUP, generation=1, at=NOW)

    assert "./tejido rotate_key backup" in said
    assert generations(Purpose.BACKUP) == [1]


def test_a_destroyed_generation_is_gone_and_its_number_is_never_used_again():
    current_key(Purpose.PEPPER, VAN, at=NOW)

    for _ in range(2):
        destroy(Purpose.PEPPER, VAN, generation=1, at=LATER)

    assert generations(Purpose.PEPPER, VAN) == []
    assert current_key(Purpose.PEPPER, VAN, at=LATER).name.generation == 2


@pytest.mark.parametrize("generation", [0, -1, 2, 10**9])
def test_a_generation_that_never_was_is_refused(generation):
    current_key(Purpose.PEPPER, VAN, at=NOW)

    refused("key-unknown", destroy, Purpose.PEPPER, VAN, generation=generation, at=NOW)
    refused("key-unknown", destroy, Purpose.PEPPER, OTHER, generation=1, at=NOW)
    assert generations(Purpose.PEPPER, VAN) == [1]


def test_a_key_that_is_lost_is_never_made_anew_by_itself():
    current_key(Purpose.AUDIT, at=NOW)
    file("audit.1").unlink()

    for act in (lambda: current_key(Purpose.AUDIT, at=NOW), check_keys):
        assert "--lost" in refused("key-missing", act)
    refused("key-missing", rotate, Purpose.AUDIT, at=NOW)

    assert listed(keys.folder()).keys == frozenset()
    assert [state.state for state in key_states()] == [State.MISSING]


def test_a_lost_folder_is_put_back_and_everything_goes_on(tmp_path):
    first = current_key(Purpose.AUDIT, at=NOW)
    keys.folder().rename(tmp_path / "copy")
    refused("key-missing", check_keys)

    (tmp_path / "copy").rename(keys.folder())

    check_keys()
    assert current_key(Purpose.AUDIT, at=NOW) == first


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_text("")])
def test_what_is_lost_for_good_is_given_up_by_saying_so(harm):
    current_key(Purpose.AUDIT, at=NOW)
    rotate(Purpose.AUDIT, at=NOW)
    harm(file("audit.1"))

    made = rotate(Purpose.AUDIT, at=LATER, is_lost=True)

    check_keys()
    assert made.name.generation == 3
    assert generations(Purpose.AUDIT) == [3, 2]


def test_giving_up_what_is_lost_takes_nothing_that_is_there():
    current_key(Purpose.AUDIT, at=NOW)

    rotate(Purpose.AUDIT, at=LATER, is_lost=True)

    assert generations(Purpose.AUDIT) == [2, 1]


def test_giving_up_does_not_destroy_a_key_that_only_lies_open():
    current_key(Purpose.AUDIT, at=NOW)
    file("audit.1").chmod(0o644)

    refused("key-open", rotate, Purpose.AUDIT, at=NOW, is_lost=True)

    file("audit.1").chmod(0o600)
    assert generations(Purpose.AUDIT) == [1]


def test_the_key_of_another_installation_is_known():
    current_key(Purpose.AUDIT, at=NOW)
    ours = KeyUse.objects.get()
    KeyUse.objects.all().delete()
    shutil.rmtree(keys.folder())
    current_key(Purpose.AUDIT, at=NOW)
    KeyUse.objects.update(mark=ours.mark)

    for act in (check_keys, lambda: current_key(Purpose.AUDIT, at=NOW)):
        assert "another installation" in refused("key-foreign", act)


def test_an_older_database_learns_what_was_made_and_destroyed_since():
    # Restored from a backup of yesterday: it knows neither the new keys nor the shredding.
    current_key(Purpose.PEPPER, VAN, at=NOW)
    destroy(Purpose.PEPPER, VAN, generation=1, at=LATER)
    current_key(Purpose.PEPPER, VAN, at=LATER)
    KeyUse.objects.filter(generation=1).update(destroyed_at=None)
    KeyUse.objects.filter(generation=2).delete()

    check_keys()

    assert generations(Purpose.PEPPER, VAN) == [2]
    assert [use.generation for use in KeyUse.objects.order_by("generation")] == [1, 2]
    assert [state.state for state in key_states()] == [State.DESTROYED, State.IN_USE]


@pytest.mark.parametrize("with_trace", [True, False])
def test_a_copy_of_a_destroyed_key_that_comes_back_is_used_no_more(tmp_path, with_trace):
    current_key(Purpose.PEPPER, VAN, at=NOW)
    copy = shutil.copytree(keys.folder(), tmp_path / "copy")
    destroy(Purpose.PEPPER, VAN, generation=1, at=LATER)
    if not with_trace:
        shutil.rmtree(keys.folder())
    shutil.copytree(copy, keys.folder(), dirs_exist_ok=True)

    assert generations(Purpose.PEPPER, VAN) == []
    assert [state.state for state in key_states()] == [State.BACK]

    destroy(Purpose.PEPPER, VAN, generation=1, at=LATER)
    assert [state.state for state in key_states()] == [State.DESTROYED]
    assert listed(keys.folder()).keys == frozenset()


def test_the_list_says_all_but_the_secrets():
    made = [current_key(purpose, at=NOW) for purpose in set(Purpose) - {Purpose.PEPPER}]
    made.append(rotate(Purpose.SESSIONS, at=LATER))
    made.append(current_key(Purpose.PEPPER, VAN, at=NOW))

    states = key_states()

    assert [str(state.name) for state in states] == [
        "sessions.1",
        "sessions.2",
        "second-steps.1",
        f"pepper-{VAN}.1",
        "sealing.1",
        "credentials.1",
        "audit.1",
        "backup.1",
    ]
    assert [state.state for state in states][:2] == [State.READ, State.IN_USE]
    assert states[-1].shown.startswith("age1")
    assert not [key for key in made if any(key.secret in str(state) for state in states)]


def test_current_key_takes_one_query_however_many_generations(django_assert_num_queries):
    current_key(Purpose.AUDIT, at=NOW)
    for _ in range(2):
        with django_assert_num_queries(1):
            current_key(Purpose.AUDIT, at=NOW)
        rotate(Purpose.AUDIT, at=NOW)
