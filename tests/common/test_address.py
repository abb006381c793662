"""Where a call comes from: proxies of ours are looked through, what a caller writes himself is not believed."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from common.http.address import client_address, is_https

PROXIES = ["10.0.0.0/8", "fd00::/8"]


def seen_from(peer: str, forwarded: str, settings: Settings) -> str:
    settings.TRUSTED_PROXIES = PROXIES
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    address = client_address(RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers))
    return str(address)


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.66, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.9", "10.0.0.9"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", " , ,198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("fd00::1", "2001:db8::1", "2001:db8::1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, nonsense", "None"),
        ("10.0.0.1", "198.51.100.1, 999.1.1.1", "None"),
        ("", "198.51.100.1", "None"),
    ],
)
def test_the_address_is_the_nearest_that_is_not_our_own_proxy(
    peer: str, forwarded: str, address: str, settings: Settings
) -> None:
    assert seen_from(peer, forwarded, settings) == address


@pytest.mark.parametrize(
    ("peer", "scheme", "forwarded", "https"),
    [
        ("203.0.113.5", "https", "", True),
        ("203.0.113.5", "http", "https", False),
        ("10.0.0.1", "http", "https", True),
        ("10.0.0.1", "http", "http", False),
        ("10.0.0.1", "http", "https, http", False),
        ("10.0.0.1", "http", "", False),
        ("", "http", "https", False),
    ],
)
def test_https_is_believed_of_the_server_and_of_our_proxies_only(
    peer: str, scheme: str, forwarded: str, https: bool, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    headers = {"x-forwarded-proto": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=peer, secure=scheme == "https", headers=headers)
    assert is_https(request) is https


def test_without_trusted_proxies_nothing_forwarded_counts(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = []
    request = RequestFactory().get(
        "/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.1", HTTP_X_FORWARDED_PROTO="https"
    )
    assert str(client_address(request)) == "127.0.0.1"
    assert not is_https(request)
