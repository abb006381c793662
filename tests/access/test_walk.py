"""The walk of docs/reporting-api.md, line by line, by curl against a real web server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.access.cast import program_make
from tests.access.play import games_make, played
from tests.servers import CHECKOUT, GranianServer

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("curl") is None, reason="this machine has no curl"),
]


def test_the_documented_walk_reads_rows_and_totals(granian_server: GranianServer, tmp_path: Path) -> None:
    for number, game in enumerate(games_make(3)):
        played(game, stake=f"{100 + number}.01")
    program = program_make(scopes=("reports:games",))
    found = re.search(r"<!-- walk -->\n```sh\n(.*?)```", (CHECKOUT / "docs/reporting-api.md").read_text(), re.DOTALL)
    assert found is not None
    names = {"HOST": granian_server.url, "CLIENT_ID": program.row.client_id, "CLIENT_SECRET": program.secret}
    done = subprocess.run(
        ["/bin/bash", "-euc", found[1]], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | names,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    decoder, texts, told = json.JSONDecoder(), done.stdout, []
    while texts:
        one, end = decoder.raw_decode(texts)
        told.append(one)
        texts = texts[end:].lstrip()
    catalogue, second, totals = told
    assert "game-performance" in {item["code"] for item in catalogue["items"]}
    first = json.loads((tmp_path / "page.json").read_text())
    assert [row["game"] for row in first["rows"] + second["rows"]] == ["slot-0", "slot-1", "slot-2"]
    assert second["next"] is None
    # 100.01 + 101.01 + 102.01 staked, three times 90 won.
    assert totals["totals"][0]["values"]["ggr"] == "33.03"
