"""Screens that packages bring along and no job of the house uses: a door that nobody needs is not built."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.models import Group

OF_PACKAGES = ("django_celery_beat", "axes", "account", "mfa", "oauth2_provider")


def strangers_unregister() -> None:
    """Groups, because rights come from roles alone; tasks' schedules, because who edits them runs any task."""
    for model in list(admin.site._registry):
        if model is Group or model._meta.app_label in OF_PACKAGES:
            admin.site.unregister(model)
