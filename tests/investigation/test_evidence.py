"""The evidence pack: what is in it, that the same rows make the same bytes, and that one changed byte is told."""

from __future__ import annotations

import importlib
import io
import json
import random
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from casino.play.evidence import standalone_evidence_verifier
from casino.play.models import GameSession, Round
from casino.play.services.evidence import evidence_export
from common.clock import utc_now
from compliance.audit.models import AuditEvent
from tests.factories import SECRET
from tests.investigation.chaos import Chaos
from tests.investigation.conftest import Office
from tests.wallet.sealing.sealer import seal_everything
from wallet.sealing import standalone_verifier
from wallet.sealing.keys import SealKey, seal_key_create

pytestmark = pytest.mark.django_db(transaction=True)


def packed(round_: Round, *, whole_blocks: bool = True) -> bytes:
    with evidence_export(
        round_id=round_.pk, purpose="adr", reason="case 7", whole_blocks=whole_blocks, actor="staff:7", now=utc_now()
    ).file as file:
        return file.read()


@pytest.fixture
def pack(round_: Round, seal_key: SealKey) -> bytes:
    """The pack of the disputed round, every row sealed, in small blocks."""
    seal_everything(seal_key, limit=5)
    return packed(round_)


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """Both verifiers, as on another machine."""
    folder = tmp_path / "verifiers"
    folder.mkdir()
    for script in (standalone_evidence_verifier(), standalone_verifier()):
        shutil.copy(script, folder)
    return folder


