"""Whether a committed OpenAPI document is the one that the code describes; shows the difference when not.

Further arguments go to `manage.py spectacular`, such as `--custom-settings players.api.kit.schema.SETTINGS`.
"""

import difflib
import subprocess
import sys
from pathlib import Path

SHOWN_LINES = 60


def main(committed: Path, *options: str) -> int:
    """0 when they agree; 1 with a diff, and what to run, when they do not."""
    command = [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn", *options]
    generated = subprocess.run(command, capture_output=True, text=True, check=False)
    if generated.returncode:
        sys.stdout.write(generated.stderr)
        return 1
    kept = committed.read_text(encoding="utf-8") if committed.exists() else ""
    difference = list(
        difflib.unified_diff(
            kept.rstrip().splitlines(), generated.stdout.rstrip().splitlines(), str(committed), "code", lineterm="", n=2
        )
    )
    if difference:
        sys.stdout.write("\n".join(difference[:SHOWN_LINES]) + "\n")
        sys.stdout.write(f"{committed} does not say what the code does: run `make openapi` and commit it.\n")
    return int(bool(difference))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
