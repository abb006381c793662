"""What a session holds is secret: a form that waits for a step-up may carry a password or somebody's address, and an
enrolment the secret of an app. The database sees all of it encrypted with FIELD_KEY.
"""

from __future__ import annotations

from typing import Any

from django.core.signing import JSONSerializer

from common.field_secrets import secret_close, secret_open


class ClosedSerializer(JSONSerializer):
    """Django's JSON, encrypted. A session under another FIELD_KEY can not be read and is one of nobody."""

    def dumps(self, obj: Any) -> bytes:
        """For the database."""
        return secret_close(super().dumps(obj).decode("latin-1"))

    def loads(self, data: bytes) -> Any:
        """From the database. Raises BrokenPromise, which Django takes for an empty session."""
        return super().loads(secret_open(data).encode("latin-1"))
