"""Which sound devices there are, and the one that a person means by a name.

The list is asked for in a child process (`python -m voiceguide.sound.devices` prints it as JSON), because a sound server that
hangs holds whoever asks it for ever, and ALSA writes its own worries to stderr. Only the first back end that answers is asked,
the one that a session is played with, so that no device is listed twice.

A stream that was opened with a device's id cannot follow when the system's choice changes. So nothing is opened with an id
unless somebody asks for that device.
"""

import difflib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from voiceguide.errors import DeviceError, UsageError
from voiceguide.sound import simple

DEADLINE = 3.0
INSTEAD = "or export to a file"


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """A place to play to: the `name` to ask for it by, one of miniaudio's back ends (or a sink's name), and the back end's id.

    `id` is the beginning of miniaudio's device id in hexadecimal, "" for the system's choice. All of it is JSON."""

    name: str
    backend: str
    id: str = ""
    default: bool = False


NULL = DeviceInfo("null", "NULL")
"""Plays to nobody, at the speed of sound."""


def devices() -> tuple[DeviceInfo, ...]:
    """The sound devices here, at least one. Raises DeviceError when there is none or nobody answers within 3 s."""
    command = [sys.executable, "-P", "-m", "voiceguide.sound.devices"]
    try:
        asked = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=DEADLINE, check=True)
        found = tuple(DeviceInfo(**facts) for facts in json.loads(asked.stdout))
    except subprocess.TimeoutExpired:
        raise DeviceError(f"the sound server does not answer; restart it, {INSTEAD}") from None
    except subprocess.CalledProcessError as error:
        why = (error.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise DeviceError(f"the sound devices cannot be listed ({why}); run `voiceguide doctor`, {INSTEAD}") from None
    if not found:
        raise DeviceError(f"there is no sound device; connect one and start the sound server, {INSTEAD}")
    return found


def others() -> tuple[DeviceInfo, ...]:
    """What can be played to without a sound device of miniaudio's: nobody, and simpleaudio's device where that is installed."""
    return (NULL, DeviceInfo("simpleaudio", "simpleaudio")) if simple.usable() else (NULL,)


def chosen(name: str) -> DeviceInfo:
    """The device that a person asked for by name. Raises UsageError for an unknown name, DeviceError where no device is."""
    other = next((one for one in others() if one.name == name), None)
    return other or find(name, devices())


def find(name: str, among: Sequence[DeviceInfo]) -> DeviceInfo:
    """The device of exactly this name, else but for upper and lower case, else the only one that has it in its name.

    Raises UsageError, with the names that are near.
    """
    wanted = name.strip().casefold()
    same = [one for one in among if one.name == name] or [one for one in among if one.name.casefold() == wanted]
    within = same or [one for one in among if wanted and wanted in one.name.casefold()]
    if len(within) == 1:
        return within[0]
    names = [one.name for one in within or among]
    if within:
        raise UsageError(f"{name!r} may mean several sound devices: {', '.join(names)}; write more of the name")
    near = difflib.get_close_matches(name, names, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names) or 'none'};"
    raise UsageError(f"there is no sound device {name!r}; {hint} `voiceguide devices` lists them")


def handle(device: DeviceInfo) -> Any:
    """What `miniaudio.PlaybackDevice(device_id=...)` takes; None for the system's choice."""
    if not device.id:
        return None
    from miniaudio import ffi

    raw = bytes.fromhex(device.id)
    made = ffi.new("ma_device_id *")
    ffi.memmove(made, raw, len(raw))
    return made


def back_ends(miniaudio: Any) -> list[Any]:
    """The back ends that sound on this system, the best first; never the one that does not."""
    known = {
        "linux": ("PULSEAUDIO", "ALSA", "JACK"),
        "darwin": ("COREAUDIO",),
        "win32": ("WASAPI", "DSOUND", "WINMM"),
    }
    names = known.get(sys.platform, ("PULSEAUDIO", "OSS", "SNDIO", "AUDIO4", "JACK"))
    return [getattr(miniaudio.Backend, name) for name in names]


def here() -> tuple[DeviceInfo, ...]:
    """The devices of the first back end that answers. May hang with the sound server: call it in a process of its own."""
    import miniaudio

    for backend in back_ends(miniaudio):
        try:
            context = miniaudio.Devices([backend])
        except miniaudio.MiniaudioError:
            continue
        return _told_apart(_of(backend.name, context._context))
    return ()


def _of(backend: str, context: Any) -> list[DeviceInfo]:
    """By the library below miniaudio's own list, which does not say which device is the default."""
    from miniaudio import ffi, lib

    infos, count = ffi.new("ma_device_info **"), ffi.new("ma_uint32 *")
    if lib.ma_context_get_devices(context, infos, count, ffi.NULL, ffi.NULL) != lib.MA_SUCCESS:
        return []
    found = [_told(backend, infos[0][number]) for number in range(count[0])]
    return [one for one in found if backend != "ALSA" or _is_real(context, one)]


def _told(backend: str, info: Any) -> DeviceInfo:
    from miniaudio import ffi

    name = ffi.string(info.name).decode(errors="replace")
    raw = bytes(ffi.buffer(ffi.addressof(info, "id"))).rstrip(b"\0")
    return DeviceInfo(name, backend, raw.hex(), bool(info.isDefault))


def _is_real(context: Any, device: DeviceInfo) -> bool:
    """Whether an entry of ALSA's is a card, or a default that can be opened. The others are converters and plugs."""
    from miniaudio import DeviceType, ffi, lib

    asked = (DeviceType.PLAYBACK.value, handle(device), ffi.new("ma_device_info *"))
    card = bytes.fromhex(device.id).startswith(b":")
    return card or (device.default and lib.ma_context_get_device_info(context, *asked) == lib.MA_SUCCESS)


def _told_apart(found: Sequence[DeviceInfo]) -> tuple[DeviceInfo, ...]:
    """Two of the same make are numbered."""
    seen: Counter[str] = Counter()
    named = []
    for one in found:
        seen[one.name] += 1
        named.append(replace(one, name=f"{one.name} ({seen[one.name]})") if seen[one.name] > 1 else one)
    return tuple(named)


if __name__ == "__main__":
    json.dump([asdict(one) for one in here()], sys.stdout)
