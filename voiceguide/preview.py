"""A preview: an excerpt of a session, played or exported exactly as the session would be.

It is the session with another timeline, so it goes through the same mixer, master, files and audio process. The whole routine
is voiced first, for only then is it known what is heard where; an export or a session played afterwards begins at once.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.audio import Block
from voiceguide.mix.stream import mastered
from voiceguide.plan.excerpt import excerpt
from voiceguide.plan.timeline import Timeline
from voiceguide.session import BLOCK, Session
from voiceguide.settings import Settings
from voiceguide.stage import Progress

if TYPE_CHECKING:
    from voiceguide.export.report import Report
    from voiceguide.live.booth import Booth
    from voiceguide.live.player import Player
    from voiceguide.mix.mixer import Stems


class Preview:
    """The preview of an open session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def settings(self) -> Settings:
        """The session's settings."""
        return self._session.settings

    @property
    def title(self) -> str:
        """The routine's title, and that this is a preview."""
        return f"{self._session.title} (preview)"

    @property
    def fallbacks(self) -> tuple[str, ...]:
        """Sentences of the session that another voice spoke, and why."""
        return self._session.fallbacks

    @property
    def notes(self) -> tuple[str, ...]:
        """What voices and soundscapes had to say about their work."""
        return self._session.notes

    def plan(self, progress: Progress | None = None) -> Timeline:
        """The excerpt; the session is voiced for it. `progress` gets ("voicing", done, total)."""
        return excerpt(self._session.plan(progress))

    def blocks(self, frames: int = BLOCK, listen: "Callable[[Stems], None] | None" = None) -> Iterator[Block]:
        """The mastered excerpt, as `Session.blocks` gives the session."""
        return mastered(self._session.mixer(), [self.plan()], frames, listen)

    def export(self, path: str | Path, *, force: bool = False, progress: Progress | None = None) -> "Report":
        """Write it to a WAV, FLAC or MP3 file, and report on it. Raises OutputError; an existing file needs `force`."""
        from voiceguide.export.save import export_session
        from voiceguide.files import check_apart

        check_apart(Path(path), self._session.stage.files)
        return export_session(self, Path(path), force=force, progress=progress)

    def player(self, booth: "Booth") -> "Player":
        """What plays it through a started audio process; `run` it."""
        from voiceguide.live.player import Player
        from voiceguide.live.state import Transport

        programme = self._session.programme()
        return Player(programme, booth, Transport(self.plan(), mix=self.settings.mix), placed=programme.sections)
