"""From pyproject.toml's dependencies to exact pins: requirements.lock with hashes, and uv's constraints.

`make lock` runs this. uv.lock is not kept, because it records the registry that it was made from.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PYPROJECT = CHECKOUT / "pyproject.toml"
LOCK = CHECKOUT / "requirements.lock"
OPENING = "constraint-dependencies = [\n"
BLOCK = re.compile(r"constraint-dependencies = \[\n.*?^\]\n", re.DOTALL | re.MULTILINE)
EXPORT = ["export", "--quiet", "--all-groups", "--no-annotate", "--no-header", "--no-emit-project"]


def main(arguments: list[str]) -> int:
    """Resolve, then write both files; `--upgrade` lets go of the present pins first."""
    if "--upgrade" in arguments:
        write_constraints([])
        (CHECKOUT / "uv.lock").unlink(missing_ok=True)
    uv("lock", "--quiet")
    write_constraints(uv(*EXPORT, "--no-hashes").splitlines())
    uv("lock", "--quiet")
    LOCK.write_text(uv(*EXPORT, "--format", "requirements-txt"), encoding="utf-8")
    sys.stdout.write(f"{len(constraints())} pins in requirements.lock and pyproject.toml\n")
    return 0


def uv(*arguments: str) -> str:
    """Run uv against its own default registry, whatever this machine is set up for."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
    program = Path(sys.executable).with_name("uv")
    answer = subprocess.run(
        [program, "--system-certs", *arguments],
        cwd=CHECKOUT,
        env=settings,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return answer.stdout


def constraints() -> list[str]:
    """The pins in pyproject.toml, one requirement each, without hashes."""
    found = BLOCK.search(PYPROJECT.read_text(encoding="utf-8"))
    return re.findall(r'^    "(.+)",$', found[0], re.MULTILINE) if found else []


def write_constraints(requirements: list[str]) -> None:
    """Replace the block of pins in pyproject.toml."""
    lines = "".join(f'    "{requirement}",\n' for requirement in requirements if requirement)
    text = PYPROJECT.read_text(encoding="utf-8")
    PYPROJECT.write_text(BLOCK.sub(lambda _: f"{OPENING}{lines}]\n", text), encoding="utf-8")


def locked() -> list[str]:
    """The pins in requirements.lock, without hashes."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    return [line.removesuffix("\\").strip() for line in lines if line and not line.startswith((" ", "#"))]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
