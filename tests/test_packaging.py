"""What a person gets who installs: the wheel's contents, and routines found from wherever the package is."""

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WHERE = "from voiceguide import library as l; print(len(l.routines()), len(l.soundscapes()), l.bundled('scripts'))"
KEPT = ("voiceguide", "scripts", "soundscapes", "pyproject.toml", "README.md", "LICENSE")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A clean copy of the project, with a file that git ignores and nobody should ship."""
    folder = tmp_path_factory.mktemp("checkout") / "project"
    folder.mkdir()
    for name in KEPT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    shutil.copy(ROOT / ".gitignore", folder)
    return folder


@pytest.fixture(scope="module")
def wheel(checkout):
    pip("wheel", "--no-deps", "--wheel-dir", str(checkout.parent), str(checkout))
    return next(checkout.parent.glob("voiceguide-*.whl"))


def pip(*arguments: str | Path) -> None:
    """This environment's pip; `--python` leads it to another one."""
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], check=True)


def counted(python: str | Path, cwd: Path) -> tuple[int, int, Path]:
    done = subprocess.run([python, "-c", WHERE], cwd=cwd, capture_output=True, text=True, check=True)
    routines, soundscapes, folder = done.stdout.split(maxsplit=2)
    return int(routines), int(soundscapes), Path(folder.strip())


BUNDLED = len(list((ROOT / "scripts").glob("*.md"))), len(list((ROOT / "soundscapes").glob("*.toml")))


def test_the_wheel_holds_everything_and_nothing_else(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "voiceguide/py.typed" in names
    for shelf in ("scripts", "soundscapes"):
        for path in (ROOT / shelf).iterdir():
            assert f"voiceguide/data/{shelf}/{path.name}" in names
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"voiceguide"}
    assert not any("__pycache__" in name or "/tests/" in name for name in names)


def test_the_wheel_is_the_same_twice(wheel, checkout, tmp_path):
    pip("wheel", "--no-deps", "--wheel-dir", str(tmp_path), str(checkout))
    assert next(tmp_path.glob("*.whl")).read_bytes() == wheel.read_bytes()


@pytest.mark.parametrize("how", ["wheel", "editable", "checkout"])
def test_routines_and_soundscapes_are_found(how, wheel, checkout, tmp_path):
    """In an environment that sees this one's packages, so that nothing but the project itself is installed."""
    python = environment(tmp_path)
    if how == "wheel":
        pip("--python", python, "install", "--no-deps", "--ignore-installed", str(wheel))
    elif how == "editable":
        pip("--python", python, "install", "--no-deps", "--ignore-installed", "--editable", str(checkout))
    where = checkout if how == "checkout" else tmp_path
    routines, soundscapes, folder = counted(python, where)
    assert (routines, soundscapes) == BUNDLED
    assert folder.is_relative_to(tmp_path / "venv" if how == "wheel" else checkout)


def environment(folder: Path) -> Path:
    """A new environment whose packages are this one's: a .pth file leads there."""
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], capture_output=True, text=True, check=True
    )
    import numpy

    (Path(site.stdout.strip()) / "outer.pth").write_text(str(Path(numpy.__file__).parent.parent) + "\n")
    return python
