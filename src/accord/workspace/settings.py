"""Django's settings: secure by default; what differs from host to host comes from `environment`."""

from __future__ import annotations

from importlib.resources import files

from accord.workspace.environment import read_environment
from accord.workspace.signin.providers import read_providers

_HOST = read_environment()

ACCORD_HOME = _HOST.home
ACCORD_KEYS = _HOST.keys
ACCORD_DEMO = _HOST.demo
SECRET_KEY = _HOST.secret_key
DEBUG = False
ALLOWED_HOSTS = list(_HOST.hosts)
ROOT_URLCONF = "accord.workspace.urls"
WSGI_APPLICATION = "accord.workspace.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": dict(_HOST.database)}
for _name, _value in _HOST.mail.items():
    globals()[_name] = _value

INSTALLED_APPS = [
    "accord.workspace.shell",
    "accord.workspace.trail",
    "accord.workspace.people",
    "accord.workspace.sealing",
    "accord.workspace.permissions",
    "accord.workspace.screening",
    "accord.workspace.editing",
    "accord.workspace.signin",
    "accord.workspace.directory",
    "accord.workspace.releases",
    "accord.workspace.indicators",
    "accord.workspace.charter",
    "accord.workspace.notes",
    "accord.workspace.editions",
    "accord.workspace.actions",
    "accord.workspace.meetings",
    "accord.workspace.inquiry",
    "accord.workspace.strands",
    "accord.workspace.commitments",
    "accord.workspace.library",
    "accord.workspace.founding",
    "accord.workspace.keeping",
    "accord.workspace.handover",
    "accord.workspace.search",
    "accord.workspace.front",
    "accord.workspace.api",
    "accord.workspace.home",
    "accord.workspace.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accord.workspace.shell.middleware.content_policy",
    "accord.workspace.shell.language.public_language",
    "accord.workspace.shell.middleware.ForeseenFailures",
    "accord.workspace.signin.middleware.SilentProvider",
    "accord.workspace.signin.middleware.second_factor",
    "accord.workspace.sealing.middleware.unlocked_keys",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "accord.workspace.shell.templatetags.words",
                "django.templatetags.i18n",
            ],
            "context_processors": [
                "django.template.context_processors.i18n",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accord.workspace.shell.context.frame",
            ],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

STATIC_URL = "/static/"
STATICFILES_DIRS = [("fonts", str(files("accord.reports").joinpath("fonts")))]
STATIC_ROOT = ACCORD_HOME / "static"
WHITENOISE_USE_FINDERS = True
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(ACCORD_HOME / "cache"),
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 3000},
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
SERIALIZATION_MODULES: dict[str, str] = {}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [str(files("accord.workspace").joinpath("locale"))]
TIME_ZONE = "America/Los_Angeles"
USE_I18N = True
USE_TZ = True

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not _HOST.on_this_machine
SECURE_SSL_REDIRECT = not _HOST.on_this_machine
SECURE_HSTS_SECONDS = 0 if _HOST.on_this_machine else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not _HOST.on_this_machine
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _HOST.hosts if host != "*"]
CSRF_FAILURE_VIEW = "accord.workspace.shell.views.form_expired"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accord.workspace.signin.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "accord.workspace.signin.adapters.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation went to that address, or a provider vouches
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if _HOST.on_this_machine else "https"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "accord workspace"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _HOST.on_this_machine
SOCIALACCOUNT_ADAPTER = "accord.workspace.signin.adapters.ProviderAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
ACCORD_PROVIDERS = read_providers(_HOST.oidc_file)
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": [provider.app for provider in ACCORD_PROVIDERS]}
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
