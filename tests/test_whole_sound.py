"""How a finished file sounds, by other meters than our own: ffmpeg, pyloudnorm and plain arithmetic on the decoded MP3.

One routine with every kind of sound, spoken by the default voice, once over a soundscape and once without. What cannot be told
apart in a file, the bed under the words, is taken from the parts that the mixer adds up.
"""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from meter_kit import meter
from numpy.typing import NDArray
from programs import program
from whole_kit import decoded

from voiceguide.audio import RATE as S
from voiceguide.mix.mixer import Mixer
from voiceguide.plan.timeline import Cue, Timeline
from voiceguide.session import open_session

pytestmark = pytest.mark.slow

Sound = NDArray[np.floating]

ROUTINE = """---
title: Every sound
for: self
soundscape: rain
---

# Arrive

Sit down, and rest both hands in your lap. Let the shoulders sink a little.

The breath comes and goes by itself. Nothing needs to be done about it just now.

[pause 2s] Softly now. [pause 2s] Softly now.

[pause 2s]

[bell chime]

[breathe extended x2]

# Shoulders

Squeeze the shoulder slowly, then let it go. Keep the elbow soft, and the hand warm.

[hold 14s, beat 30/min, countdown 3 tick]

# Waves

[soundscape ocean, fade 3s]

Now listen to the water for a while. There is no need to count the waves.

[hold 8s]

[bell soft]

[bell bowl]
The bell rings on. [pause 3s] You can let it go when it fades.

# Finish

[soundscape rain, fade 3s]

Rest your hands where they are. [hold 12s] Thank you for taking this time.
"""


