"""The platform's own settings, with Django's customary middleware and DRF, and this one app."""

from config.settings import ALLOWED_HOSTS as ALLOWED_HOSTS
from config.settings import CACHES as CACHES
from config.settings import DATABASES as DATABASES
from config.settings import DEBUG as DEBUG
from config.settings import MIDDLEWARE as EVERYTHING
from config.settings import SECRET_KEY as SECRET_KEY
from config.settings import TEMPLATES as TEMPLATES
from config.settings import TIME_ZONE as TIME_ZONE
from config.settings import USE_TZ as USE_TZ

DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"].pop("APPLICATION_ROLE", None)
MIDDLEWARE = [name for name in EVERYTHING if name.startswith("django.")]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "rest_framework",
    "tests.bench.plain_orm",
]
ROOT_URLCONF = "tests.bench.plain_orm.urls"
STATIC_URL = "/static/"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["tests.bench.plain_orm.authentication.SignatureAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
}
