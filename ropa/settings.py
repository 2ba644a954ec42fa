"""Everything that can be configured, from the environment, in four bands: Django, project, dependencies, ours."""

import sys
from importlib.util import find_spec
from pathlib import Path

from ropa import env
from ropa.database import database, sqlite_url
from ropa.secret_key import read_secret_key
from ropa.signing_key import signing_key_file
from ropa.version import read_version

BASE_DIR = Path(__file__).resolve().parent.parent
YEAR = 365 * 24  # hours
TESTING = "pytest" in sys.modules or "mypy" in sys.modules  # tools that need settings, and never serve anyone

# Django ---------------------------------------------------------------------------------------------------------------

DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = (
    "only for tests and the type checker"
    if TESTING
    else read_secret_key(generated=BASE_DIR / ".secret_key" if DEBUG else None)
)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", default=("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")

ROOT_URLCONF = "ropa.urls"
WSGI_APPLICATION = "ropa.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database(env.text("DATABASE_URL", sqlite_url(BASE_DIR / "db.sqlite3")), BASE_DIR)}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# The language of letters, and of screens where neither a person nor her browser asks for another that is offered.
LANGUAGE_CODE = {"EN": "en-gb", "FR": "fr", "DE": "de"}[env.choice("SITE_LANGUAGE", ("EN", "FR", "DE"), "EN")]
LANGUAGES = [("en", "English"), ("fr", "Français"), ("de", "Deutsch")]  # see locale/ and "make messages"
TIME_ZONE = env.time_zone("TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["ropa.formats"]

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / env.text("STATIC_ROOT", "staticfiles")
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
HASHED_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN_STATIC if DEBUG or TESTING else HASHED_STATIC},
}
MEDIA_ROOT = BASE_DIR / env.text("MEDIA_ROOT", "media")

# One activity's form alone posts some fifty fields for each of its thirty or so related rows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# HTTPS is taken for granted in production. HTTPS=0 is for a closed network only: passwords then travel in the clear.
HTTPS = env.flag("HTTPS", default=not (DEBUG or TESTING))
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # monitors ask from inside, without TLS
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", default=86_400) if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", default=10, minimum=1, maximum=10 * YEAR) * 3600
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "ropa.sending_again.csrf_failure"
CSRF_COOKIE_SAMESITE = "Lax"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # whether sub-domains use HTTPS only is for the owner of the domain to say, not for us
    "security.W021",  # as is preloading
]

# No inline script, no inline style, no eval. The shape is that of the setting of the same name in Django 6.
SECURE_CSP = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
DJANGO_CSP = "django.middleware.csp"
CSP_MIDDLEWARE = f"{DJANGO_CSP if find_spec(DJANGO_CSP) else 'ropa.middleware'}.ContentSecurityPolicyMiddleware"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"level": "INFO"},
        "registry": {"level": env.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO")},
    },
}

# Mail. Without a host no reminder is sent.
EMAIL_HOST = env.server("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", default=587, minimum=1, maximum=65_535)
EMAIL_HOST_USER = env.text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_PASSWORD") or ""
EMAIL_TLS = env.flag("EMAIL_TLS", default=True)
EMAIL_USE_SSL = EMAIL_TLS and EMAIL_PORT == 465  # the port that speaks TLS from the first byte; any other turns to it
EMAIL_USE_TLS = EMAIL_TLS and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.sender("EMAIL_FROM", "register@localhost")

# Project --------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "ropa.apps.RopaAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "registry.apps.RegistryConfig",  # before simple_history, some of whose commands it switches off
    "simple_history",
    "import_export",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    CSP_MIDDLEWARE,
    "ropa.middleware.PermissionsPolicyMiddleware",
    "ropa.middleware.NullCharacterMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ropa.health.HealthMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",  # the language that a person chose, or that her browser asks for
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "registry.versioning.middleware.ChangeSetMiddleware",  # last: whatever a view writes is one change set
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Dependencies ---------------------------------------------------------------------------------------------------------

WHITENOISE_AUTOREFRESH = DEBUG or TESTING
WHITENOISE_USE_FINDERS = DEBUG or TESTING

# What the libraries leave open by default. Our base admin asks for more than these; they are the second lock.
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "add"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
IMPORT_EXPORT_SKIP_ADMIN_LOG = True  # a change set says more than a log line for each row
SIMPLE_HISTORY_REVERT_DISABLED = True
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# Work outside the request: the queue is a table of the database, and a worker is a process (manage.py run_worker).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Ours -----------------------------------------------------------------------------------------------------------------

REGISTRY_VERSION = read_version(BASE_DIR / "CHANGELOG.md")
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

SITE_URL = env.site("SITE_URL")  # for links in letters, which no request tells the address of

SEED_CATALOGUES = env.flag("SEED_CATALOGUES", default=not TESTING)  # the law's own terms, after each migration

# The key that signs audit packs, made at first use. Never in the database: whoever can write there could sign.
SIGNING_KEY_FILE = BASE_DIR / env.text("SIGNING_KEY_FILE", str(signing_key_file(DATABASES["default"], BASE_DIR)))

# A report that is likely to take longer than that is made by a worker, and kept for so long.
LONG_REPORT_SECONDS = env.number("LONG_REPORT_SECONDS", default=4)
LONG_IMPORT_SECONDS = env.number("LONG_IMPORT_SECONDS", default=4)  # the same of reading, and of applying, an import
JOB_FILE_HOURS = env.number("JOB_FILE_HOURS", default=24, minimum=1, maximum=10 * YEAR)

# How large a file may be that is given to "Verify a file"; the command verify_file takes any.
VERIFY_MAX_BYTES = env.number("VERIFY_MAX_BYTES", default=500 * 1024 * 1024, minimum=1)

# What a spreadsheet may be at most, where that should differ from the importer's own limits.
IMPORT_LIMITS = {
    name: env.number(f"IMPORT_{name.upper()}", minimum=1)
    for name in (
        "max_bytes",
        "max_unzipped_bytes",
        "max_sheets",
        "max_rows",
        "max_columns",
        "max_cell_characters",
        "memory_bytes",
        "seconds",
    )
    if env.text(f"IMPORT_{name.upper()}", "")
}
