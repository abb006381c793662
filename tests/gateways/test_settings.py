"""Gateways from the environment: a wrong value is one line that says what to write."""

from __future__ import annotations

import pytest

from casino.gateways.credentials import credentials_of
from config.gateways import gateway_settings

SANDBOX = {
    "GATEWAY_SANDBOX_URL": "https://sandbox.example.com/", "GATEWAY_SANDBOX_API_KEY": "a",
    "GATEWAY_SANDBOX_WEBHOOK_KEY": "w",
}  # fmt: skip


def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], **environment: str) -> str:
    for name, text in environment.items():
        monkeypatch.setenv(name, text)
    with pytest.raises(SystemExit) as ended:
        gateway_settings()
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    return told


def test_an_address_with_its_secrets_connects_a_gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in (
        SANDBOX | {"GATEWAY_SANDBOX_WEBHOOK_KEY_NEXT": "n", "GATEWAY_SANDBOX_TIMEOUT_MS": "700"}
    ).items():
        monkeypatch.setenv(name, text)
    found = gateway_settings()
    assert found["sandbox"] == {
        "url": "https://sandbox.example.com", "timeout_ms": 700,
        "secrets": {"api_key": "a", "webhook_key": "w", "webhook_key_next": "n"},
    }  # fmt: skip
    assert found["adyen"]["url"] == ""


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        (SANDBOX | {"GATEWAY_SANDBOX_URL": "http://sandbox.example.com"}, "GATEWAY_SANDBOX_URL cannot be used"),
        (SANDBOX | {"GATEWAY_SANDBOX_URL": "https://[broken"}, "GATEWAY_SANDBOX_URL cannot be used"),
        (SANDBOX | {"GATEWAY_SANDBOX_WEBHOOK_KEY": ""}, "GATEWAY_SANDBOX_WEBHOOK_KEY is not: sandbox needs both"),
        ({"GATEWAY_ADYEN_HMACC": "x"}, "GATEWAY_ADYEN_HMACC is no setting of adyen"),
        ({"GATEWAY_PAYPAL_URL": "https://x.example"}, "GATEWAY_PAYPAL_URL names no gateway"),
        ({"GATEWAY_NUVEI_TIMEOUT_MS": "soon"}, "'soon' is not a whole number"),
        ({"GATEWAY_TRUSTLY_PRIVATE_KEY": "MIIE"}, "GATEWAY_TRUSTLY_PRIVATE_KEY is no key in PEM"),
    ],
)
def test_a_wrong_value_is_one_line(
    environment: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refused(monkeypatch, capsys, **environment)
    assert words in told
    assert "MIIE" not in told


def test_a_key_on_one_line_gets_its_lines_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_TRUSTLY_PUBLIC_KEY", r"-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----")
    kept = gateway_settings()["trustly"]["secrets"]["public_key"]
    assert kept.splitlines() == ["-----BEGIN PUBLIC KEY-----", "MIIB", "-----END PUBLIC KEY-----"]


@pytest.mark.usefixtures("box")
def test_credentials_show_no_secret() -> None:
    assert "webhook-key-of-tests" not in repr(credentials_of("sandbox"))
