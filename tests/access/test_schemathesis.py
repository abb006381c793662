"""Whatever is sent to the calls of the document, each answers in a form that the document describes."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import requests
import schemathesis
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection, positive_data_acceptance
from urllib3 import HTTPResponse

from reporting.api.schema import SETTINGS
from tests.access.cast import program_make

if TYPE_CHECKING:
    from schemathesis import Case

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]


def _document() -> dict[str, Any]:
    with patched_settings(SETTINGS):
        made: dict[str, Any] = json.loads(
            json.dumps(SchemaGenerator().get_schema(request=None, public=True))  # type: ignore[no-untyped-call]
        )
    return made


schema = schemathesis.openapi.from_dict(_document())
NOT_ASKED = [
    ignored_auth,  # our token overwrites what was made up; test_tokens.py asks
    negative_data_rejection,  # numbers are taken for text, and parameters that mean nothing are passed over
    positive_data_acceptance,  # rules between fields, and between callers, refuse valid forms
]


def _sent(case: Case[Any], token: str) -> requests.Response:
    """Send a case through Django's test client, which stays in the test's transaction."""
    given = case.as_transport_kwargs(base_url="http://testserver", headers={"Authorization": f"Bearer {token}"})
    known = {name: given[name] for name in ("method", "url", "params", "json", "data", "files") if given.get(name)}
    prepared = requests.Request(**known, headers=dict(given["headers"])).prepare()
    headers = {name: str(value) for name, value in prepared.headers.items() if name.lower() != "content-length"}
    content_type = headers.pop("Content-Type", "application/json")
    body = prepared.body or b""
    answer = Client(raise_request_exception=False).generic(
        str(prepared.method), prepared.path_url, data=body, content_type=content_type, headers=headers
    )
    made = requests.Response()
    made.status_code, made._content, made.request = answer.status_code, answer.content, prepared
    made.headers.update(answer.headers)
    made.raw = HTTPResponse(body=answer.content, headers=dict(answer.headers), status=answer.status_code)
    made.elapsed = timedelta(milliseconds=1)
    made.url = str(prepared.url)
    return made


@pytest.fixture
def token() -> str:
    """Of a client with every scope."""
    return program_make(calls_per_minute=6000).token()


@schema.parametrize()
@settings(
    max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)  # fmt: skip
def test_every_answer_has_a_form_of_the_document(case: Case[Any], token: str) -> None:
    case.validate_response(_sent(case, token), excluded_checks=NOT_ASKED)
