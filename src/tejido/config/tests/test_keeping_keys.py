import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from cryptography.fernet import Fernet
from django.core.cache import cache
from django.test import Client

from tejido.accounts.testing import PASSWORD, an_account
from tejido.config.keeping_keys import destroy_key, keep_keys, rotate_key
from tejido.config.session_secrets import session_secrets
from tejido.foundation.key_files import KeyName, KeyRefused, Purpose, make_key
from tejido.foundation.keys import current_key, live_keys

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
SOURCE = Path(__file__).resolve().parents[3]
LATER = NOW + timedelta(days=1)
APP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Installation:
    """One that is not the tests': it reads its keys as the settings do when it starts."""

    def __init__(self, settings):
        self.settings, self.said = settings, []
        settings.SECRET_KEY_GIVEN = False
        self.start()

    @property
    def before(self) -> Path:
        return self.settings.DATA / "secret-key"

    @property
    def secrets(self):
        return [self.settings.SECRET_KEY, *self.settings.SECRET_KEY_FALLBACKS]

    def start(self, *, given=""):
        found = session_secrets(self.settings.KEYS, before=self.before, given=given)
        self.settings.SECRET_KEY, *self.settings.SECRET_KEY_FALLBACKS = found
        self.settings.SECRET_KEY_GIVEN = bool(given)

    def keep(self):
        keep_keys(at=NOW, report=self.said.append)

    def rotate(self, purpose, *, lost=False):
        return rotate_key(purpose, None, at=LATER, is_lost=lost, report=self.said.append)

    def destroy(self, purpose, generation):
        destroy_key(purpose, None, generation=generation, at=LATER, report=self.said.append)


@pytest.fixture
def ours(settings):
    cache.clear()
    return Installation(settings)


@pytest.fixture
def of_before(settings):
    """One with its only key in the data folder."""
    settings.DATA.mkdir(mode=0o700)
    (settings.DATA / "secret-key").write_text("the only key of a year, " * 3)
    return Installation(settings)


def signed_in(name="rosa"):
    browser = Client()
    browser.post("/account/login/", {"login": name, "password": PASSWORD})
    assert is_signed_in(browser)
    return browser


def is_signed_in(browser):
    return browser.get("/account/").status_code == 200


def with_second_step(user):
    TOTP.activate(user, APP_SECRET)
    return RecoveryCodes.activate(user).generate_codes()


