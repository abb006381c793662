"""The Celery application: JSON only, no results kept; a task is confirmed after it ran, so it must bear repetition."""

import os

from celery import Celery

from config.env import redis_url

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("casino", task_cls="compliance.audit.task:AuditedTask")
app.conf.update(
    broker_url=redis_url(),
    broker_connection_retry_on_startup=True,
    # Longer than the longest task: Redis hands an unconfirmed task to another worker after this many seconds.
    broker_transport_options={"visibility_timeout": 7200},
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    # structlog writes its lines itself; wrapped in another logger's they would be JSON within JSON.
    worker_redirect_stdouts=False,
    timezone="UTC",
    enable_utc=True,
)
# Threads of the web server, which hold no current application of their own, send tasks with this one.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
