"""schemathesis reads the document and holds the running server to it, with good and bad requests, all signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance, unsupported_method

from tests.wallet.api.contract import DOCUMENT
from tests.wallet.api.house import House
from tests.wallet.api.table import Table, seated
from tests.wallet.api.wire import Wire

if TYPE_CHECKING:
    from schemathesis import Case


class Signing(requests.auth.AuthBase):
    """Signs what is really sent, after everything else was put into the request."""

    def __init__(self, wire: Wire, without: list[str]) -> None:
        self.wire = wire
        self.without = without

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        sent = body.encode() if isinstance(body, str) else body
        assert isinstance(sent, bytes)
        request.headers.update(self.wire.headers(str(request.method), request.path_url, sent))
        for name in self.without:
            request.headers.pop(name, None)
        return request


@pytest.fixture(scope="module")
def player(house: House) -> Table:
    """Somebody who exists, so that some of what is made up meets a real player."""
    return seated(house.wire, balance="1000000.00")


CREDENTIALS = ("X-Provider", "X-Key-Id", "X-Timestamp", "X-Signature")
NOT_ASKED = [
    ignored_auth,  # our signature overwrites what was made up; tests/wallet/api/test_who_calls.py asks
    positive_data_acceptance,  # rules between fields (an amount's decimals, two ids) refuse valid forms
    unsupported_method,  # asks for the header Allow; that other methods are 405 is asked in test_paths.py
]


def left_out(case: Case[Any]) -> list[str]:
    """The credentials whose absence this case tries."""
    if case.meta is None or not case.meta.generation.mode.is_negative:
        return []
    there = {name.lower() for name in case.headers or {}}
    return [name for name in CREDENTIALS if name.lower() not in there]


schema = schemathesis.openapi.from_path(DOCUMENT)


@schema.parametrize()
@settings(
    max_examples=25, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_the_server_keeps_the_document(case: Case[Any], house: House, player: Table) -> None:
    if isinstance(case.body, dict) and "player_id" in case.body and len(str(case.body)) % 2:
        case.body["player_id"] = player.player_id
    answer = case.call(base_url=f"http://127.0.0.1:{house.wire.port}", auth=Signing(house.wire, left_out(case)))
    case.validate_response(answer, excluded_checks=NOT_ASKED)