def takes_code(user):
    cache.clear()
    code = format_hotp_value(hotp_value(APP_SECRET, int(time.time()) // 30))
    return Authenticator.objects.get(user=user, type="totp").wrap().validate_code(code)


def recovery_codes(user):
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().generate_codes()


def generations(purpose):
    return [key.name.generation for key in live_keys(purpose)]


def test_reading_the_settings_writes_nothing(ours, settings):
    assert len(settings.SECRET_KEY) > 50
    assert not settings.KEYS.exists()
    assert not settings.DATA.exists()


def test_the_key_is_kept_once_and_is_the_installations_own(ours, settings):
    first = settings.SECRET_KEY

    for _ in range(2):
        ours.keep()
        ours.start()

    assert ours.secrets == [first]
    (told,) = ours.said
    assert told.startswith(f"Keys lie in {settings.KEYS}. Keep a copy of it")
    assert (settings.KEYS / "sessions.1.key").stat().st_mode & 0o077 == 0
    assert not ours.before.exists()


def test_an_installation_of_before_brings_its_key_along(of_before, settings):
    secret = of_before.before.read_text()
    an_account()
    browser = signed_in()

    of_before.keep()
    of_before.start()

    assert of_before.secrets == [secret]
    assert not of_before.before.exists()
    assert is_signed_in(browser)


def test_taking_the_key_along_may_be_broken_off(of_before):
    secret = of_before.before.read_text()
    of_before.keep()
    of_before.before.write_text(secret)

    of_before.start()
    of_before.keep()

    assert (of_before.secrets, generations(Purpose.SESSIONS)) == ([secret], [1])
    assert not of_before.before.exists()


def test_a_data_folder_of_before_that_is_put_back_is_believed_and_stays(of_before):
    of_before.keep()
    of_before.before.write_text("another key of before")

    of_before.start()
    of_before.keep()

    assert of_before.secrets[1:] == ["another key of before"]
    assert of_before.before.exists()


def test_after_rotation_everybody_stays_signed_in_until_the_old_key_is_destroyed(ours):
    an_account()
    ours.keep()
    here, away = signed_in(), signed_in()

    ours.rotate(Purpose.SESSIONS)
    ours.start()
    assert len(ours.secrets) == 2
    assert is_signed_in(here)

    ours.destroy(Purpose.SESSIONS, 1)
    ours.start()
    assert len(ours.secrets) == 1
    # Whoever came by meanwhile has a session of the new key; the other signs in again.
    assert (is_signed_in(here), is_signed_in(away)) == (True, False)


def test_rotation_before_the_server_ever_started_keeps_the_key_of_before(of_before):
    secret = of_before.before.read_text()

    of_before.rotate(Purpose.SESSIONS)
    of_before.start()

    assert of_before.secrets[1:] == [secret]
    assert generations(Purpose.SESSIONS) == [2, 1]


def test_a_key_of_the_environment_wins_and_rotation_takes_it_along(ours, settings):
    settings.BACKUP_EVERY = 0
    ours.start(given="from the environment")
    ours.keep()
    assert not settings.KEYS.exists()

    ours.rotate(Purpose.SESSIONS)
    ours.start(given="from the environment")
    assert ours.secrets[0] == "from the environment"

    ours.start()
    assert ours.secrets[1] == "from the environment"
    assert ours.secrets[0] == live_keys(Purpose.SESSIONS)[0].secret


def test_of_two_that_start_at_once_the_second_is_told(ours, settings):
    ours.keep()
    settings.SECRET_KEY = "what the second made for itself"

    with pytest.raises(KeyRefused) as refusal:
        ours.keep()

    assert refusal.value.code == "key-exists"


def test_second_steps_of_before_get_a_key_of_their_own_and_outlive_any_session_key(
    of_before, settings
):
    rosa = an_account()
    codes = with_second_step(rosa)
    lay_under_session_key(of_before)

    of_before.keep()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "quite another", []

    assert of_before.said[1:] == ["Second steps brought to the newest key: 2"]
    assert takes_code(rosa)
    assert recovery_codes(rosa) == codes


def lay_under_session_key(installation):
    """Put every second step as it lay in the database before keys were apart."""
    import base64

    from django.utils.crypto import salted_hmac

    old = salted_hmac("second step", "", secret=installation.secrets[0], algorithm="sha256")
    of_before = Fernet(base64.urlsafe_b64encode(old.digest()))
    now = Fernet(live_keys(Purpose.SECOND_STEPS)[0].secret)
    for row in Authenticator.objects.all():
        for field in {"secret", "seed"} & row.data.keys():
            row.data[field] = of_before.encrypt(now.decrypt(row.data[field])).decode()
        row.save()


def test_session_keys_of_before_go_only_when_no_second_step_lies_under_them(of_before):
    rosa = an_account()
    with_second_step(rosa)
    of_before.keep()
    lay_under_session_key(of_before)
    of_before.rotate(Purpose.SESSIONS)
    of_before.start()
    assert takes_code(rosa)

    of_before.destroy(Purpose.SESSIONS, 1)
    of_before.start()

    assert takes_code(rosa)


def test_second_steps_work_through_rotation_and_after_the_old_key_is_gone(ours):
    rosa = an_account()
    codes = with_second_step(rosa)

    ours.rotate(Purpose.SECOND_STEPS)
    assert ours.said == ["Second steps brought to the newest key: 2"]
    ours.destroy(Purpose.SECOND_STEPS, 1)

    assert generations(Purpose.SECOND_STEPS) == [2]
    assert takes_code(rosa)
    assert recovery_codes(rosa) == codes


def test_recovery_codes_that_came_from_elsewhere_are_brought_along_too(ours):
    rosa = an_account()
    key = current_key(Purpose.SECOND_STEPS, at=NOW)
    lies = [
        Fernet(key.secret).encrypt(code.encode()).decode() for code in ("12345678", "87654321")
    ]
    data = {"seed": lies[0], "used_mask": 1, "migrated_codes": lies}
    Authenticator.objects.create(user=rosa, type="recovery_codes", data=data)

    ours.rotate(Purpose.SECOND_STEPS)
    ours.destroy(Purpose.SECOND_STEPS, 1)

    assert recovery_codes(rosa) == ["12345678", "87654321"]
    assert Authenticator.objects.get().data["used_mask"] == 1


def test_a_second_step_that_no_key_reads_is_told_and_left_as_it_is(ours):
    with_second_step(an_account())
    with_second_step(an_account("ana"))
    Authenticator.objects.filter(user__username="ana").update(
        data={"secret": "gAAAAA", "seed": "gAAAAA", "used_mask": 0}
    )

    ours.rotate(Purpose.SECOND_STEPS)

    assert ours.said[0].startswith("2 second steps cannot be read")
    assert ours.said[1] == "Second steps brought to the newest key: 2"


def test_starting_again_brings_nothing_anew(ours):
    with_second_step(an_account())
    ours.keep()
    ours.said.clear()
    before = list(Authenticator.objects.order_by("id").values())

    ours.keep()

    assert list(Authenticator.objects.order_by("id").values()) == before
    assert ours.said == []


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda file: file.unlink(), "key-missing"),
        (lambda file: file.write_text("# tejido key"), "key-damaged"),
        (lambda file: file.chmod(0o644), "key-open"),
        (lambda file: file.parent.chmod(0o755), "folder-open"),
        (lambda file: file.parent.rename(file.parents[1] / "elsewhere"), "key-missing"),
    ],
)
def test_the_server_does_not_start_on_harmed_keys_and_harms_nothing_more(
    ours, settings, harm, code
):
    ours.keep()
    harm(settings.KEYS / "sessions.1.key")
    before = sorted(settings.KEYS.glob("*"))
    ours.start()

    with pytest.raises(KeyRefused) as refusal:
        ours.keep()

    assert refusal.value.code == code
    assert sorted(settings.KEYS.glob("*")) == before


