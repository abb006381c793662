"""Celery's task class for the whole house: what a scheduled task does stands in the trail under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from celery import Task

from compliance.audit.context import system_task

if TYPE_CHECKING:
    _Task = Task[Any, Any]
else:
    _Task = Task


class AuditedTask(_Task):
    """Runs as "system:<name of the task's function>"."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with system_task(str(self.name).rpartition(".")[2]):
            return super().__call__(*args, **kwargs)
