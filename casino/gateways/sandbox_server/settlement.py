"""Settlement files: a batch closes over all money that moved since the last one, and its CSV never changes again.

    record,batch,line,booked_on,type,reference,gateway_reference,currency,gross,fee,net,text

`type` is the event's name, or `fee` for a fee of its own. Amounts are signed from the merchant's side. The last
records, one for each currency, are totals.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any, Final

from casino.gateways.sandbox_server.clock import real_day
from casino.gateways.sandbox_server.happenings import line_up

HEADER: Final = (
    "record", "batch", "line", "booked_on", "type", "reference", "gateway_reference", "currency", "gross", "fee",
    "net", "text",
)  # fmt: skip
IN: Final = frozenset({"payment.confirmed", "chargeback.reversed", "payout.returned"})
OUT: Final = frozenset({"payout.confirmed", "refund.done", "chargeback", "payment.reversed"})
CENT: Final = Decimal("0.01")
FEES: Final[dict[str, Decimal]] = {
    "payout.confirmed": Decimal("0.25"), "refund.done": Decimal("0.10"), "chargeback": Decimal("15.00"),
}  # fmt: skip
FILE_FEE: Final = Decimal("1.00")
Line = dict[str, Any]


def batch_close(db: sqlite3.Connection, *, face: str) -> str | None:
    """Close a batch over what is not settled yet; its name, None when there is nothing."""
    day = real_day()
    rows = _unsettled(db, face)
    if not rows:
        return None
    number = db.execute("SELECT count(*) FROM batch WHERE face = ?", [face]).fetchone()[0] + 1
    name = f"{face}-{day:%Y%m%d}-{number:04d}.csv"
    lines = [line for row in rows for line in _lines(row)]
    fee_currency = lines[0]["currency"] if lines else rows[0]["currency"]
    lines.append(
        {"booked_on": day.isoformat(), "type": "fee", "reference": "", "gateway_reference": name,
         "currency": fee_currency, "gross": Decimal(0), "fee": FILE_FEE, "text": "file fee"}
    )  # fmt: skip
    body = _csv(name, day, lines)
    db.execute("INSERT INTO batch (name, face, day, body) VALUES (?, ?, ?, ?)", [name, face, day.isoformat(), body])
    db.executemany("UPDATE event SET batch = ? WHERE id = ?", [[name, row["event_id"]] for row in rows])
    url = next((row["notify_url"] for row in reversed(rows) if row["notify_url"]), "")
    if url:
        ready = {"event_id": f"{name}:settlement.ready", "event": "settlement.ready", "occurred_at": "",
                 "data": {"reference": "", "id": name}}  # fmt: skip
        line_up(db, url=url, told=ready, due=0.0)
    return name


def _unsettled(db: sqlite3.Connection, face: str) -> list[sqlite3.Row]:
    rows = db.execute(
        "SELECT event.id AS event_id, event.name, event.happened, payment.* FROM event"
        " JOIN payment ON payment.id = event.payment"
        " WHERE payment.face = ? AND event.happened != '' AND event.batch = '' ORDER BY event.happened, event.id",
        [face],
    ).fetchall()
    return [row for row in rows if row["name"] in IN | OUT or _came_back(db, row)]


def _came_back(db: sqlite3.Connection, row: sqlite3.Row) -> bool:
    """A refund that fails after it was done brings its money back; one that never was done moves none."""
    if row["name"] != "refund.failed":
        return False
    done = "SELECT 1 FROM event WHERE payment = ? AND name = 'refund.done' AND happened != ''"
    return db.execute(done, [row["id"]]).fetchone() is not None


def _lines(row: sqlite3.Row) -> list[Line]:
    name, amount = str(row["name"]), Decimal(row["amount"])
    main = name in {"payment.confirmed", "payout.confirmed"}
    if row["settled"] == "left_out" and main:
        return []
    if row["settled"] == "other_amount" and main:
        amount -= Decimal("0.50")
    line: Line = {
        "booked_on": str(row["happened"])[:10], "type": name, "reference": row["reference"],
        "gateway_reference": row["id"], "currency": row["currency"], "gross": -amount if name in OUT else amount,
        "fee": fee_of(name, amount), "text": "",
    }  # fmt: skip
    if row["settled"] == "stranger" and main:
        return [line, line | {"reference": f"X-{row['id'][-8:]}", "gateway_reference": f"dep_x{row['id'][-8:]}"}]
    return [line]


def fee_of(name: str, amount: Decimal) -> Decimal:
    """What the gateway keeps of an event: 1.20 % and 0.10 of a deposit, fixed fees of the others."""
    if name == "payment.confirmed":
        return (amount * Decimal("0.012") + Decimal("0.10")).quantize(CENT)
    return FEES.get(name, Decimal("0.00"))


def _csv(name: str, day: date, lines: list[Line]) -> str:
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(HEADER)
    totals: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for number, line in enumerate(lines, start=1):
        net = line["gross"] - line["fee"]
        totals[line["currency"]][0] += line["gross"]
        totals[line["currency"]][1] += line["fee"]
        told = {name: f"{line[name]:f}" if isinstance(line[name], Decimal) else line[name] for name in line}
        told |= {"record": "line", "batch": name, "line": number, "net": f"{net:f}"}
        writer.writerow([told[column] for column in HEADER])
    for currency, (gross, fee) in sorted(totals.items()):
        writer.writerow(
            ["total", name, len(lines), day.isoformat(), "", "", "", currency, f"{gross:f}", f"{fee:f}",
             f"{gross - fee:f}", ""]
        )  # fmt: skip
    return page.getvalue()


def batches(db: sqlite3.Connection, face: str) -> list[str]:
    """The files there are, oldest first."""
    return [str(row["name"]) for row in db.execute("SELECT name FROM batch WHERE face = ? ORDER BY name", [face])]


def batch_body(db: sqlite3.Connection, face: str, name: str) -> str | None:
    """A file's content."""
    row = db.execute("SELECT body FROM batch WHERE face = ? AND name = ?", [face, name]).fetchone()
    return None if row is None else str(row["body"])
