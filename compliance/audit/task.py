"""Celery's task class for the whole house: what a scheduled task does stands in the trail under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from celery import Task
from structlog.contextvars import bound_contextvars

from compliance.audit.context import system_task

if TYPE_CHECKING:
    _Task = Task[Any, Any]
else:
    _Task = Task


REQUEST_ID = "request_id"  # the header of a task's message


class AuditedTask(_Task):
    """Runs as "system:<name of the task's function>", under the number of the request that sent it."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        number = str(getattr(self.request, REQUEST_ID, None) or "")
        bound = {"task": str(self.name), "task_id": str(self.request.id)} | ({"request_id": number} if number else {})
        with system_task(str(self.name).rpartition(".")[2], request_id=number), bound_contextvars(**bound):
            return super().__call__(*args, **kwargs)
