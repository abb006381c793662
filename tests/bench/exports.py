"""An export of a million rows: rows a second from the first to the package on disk, and how much memory it took.

Run as `python -m tests.bench.exports <rows>` in the wallet's environment; writes JSON. The rows are events of the trail
(21 columns, some 250 bytes each); the package is verified afterwards.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.db import connection  # noqa: E402

from common.clock import utc_now  # noqa: E402
from common.scope import EVERYTHING  # noqa: E402
from reporting.catalogue.asking import question_as_data, question_from  # noqa: E402
from reporting.catalogue.registry import report_get  # noqa: E402
from reporting.exports.models import Export  # noqa: E402
from reporting.exports.places import package_path  # noqa: E402
from reporting.exports.reach import scope_as_json  # noqa: E402
from reporting.exports.services.running import export_run  # noqa: E402
from reporting.exports.verifying import package_verify  # noqa: E402
from wallet.sealing.keys import seal_key_create  # noqa: E402

ROWS = """
    INSERT INTO audit_auditevent (name, severity, significant, occurred_at, actor, roles, on_behalf_of, subject, after,
                                  reason, outcome, request_id, session, approval)
    SELECT 'wallet:ledger:exported', 'info', false, now(), 'system:bench', '{support}', '', 'wallet.ledger:' || n,
           '{"amount": "12.50", "currency": "EUR"}', 'event ' || n, 'done', md5(n::text), '', ''
    FROM generate_series(1, %s) n
"""


def peak_megabytes() -> float:
    """The most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(rows: int, place: Path) -> dict[str, float | int]:
    """Make the rows, export them as CSV, verify the package."""
    settings.EXPORT_FILES, settings.SEAL_KEY_FILE = str(place / "packages"), str(place / "seal.key")
    key = seal_key_create(place / "seal.key")
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [rows])
    report, now = report_get("audit-trail"), utc_now()
    today = f"{now.date()}"
    question = question_from(report, {"first": today, "last": today}, scope=EVERYTHING, now=now)
    export = Export.objects.create(
        report=report.code, report_version=report.version, question=question_as_data(question),
        reach=scope_as_json(EVERYTHING), format="csv", purpose="audit", purpose_text="Measured.",
        requested_by="system:bench", personal=False, needs_approval=False, requested_at=now, estimated_rows=rows,
    )  # fmt: skip
    Export.objects.filter(pk=export.pk).update(state="queued")
    before, began = peak_megabytes(), time.perf_counter()
    export_run(export_id=export.pk, clock=utc_now)
    seconds = time.perf_counter() - began
    export.refresh_from_db()
    if export.state != "done":
        raise RuntimeError(f"the export is {export.state}: {export.reason}")
    more = peak_megabytes() - before
    began = time.perf_counter()
    whole, said = package_verify(package_path(export.package), [key.public])
    if not whole:
        raise RuntimeError(said)
    return {
        "rows": export.rows_done, "seconds": seconds, "rows_per_second": export.rows_done / seconds,
        "memory_mb": more, "package_mb": export.package_bytes / 1e6, "verify_seconds": time.perf_counter() - began,
    }  # fmt: skip


if __name__ == "__main__":
    folder = Path(os.environ.get("VAR_DIR") or tempfile.gettempdir())
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        sys.stdout.write(json.dumps(measure(int(sys.argv[1]), Path(place))))
