"""What a soundscape recipe can say: one table of keys, from which the reader, the documents and their tests are made.

Each dataclass is a table of the TOML file and each field a key, with the values it accepts and its meaning. Levels of layers
are in dB of power against a flat noise bed, because that is how a balance is heard; the whole is brought to its loudness by
`measured.gain`. Times are in seconds, frequencies in Hz, rates per second.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from voiceguide.ambience.keys import (
    Amounts,
    Curve,
    Ends,
    Key,
    Level,
    Maps,
    Number,
    Numbers,
    OneOf,
    Pair,
    Part,
    Parts,
    Points,
    Range,
    Text,
    Words,
)

CONTROLS = ("intensity", "calm", "distance", "width")
FORMAT = 1

FLAT_BED = -23.0
"""dBFS of the flat noise bed that levels of layers are against."""

COHERENCE: Curve = ((100.0, 0.8), (1000.0, 0.25), (8000.0, 0.1))

HZ = Range(20, 20_000, "Hz")
LEVEL = Level(-60, 24)
DRIFT = Number(0, 3, "Hz")
WANDERS = "how far each partial wanders around its pitch; at 0 it is dead steady"


@dataclass(frozen=True, slots=True, kw_only=True)
class Modulation:
    """One slow random movement of a noise's level."""

    rate: Annotated[float, Key(Number(0.01, 60, "Hz"), "how fast it wanders")]
    depth: Annotated[float, Key(Number(0, 12, "dB"), "standard deviation in dB")]
    shared: Annotated[float, Key(Number(0, 1), "share of the movement that all frequencies make together")] = 0.5
    band: Annotated[Pair, Key(HZ, "only these frequencies move")] = (20.0, 20_000.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A slow random movement of how often events come, or how loud partials are."""

    rate: Annotated[float, Key(Number(0.01, 10, "Hz"), "how fast it wanders")]
    depth: Annotated[float, Key(Number(0, 2), "standard deviation, as a natural logarithm of the rate")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swell:
    """The slow coming and going of each partial of a drone."""

    rate: Annotated[float, Key(Number(0.01, 2, "Hz"), "how fast it wanders")]
    depth: Annotated[float, Key(Number(0, 12, "dB"), "standard deviation in dB")]


SLOW_SWELL = Swell(rate=0.09, depth=5.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grain:
    """A short burst of noise: what one drop, or one bubble of foam, sounds like."""

    decay: Annotated[Pair, Key(Range(0.0002, 0.05, "s"), "time to fall by 8.7 dB, shortest and longest")]
    freq: Annotated[Pair, Key(HZ, "resonance, lowest and highest")]
    q: Annotated[Pair, Key(Range(0.1, 20), "sharpness of the resonance")] = (0.5, 3.0)
    attack: Annotated[float, Key(Number(0.0001, 0.05, "s"), "time to rise")] = 0.0002
    body: Annotated[float, Key(Number(0, 2), "part of the burst that passes beside the resonance")] = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """What an event sets off: fire crackles in bursts."""

    more: Annotated[float, Key(Number(0, 20), "how many follow each, on average")]
    within: Annotated[float, Key(Number(0.001, 0.1, "s"), "how long after, on average")]
    softer: Annotated[float, Key(Number(0, 20, "dB"), "how much softer they are, typically")] = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Song:
    """What one call of a cricket or a bird is made of: whistled syllables."""

    syllables: Annotated[Pair, Key(Range(1, 80), "how many, fewest and most")]
    length: Annotated[Pair, Key(Range(0.004, 0.25, "s"), "of a syllable; each caller keeps its own")]
    gap: Annotated[Pair, Key(Range(0, 0.5, "s"), "from one syllable to the next; each caller keeps its own")]
    freq: Annotated[Pair, Key(HZ, "pitch, lowest and highest; each caller keeps its own")]
    bend: Annotated[float, Key(Number(0, 1), "how far the pitch glides, at most, as a share of it")] = 0.0
    variety: Annotated[float, Key(Number(0, 1), "how much the syllables of a caller differ in pitch, as a share of it")] = 0.0
    overtone: Annotated[float, Key(Number(0, 1), "amplitude of the octave above")] = 0.1
    echo: Annotated[float, Key(Level(-60, 6), "the wood around, against the song")] = -60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """Noise with a spectrum that moves."""

    id: Annotated[str, Key(Text(), "the layer's name")]
    level: Annotated[float, Key(LEVEL, "power against a flat noise bed")] = 0.0
    spectrum: Annotated[Curve, Key(Points(-60, 40), "per ERB band; without it the scene's own")] = ()
    frame: Annotated[int, Key(OneOf((512, 1024, 2048, 4096)), "frames of one spectrum: long for calm, short for lively")] = 2048
    coherence: Annotated[Curve, Key(Points(0, 1, ""), "likeness of left and right at frequencies")] = COHERENCE
    mods: Annotated[tuple[Modulation, ...], Key(Parts(Modulation), "slow movements")] = ()
    follow: Annotated[Literal["shore", ""], Key(OneOf(("shore",)), "rises and falls with the scene's `[shore]`")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Grains at random times."""

    id: Annotated[str, Key(Text(), "the layer's name")]
    level: Annotated[float, Key(LEVEL, "power of all events together")]
    rate: Annotated[float, Key(Number(0.05, 2000, "per s"), "how many")]
    spread: Annotated[float, Key(Number(0, 12, "dB"), "standard deviation of their levels in dB")] = 5.0
    pan: Annotated[float, Key(Number(0, 1), "how far they lie to the sides")] = 0.95
    grain: Annotated[Grain, Key(Part(Grain), "what each sounds like")]
    cluster: Annotated[Cluster | None, Key(Part(Cluster), "what each sets off")] = None
    activity: Annotated[Activity | None, Key(Part(Activity), "slow movement of the rate")] = None
    follow: Annotated[Literal["shore", ""], Key(OneOf(("shore",)), "comes and goes with the scene's `[shore]`")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubbles:
    """Ringing bubbles of air in water at random times."""

    id: Annotated[str, Key(Text(), "the layer's name")]
    level: Annotated[float, Key(LEVEL, "power of all bubbles together")]
    rate: Annotated[float, Key(Number(0.05, 2000, "per s"), "how many")]
    spread: Annotated[float, Key(Number(0, 12, "dB"), "standard deviation of their levels in dB")] = 5.0
    pan: Annotated[float, Key(Number(0, 1), "how far they lie to the sides")] = 0.9
    freq: Annotated[Pair, Key(Range(100, 12_000, "Hz"), "pitch, lowest and highest")]
    slope: Annotated[float, Key(Number(0.2, 5), "above 1 there are more low ones")] = 1.0
    damping: Annotated[float, Key(Number(0.2, 10), "above 1 they ring shorter than in still water")] = 1.5
    rise: Annotated[float, Key(Number(0, 1), "how far the pitch of rising ones climbs")] = 0.15
    rising: Annotated[float, Key(Number(0, 1), "share of bubbles whose pitch rises")] = 0.4
    attack: Annotated[float, Key(Number(0.0001, 0.05, "s"), "time to swell")] = 0.0004
    activity: Annotated[Activity | None, Key(Part(Activity), "slow movement of the rate")] = None
    follow: Annotated[Literal["shore", ""], Key(OneOf(("shore",)), "comes and goes with the scene's `[shore]`")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """Crickets or birds: callers, each with its own place, pitch and rhythm, who rest now and then."""

    id: Annotated[str, Key(Text(), "the layer's name")]
    level: Annotated[float, Key(LEVEL, "power of all callers together")]
    callers: Annotated[int, Key(Number(1, 16, whole=True), "how many")]
    period: Annotated[Pair, Key(Range(0.05, 60, "s"), "from call to call; each caller keeps its own")]
    jitter: Annotated[float, Key(Number(0, 1), "how irregular, as a share of the period")] = 0.1
    rest: Annotated[float, Key(Number(0, 0.95), "share of the time that a caller is silent")] = 0.0
    turn: Annotated[float, Key(Number(1, 300, "s"), "how long a caller goes on before it may rest or sing")] = 15.0
    farther: Annotated[float, Key(Number(0, 40, "dB"), "how much softer the farthest caller is than the nearest")] = 20.0
    spread: Annotated[float, Key(Number(0, 12, "dB"), "standard deviation of a caller's levels in dB")] = 1.0
    pan: Annotated[float, Key(Number(0, 1), "how far they lie to the sides")] = 0.8
    song: Annotated[Song, Key(Part(Song), "what a call sounds like")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bowls:
    """Singing bowls: each stroke swells, then every partial rings away as a slowly beating pair."""

    id: Annotated[str, Key(Text(), "the layer's name")]
    level: Annotated[float, Key(LEVEL, "power against a flat noise bed")] = 0.0
    notes: Annotated[tuple[float, ...], Key(Numbers(Number(20, 2000, "Hz"), 8), "pitches, one chosen for each stroke")]
    every: Annotated[float, Key(Number(4, 120, "s"), "from stroke to stroke")]
    jitter: Annotated[float, Key(Number(0, 1), "how irregular, as a share of `every`")] = 0.4
    spread: Annotated[float, Key(Number(0, 6, "dB"), "standard deviation of the strokes' levels in dB")] = 1.5
    swell: Annotated[float, Key(Number(0.02, 5, "s"), "time to swell")] = 0.6
    ring: Annotated[float, Key(Number(1, 20, "s"), "time for the lowest partial to fall by 8.7 dB")] = 9.0
    beat: Annotated[float, Key(Number(0, 5, "Hz"), "beating of the lowest partial")] = 0.35
    drift: Annotated[float, Key(DRIFT, WANDERS)] = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Heart:
    """A beating heart, as it is heard with an ear on a chest."""

    id: Annotated[str, Key(Text(), "the layer's name")]
    level: Annotated[float, Key(LEVEL, "power against a flat noise bed")] = 0.0
    rate: Annotated[float, Key(Number(30, 120, "per min"), "beats")] = 56.0
    sway: Annotated[float, Key(Number(0, 0.3), "how far a beat comes early or late, as a share of the time between two")] = 0.06
    spread: Annotated[float, Key(Number(0, 6, "dB"), "standard deviation of the beats' levels in dB")] = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Drone:
    """Held notes, each a pair of slightly different partials that come and go."""

    id: Annotated[str, Key(Text(), "the layer's name")]
    level: Annotated[float, Key(LEVEL, "power against a flat noise bed")] = 0.0
    notes: Annotated[tuple[float, ...], Key(Numbers(Number(20, 2000, "Hz"), 8), "fundamentals")]
    partials: Annotated[int, Key(Number(1, 8, whole=True), "partials of each note")] = 4
    fall: Annotated[float, Key(Number(0, 30, "dB"), "how much softer each partial is than the one below")] = 7.0
    detune: Annotated[Pair, Key(Range(0, 30, "cents"), "how far left and right are apart")] = (1.0, 5.0)
    swell: Annotated[Swell, Key(Part(Swell), "coming and going")] = SLOW_SWELL
    drift: Annotated[float, Key(DRIFT, WANDERS)] = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recording, played for ever by joining pieces of it in new orders."""

    id: Annotated[str, Key(Text(), "the layer's name")]
    level: Annotated[float, Key(LEVEL, "power against a flat noise bed")] = 0.0
    file: Annotated[str, Key(Text(), "sound file beside the recipe, or a folder of them")]
    segment: Annotated[Pair, Key(Range(0.5, 60, "s"), "length of a piece")] = (2.0, 5.0)
    fade: Annotated[float, Key(Number(0.05, 5, "s"), "how long two pieces overlap")] = 0.8
    source: Annotated[str, Key(Text(), "where it comes from")] = ""
    license: Annotated[str, Key(Text(), "its licence")] = ""
    author: Annotated[str, Key(Text(), "who made it")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """Another soundscape inside this one; at level 0 it is as loud as a flat noise bed."""

    id: Annotated[str, Key(Text(), "the layer's name")]
    level: Annotated[float, Key(LEVEL, "power against a flat noise bed")] = 0.0
    use: Annotated[str, Key(Text(), "name of the soundscape")]
    controls: Annotated[tuple[tuple[str, float], ...], Key(Amounts(Number(0, 1)), "its controls")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shore:
    """Waves on a beach: two trains of them, each wave a crash that rises and a wash that falls."""

    period: Annotated[float, Key(Number(2, 60, "s"), "from wave to wave; the second train is 1.43 times as slow")]
    jitter: Annotated[float, Key(Number(0, 1), "how irregular, as a share of the period")]
    spread: Annotated[float, Key(Number(0, 6, "dB"), "standard deviation of the waves' heights in dB")] = 1.0
    rise: Annotated[float, Key(Number(0.3, 10, "s"), "time to rise")]
    decay: Annotated[float, Key(Number(0.3, 20, "s"), "time to fall")]
    lag: Annotated[float, Key(Number(0, 3, "s"), "how much later high frequencies break")] = 0.0
    wash: Annotated[float, Key(Number(0, 3), "how much longer high frequencies wash")] = 0.0
    depth: Annotated[float, Key(Number(0, 30, "dB"), "from a crest down to the trough in dB")]
    floor: Annotated[float, Key(Level(-40, 0), "the steady sea behind")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What one control moves; at its default the recipe sounds as written."""

    default: Annotated[float, Key(Number(0, 1), "where the recipe stands as written")] = 0.5
    maps: Annotated[tuple[tuple[str, Pair], ...], Key(Maps(), "targets and their change at 0 and at 1")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What measuring found at the two ends of one control."""

    gain: Annotated[Pair, Key(Ends(-40, 40, "dB"), "more gain needed at 0 and at 1")] = (0.0, 0.0)
    swing: Annotated[Pair, Key(Ends(-40, 40, "dB"), "more swing at 0 and at 1")] = (0.0, 0.0)


UNMOVED = Moved()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Written by `bench/soundscapes.py --measure`, held by a test; without it the scene is measured when it is opened."""

    gain: Annotated[float, Key(Number(-60, 60, "dB"), "from the layers' levels to `loudness`")]
    swing: Annotated[float, Key(Number(0, 40, "dB"), "how far the loudest 3 s rise above `loudness`")]
    intensity: Annotated[Moved, Key(Part(Moved), "with that control")] = UNMOVED
    calm: Annotated[Moved, Key(Part(Moved), "with that control")] = UNMOVED
    distance: Annotated[Moved, Key(Part(Moved), "with that control")] = UNMOVED
    width: Annotated[Moved, Key(Part(Moved), "with that control")] = UNMOVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """The four controls; one that is left out does nothing and cannot be set."""

    intensity: Annotated[Control | None, Key(Part(Control), "how much is going on")] = None
    calm: Annotated[Control | None, Key(Part(Control), "how even it is")] = None
    distance: Annotated[Control | None, Key(Part(Control), "how far away it is")] = None
    width: Annotated[Control | None, Key(Part(Control), "how far it spreads to the sides")] = None


NO_CONTROLS = Controls()

LayerRecipe = Noise | Events | Bubbles | Calls | Bowls | Heart | Drone | Recording | Nested

LAYERS: dict[str, type[LayerRecipe]] = {
    "noise": Noise,
    "events": Events,
    "bubbles": Bubbles,
    "calls": Calls,
    "bowls": Bowls,
    "heart": Heart,
    "drone": Drone,
    "recording": Recording,
    "scene": Nested,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A whole soundscape; the reader adds `name` (the file's name without `.toml`)."""

    name: str = ""
    format: Annotated[int, Key(OneOf((FORMAT,)), "version of these rules")] = FORMAT
    title: Annotated[str, Key(Text(), "name for people")]
    tags: Annotated[tuple[str, ...], Key(Words(), "words to find it by")] = ()
    category: Annotated[str, Key(Text(), "the kind of real sound it is compared with", "class")] = ""
    loudness: Annotated[float, Key(Number(-60, -14, "LUFS"), "how loud it is delivered")] = -27.0
    seed: Annotated[int, Key(Number(0, 1_000_000, whole=True), "mixed with the session's seed")] = 0
    spectrum: Annotated[Curve, Key(Points(-60, 40), "long-term spectrum per ERB band")] = ((1000.0, 0.0),)
    eq: Annotated[Curve, Key(Points(-24, 24), "correction of all layers")] = ()
    tilt: Annotated[float, Key(Level(-12, 12, "dB per octave"), "turns the spectrum around 1 kHz")] = 0.0
    highpass: Annotated[float, Key(Number(20, 500, "Hz"), "nothing below: keeps rumble out")] = 30.0
    width: Annotated[float, Key(Number(0, 2), "0 is mono, 1 as the layers are, above 1 wider")] = 1.0
    shore: Annotated[Shore | None, Key(Part(Shore), "waves for layers that follow them")] = None
    controls: Annotated[Controls, Key(Part(Controls), "what a listener may turn")] = NO_CONTROLS
    measured: Annotated[Measured | None, Key(Part(Measured), "written by measuring")] = None
    layers: Annotated[tuple[LayerRecipe, ...], Key(Parts(LAYERS), "the sources of sound", "layer")]
