"""What gets installed is one set, hashed, and no committed file says from where."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

from tools.pins import CHECKOUT, LOCK, PYPROJECT, constraints, locked

INDEX = re.compile(r"pypi\.org|pythonhosted\.org|/simple/?\b|--(extra-)?index-url|--find-links|artifactory|/opt/pypi")
THIS_FILE = Path(__file__).resolve()


def committed_files() -> list[Path]:
    """Everything in git that is text."""
    git = shutil.which("git") or "git"
    listed = subprocess.run(
        [git, "-c", "safe.directory=*", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    paths = [CHECKOUT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:1000]]


def test_no_committed_file_names_a_package_index() -> None:
    named = [
        f"{path.relative_to(CHECKOUT)}: {line.strip()[:80]}"
        for path in committed_files()
        if path != THIS_FILE
        for line in path.read_text(encoding="utf-8").splitlines()
        if INDEX.search(line)
    ]
    assert named == []


def test_every_locked_requirement_is_exact_and_hashed() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert "://" not in text
    assert [pin for pin in locked() if "==" not in pin] == []
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_and_uvs_constraints_are_the_same_pins() -> None:
    assert sorted(locked()) == sorted(constraints())


def test_the_lock_holds_every_direct_dependency_at_its_version() -> None:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    groups = project["dependency-groups"].values()
    direct = [*project["project"]["dependencies"], *(name for group in groups for name in group)]
    pins = {re.sub(r"\[.*?\]", "", pin).partition(" ")[0].lower() for pin in locked()}
    assert [name for name in direct if re.sub(r"\[.*?\]", "", name).lower() not in pins] == []


def test_uv_lock_is_never_committed() -> None:
    assert CHECKOUT / "uv.lock" not in committed_files()