def test_a_session_key_that_is_lost_for_good_is_replaced_by_saying_so(ours, settings):
    ours.keep()
    (settings.KEYS / "sessions.1.key").unlink()
    ours.start()

    ours.rotate(Purpose.SESSIONS, lost=True)
    ours.start()
    ours.keep()

    assert generations(Purpose.SESSIONS) == [2]
    assert ours.secrets == [live_keys(Purpose.SESSIONS)[0].secret]


@pytest.mark.parametrize("harm", ["folder", "file", "cut", "no folder at all"])
def test_settings_are_read_by_every_command_whatever_the_keys_are_like(tmp_path, harm):
    keys = tmp_path / "data-keys"
    make_key(keys, KeyName(Purpose.SESSIONS, None, 1), "the key", at=NOW)
    if harm == "folder":
        keys.chmod(0o755)
    elif harm == "no folder at all":
        keys.rename(tmp_path / "elsewhere")
        keys.touch()
    else:
        file = keys / "sessions.1.key"
        file.chmod(0o644) if harm == "file" else file.write_text("# tejido")
    given = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}

    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from tejido.config.settings import SECRET_KEY as s; print(len(s))",
        ],
        capture_output=True,
        text=True,
        check=False,
        env=given | {"TEJIDO_DATA": str(tmp_path / "data"), "PYTHONPATH": str(SOURCE)},
    )

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 50
