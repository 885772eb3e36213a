from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tejido.foundation.key_files import KeyRefused, Purpose, listed
from tejido.foundation.keys import current_key, destroy, live_keys
from tejido.network.queries.members import member_named
from tejido.network.testing import a_member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)


def refused(code, *words):
    with pytest.raises(KeyRefused) as refusal:
        call_command(*words)
    assert refusal.value.code == code
    return str(refusal.value)


@pytest.fixture
def van():
    return member_named(a_member("Night Van").slug)


def test_keys_lists_what_there_is_and_never_a_secret(capsys, van, settings):
    made = [current_key(Purpose.BACKUP, at=NOW), current_key(Purpose.PEPPER, van.id, at=NOW)]
    call_command("rotate_key", "pepper", "--member", van.slug)
    destroy(Purpose.PEPPER, van.id, generation=1, at=NOW)
    made += live_keys(Purpose.PEPPER, van.id)
    capsys.readouterr()

    call_command("keys")

    said = capsys.readouterr().out
    lines = [line.split() for line in said.splitlines()]
    assert lines[0][-1] == str(settings.KEYS)
    assert lines[1] == ["pepper", van.slug, "1", "2026-11-21", "destroyed"]
    assert lines[2][:3] == ["pepper", van.slug, "2"]
    assert lines[2][4:] == ["in", "use"]
    assert lines[3][:5] == ["backup", "1", "2026-11-21", "in", "use"]
    assert lines[3][5].startswith("age1")
    assert lines[4][-5:] == ["sessions,", "second-steps,", "sealing,", "credentials,", "audit"]
    assert not [key for key in made if key.secret in said]


def test_keys_says_which_one_is_missing(capsys, settings):
    current_key(Purpose.AUDIT, at=NOW)
    (settings.KEYS / "audit.1.key").unlink()

    call_command("keys")

    assert "MISSING: put the folder back" in capsys.readouterr().out


def test_rotate_key_makes_the_next_and_says_what_to_do(capsys, settings):
    call_command("rotate_key", "sealing")
    call_command("rotate_key", "sealing")

    said = capsys.readouterr().out.splitlines()
    assert said[1].startswith("The key sealing.2 is in use now.")
    assert said[1].endswith(f"Copy {settings.KEYS} to where you keep its copy.")


@pytest.mark.parametrize("purpose", sorted(set(Purpose) - {Purpose.PEPPER}))
def test_every_key_can_be_rotated_and_its_old_one_destroyed(purpose):
    call_command("rotate_key", purpose)
    call_command("rotate_key", purpose)
    newest, *older = live_keys(purpose)

    for key in older:
        call_command("destroy_key", purpose, f"--generation={key.name.generation}", "--yes")

    assert live_keys(purpose) == [newest]


def test_rotating_the_session_key_says_that_the_environment_wins(capsys):
    call_command("rotate_key", "sessions")

    assert "SECRET_KEY in the environment still wins" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["rotate_key", "destroy_key"])
def test_a_name_that_is_no_key_is_refused_with_those_that_are(command):
    words = ["--generation=1"] if command == "destroy_key" else []

    said = refused("name-unknown", command, "peppers", *words)

    assert said.startswith("There is no key called peppers. There are: sessions, second-steps")


def test_whose_pepper_has_to_be_said_and_only_of_a_pepper(van, settings):
    refused("member-needed", "rotate_key", "pepper")
    refused("member-unknown", "rotate_key", "pepper", "--member=nobody")
    refused("no-member", "rotate_key", "audit", f"--member={van.slug}")

    assert not settings.KEYS.exists()


def test_destroy_key_says_what_is_lost_before_it_does_it(van, capsys):
    key = current_key(Purpose.PEPPER, van.id, at=NOW)
    words = ("destroy_key", "pepper", f"--member={van.slug}", "--generation=1")

    said = refused("unconfirmed", *words)
    assert "can never be matched again" in said
    assert "run the command again with --yes" in said
    assert live_keys(Purpose.PEPPER, van.id) == [key]

    call_command(*words, "--yes")
    assert live_keys(Purpose.PEPPER, van.id) == []
    assert "Destroy it in every copy" in capsys.readouterr().out


@pytest.mark.parametrize("purpose", Purpose)
def test_for_every_key_it_is_said_what_its_end_means(purpose, van):
    owner = van.id if purpose is Purpose.PEPPER else None
    whose = [f"--member={van.slug}"] if owner else []
    current_key(purpose, owner, at=NOW)
    call_command("rotate_key", purpose, *whose)

    said = refused("unconfirmed", "destroy_key", purpose, "--generation=1", *whose)

    assert len(said) > 150


def test_destroy_key_needs_to_know_which_generation():
    with pytest.raises(CommandError, match="--generation"):
        call_command("destroy_key", "audit", "--yes")

    refused("key-unknown", "destroy_key", "audit", "--generation=7", "--yes")


def test_the_key_in_use_is_not_destroyed_even_with_a_yes():
    call_command("rotate_key", "backup")

    refused("key-in-use", "destroy_key", "backup", "--generation=1", "--yes")


def test_a_folder_that_cannot_be_written_is_a_sentence(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.KEYS = tmp_path / "file" / "keys"

    said = refused("folder-closed", "rotate_key", "audit")

    assert "TEJIDO_KEYS" in said


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:90]), "key-damaged"),
        (lambda file: file.chmod(0o640), "key-open"),
        (lambda file: file.parent.chmod(0o711), "folder-open"),
        (lambda file: file.unlink(), "key-missing"),
    ],
)
def test_on_harmed_keys_nothing_is_rotated(settings, harm, code):
    call_command("rotate_key", "audit")
    harm(settings.KEYS / "audit.1.key")

    refused(code, "rotate_key", "audit")

    settings.KEYS.chmod(0o700)
    assert {name.generation for name in listed(settings.KEYS).keys} <= {1}


def test_what_is_lost_is_given_up_by_command(settings):
    call_command("rotate_key", "audit")
    (settings.KEYS / "audit.1.key").unlink()

    call_command("rotate_key", "audit", "--lost")

    assert [key.name.generation for key in live_keys(Purpose.AUDIT)] == [2]


def test_refusals_are_told_in_spanish_too():
    with translation.override("es"):
        said = refused("name-unknown", "rotate_key", "peppers")

    assert said.startswith("No hay ninguna clave que se llame peppers.")
