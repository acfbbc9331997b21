"""What must stay true of the whole, whoever changes a part."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "voiceguide"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEXTS = sorted(
    path
    for pattern in (
        "voiceguide/**/*.py",
        "scripts/*.md",
        "soundscapes/*.toml",
        "docs/**/*.md",
        "bench/*.py",
        "*.md",
        "Makefile",
    )
    for path in ROOT.glob(pattern)
)
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
ONLY_VALUES = {"errors", "script/model"}

name_of = {path: path.relative_to(ROOT).as_posix() for path in MODULES}
every_module = pytest.mark.parametrize("path", MODULES, ids=name_of.get)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.slow
@every_module
def test_files_and_functions_stay_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    too_long = {one.name for one in functions(path) if (one.end_lineno or 0) - one.lineno >= LONGEST_FUNCTION}
    assert too_long == set()


@pytest.mark.slow
@every_module
def test_only_the_command_line_prints(path):
    printed = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "input", "breakpoint"}
    ]
    assert printed == [] or PACKAGE / "cli" in path.parents


@every_module
def test_nothing_depends_on_assert(path):
    """`python -O` takes asserts away."""
    assert not any(isinstance(node, ast.Assert) for node in ast.walk(tree(path)))


@pytest.mark.slow
@every_module
def test_every_module_with_code_has_its_test_file(path):
    name = path.relative_to(PACKAGE).with_suffix("").as_posix()
    has_code = any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree(path).body)
    if has_code and name not in ONLY_VALUES:
        room = f"voiceguide/{name}".removesuffix("/__init__").removeprefix("voiceguide/")
        assert (ROOT / "tests" / f"test_{room.replace('/', '_')}.py").is_file()


def test_the_import_contracts_are_kept():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_path_of_a_machine_stands_anywhere(path):
    assert not re.search(r"(?<![\w.~-])/(home|root|Users|work|tmp|mnt|farm)/\w", path.read_text(encoding="utf-8"))


def test_ci_runs_readmes_own_command():
    readme, ci = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", ".ci/run"))
    first, second = re.findall(r"^python3 -m venv .*$", readme, re.MULTILINE)
    assert "voiceguide export first-back-massage" in first
    assert second.endswith("-m pytest -n auto")
    assert second in ci.splitlines()
    assert "make check" in ci.splitlines()
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_make_help_lists_every_target():
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    targets = [line.split(":")[0] for line in lines if re.match(r"[a-z-]+:", line)]
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert [line.split()[1] for line in shown.splitlines()] == targets
    assert {"help", "setup", "test", "check", "docs", "bench"} <= set(targets)