def verified(scripts: Path, pack: bytes | Path, *arguments: str) -> tuple[int, str]:
    """Run the verifier in a process of its own, with Python alone."""
    if isinstance(pack, bytes):
        path = scripts / "pack.zip"
        path.write_bytes(pack)
    else:
        path = pack
    # -E and -S instead of -I: the second script lies beside the first.
    done = subprocess.run(
        [sys.executable, "-E", "-S", str(scripts / "verify_evidence.py"), str(path), *arguments],
        capture_output=True, text=True, check=False, cwd=scripts,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def content(pack: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        return archive.read(name)


def document(pack: bytes, name: str) -> Any:
    return json.loads(content(pack, name))


def test_an_honest_pack_is_proved_anywhere(pack: bytes, seal_key: SealKey, scripts: Path, tmp_path: Path) -> None:
    code, said = verified(scripts, pack, "--public-key", seal_key.public.hex())
    assert code == 0, said
    assert "0 without a block, 0 waiting" in said
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        archive.extractall(tmp_path / "unpacked")
    assert verified(scripts, tmp_path / "unpacked", "--public-key", seal_key.public.hex())[0] == 0
    own = tmp_path / "unpacked" / "verify_evidence.py"
    assert own.read_bytes() == standalone_evidence_verifier().read_bytes()


def test_it_holds_the_calls_bookings_answers_and_their_bytes(pack: bytes, round_: Round) -> None:
    told = document(pack, "round.json")
    assert (told["reference"], told["player"], told["won"]) == ("r-1", round_.player.public_id, "25")
    kinds = [leg["kind"] for leg in document(pack, "legs.json")]
    assert kinds == ["bet", "bet", "rollback", "win"]
    calls = {call["transaction_id"]: call for call in document(pack, "calls.json")}
    asked = json.loads(content(pack, calls["win-1"]["files"]["request"]))
    answered = json.loads(content(pack, calls["win-1"]["files"]["answer"]))
    assert (asked["amount"], answered["balance"]["real"], calls["win-1"]["signature"]) == ("25.00", "115.00", "valid")
    answers = document(pack, "answers.json")
    assert {answer["outcome"] for answer in answers} == {"booked", "refused", "tombstone"}
    for answer in answers:
        assert content(pack, answer["body_file"]).hex() == answer["body"]
    assert {row["type"] for row in document(pack, "transactions.json")} == {"bet", "rollback", "win"}
    notes = [note for step in document(pack, "steps.json") for note in step["notes"]]
    assert any("Answer lost" in note for note in notes)


def test_the_same_rows_make_the_same_bytes(pack: bytes, round_: Round) -> None:
    assert packed(round_) == pack


def test_one_changed_byte_anywhere_is_told(
    pack: bytes, seal_key: SealKey, scripts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(scripts))
    main = importlib.import_module("verify_evidence").main
    chance = random.Random(7)
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        places = [info.header_offset + 30 + len(info.filename) + info.file_size // 2 for info in archive.infolist()]
    places += [chance.randrange(len(pack)) for _ in range(60)] + [len(pack) - 1, 0, 10]
    for place in places:
        changed = bytearray(pack)
        changed[place] ^= 1 << chance.randrange(8)
        (scripts / "changed.zip").write_bytes(changed)
        code = main([str(scripts / "changed.zip"), "--public-key", seal_key.public.hex()])
        said = capsys.readouterr().out
        assert code == 1, (place, said)
        assert len(said.strip().splitlines()) == 1, said


def test_bytes_behind_the_archive_are_told(pack: bytes, seal_key: SealKey, scripts: Path) -> None:
    code, said = verified(scripts, pack + b"\n", "--public-key", seal_key.public.hex())
    assert code == 1, said


def test_a_pack_that_unpacks_to_more_than_it_is_is_not_unpacked(seal_key: SealKey, scripts: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("round.json", b"0" * 50_000_000)
    code, said = verified(scripts, target.getvalue(), "--public-key", seal_key.public.hex())
    assert (code, said) == (1, "BROKEN archive: round.json is packed\n")


@pytest.mark.parametrize("name", ["calls.json", "manifest.json", "manifest.signature.json", "index.html"])
def test_a_changed_file_of_an_unpacked_pack_is_named(
    pack: bytes, seal_key: SealKey, scripts: Path, tmp_path: Path, name: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        archive.extractall(tmp_path / "unpacked")
    path = tmp_path / "unpacked" / name
    path.write_bytes(path.read_bytes() + b" ")
    code, said = verified(scripts, tmp_path / "unpacked", "--public-key", seal_key.public.hex())
    assert code == 1
    assert said.startswith(f"BROKEN {name}: ")


def test_an_added_and_a_missing_file_are_named(pack: bytes, seal_key: SealKey, scripts: Path, tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        archive.extractall(folder)
    (folder / "calls" / "9999-request.txt").write_bytes(b"x")
    key = ("--public-key", seal_key.public.hex())
    assert verified(scripts, folder, *key)[1].startswith("BROKEN calls/9999-request.txt: not in the list")
    (folder / "calls" / "9999-request.txt").unlink()
    (folder / "legs.json").unlink()
    assert verified(scripts, folder, *key)[1].startswith("BROKEN legs.json: listed, but not there")


def resigned(pack: bytes, key: SealKey, changes: dict[str, bytes]) -> bytes:
    """What a dishonest house could do: change files and sign the list anew."""
    from casino.play.evidence.archive import Archive

    target = io.BytesIO()
    archive = Archive(target)
    with zipfile.ZipFile(io.BytesIO(pack)) as source:
        for name in source.namelist():
            if not name.startswith("manifest"):
                archive.add(name, changes.get(name, source.read(name)))
    archive.finish({"round": document(pack, "manifest.json")["round"], "left_out": []}, key)
    return target.getvalue()


def test_a_row_that_was_never_sealed_so_is_told_even_when_signed(pack: bytes, seal_key: SealKey, scripts: Path) -> None:
    key = ("--public-key", seal_key.public.hex())
    assert verified(scripts, resigned(pack, seal_key, {}), *key)[0] == 0
    rows, told = content(pack, "proof/rows.jsonl"), content(pack, "transactions.json")
    actor = {
        "proof/rows.jsonl": rows.replace(b'"provider:sandbox"', b'"provider:mallory"'),
        "transactions.json": told.replace(b'"provider:sandbox"', b'"provider:mallory"'),
    }
    code, said = verified(scripts, resigned(pack, seal_key, actor), *key)
    assert code == 1
    assert "sealed with other content" in said
    code, said = verified(scripts, resigned(pack, seal_key, {"transactions.json": actor["transactions.json"]}), *key)
    assert said.startswith("BROKEN transactions.json: does not say what its sealed rows say")
    answer = document(pack, "answers.json")[0]["body_file"]
    code, said = verified(scripts, resigned(pack, seal_key, {answer: b"{}"}), *key)
    assert said.startswith(f"BROKEN {answer}: not the bytes of the sealed row")


def test_another_key_is_refused(pack: bytes, scripts: Path, tmp_path: Path) -> None:
    other = seal_key_create(tmp_path / "mallory.key")
    code, said = verified(scripts, pack, "--public-key", other.public.hex())
    assert code == 1
    assert "not among the named public keys" in said


def test_without_whole_blocks_nobody_elses_rows_go_out_and_an_export_proves_the_rest(
    pack: bytes, round_: Round, seal_key: SealKey, scripts: Path, tmp_path: Path
) -> None:
    small = packed(round_, whole_blocks=False)
    with zipfile.ZipFile(io.BytesIO(small)) as archive:
        assert not [name for name in archive.namelist() if name.startswith("proof/blocks")]
    key = ("--public-key", seal_key.public.hex())
    code, said = verified(scripts, small, *key)
    assert (code, "0 proved" in said) == (0, True), said
    call_command("export_ledger", to=tmp_path / "ledger")
    code, said = verified(scripts, small, *key, "--ledger", str(tmp_path / "ledger"))
    assert (code, "0 without a block, 0 waiting" in said) == (0, True), said


def test_a_round_that_is_not_sealed_yet_says_so(round_: Round, seal_key: SealKey, scripts: Path) -> None:
    code, said = verified(scripts, packed(round_), "--public-key", seal_key.public.hex())
    assert code == 0, said
    assert "0 proved, 0 without a block" in said
    assert "wait for the next seal" in content(packed(round_), "index.html").decode()


def test_without_a_seal_key_the_pack_is_made_and_says_that_it_is_not_signed(
    round_: Round, settings: Any, scripts: Path, tmp_path: Path
) -> None:
    settings.SEAL_KEY_FILE = str(tmp_path / "nowhere" / "seal.key")
    code, said = verified(scripts, packed(round_), "--public-key", "00" * 32)
    assert code == 1
    assert "not signed" in said


def test_nothing_personal_and_no_secret_is_in_it(pack: bytes, round_: Round) -> None:
    session = GameSession.objects.get(pk=round_.session_id or 0)
    for word in (round_.player.nickname, SECRET, session.token_sha256, "v1="):
        assert word.encode() not in pack, word


def test_the_index_is_one_page_without_script_and_tells_the_round(pack: bytes) -> None:
    page = content(pack, "index.html").decode()
    assert "<script" not in page
    assert "http://" not in page
    assert "https://" not in page
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page
    assert "Answer lost" in page


def test_script_in_names_is_words_in_the_index(chaos: Chaos, seal_key: SealKey) -> None:
    script = "<script>alert(1)</script>"
    chaos.bet("1.00", script, call_id=f"b{script}")
    page = content(packed(chaos.round(script)), "index.html").decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_button_asks_for_a_purpose_gives_the_file_and_keeps_who_took_it(
    round_: Round, seal_key: SealKey, office: Office, scripts: Path
) -> None:
    seal_everything(seal_key)
    carol = office()
    address = reverse("admin:play_round_evidence", args=[round_.pk])
    assert b"csrfmiddlewaretoken" in carol.get(address).content
    for left_out in ({"purpose": "", "reason": "case 7"}, {"purpose": "adr", "reason": ""}, {"purpose": "fun"}):
        assert carol.post(address, left_out).status_code == 422
    assert not AuditEvent.objects.filter(name="play:evidence:exported").exists()
    answer: Any = carol.post(address, {"purpose": "adr", "reason": "case 7", "whole_blocks": "on"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == f'attachment; filename="evidence-round-{round_.pk}.zip"'
    taken = b"".join(answer.streaming_content)
    assert len(taken) == int(answer["Content-Length"])
    assert verified(scripts, taken, "--public-key", seal_key.public.hex())[0] == 0
    event = AuditEvent.objects.get(name="play:evidence:exported")
    assert event.after is not None
    assert (event.reason, event.player_id, event.after["purpose"]) == ("case 7", round_.player_id, "adr")


@pytest.mark.parametrize("role", ["support", "payments", "administrator", "marketing"])
def test_without_the_right_no_evidence_leaves(round_: Round, office: Office, role: str) -> None:
    somebody: Client = office(role)
    address = reverse("admin:play_round_evidence", args=[round_.pk])
    assert somebody.get(address).status_code in (403, 404)
    assert somebody.post(address, {"purpose": "adr", "reason": "case 7"}).status_code in (403, 404)
    assert not AuditEvent.objects.filter(name="play:evidence:exported").exists()
