"""A voice-guided audio session player: a Markdown routine becomes calm spoken guidance over a living soundscape.

    import voiceguide

    with voiceguide.open_session("first-back-massage", length=voiceguide.frames(12 * 60)) as session:
        for chapter in session.plan().chapters:
            print(chapter.title, voiceguide.clock(chapter.start))
        session.export("massage.mp3")

The public names load when they are first used, so that the command line starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voiceguide.audio import RATE, clock, frames, seconds
    from voiceguide.errors import CannotFit, ScriptErrors, VoiceguideError
    from voiceguide.export.report import Report
    from voiceguide.plan.timeline import Timeline
    from voiceguide.session import Session, open_session

__all__ = [
    "RATE",
    "CannotFit",
    "Report",
    "ScriptErrors",
    "Session",
    "Timeline",
    "VoiceguideError",
    "clock",
    "frames",
    "open_session",
    "seconds",
]

_HOMES = {
    **dict.fromkeys(("RATE", "clock", "frames", "seconds"), "voiceguide.audio"),
    **dict.fromkeys(("CannotFit", "ScriptErrors", "VoiceguideError"), "voiceguide.errors"),
    **dict.fromkeys(("Session", "open_session"), "voiceguide.session"),
    "Report": "voiceguide.export.report",
    "Timeline": "voiceguide.plan.timeline",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'voiceguide' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
