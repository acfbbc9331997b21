"""What a person would want to know of a session now, as a few values and words, whatever shows them."""

from dataclasses import dataclass

from voiceguide.audio import RATE
from voiceguide.live.state import Transport
from voiceguide.plan.timeline import Breath, BreathPhase, Cue
from voiceguide.script.model import Beat, Breathe, CheckIn, Hold, Pause, Wait


@dataclass(frozen=True, slots=True)
class Status:
    """What a transport does not know: `ends` is the time of day at its end, `voiced` the share (0 to 1) of the session that is
    spoken and ready, `delay` the frames before it begins, `chapters` how many there will be (0 while that is unknown), and
    `said` what the last key did, for as long as that is worth seeing."""

    title: str = ""
    chapters: int = 0
    device: str = ""
    ends: str = ""
    voiced: float = 1.0
    delay: int = 0
    underruns: int = 0
    restarts: int = 0
    warnings: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Going:
    """Something that goes on: its name, how much of a bar it fills (0 to 1), and the frames left of it."""

    name: str
    share: float
    left: int


SAID = {
    ("playing", None): "playing",
    ("paused", "user"): "resting: your pause",
    ("paused", "device"): "waiting for the sound device",
    ("paused", "error"): "the sound failed; it starts again by itself",
    ("waiting", "ready"): "press space when you are ready",
    ("waiting", "voice"): "waiting for the voice",
    ("stopping", None): "stopping",
    ("finished", None): "the session is over",
}
ANY_KEY = "press any key when you are ready"

BREATHS: dict[BreathPhase, tuple[str, float, float]] = {
    "in": ("breathe in", 0.0, 1.0),
    "sip": ("a sip more", 1.0, 1.0),
    "hold": ("hold it", 1.0, 1.0),
    "out": ("breathe out", 1.0, 0.0),
    "rest": ("stay empty", 0.0, 0.0),
}
"""What a phase is called, and how full the lungs are at its beginning and its end."""

STEPS = {Hold: "hold", Breathe: "breathe", Pause: "pause", Beat: "pause", CheckIn: "your answer", Wait: "when you are ready"}


def state(name: str, reason: str | None, *, any_key: bool = False) -> str:
    """A state and its reason in words."""
    if any_key and reason == "ready":
        return ANY_KEY
    return SAID.get((name, reason or None)) or SAID.get((name, None)) or name


def state_now(transport: Transport, *, any_key: bool = False) -> str:
    """The state of a session in words, and when it ends by itself."""
    said = state(transport.state, transport.reason, any_key=any_key)
    return said if transport.opens_in is None else f"{said} ({soon(transport.opens_in)})"


def words(transport: Transport) -> str:
    """The sentence that is being said, or the last one."""
    cue = transport.sounding.cue_at(transport.position)
    return cue.text if cue else ""


def speaking(transport: Transport) -> bool:
    """Whether a sentence is being said just now."""
    cue = transport.sounding.cue_at(transport.position)
    return cue is not None and transport.position < cue.end


def coming(transport: Transport) -> tuple[Cue, int] | None:
    """The next sentence and the frames until it begins."""
    cue = transport.sounding.after(transport.position)
    return (cue, cue.start - transport.position) if cue else None


def breath(transport: Transport) -> Going | None:
    """The phase of the breath pacer; its bar fills with the breath in and empties with the breath out."""
    for cue in transport.sounding.between(transport.position, transport.position + 1):
        if isinstance(cue.content, Breath):
            name, begin, end = BREATHS[cue.content.phase]
            passed = _share(transport.position, cue.start, cue.end)
            return Going(name, begin + (end - begin) * passed, cue.end - transport.position)
    return None


def work(transport: Transport) -> Going | None:
    """The hold, pause or question that goes on."""
    stretch = transport.stretch
    if stretch is None:
        return None
    share = _share(transport.position, stretch.start, stretch.end)
    return Going(STEPS[type(stretch.step)], share, stretch.end - transport.position)


def whole(transport: Transport) -> Going:
    """The session itself."""
    return Going("session", _share(transport.position, 0, transport.timeline.length), transport.left)


def chapter(transport: Transport, status: Status) -> str:
    """Chapter n of m and its title, and the step inside it; only what is known."""
    sections = transport.sections
    if not sections:
        return ""
    here = sections[transport.section]
    inner = [c.title for c in transport.timeline.chapters if c.level > 1 and c.start <= transport.position < c.end]
    of = max(status.chapters, len(sections))
    return "  ".join([f"{transport.section + 1} of {of}", " · ".join([here.title, *inner[-1:]])])


def levels(transport: Transport) -> str:
    """Levels, mix and guidance."""
    now = transport.levels
    parts = (("voice", now.voice), ("bed", now.bed), ("bells", now.signals))
    decibels = " · ".join(f"{name} {value:+.0f} dB" if value else f"{name} 0 dB" for name, value in parts)
    return f"{decibels} · mix {transport.mix} · guidance {transport.guidance}"


def soon(frames: int) -> str:
    """Frames until something, rounded up to whole seconds: `3 s`, `1:20`."""
    count = max(0, -(-frames // RATE))
    return f"{count} s" if count < 60 else f"{count // 60}:{count % 60:02}"


def lasting(frames: int) -> str:
    """The same for who hears it read out: `3 seconds`, `1 minute 20 seconds`."""
    minutes, rest = divmod(max(0, -(-frames // RATE)), 60)
    parts = [(count, f"{count} {name}{'' if count == 1 else 's'}") for count, name in ((minutes, "minute"), (rest, "second"))]
    return " ".join(words for count, words in parts if count) or parts[-1][1]


def notes(status: Status) -> tuple[str, ...]:
    """What is not as it should be, in words; the newest last."""
    heard = (
        f"the sound was started again {status.restarts} times" if status.restarts > 1 else "the sound was started again once"
    )
    gaps = f"{status.underruns} gaps in the sound" if status.underruns > 1 else "1 gap in the sound"
    quiet = ([gaps] if status.underruns else []) + ([heard] if status.restarts else [])
    return (*quiet, *status.warnings)


def _share(position: int, start: int, end: int) -> float:
    return min(max(0.0, (position - start) / max(1, end - start)), 1.0)
