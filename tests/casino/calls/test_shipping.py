"""From the spool into the table, on real PostgreSQL."""

import shutil
import threading
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command

from casino.calls.models import ProviderCall
from casino.calls.redaction import MAX_BODY
from casino.calls.services.calls import call_record, spool_writer
from casino.calls.services.connection import log_connection
from casino.calls.services.shipping import Shipment, spool_ship
from casino.calls.spool.files import complete_files
from tests.casino.calls.conftest import ship
from tests.casino.calls.entries import ALICE, NOON, bet_entry

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_call_arrives_as_it_was_told(spool: Path) -> None:
    assert ship(bet_entry()) == Shipment(files=1, calls=1, refused=0)
    call = ProviderCall.objects.get()
    assert (call.received_at, call.player, call.provider_transaction_id) == (NOON, ALICE, "tx-1")
    assert (call.status, call.outcome, call.signature, call.replayed) == (200, "ok", "valid", False)
    assert (call.edge_us, call.database_us, call.total_us) == (150, 300, 500)
    assert bytes(call.body) == bet_entry().body
    assert bytes(call.answer) == bet_entry().answer
    assert call.headers["User-Agent"] == "provider-client/2.1"
    # What is left is the empty file that waits for the next call.
    assert [path.stat().st_size for path in spool.iterdir()] == [0]


def test_the_same_file_shipped_twice_adds_nothing(spool: Path) -> None:
    for number in range(5):
        call_record(bet_entry(transaction_id=f"tx-{number}"))
    spool_writer.rotate()
    (path,) = [file for file in complete_files(spool) if file.stat().st_size]
    copy = path.with_name("9" + path.name[1:])
    shutil.copy(path, copy)
    assert ship(bet_entry(transaction_id="tx-new")).refused == 0
    assert ProviderCall.objects.count() == 6


def test_bytes_and_names_that_nobody_expects_are_kept(spool: Path) -> None:
    odd = "tab\t newline\n nul\x00 backslash\\ half \ud800 ٣"
    shipment = ship(
        bet_entry(transaction_id=odd, round_reference=odd, body=bytes(range(256))),
        bet_entry(body=b'{"transaction_id":"t"}'.ljust(MAX_BODY), answer=b"x" * MAX_BODY),
        bet_entry(transaction_id="\U0001f3b2" * 400, player="\U0001f3b2" * 400, provider_code="\U0001f3b2" * 400),
    )
    assert shipment == Shipment(files=1, calls=3, refused=0)
    assert ProviderCall.objects.filter(round_reference="tab\t newline\n nul\\x00 backslash\\ half \\ud800 ٣").exists()
    assert ProviderCall.objects.filter(body_length=MAX_BODY).exists()


def test_a_line_that_the_database_refuses_is_set_aside_and_the_others_arrive(spool: Path) -> None:
    call_record(bet_entry())
    spool_writer.append(b"not a call at all\n")
    call_record(bet_entry(transaction_id="tx-2"))
    assert ship() == Shipment(files=1, calls=2, refused=1)
    (aside,) = spool.glob("*.refused")
    assert aside.read_bytes() == b"not a call at all\n"
    assert ship() == Shipment()


def test_a_line_cut_off_by_the_death_of_its_writer_is_left_out(spool: Path) -> None:
    call_record(bet_entry())
    spool_writer.append(b"0192f0c1-half a li")
    assert ship() == Shipment(files=1, calls=1, refused=0)


def test_two_shippers_at_once_ship_everything_once(spool: Path) -> None:
    for number in range(200):
        call_record(bet_entry(transaction_id=f"tx-{number}"))
        if number % 5 == 4:
            spool_writer.rotate()
    found: list[Shipment] = []
    barrier = threading.Barrier(4)

    def work() -> None:
        wrapper = log_connection()
        try:
            barrier.wait()
            found.append(spool_ship(connect=lambda: wrapper.connection, folder=spool))
        finally:
            wrapper.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(shipment.calls for shipment in found) == 200
    assert ProviderCall.objects.values("provider_transaction_id").distinct().count() == 200
    assert ProviderCall.objects.count() == 200


def test_a_file_is_left_alone_while_its_writer_holds_it(spool: Path) -> None:
    call_record(bet_entry())
    wrapper = log_connection()
    try:
        assert spool_ship(connect=lambda: wrapper.connection, folder=spool) == Shipment()
    finally:
        wrapper.close()
    assert ProviderCall.objects.count() == 0


def test_a_database_that_is_away_leaves_the_files(spool: Path) -> None:
    call_record(bet_entry())
    spool_writer.rotate()
    before = complete_files(spool)

    def away() -> Any:
        raise psycopg.OperationalError("connection refused")

    with pytest.raises(psycopg.OperationalError):
        spool_ship(connect=away, folder=spool)
    assert complete_files(spool) == before
    assert ship() == Shipment(files=1, calls=1, refused=0)


def test_a_spool_that_can_not_be_written_fails_no_call_and_is_reported_once(
    spool: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spool.parent.write_text("a file where the folder should be")
    for _ in range(3):
        call_record(bet_entry())
    assert (spool_writer.recorded, spool_writer.lost) == (0, 3)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    spool.parent.unlink()
    call_record(bet_entry())
    assert (spool_writer.recorded, spool_writer.lost) == (1, 3)


def test_the_command_says_what_it_shipped(spool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_record(bet_entry())
    spool_writer.rotate()
    call_command("ship_call_log")
    assert capsys.readouterr().out == "1 calls out of 1 spool files are in the database.\n"
