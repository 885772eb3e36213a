import hashlib
import hmac
import itertools
import string
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.conf import settings
from hypothesis import assume, given
from hypothesis import strategies as st

from tejido.foundation import keys
from tejido.foundation.key_files import Purpose
from tejido.foundation.key_kinds import secret_bytes
from tejido.foundation.keys import destroy, live_keys, rotate
from tejido.foundation.models import KeyUse
from tejido.foundation.peppers import hashed, hashed_code, normalised, possible_hashes

NOW = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
VAN = UUID("551f4b38-df65-465e-b3a8-236a3a14fe63")
OTHER = UUID("0c7b1a52-8a3f-4c55-9d6c-1f2e3d4c5b6a")
PEPPERS = st.binary(min_size=32, max_size=32)
# Every code of two letters and two digits: whoever steals the rows tries them all.
DICTIONARY = [
    f"{a}{b}{number:02}"
    for a, b in itertools.product(string.ascii_lowercase[:12], repeat=2)
    for number in range(100)
]


def every_hash(member):
    """Return all that a whole dictionary may be stored as, under every pepper that is left."""
    peppers = [secret_bytes(key) for key in live_keys(Purpose.PEPPER, member)]
    return {hashed(pepper, code) for pepper in peppers for code in DICTIONARY}


@pytest.mark.parametrize(
    "said", ["RM 84", "rm84", " R-M-8-4 ", "r.m./84", "ｒｍ８４", "Rm 84", "ŕḿ84"]
)
def test_a_code_is_the_same_however_it_was_said(said):
    assert normalised(said) == "rm84"


@pytest.mark.parametrize("said", ["", "   ", "--", "\u0301", "\u200b\u202e"])
def test_a_code_without_letter_or_digit_is_none(said):
    with pytest.raises(ValueError, match="code"):
        normalised(said)


@given(st.text())
def test_a_normalised_code_stays_as_it_is(said):
    assume(any(letter.isalnum() for letter in said))
    try:
        once = normalised(said)
    except ValueError:
        return

    assert normalised(once) == once


def test_a_hash_is_hmac_sha256_of_the_normalised_code():
    pepper = bytes(range(32))

    assert hashed(pepper, "RM 84") == hmac.new(pepper, b"rm84", hashlib.sha256).hexdigest()


@given(PEPPERS, PEPPERS, st.text(alphabet=string.ascii_letters + string.digits, min_size=1))
def test_the_same_code_under_two_peppers_has_nothing_in_common(one, other, code):
    assume(one != other)

    assert hashed(one, code) != hashed(other, code)


@given(PEPPERS, st.text(string.ascii_lowercase, min_size=1), st.text(string.digits, min_size=1))
def test_two_codes_are_never_taken_for_one(pepper, one, other):
    assert hashed(pepper, one) != hashed(pepper, other)


@pytest.mark.django_db
def test_a_code_is_found_again_at_its_member():
    stored = hashed_code(VAN, "RM 84", at=NOW)

    assert possible_hashes(VAN, "r-m-84") == [stored]
    assert possible_hashes(VAN, "rm85") != [stored]


@pytest.mark.django_db
def test_after_rotation_a_code_of_before_is_found_and_new_ones_are_kept_under_the_new():
    before = hashed_code(VAN, "rm84", at=NOW)
    rotate(Purpose.PEPPER, VAN, at=NOW)

    after = hashed_code(VAN, "rm84", at=NOW)

    assert possible_hashes(VAN, "rm84") == [after, before]
    assert (after.generation, before.generation) == (2, 1)


@pytest.mark.django_db
def test_a_stolen_database_with_a_dictionary_matches_nothing():
    # Case 49: the thief has every row and every code, knows how it is done, and has no key file.
    codes = DICTIONARY[::97]
    stolen = {hashed_code(VAN, code, at=NOW).digits for code in codes}
    marks = [use.mark for use in KeyUse.objects.all()]
    guesses = [b"", settings.SECRET_KEY.encode(), VAN.bytes, *(mark.encode() for mark in marks)]

    tried = {hashed(guess, code) for guess in guesses for code in DICTIONARY}
    tried |= {hashlib.sha256(code.encode()).hexdigest() for code in DICTIONARY}

    assert len(stolen) == len(codes)
    assert stolen & tried == set()


@pytest.mark.django_db
def test_with_the_pepper_of_one_member_the_codes_of_another_match_nothing():
    codes = DICTIONARY[::97]
    ours = {hashed_code(VAN, code, at=NOW).digits for code in codes}
    theirs = {hashed_code(OTHER, code, at=NOW).digits for code in codes}

    tried = every_hash(VAN)

    assert ours <= tried
    assert theirs & tried == set()


@pytest.mark.django_db
def test_the_same_person_at_two_members_is_unlinkable():
    assert hashed_code(VAN, "rm84", at=NOW).digits != hashed_code(OTHER, "rm84", at=NOW).digits


@pytest.mark.django_db
def test_after_a_pepper_is_destroyed_its_codes_are_never_matched_again():
    # Case 51, with a dictionary of every code, and with the rows of an older backup.
    old = {hashed_code(VAN, code, at=NOW).digits for code in DICTIONARY[::97]}
    rotate(Purpose.PEPPER, VAN, at=NOW)
    new = {hashed_code(VAN, code, at=NOW).digits for code in DICTIONARY[::97]}
    before = list(KeyUse.objects.values())

    destroy(Purpose.PEPPER, VAN, generation=1, at=NOW)
    KeyUse.objects.all().delete()
    KeyUse.objects.bulk_create(KeyUse(**row) for row in before)

    tried = every_hash(VAN)
    assert old & tried == set()
    assert new <= tried
    assert [each.generation for each in possible_hashes(VAN, "rm84")] == [2]


@pytest.mark.django_db
def test_a_code_that_is_asked_for_makes_no_pepper():
    assert possible_hashes(VAN, "rm84") == []
    assert not keys.folder().exists()
