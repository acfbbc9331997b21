"""What the author wrote, as values: a Script holds sections, a section holds steps, every one knows its place in the text.

Times are whole frames (48 000 a second). `unfold` turns a Script into sections that can be timed: sides and repeats are
written out as `Sides` and plain steps, conditions and variables are settled, `Only` and `{...}` are gone.
"""

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["both", "giver", "receiver"]
Audience = Literal["partner", "self", "rest"]
Guidance = Literal["full", "some", "sparse"]
CountdownKind = Literal["spoken", "tick", "bell"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: file name as shown to people, line and column from 1."""

    file: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Length:
    """A wish for time in frames: exact when least == most; `ideal` is what to take when nothing presses."""

    least: int
    ideal: int
    most: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A breath in frames: in, hold, out, hold; `sip` is the second in-breath of a sigh. `name` as written."""

    name: str
    breathe_in: int
    hold_in: int
    breathe_out: int
    hold_out: int = 0
    sip: int = 0

    @property
    def period(self) -> int:
        """One whole breath in frames."""
        return self.breathe_in + self.sip + self.hold_in + self.breathe_out + self.hold_out


@dataclass(frozen=True, slots=True)
class Say:
    """One spoken sentence. `opens` marks the first of a paragraph; voice and pace None take the session's."""

    text: str
    at: Place
    opens: bool = False
    to: Role = "both"
    voice: str | None = None
    pace: float | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Exactly this silence; the bed goes on."""

    frames: int
    at: Place


@dataclass(frozen=True, slots=True)
class Beat:
    """`---` between blocks: a breath of time, longer than a paragraph's gap."""

    at: Place


@dataclass(frozen=True, slots=True)
class Reminders:
    """Lines said in turn over a hold, `every` frames apart."""

    every: int
    lines: tuple[Say, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A line said inside a hold: `offset` frames from its start, from its end when negative, from its middle when None."""

    say: Say
    offset: int | None


@dataclass(frozen=True, slots=True)
class Countdown:
    """The last `count` seconds of a hold, counted."""

    count: int
    kind: CountdownKind


@dataclass(frozen=True, slots=True)
class Hold:
    """The work goes on for a length that may stretch; `beat` is strokes a minute."""

    length: Length
    at: Place
    weight: float = 1.0
    breathe: Pattern | None = None
    beat: float | None = None
    reminders: Reminders | None = None
    halfway: Say | None = None
    anchors: tuple[Anchor, ...] = ()
    countdown: Countdown | None = None


@dataclass(frozen=True, slots=True)
class Breathe:
    """Whole breaths: exactly `count`, or as many as fit `length` with the period bent by at most a tenth."""

    pattern: Pattern
    at: Place
    count: int | None = None
    length: Length | None = None


@dataclass(frozen=True, slots=True)
class Bell:
    """A signal, `count` times."""

    name: str
    at: Place
    count: int = 1


@dataclass(frozen=True, slots=True)
class Scene:
    """The bed changes over `fade` frames: `name` None turns it off; "" keeps the scene and moves only its controls.

    A bed that `breathes` follows the breath from here on."""

    name: str | None
    at: Place
    fade: int
    controls: tuple[tuple[str, float], ...] = ()
    breathes: bool = False


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A question and `wait` frames to answer it; one that is kept is asked whoever listens."""

    question: Say
    wait: int
    at: Place
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorded cue, named as the author wrote it; found beside `at.file`."""

    file: str
    at: Place
    to: Role = "both"


@dataclass(frozen=True, slots=True)
class Wait:
    """Live: until somebody says go, at most `most` frames; in a file 20 s."""

    most: int
    at: Place


Step = Say | Pause | Beat | Hold | Breathe | Bell | Scene | CheckIn | Recording | Wait


@dataclass(frozen=True, slots=True)
class Include:
    """`[include name, key = value]`: another script's sections."""

    name: str
    at: Place
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Only:
    """A paragraph for the first round only or for the later ones (None: for all), and only where every condition holds."""

    round: Literal["first", "again"] | None
    body: "tuple[Node, ...]"
    when: "tuple[Condition, ...]" = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """`when minutes >= 25`, `when position = seated`."""

    name: str
    sign: Literal["=", "!=", "<", "<=", ">", ">="]
    value: str
    at: Place


@dataclass(frozen=True, slots=True)
class Attributes:
    """The braces of a heading. `optional` is the drop order (higher first) or None; `tags` are pressure, area, technique."""

    least: int | None = None
    ideal: int | None = None
    most: int | None = None
    sides: tuple[str, ...] = ()
    repeat: int = 1
    between: int = 0
    optional: int | None = None
    keep: bool = False
    when: tuple[Condition, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it: level 1 is a chapter, level 2 a step inside one."""

    title: str
    at: Place
    body: "tuple[Node, ...]"
    level: int = 1
    attributes: Attributes = field(default_factory=Attributes)


@dataclass(frozen=True, slots=True)
class Sides:
    """Made by `unfold`: the same work for each side, `changes` said in between; every pass is owed the same working time."""

    passes: "tuple[tuple[Node, ...], ...]"
    changes: tuple[Say, ...]
    at: Place


Node = Step | Include | Only | Section | Sides


@dataclass(frozen=True, slots=True)
class Variable:
    """A blank the writer left for the person: `default` None must be filled, `choices` empty means anything."""

    name: str
    default: str | None
    choices: tuple[str, ...]
    ask: str
    at: Place


@dataclass(frozen=True, slots=True)
class Soundscape:
    """The bed a routine asks for: `level` in dB on the mix's own, controls 0..1; one that `breathes` follows the breath."""

    use: str | None
    level: float = 0.0
    controls: tuple[tuple[str, float], ...] = ()
    breathes: bool = False


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter, settled; None means the writer did not say."""

    title: str
    at: Place
    summary: str = ""
    audience: Audience | None = None
    minutes: Length | None = None
    voice: str | None = None
    pace: float | None = None
    language: str | None = None
    soundscape: Soundscape | None = None
    breathing: Pattern | None = None
    needs: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    variables: tuple[Variable, ...] = ()
    say: tuple[tuple[str, str], ...] = ()
    taper: bool = True
    guidance: Guidance | None = None
    author: str = ""
    license: str = ""
    reviewed: str = ""
    check: tuple[tuple[str, str | float], ...] = ()
    places: tuple[tuple[str, Place], ...] = ()

    def place(self, key: str) -> Place:
        """Where the value of a setting stands; the title's place for one that is not written."""
        return dict(self.places).get(key, self.at)


@dataclass(frozen=True, slots=True)
class Script:
    """A whole routine. `source` is the file name shown to people; `voices` are those that directions name, and where."""

    front: Front
    sections: tuple[Section, ...]
    source: str
    voices: tuple[tuple[str, Place], ...] = ()
