"""A player's first screen, as people of several jobs see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from casino.play.models import GameSession
from common.clock import utc_now
from compliance.audit.models import AuditEvent
from compliance.enums import RestrictionKind
from compliance.services.restrictions import restriction_place
from players.models import Brand, Player
from players.notes.enums import NoteKind, TagColour
from players.notes.models import Note, PlayerTag, Tag
from players.notes.services.notes import note_add
from players.notes.services.tags import player_tag_put, tag_define
from tests.overview.conftest import Office
from tests.overview.scene import a_full_life, play, scene_make
from tests.signin.session import sign_in
from tests.staff import staff_member

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = "<script>alert(1)</script>"
NOTE = {"kind": "general", "body": "Called twice."}


def page_of(office: Client, player: Player, question: str = "") -> str:
    answer = office.get(reverse("admin:players_player_change", args=[player.pk]) + question)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_first_screen_tells_everything_of_the_player(office: Client) -> None:
    scene, now = scene_make(), utc_now()
    a_full_life(scene, now=now)
    text = page_of(office, scene.alice)
    for mark in (
        scene.alice.public_id, "A. M.", "Prefers to be called after 18:00.", "VIP", "Watch",
        "Nothing stands against play", "Withdrawable", "withdrawal 12", "Deposits ever", "750.00 EUR", "Net deposits",
        "30 days", "Slot", "Biggest win", "In open rounds", "Alicia", "name and birth date", "Online now",
        "End all sessions", "Time line", "there",
    ):  # fmt: skip
        assert mark in text, mark
    assert "alice@example.org" not in text
    assert "1990-05-17" not in text
    assert "Alice Muster" not in text


def test_a_new_player_has_an_empty_screen_that_says_so(office: Client) -> None:
    text = page_of(office, scene_make().alice)
    for mark in ("No round yet", "Never launched a game", "No note yet", "No other account", "never", "not recorded"):
        assert mark in text, mark


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        ("support", ("Withdrawable", "Write a note", "Last 20 rounds", "A. M."), ("Reveal identity",)),
        ("kyc", ("Write a note", "A. M."), ("Deposits ever", "Favourite games", "Game sessions")),
        ("finance", ("Withdrawable", "Time line"), ("Write a note", "A. M.", "Prefers to be called")),
        ("marketing", ("hidden from your role",), ("Withdrawable", "Prefers to be called", "withdrawal 12", "VIP")),
        ("auditor", ("Prefers to be called", "Withdrawable"), ("Write a note", "Put a tag on", "End all sessions")),
    ],
)
def test_each_job_sees_its_part_of_the_screen(
    office_of: Office, role: str, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    scene = scene_make()
    a_full_life(scene, now=utc_now())
    text = page_of(office_of(role), scene.alice)
    for mark in shown:
        assert mark in text, mark
    for mark in hidden:
        assert mark not in text, mark


def test_a_player_of_another_brand_is_not_there(office_of: Office) -> None:
    scene = scene_make()
    other = Brand.objects.create(code="aurora", name="Aurora", jurisdiction="MT")
    desk = office_of("support", brands=[other])
    page = reverse("admin:players_player_change", args=[scene.alice.pk])
    assert desk.get(page).status_code in {302, 404}
    for name in ("note-write", "tag-put", "sessions-end"):
        assert desk.post(reverse(f"overview:{name}", args=[scene.alice.pk]), NOTE).status_code in {403, 404}
    assert not Note.objects.exists()


def test_linked_accounts_beyond_the_persons_brands_are_not_told(office_of: Office) -> None:
    scene = scene_make()
    a_full_life(scene, now=utc_now())
    other = Brand.objects.create(code="aurora", name="Aurora", jurisdiction="MT")
    Player.objects.filter(nickname="Alicia").update(brand=other)
    assert "Alicia" not in page_of(office_of("support", brands=[scene.alice.brand]), scene.alice)


@pytest.mark.parametrize("text", ["nonsense", "2026-02-30", "2999-01-01", "<script>alert(1)</script>"])
def test_a_bad_instant_is_told_in_one_line_and_the_screen_stays(office: Client, text: str) -> None:
    scene = scene_make()
    page = page_of(office, scene.alice, f"?as_of={text}")
    assert 'role="alert"' in page
    assert "May play" in page
    assert SCRIPT not in page


def test_an_instant_before_the_account_is_told(office: Client) -> None:
    assert "nothing is known before" in page_of(office, scene_make().alice, "?as_of=2020-01-01")


def test_the_screen_as_of_an_earlier_instant_has_its_balances_and_no_steps(office: Client) -> None:
    scene, now = scene_make(balance="100"), utc_now()
    play(scene, now - timedelta(hours=3), ("30", "0"))
    then = f"{now - timedelta(hours=5):%Y-%m-%dT%H:%M}"
    text = page_of(office, scene.alice, f"?as_of={then}")
    assert "As of 2" in text
    assert "100.00 EUR" in text
    assert "Withdrawable, and why not" not in text
    assert "note-form" not in text


def test_the_time_line_is_narrowed_to_a_sort(office: Client) -> None:
    scene, now = scene_make(balance="100"), utc_now()
    play(scene, now - timedelta(minutes=3), ("30", "0"))
    note_add(player_id=scene.alice.pk, kind=NoteKind.RISK, body="Told us", pinned=False, actor="staff:7", now=now)
    line = page_of(office, scene.alice, "?sort=note").split('id="time-line"')[1]
    assert "Told us" in line
    assert "Round of Slot" not in line
    assert "Round of Slot" in page_of(office, scene.alice, "?sort=nosuch").split('id="time-line"')[1]


def test_why_blocked_is_answered_with_reason_and_date(office: Client) -> None:
    scene, now = scene_make(), utc_now()
    restriction_place(
        player_id=scene.alice.pk, kind=RestrictionKind.KYC_REQUIRED, starts_at=now, ends_at=None,
        reason="Passport expired", actor="staff:7", now=now,
    )  # fmt: skip
    text = page_of(office, scene.alice)
    assert "Why play is blocked" in text
    assert "Passport expired" in text
    assert "kyc_required" in text
    assert "The identity check is not done" in text


def test_a_script_in_nickname_note_tag_and_reason_is_only_text(office: Client) -> None:
    scene, now = scene_make(), utc_now()
    Player.objects.filter(pk=scene.alice.pk).update(nickname=SCRIPT)
    note_add(player_id=scene.alice.pk, kind=NoteKind.RISK, body=SCRIPT, pinned=True, actor="staff:7", now=now)
    tag = tag_define(name=SCRIPT, colour=TagColour.RED, meaning=SCRIPT, actor="staff:7", now=now)
    player_tag_put(player_id=scene.alice.pk, tag_id=tag.pk, actor="staff:7", now=now)
    restriction_place(
        player_id=scene.alice.pk, kind=RestrictionKind.KYC_REQUIRED, starts_at=now, ends_at=None, reason=SCRIPT,
        actor="staff:7", now=now,
    )  # fmt: skip
    key = scene.alice.pk
    pages = (
        f"/admin/players/player/{key}/change/", f"/admin/players/player/{key}/change/?sort=note", "/admin/notes/tag/",
        f"/admin/notes/tag/{tag.pk}/change/", f"/admin/overview/player/{key}/note/",
        f"/admin/overview/note/{Note.objects.get().pk}/correct/", f"/admin/overview/player/{key}/tag/{tag.pk}/remove/",
        f"/admin/overview/player/{key}/end-sessions/", "/admin/players/player/",
    )  # fmt: skip
    for page in pages:
        answer = office.get(page)
        assert answer.status_code == 200, page
        assert SCRIPT not in answer.content.decode(), page
        assert "&lt;script&gt;alert(1)" in answer.content.decode(), page


def test_a_note_is_written_and_corrected_from_the_screen(office_of: Office) -> None:
    scene, desk = scene_make(), office_of("support")
    assert desk.post(reverse("overview:note-write", args=[scene.alice.pk]), NOTE | {"pinned": "on"}).status_code == 302
    first = Note.objects.get()
    assert (first.body, first.pinned, first.author[:6]) == ("Called twice.", True, "staff:")
    form = desk.get(reverse("overview:note-correct", args=[first.pk])).content.decode()
    assert "Called twice." in form
    desk.post(reverse("overview:note-correct", args=[first.pk]), NOTE | {"body": "Called once."})
    text = page_of(desk, scene.alice)
    assert "Called once." in text
    assert "superseded" in text
    answer = desk.post(reverse("overview:note-correct", args=[first.pk]), NOTE)
    assert answer.status_code == 422
    assert "newer note in its place" in answer.content.decode()


def test_a_card_number_is_refused_and_nothing_of_the_form_is_lost(office_of: Office) -> None:
    """SEC-04."""
    scene, desk = scene_make(), office_of("support")
    body = "He paid with 4111 1111 1111 1111 yesterday"
    answer = desk.post(reverse("overview:note-write", args=[scene.alice.pk]), NOTE | {"body": body})
    assert answer.status_code == 422
    assert "card number" in answer.content.decode()
    assert "yesterday" in answer.content.decode()
    assert not Note.objects.exists()


@pytest.mark.parametrize("body", ["", "   ", "x" * 2001])
def test_a_note_without_words_or_with_too_many_is_refused(office_of: Office, body: str) -> None:
    scene, desk = scene_make(), office_of("support")
    answer = desk.post(reverse("overview:note-write", args=[scene.alice.pk]), NOTE | {"body": body})
    assert answer.status_code == 422
    assert not Note.objects.exists()


def test_a_tag_is_put_on_and_taken_off_by_posts(office_of: Office) -> None:
    scene, desk, now = scene_make(), office_of("support"), utc_now()
    tag = tag_define(name="VIP", colour=TagColour.GREEN, meaning="x", actor="staff:7", now=now)
    put = reverse("overview:tag-put", args=[scene.alice.pk])
    assert "VIP" in desk.get(put).content.decode()
    assert not PlayerTag.objects.exists()
    assert desk.post(put, {"tag": str(tag.pk)}).status_code == 302
    assert desk.post(put, {"tag": str(tag.pk)}).status_code == 422
    assert desk.post(put, {"tag": "x"}).status_code == 422
    off = reverse("overview:tag-remove", args=[scene.alice.pk, tag.pk])
    desk.get(off)
    assert PlayerTag.objects.filter(removed_at__isnull=True).exists()
    assert desk.post(off).status_code == 302
    assert not PlayerTag.objects.filter(removed_at__isnull=True).exists()


def test_sessions_are_ended_with_a_reason_that_the_trail_keeps(office_of: Office) -> None:
    scene, desk = scene_make(balance="10"), office_of("risk")
    play(scene, utc_now() - timedelta(minutes=1), ("1", ""))
    end = reverse("overview:sessions-end", args=[scene.alice.pk])
    assert desk.get(end).status_code == 200
    assert desk.post(end, {"reason": ""}).status_code == 422
    assert GameSession.objects.filter(ended_at__isnull=True).exists()
    assert desk.post(end, {"reason": "stolen phone"}).status_code == 302
    assert not GameSession.objects.filter(ended_at__isnull=True).exists()
    event = AuditEvent.objects.get(name="play:sessions:ended")
    assert (event.player_id, event.reason) == (scene.alice.pk, "stolen phone")


@pytest.mark.parametrize(
    ("name", "role"), [("note-write", "auditor"), ("tag-put", "auditor"), ("sessions-end", "support")]
)
def test_no_step_without_its_right(office_of: Office, name: str, role: str) -> None:
    scene, desk = scene_make(), office_of(role)
    address = reverse(f"overview:{name}", args=[scene.alice.pk])
    assert desk.get(address).status_code == 403
    assert desk.post(address, NOTE | {"reason": "x", "tag": "1"}).status_code == 403


def test_every_step_needs_the_csrf_token() -> None:
    scene = scene_make()
    strict = sign_in(Client(enforce_csrf_checks=True), staff_member("risk"))
    for name in ("note-write", "tag-put", "sessions-end"):
        assert strict.post(reverse(f"overview:{name}", args=[scene.alice.pk]), NOTE).status_code == 403


def test_a_tag_is_defined_and_retired_on_its_own_page(office_of: Office) -> None:
    desk = office_of("compliance_officer")
    given = {"name": "VIP", "colour": "success", "meaning": "Plays high"}
    assert desk.post("/admin/notes/tag/add/", given).status_code == 302
    key = Tag.objects.get().pk
    assert desk.post("/admin/notes/tag/add/", given | {"name": "vip"}).status_code == 200
    assert desk.post(f"/admin/notes/tag/{key}/change/", given | {"retired": "on"}).status_code == 302
    assert AuditEvent.objects.filter(name__in=["players:tag:defined", "players:tag:changed"]).count() == 2
    assert office_of("support").post("/admin/notes/tag/add/", given).status_code == 403
