"""Why a client of the API is not made, or gets no secret."""

from __future__ import annotations

from common.errors import Refusal


class ClientRefused(Refusal):
    """`args[0]`, where given, is the sentence that says what is wrong."""

    code = "api_client_refused"
    message = "This is no client as the API takes it."
    recorded = False

    def __init__(self, sentence: str = "") -> None:
        super().__init__()
        if sentence:
            self.message = sentence  # type: ignore[misc]  # the sentence of this one refusal


class ClientEnded(Refusal):
    code = "api_client_ended"
    message = "This client is revoked or has expired: it gets no secret any more."
    recorded = False


class ClientRevokedAlready(Refusal):
    code = "api_client_revoked_already"
    message = "This client is revoked already."
    recorded = False


class SecretSlotsTaken(Refusal):
    code = "api_secret_slots_taken"
    message = "Two secrets are active: retire the older one first."
    recorded = False


class SecretRetiredAlready(Refusal):
    code = "api_secret_retired_already"
    message = "This secret is retired already."
    recorded = False
