"""Clients of the reporting API for tests, made by two people as in production."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.test import Client as Browser

from common.clock import utc_now
from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from compliance.staff.models import StaffUser
from reporting.access.approval_kinds import KIND, client_payload
from reporting.access.enums import ApiScope
from reporting.access.models import Client
from reporting.access.services.client_secrets import secret_make
from reporting.access.types import ClientWish
from tests.staff import staff_member

TOKEN = "/api/backoffice/v1/oauth/token"
LOOPBACK = "127.0.0.0/8"


def form_sent(form: dict[str, str], **extra: Any) -> Any:
    """The token endpoint's answer to a form."""
    return Browser(enforce_csrf_checks=True).post(
        TOKEN, urlencode(form), content_type="application/x-www-form-urlencoded", **extra
    )


@dataclass
class Program:
    """A client with a secret in force."""

    row: Client
    secret: str

    def token(self, scope: str = "", **headers: str) -> str:
        """A token, of all its scopes when none is named."""
        answer = self.asks(scope, **headers)
        assert answer.status_code == 200, answer.content
        return str(answer.json()["access_token"])

    def asks(self, scope: str = "", **extra: str) -> Any:
        """The token endpoint's answer."""
        form = {"grant_type": "client_credentials", "client_id": self.row.client_id, "client_secret": self.secret}
        return form_sent(form | ({"scope": scope} if scope else {}), **extra)

    def get(self, address: str, *, token: str = "", **extra: str) -> Any:
        """An answer of the API; addresses begin after /api/backoffice/v1/."""
        given = token or self.token()
        return Browser(raise_request_exception=False).get(
            address if address.startswith("/") else f"/api/backoffice/v1/{address}",
            headers={"Authorization": f"Bearer {given}"},
            **extra,  # type: ignore[arg-type]
        )


def wish(**changes: object) -> ClientWish:
    """What a client is asked for with."""
    return ClientWish(
        **{
            "name": "BI warehouse", "scopes": tuple(ApiScope), "networks": (LOOPBACK,),
            "valid_until": utc_now() + timedelta(days=90),
        }
        | changes  # type: ignore[arg-type]
    )  # fmt: skip


def program_make(
    *, scopes: Sequence[str] = tuple(ApiScope), now: datetime | None = None, maker: StaffUser | None = None,
    **changes: object,
) -> Program:  # fmt: skip
    """Proposed by one person, approved by another; with one secret."""
    now = now or utc_now()
    since = now - timedelta(days=1)
    maker = maker or staff_member("administrator", since=since)
    proposal = approval_propose(
        kind=KIND, payload=client_payload(wish(scopes=tuple(scopes), **changes)), reason="figures for the warehouse",
        ticket="BI-1", actor=f"staff:{maker.pk}", now=now,
    )  # fmt: skip
    approver = staff_member("compliance_officer", since=since)
    approval_approve(approval_id=proposal.pk, reason="agreed", actor=f"staff:{approver.pk}", now=now)
    row = Client.objects.get(approval_id=proposal.pk)
    return Program(row, secret_make(client_id=row.pk, actor=f"staff:{maker.pk}", now=now).secret)
