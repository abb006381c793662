"""Secrets of every spelling are masked in a line, and ordinary words stay."""

from __future__ import annotations

import pytest

from common.logs.redaction import secrets_masked


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("mail to alice.o+x@example.co.uk failed", "mail to [e-mail] failed"),
        ('{"access_token": "abc.def", "amount": "5"}', '{"access_token": "[hidden]", "amount": "5"}'),
        ("X-Signature: 5f3a9b77", "X-Signature: [hidden]"),
        ("Authorization: Bearer eyJhbGciOi.J9", "Authorization: Bearer [hidden]"),
        ("password='hunter2', user=7", "password='[hidden]', user=7"),
        ("GET /x?token=abc123&page=2", "GET /x?token=[hidden]&page=2"),
        (r"{\"api_key\": \"k-123\"}", r"{\"api_key\": \"[hidden]\"}"),
        ("the token expired; the signature is invalid", "the token expired; the signature is invalid"),
        ("celery@worker-1 ready.", "celery@worker-1 ready."),
    ],
)
def test_secrets_are_masked_and_words_stay(line: str, clean: str) -> None:
    assert secrets_masked(line) == clean
    assert secrets_masked(clean) == clean
