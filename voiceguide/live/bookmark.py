"""Where a session is, so that it is found again after a crash or a power cut.

There is one bookmark, of the session that was heard last: two lines, a seal and JSON, so that a damaged one is never believed.
The place is kept by its words, as frames since the last spoken cue began: a session that was made longer while it was heard, or
voiced anew with other lengths, is found again where it was. What opens the same session again goes with it as it was asked for,
what the listener chose by key, and how often it is yet to be heard.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from voiceguide import folders
from voiceguide.audio import RATE
from voiceguide.errors import OutputError, UsageError
from voiceguide.files import atomic_write
from voiceguide.live.state import Transport, sentence_start
from voiceguide.mix.horizon import settled
from voiceguide.plan.timeline import Timeline
from voiceguide.regular import open_regular
from voiceguide.script.model import Guidance
from voiceguide.sound.aim import Levels

FORMAT = 1
LARGEST = 256 * 1024
BEFORE = 2 * RATE
ANEW = "start the routine anew"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place in a session: `cue` names the last spoken cue begun ("" before any), `offset` counts frames since its start.

    `session` is a `fingerprint`; `options` is JSON with string keys, whatever the player needs to open the session again. `mix`
    and `guidance` None are those that it was opened with. It is to be heard `repeats` times more after this time."""

    routine: str
    session: str
    position: int
    cue: str = ""
    offset: int = 0
    options: Mapping[str, Any] = field(default_factory=dict)
    levels: Levels = field(default_factory=Levels)
    mix: str | None = None
    guidance: Guidance | None = None
    repeats: int = 0


def fingerprint(script: str | bytes, options: Mapping[str, Any]) -> str:
    """A name for a session: the same for the same text and the same options, in any order."""
    text = script.decode(errors="surrogateescape") if isinstance(script, bytes) else script
    return _sealed(json.dumps([text, options], sort_keys=True))


def mark(routine: str, session: str, options: Mapping[str, Any], transport: Transport) -> Bookmark:
    """The bookmark of a session that is heard.

    Words that were added while it was heard (their names have a `+`) will not be there again and are no landmark."""
    t = transport
    here = Bookmark(routine, session, t.position, "", 0, options, t.levels, t.mix, t.guidance, t.repeats)
    begun = [cue for cue in t.timeline.between(0, t.position + 1) if cue.track == "voice" and "+" not in cue.id]
    return replace(here, cue=begun[-1].id, offset=t.position - begun[-1].start) if begun else here


def taken_up(transport: Transport, bookmark: Bookmark) -> Transport:
    """The session as it was before it broke off: levels, mix and guidance that were chosen by key, and times to come."""
    mix, guidance = bookmark.mix or transport.mix, bookmark.guidance or transport.guidance
    return replace(transport, levels=bookmark.levels, mix=mix, guidance=guidance, repeats=bookmark.repeats)


def place_in(timeline: Timeline, bookmark: Bookmark) -> int | None:
    """The frame to go on from: two seconds before, or where the sentence begins that would be cut.

    None while the timeline is not planned that far. Words that are no longer in the session are looked for by their time."""
    here = _found(timeline, bookmark)
    whole = timeline.planned >= timeline.length
    if here is None and not whole:
        return None
    here = min(bookmark.position if here is None else here, timeline.length)
    return None if here > settled(timeline) else sentence_start(timeline, max(0, here - BEFORE))


def write(bookmark: Bookmark) -> str | None:
    """Keep a bookmark instead of the last; gives what stands in the way, in words, or None."""
    text = json.dumps({"format": FORMAT, **asdict(bookmark)}, sort_keys=True)
    try:
        path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with atomic_write(path(), force=True) as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(f"{_sealed(text)}\n{text}\n".encode())
    except (OutputError, OSError) as error:
        return f"the place in this session cannot be kept: {error}"
    return None


def read() -> Bookmark:
    """The last bookmark. Raises UsageError when there is none, or none that can be used, with what to do."""
    try:
        with open_regular(path()) as file:
            data = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError("no session was left in the middle, so there is none to resume; name a routine to play") from None
    except OSError as error:
        raise UsageError(f"{path()}: cannot be read ({error.strerror}); remove it, and {ANEW}") from None
    seal, _, text = data.decode(errors="replace").rstrip("\n").partition("\n")
    if len(data) > LARGEST or seal != _sealed(text):
        raise UsageError(f"{path()}: this bookmark is damaged; {ANEW}")
    facts = json.loads(text)
    if facts.pop("format", None) != FORMAT:
        raise UsageError(f"{path()}: this bookmark was made by another version of voiceguide; {ANEW}")
    return Bookmark(**facts | {"levels": Levels(**facts.get("levels", {}))})


def forget(session: str) -> str | None:
    """Remove the bookmark of this session; another's stays. Gives what stands in the way, in words, or None."""
    try:
        if read().session == session:
            path().unlink(missing_ok=True)
    except UsageError:
        return None
    except OSError as error:
        return f"{path()}: cannot be removed ({error.strerror}); remove it by hand"
    return None


def path() -> Path:
    """The file, which need not exist."""
    return folders.state() / "bookmark"


def _found(timeline: Timeline, bookmark: Bookmark) -> int | None:
    """Where its words are now, at most as far as the next ones."""
    cue = next((cue for cue in timeline.cues if cue.id == bookmark.cue), None)
    if cue is None:
        return bookmark.position if not bookmark.cue else None
    following = timeline.after(cue.start)
    return min(cue.start + bookmark.offset, following.start if following else timeline.length)


def _sealed(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
