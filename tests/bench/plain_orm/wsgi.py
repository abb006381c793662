"""What granian serves for the plain wallet: Django as it comes, with the collector tamed as in config/wsgi.py."""

import gc

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
gc.collect()
gc.freeze()
