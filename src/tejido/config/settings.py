"""Every setting, once. Values that differ between installations come from the environment."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from tejido.config.session_secrets import session_secrets

env = environ.Env()
ROOT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
TESTING = "pytest" in sys.modules
if not TESTING and (ROOT / ".env").is_file():
    env.read_env(ROOT / ".env")

# Areas from the ground up: each may know those before it (docs/map.md, import contracts).
AREAS = [
    "foundation",
    "ui",
    "gateways",
    "disclosure",
    "translation",
    "accounts",
    "geography",
    "network",
    "directory",
    "finder",
    "config",
]

DATA = Path(env("TEJIDO_DATA", default=str(ROOT / "var" / "data"))).resolve()
# Keys lie beside the data folder, never in it: who copies the data has no key (docs/keys.md).
KEYS = Path(env("TEJIDO_KEYS", default=f"{DATA}-keys")).resolve()
DEMONSTRATION = env.bool("TEJIDO_DEMONSTRATION", default=False)
DEBUG = False


def _session_secrets() -> list[str]:
    """Return the key that signs, then those that are still believed (config/session_keys.py)."""
    given: str = env("SECRET_KEY", default="")
    if TESTING:
        return [given or "for tests only"]
    return session_secrets(KEYS, before=DATA / "secret-key", given=given)


def _cores() -> int:
    """Return how many cores this process may use."""
    return (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )


def _test_file() -> Path:
    """Return where tests keep their database: a file, as in use, on a disk of memory if any.

    One that is only in memory locks whole tables, and whoever meets a lock fails without waiting.
    """
    memory = Path("/dev/shm")  # noqa: S108 - a folder, not a file that somebody could guess
    has_room = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    folder = memory if has_room else Path(tempfile.gettempdir())
    return folder / f"tejido-test-{os.getpid()}.sqlite3"


SECRET_KEY_GIVEN = TESTING or bool(env("SECRET_KEY", default=""))
SECRET_KEY, *SECRET_KEY_FALLBACKS = _session_secrets()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    # Before the sign-in package, so that its pages and words are ours.
    *(f"tejido.{area}" for area in AREAS),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tejido.accounts.middleware.PackedPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tejido.accounts.middleware.FilesMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "tejido.accounts.middleware.TokenMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tejido.accounts.middleware.PersonalPagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

# accounts.middleware.TokenMiddleware is Django's CSRF protection with a page of its own.
SILENCED_SYSTEM_CHECKS = ["security.W003"]
ROOT_URLCONF = "tejido.config.urls"
WSGI_APPLICATION = "tejido.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
            "string_if_invalid": "",
        },
    }
]

# Databases: an embedded SQLite file, or PostgreSQL in production (docs/configuration.md).
EMBEDDED = DEMONSTRATION or not env("DATABASE_URL", default="")
HAS_OWNER = not EMBEDDED and bool(env("DATABASE_OWNER_URL", default=""))
OWNER_DATABASE = env.db("DATABASE_OWNER_URL") if HAS_OWNER else None
if EMBEDDED:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "tejido.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
            "TEST": {"NAME": _test_file()},
        }
    }
else:
    DATABASES = {"default": env.db("DATABASE_URL")}
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
# As the role that reads everything; as its owner, for putting back; and a database to try one in.
BACKUP_DATABASE = "" if EMBEDDED else env("DATABASE_BACKUP_URL", default="")
OWNER_URL = "" if EMBEDDED else env("DATABASE_OWNER_URL", default=env("DATABASE_URL", default=""))
BACKUP_SCRATCH = "" if EMBEDDED else env("BACKUP_SCRATCH_URL", default="")
# The backups that it makes of itself: where, and after how many hours; 0 for none.
BACKUPS = Path(env("TEJIDO_BACKUPS", default=f"{DATA}-backups")).resolve()
BACKUP_EVERY = 0 if DEMONSTRATION else env.int("BACKUP_EVERY_HOURS", default=1)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits count in memory on one process, and in expiring keyed-hash rows otherwise.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
        if EMBEDDED
        else "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "tejido_cache",
        "KEY_FUNCTION": "tejido.foundation.cache_keys.keyed_hash",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # else the 301st counter pushes others out
    }
}

# Sign-in.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if TESTING
    else "django.contrib.auth.hashers.Argon2PasswordHasher"
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "tejido.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# Wrong passwords count for one account at one address: a colleague beside can still sign in.
# Above so many from everywhere one from each neighborhood is tried: guesses shut nobody out.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "5/5m/key",
    "login_anywhere": "100/h/key",
    "login_guessed": "1/5m/key",
}
ACCOUNT_FORMS = {
    "login": "tejido.accounts.web.forms.SignInForm",
    "change_password": "tejido.accounts.web.forms.NewPasswordForm",
    "reauthenticate": "tejido.accounts.web.forms.ConfirmPasswordForm",
}
MFA_ADAPTER = "tejido.accounts.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "tejido.accounts.web.forms.CodeForm",
    "reauthenticate": "tejido.accounts.web.forms.ConfirmCodeForm",
    "activate_totp": "tejido.accounts.web.forms.FirstCodeForm",
    "add_webauthn": "tejido.accounts.web.forms.NewPasskeyForm",
    "edit_webauthn": "tejido.accounts.web.forms.PasskeyNameForm",
    "authenticate_webauthn": "tejido.accounts.web.forms.PasskeyForm",
    "login_webauthn": "tejido.accounts.web.forms.PasskeyAloneForm",
    "reauthenticate_webauthn": "tejido.accounts.web.forms.ConfirmPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A sign-in by passkey asks and answers: 30 in a minute, as with passwords.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_TOTP_ISSUER = "Tejido"
# A code that ends while somebody types it is still good (RFC 6238 section 5.2: one step).
MFA_TOTP_TOLERANCE = 1
# How many proxies of our own stand in front: rate limits count the visitor, not the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1 if HTTPS else 0)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"

# Cookies exist only for people who sign in.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "tejido_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "tejido.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "tejido.accounts.web.too_late.refuse"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
MAX_UPLOAD_BYTES = 100 * 1024 * 1024  # a list; larger ones are imported by command
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Languages: public pages carry theirs in the path.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
USE_I18N = USE_TZ = True
TIME_ZONE = "America/Los_Angeles"

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "var" / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "tejido.ui.bundles.BundleFinder",  # one stylesheet made of many small files
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# The finder's snapshot, and where Leave goes.
SNAPSHOTS = DATA / "finder"
LEAVE_URL = env("LEAVE_URL", default="https://www.weather.gov/")
# How many processes answer the finder beside the one that serves, once two people ask at once.
FINDER_PROCESSES = env.int("FINDER_PROCESSES", default=min(4, _cores()) if _cores() > 1 else 0)
NETWORK_PHONE = env("NETWORK_PHONE", default="")
NETWORK_NAME = env("NETWORK_NAME", default="Tejido")

# Text messages. Without a key nobody can prove to be the carrier, and there is no address; the
# demonstration has none, since its places are invented.
SMS_AUTH_TOKEN = "" if DEMONSTRATION else env("SMS_AUTH_TOKEN", default="")
SMS_URL = env("SMS_URL", default="")
SMS_NUMBER = "" if DEMONSTRATION else env("SMS_NUMBER", default="")
# Text messages that we begin: the account at the carrier, and where it takes them.
SMS_ACCOUNT = "" if DEMONSTRATION else env("SMS_ACCOUNT", default="")
SMS_SEND_URL = env("SMS_SEND_URL", default="https://api.twilio.com")
SMS_PER_PERSON_A_DAY = env.int("SMS_PER_PERSON_A_DAY", default=5)

# Mail to people of the network. The demonstration writes it to a folder.
MAIL_IS_ON = DEMONSTRATION or bool(env("EMAIL_URL", default=""))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("MAIL_FROM", default="tejido@localhost")
SITE_URL = env("SITE_URL", default="").rstrip("/")
if DEMONSTRATION:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA / "mail"
elif MAIL_IS_ON:
    globals().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_TIMEOUT = 10

# Logs name events, never a query, an address or a browser.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "tejido.foundation.private_logs.EventFormatter",
            "format": "%(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "tejido.foundation.private_logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if env("LOG_FORMAT", default="") == "json" else "plain",
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "tejido": {"level": "INFO"},
    },
}
