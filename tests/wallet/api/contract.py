"""Every answer is held against the committed OpenAPI document: status, code, headers and body."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from tests.servers import CHECKOUT
from tests.wallet.api.wire import Reply

DOCUMENT = CHECKOUT / "docs/openapi/wallet-v1.yaml"


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The committed document."""
    found: dict[str, Any] = yaml.load(DOCUMENT.read_bytes(), Loader=yaml.CSafeLoader)
    return found


@lru_cache(maxsize=1)
def operations() -> dict[str, dict[str, Any]]:
    """Every operation by its id, which is the call's name."""
    return {o["operationId"]: o for methods in document()["paths"].values() for o in methods.values()}


@lru_cache(maxsize=512)
def _checks(call: str, status: str) -> Validator:
    schema = operations()[call]["responses"][status]["content"]["application/json"]["schema"]
    return Draft202012Validator({**schema, "components": document()["components"]})


def keeps_contract(call: str, reply: Reply) -> Reply:
    """The same reply. Fails when the document does not say that `call` may be answered so."""
    assert reply.headers["content-type"] == "application/json", reply
    documented = operations()[call]["responses"].get(str(reply.status))
    assert documented, f"{call} is not documented to answer {reply.status}: {reply.body!r}"
    for name, header in documented["headers"].items():
        required = document()["components"]["headers"][name].get("required", False)
        assert not required or name.lower() in reply.headers, f"{call} {reply.status} lacks {header}"
    assert "idempotent-replay" not in reply.headers or "Idempotent-Replay" in documented["headers"]
    problems = [error.message for error in _checks(call, str(reply.status)).iter_errors(reply.json)]
    assert not problems, f"{call} {reply.status} {reply.body!r}: {problems}"
    if not reply.replayed:
        assert reply.json["request_id"] == reply.headers["x-request-id"]
    return reply
