"""`voiceguide doctor`: what works here, in words, and what to do about the rest."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import click

from voiceguide.cli import options
from voiceguide.errors import VoiceguideError

State = Literal["works", "optional", "broken"]

DEADLINE = 10
FREE_MB = 500
LOAD_ESPEAK = "import espeakng_loader, ctypes; ctypes.CDLL(espeakng_loader.get_library_path())"
LOAD_FILES = "import lameenc, soundfile, av, mutagen"
REINSTALL = "run: pip install --force-reinstall voiceguide"


@dataclass(frozen=True, slots=True)
class Finding:
    """Does a part work, what was seen, and what to do when it does not. Exports do without what is optional."""

    state: State
    seen: str
    remedy: str = ""


@click.command(epilog="Example: voiceguide doctor --json")
@options.as_json
@options.plain
def command(json_: bool, plain: bool) -> int:
    """Say what works here, and what to do about the rest.

    The exit code is 1 when something that an export needs is broken.
    """
    from voiceguide.cli import screen

    findings = {part: _examined(check) for part, check in CHECKS.items()}
    if json_:
        screen.emit([{"part": part, **asdict(one)} for part, one in findings.items()])
    else:
        rows = [(part, one.state, "; ".join(filter(None, (one.seen, one.remedy)))) for part, one in findings.items()]
        screen.table(("part", "state", "what was seen"), rows, plain=plain)
    return int(any(one.state == "broken" for one in findings.values()))


def _examined(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except (VoiceguideError, OSError) as error:
        return Finding("broken", str(error))


def _python() -> Finding:
    return Finding("works", f"{sys.version.split()[0]} at {sys.executable}")


def _config() -> Finding:
    from voiceguide.settings import config_layer, config_path, settle

    return Finding("works", f"{len(settle(config_layer()).sources) or 'no'} settings in {config_path()}")


def _voices() -> Finding:
    from voiceguide.speech.voice import voices

    ready = [voice.name for voice in voices() if voice.installed]
    return (
        Finding("works", f"{len(ready)} ready: {', '.join(ready[:3])} ...") if ready else Finding("broken", "none", REINSTALL)
    )


def _espeak() -> Finding:
    if _tried(LOAD_ESPEAK) is None:
        return Finding("optional", "espeak cannot be loaded", "run: pip install espeakng-loader")
    return Finding("works", "espeak can be loaded")


def _files() -> Finding:
    if _tried(LOAD_FILES) is None:
        return Finding("broken", "a library for sound files cannot be loaded", REINSTALL)
    return Finding("works", "WAV, FLAC and MP3 can be written")


def _cache() -> Finding:
    from voiceguide.settings import config_layer, settle
    from voiceguide.speech.cache import default_folder

    folder = settle(config_layer()).cache_dir or default_folder()
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not (existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)):
        return Finding("optional", f"{folder} cannot be written, so every sentence is spoken anew", "set another cache_dir")
    return Finding("works", f"{folder} can be written")


def _disk() -> Finding:
    free = shutil.disk_usage(Path.cwd()).free // 1_000_000
    if free < FREE_MB:
        return Finding("broken", f"{free} MB free here; an hour of WAV takes 700 MB", "free some space, or write elsewhere")
    return Finding("works", f"{free / 1000:.0f} GB free here")


def _device() -> Finding:
    from voiceguide.settings import config_layer, settle
    from voiceguide.sound.devices import devices, find, others

    try:
        found = devices()
        wanted = settle(config_layer()).device
        if wanted:
            find(wanted, (*found, *others()))
    except VoiceguideError as error:
        return Finding("optional", str(error), "exports need none")
    return Finding("works", ", ".join(f"{one.name} (the default)" if one.default else one.name for one in found))


def _desktop() -> Finding:
    missing = [package for package in ("dbus_fast", "wakepy") if find_spec(package) is None]
    if missing:
        seen = f"{' and '.join(missing)} not installed: no media keys, and the machine may fall asleep"
        return Finding("optional", seen, "run: pip install 'voiceguide[desktop]'")
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return Finding("optional", "none here, so media keys do not work", "they do in a desktop session on Linux")
    return Finding("works", "media keys, headsets and phone remotes; the machine stays awake while a session plays")


def _routines() -> Finding:
    from voiceguide.library import bundled, personal, routines

    return Finding("works", f"{len(routines())} in {personal('scripts')} (your own) and {bundled('scripts')}")


def _terminal() -> Finding:
    colours = "no colours (NO_COLOR)" if os.environ.get("NO_COLOR") else "colours where it is a terminal"
    return Finding("works", f"{shutil.get_terminal_size().columns} columns, {sys.stdout.encoding}, {colours}")


CHECKS: dict[str, Callable[[], Finding]] = {
    "python": _python,
    "config": _config,
    "voices": _voices,
    "system voices": _espeak,
    "sound files": _files,
    "cache": _cache,
    "disk": _disk,
    "sound device": _device,
    "desktop": _desktop,
    "routines": _routines,
    "terminal": _terminal,
}


def _tried(code: str) -> str | None:
    """What Python code prints in a process of its own, or None when it fails or hangs: a sound server may."""
    try:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=DEADLINE, check=True)
    except (subprocess.SubprocessError, OSError):
        return None
    return done.stdout.strip()
