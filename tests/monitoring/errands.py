"""What a real web server and a real worker run for test_processes.py: a page that logs secrets and sends a task."""

from __future__ import annotations

import logging

import structlog
from celery import shared_task
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as house

SECRETS = "alice@example.com", "tok-4242", "sig-777", "4111 1111 1111 1111"
LINE = "errand for alice@example.com, token=tok-4242, X-Signature: sig-777, card 4111 1111 1111 1111"


@shared_task(name="tests.monitoring.errands.run")
def run() -> None:
    logging.getLogger("errand").error("in the task, %s", LINE)
    structlog.get_logger().info("errand:told", line=LINE)


def errand(_request: HttpRequest) -> HttpResponse:
    logging.getLogger("errand").error("in the request, %s", LINE)
    run.delay()
    return HttpResponse("sent")


urlpatterns = [path("errand", errand), *house]