@dataclass(frozen=True)
class Heard:
    """A session's timeline, its sound and its parts, all (n, 2); `sound` is the decoded MP3, in `lush` the sum of the parts."""

    timeline: Timeline
    sound: Sound
    voice: Sound
    bed: Sound
    signals: Sound
    free: Sound

    @cached_property
    def energy(self) -> Sound:
        return weighted(self.sound)

    @property
    def spoken(self) -> list[Cue]:
        return [cue for cue in self.timeline.cues if cue.track == "voice"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sound")


@pytest.fixture(scope="module")
def exported(folder: Path) -> Iterator[dict[str, Heard]]:
    (folder / "every.md").write_text(ROUTINE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        yield {mix: _heard(folder, mix) for mix in ("clear", "lush", "off")}


def _heard(folder: Path, mix: str) -> Heard:
    file = folder / f"{mix}.mp3"
    with open_session(folder / "every.md", overrides={"mix": mix, "cache_dir": folder / "cache"}) as session:
        timeline, mixer = session.plan(), session.mixer()
        parts = mixer.stems(timeline, 0, timeline.length)
        if mix != "lush":
            session.export(file)
    sound = parts.sum() if mix == "lush" else decoded(file)
    return Heard(
        timeline, sound, parts.voice, parts.bed, parts.signals, _free(mixer, timeline) if mix == "clear" else parts.bed
    )


def _free(mixer: Mixer, timeline: Timeline) -> Sound:
    """The bed as it is when nobody speaks and nothing beats."""
    tones = tuple(cue for cue in timeline.cues if cue.track == "breath")
    alone = replace(timeline, cues=tones, starts=tuple(cue.start for cue in tones))
    return mixer.stems(alone, 0, timeline.length).bed


@pytest.fixture(scope="module", params=["clear", "lush"])
def heard(request: pytest.FixtureRequest, exported: dict[str, Heard]) -> Heard:
    return exported[request.param]


def weighted(sound: Sound) -> Sound:
    """Energy so far at each frame, K-weighted by pyloudnorm's filters, sides added."""
    sides = sound.T.astype(float)
    for stage in meter(S)._filters.values():
        sides = np.stack([stage.apply_filter(side) for side in sides])
    return np.concatenate([[0.0], np.cumsum(np.square(sides).sum(axis=0))])


def running(energy: Sound, length: int, start: int, end: int, step: int = S // 100) -> Sound:
    """LUFS of each stretch of `length` within [start, end), every 10 ms."""
    at = np.arange(start, max(start + 1, end - length + 1), step)
    return np.asarray(-0.691 + 10 * np.log10(np.maximum((energy[at + length] - energy[at]) / length, 1e-20)))


def said(energy: Sound, cue: Cue) -> float:
    """LUFS of what is said in a cue: 400 ms at a time, without the pauses 10 LU under the rest."""
    levels = running(energy, min(2 * S // 5, cue.end - cue.start), cue.start, cue.end)
    power = 10 ** (levels / 10)
    return float(10 * np.log10(power[power > power.mean() / 10].mean()))


def test_speech_is_at_its_loudness_and_every_cue_near_it(exported: dict[str, Heard]) -> None:
    heard = exported["off"]
    together = np.concatenate([heard.sound[cue.start : cue.end] for cue in heard.spoken]).astype(float)
    whole = meter(S).integrated_loudness(together)
    assert whole == pytest.approx(-16, abs=0.5)
    energy = heard.energy
    levels = [said(energy, cue) for cue in heard.spoken]
    assert levels == pytest.approx([whole] * len(levels), abs=1.5)
    gains = [cue.content.gain for cue in heard.spoken]
    assert max(gains) - min(gains) <= 2


@pytest.mark.parametrize("mix", ["clear", "off"])
def test_true_peaks_stay_under_one_decibel(exported: dict[str, Heard], folder: Path, mix: str) -> None:
    told = subprocess.run(
        [
            program("ffmpeg"),
            "-nostdin",
            "-hide_banner",
            "-i",
            folder / f"{mix}.mp3",
            "-af",
            "ebur128=peak=true",
            "-f",
            "null",
            "-",
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stderr
    assert float(re.findall(r"Peak:\s+(-?[\d.]+) dBFS", told)[-1]) <= -1.0


@pytest.mark.parametrize(("mix", "under"), [("clear", 20), ("lush", 14)])
def test_the_bed_is_far_below_everything_that_is_said(exported: dict[str, Heard], mix: str, under: float) -> None:
    heard = exported[mix]
    bed, voice = weighted(heard.bed + heard.signals), weighted(heard.voice)
    for cue in heard.spoken:
        below = running(bed, cue.end - cue.start, cue.start, cue.end)[0]
        assert said(voice, cue) - below >= under, cue.text


@pytest.mark.parametrize(("mix", "between"), [("clear", -14), ("lush", -9)])
def test_between_words_the_bed_is_where_the_mix_says(exported: dict[str, Heard], mix: str, between: float) -> None:
    heard = exported[mix]
    before, after = heard.spoken[-2:]
    start, end = before.end + 5 * S // 2, after.start - S
    level = running(heard.energy, end - start, start, end)[0]
    assert level + 16 == pytest.approx(between, abs=1)


def test_the_bed_makes_way_early_slowly_and_does_not_pump(exported: dict[str, Heard]) -> None:
    """The bed's gain, every 50 ms: what it is over what it would be if nobody spoke; under a beat, as before and after it."""
    heard, step, fine = exported["clear"], S // 20, S // 100
    slope = _gain(heard, fine)
    assert np.abs(slope[10:] - slope[:-10]).max() / 0.1 <= 30
    gain = _gain(heard, step)
    long_gaps = 0
    for cue, following in pairwise(heard.spoken):
        gap, last, first = following.start - cue.end, cue.end // step, following.start // step
        if gap < 4 * S:
            assert np.ptp(gain[last:first]) < 2, f"pumps after {cue.text}"
        elif gap > 5 * S:
            long_gaps += 1
            assert gain[last + 30 - 2] < -0.1, f"back before 1.5 s after {cue.text}"
            assert abs(gain[last + 50 + 1]) < 0.2, f"not back 2.5 s after {cue.text}"
            assert gain[first - 8] < -0.2, f"does not make way before {following.text}"
            assert abs(gain[first - 14]) < 0.2, f"makes way too early for {following.text}"
    assert long_gaps >= 3


def _gain(heard: Heard, step: int) -> Sound:
    """dB by which the bed is turned down, every `step` frames."""
    gain = _level(heard.bed, step) - _level(heard.free, step)
    there = np.arange(len(gain))
    for cue in heard.timeline.cues:
        if cue.kind == "beat":
            there[cue.start // step - 1 : cue.end // step + 2] = -1
    there = there[there >= 0]
    return np.asarray(np.interp(np.arange(len(gain)), there, gain[there])[: (heard.timeline.length - 13 * S) // step])


def _level(sound: Sound, step: int) -> Sound:
    power = np.square(sound[: len(sound) // step * step], dtype=float).reshape(-1, 2 * step).mean(axis=1)
    return np.asarray(10 * np.log10(np.maximum(power, 1e-20)))


def test_nothing_startles(heard: Heard) -> None:
    """No 100 ms without speech is more than 12 dB over the 2 s before it."""
    power = np.concatenate([[0.0], np.cumsum(np.square(heard.sound, dtype=float).sum(axis=1))])
    speaking = np.zeros(heard.timeline.length + 1)
    for cue in heard.spoken:
        speaking[cue.start : cue.end] = 1
    words = np.concatenate([[0.0], np.cumsum(speaking)])
    at = np.arange(2 * S, heard.timeline.length - S // 10, S // 100)
    now, before = power[at + S // 10] - power[at], (power[at] - power[at - 2 * S]) / 20
    rise = np.where((words[at + S // 10] == words[at]) & (now > 1e-7), 10 * np.log10(np.maximum(now, 1e-12) / before), -99)
    assert rise.max() <= 12, f"at {at[rise.argmax()] / S:.2f} s"


def test_signals_are_heard_and_never_louder_than_speech(heard: Heard) -> None:
    energy = weighted(heard.signals)
    strokes = [cue for cue in heard.timeline.cues if cue.track == "signal" and cue.kind != "beat"]
    assert {cue.content.name for cue in strokes} == {"chime", "soft", "bowl", "closing", "tick"}
    for cue in strokes:
        loudest = running(energy, 2 * S // 5, cue.start, min(cue.end, cue.start + 2 * S)).max()
        assert -40 <= loudest <= -16, cue.text


def test_it_begins_and_ends_gently(heard: Heard) -> None:
    length = heard.timeline.length
    power = running(heard.energy, S // 2, 0, length)

    def at(second: float) -> float:
        return float(power[int(second * 100)])

    assert at(0) < at(1) < at(2.4)
    assert at(0) < at(2.4) - 10
    assert heard.spoken[0].start >= 0.6 * S
    assert length - heard.spoken[-1].end >= 8 * S
    bed_energy = weighted(heard.bed)
    bed = running(bed_energy, S, length - 13 * S, length, S)
    assert (np.diff(bed[2:]) < 0.5).all()
    assert bed[-1] < bed[0] - 25
    assert bed[-4] < bed[0] - 8
    closing = next(cue for cue in heard.timeline.cues if cue.text == "[closing]")
    assert closing.start - heard.spoken[-1].end >= S
    rung = running(weighted(heard.signals), 2 * S // 5, closing.start, closing.start + S).max()
    assert rung >= running(bed_energy, 2 * S // 5, closing.start, closing.start + S).mean() + 2


def test_a_pause_is_exact_to_the_frame_and_words_are_where_they_belong(exported: dict[str, Heard]) -> None:
    heard = exported["off"]
    first, second = (cue for cue in heard.spoken if cue.text == "Softly now.")
    assert second.start - first.end == 2 * S
    length = first.end - first.start
    piece = heard.sound[first.start : first.end, 0].astype(float)
    place = heard.sound[second.start - 1000 : second.start + length + 1000, 0].astype(float)
    assert int(np.correlate(place, piece, "valid").argmax()) == 1000
    loud = np.abs(heard.sound).max(axis=1)
    tones = [cue for cue in heard.timeline.cues if cue.track != "voice"]
    alone = [c for c in heard.spoken if all(t.end < c.start - S // 4 or t.start > c.start + S // 10 for t in tones)]
    for threshold in (-50, -45):
        over = loud > 10 ** (threshold / 20)
        late = [abs(int(np.flatnonzero(over[cue.start - S // 5 : cue.end])[0]) - S // 5) / S for cue in alone]
        assert np.mean(np.array(late) <= 0.005) >= 0.95, dict(zip([c.text for c in alone], late, strict=True))


def test_the_pace_is_that_of_the_passages(exported: dict[str, Heard]) -> None:
    """Words and time of sentences that follow one another, each with its gap; a pause that the writer set ends a passage."""
    words, time = 0, 0.0
    for cue, following in pairwise(exported["clear"].spoken):
        gap = (following.start - cue.end) / S
        if 0.85 <= gap <= 1.6:
            words += len(cue.text.split())
            time += (following.start - cue.start) / S
    assert words > 30
    assert 120 <= words / time * 60 <= 130


def test_it_is_never_silent_and_never_clicks(heard: Heard) -> None:
    loud = np.abs(heard.sound).max(axis=1)
    assert (loud[: heard.timeline.length - 12 * S].reshape(-1, 48) > 0).any(axis=1).all()
    edge = np.abs(np.diff(heard.sound, 2, axis=0)).max(axis=1)
    for cue in heard.timeline.cues:
        for at in (cue.start, cue.end):
            if S < at < heard.timeline.length - S:
                around = np.sort(edge[at - S // 10 : at + S // 10])[-50:]
                assert edge[at - 96 : at + 96].max() <= 3 * np.median(around), f"{cue.text} at {at / S:.2f} s"


def test_nothing_is_lost_in_mono(heard: Heard) -> None:
    mono = np.repeat(heard.sound.mean(axis=1, keepdims=True), 2, axis=1)
    both, one = heard.energy, weighted(mono)
    for cue in heard.timeline.cues:
        end = min(cue.end, heard.timeline.length)
        if cue.end - cue.start > S:
            assert 10 * np.log10((both[end] - both[cue.start]) / (one[end] - one[cue.start])) <= 3, cue.text
