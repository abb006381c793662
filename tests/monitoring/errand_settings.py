"""The house's settings with one page and one task more."""

from config.settings import *  # noqa: F403 - the house's own

ROOT_URLCONF = "tests.monitoring.errands"
CELERY_IMPORTS = ["tests.monitoring.errands"]
