"""What granian serves: the back office and the wallet API."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

_django = get_wsgi_application()

# After Django is set up: the lane resolves its paths with it.
import config.celery  # noqa: E402, F401 - tasks that requests send find their broker
from common.http.fast_lane import fast_lane  # noqa: E402
from reporting.monitoring.api.health import probes  # noqa: E402

# Bets pass first: whatever watches the house costs them nothing.
application = fast_lane(probes(_django))

# What is loaded now stays: the collector need not walk over it again and again while bets wait.
gc.collect()
gc.freeze()
