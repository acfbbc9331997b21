import socket
import threading
from hashlib import sha256
from pathlib import Path
from random import Random

import numpy as np
import pytest
from speech_kit import spoken, strange
from waiting import until_gone

from voiceguide.audio import RATE
from voiceguide.errors import UsageError, VoiceError
from voiceguide.loudness import speech_level
from voiceguide.speech import pool
from voiceguide.speech.narrator import DECODED, Narrator, voices
from voiceguide.speech.studio import Studio

__all__ = ["strange"]

LINES = [
    spoken("Rest both hands on the upper back.", 1),
    spoken("Breathe in for 4 s, and out for 6.", 2),
    spoken("Squeeze slowly, lift a little, and let go.", 3),
    spoken("And rest.", 4),
]


@pytest.fixture
def narrate(tmp_path):
    """Narrators that share a cache and are closed with the test."""
    opened = []

    def open_narrator(voice: str = "tone", **options: object) -> Narrator:
        opened.append(Narrator(voice, **{"cache": tmp_path / "clips", "jobs": 2, **options}))
        return opened[-1]

    yield open_narrator
    for narrator in opened:
        narrator.close()


def sound_of(narrator, lines=LINES):
    narrator.voice_all(lines)
    return sha256(b"".join(narrator.samples(line).tobytes() for line in lines)).hexdigest()


def entries(folder: Path):
    return sorted((folder / "clips").rglob("*.flac"))


def test_clips_are_as_long_as_they_say_levelled_and_read_only(narrate):
    narrator = narrate("system")
    narrator.voice_all(LINES)
    for line in LINES:
        clip, sound = narrator.clip(line), narrator.samples(line)
        assert (clip.frames, clip.voice, clip.reason) == (len(sound), "system", "")
        assert sound.dtype == np.float32
        assert speech_level(sound) == pytest.approx(-16, abs=0.5)
        assert not sound.flags.writeable
    assert narrator.fallbacks == narrator.notes == ()


@pytest.mark.parametrize("voice", ["tone", *(pytest.param(name, marks=pytest.mark.slow) for name in ("system:de", "heart"))])
def test_the_same_bytes_whatever_the_jobs_the_order_and_the_cache(narrate, tmp_path, voice):
    cold = sound_of(narrate(voice, jobs=1))
    warm = sound_of(narrate(voice, jobs=2))
    for path in entries(tmp_path)[::2]:
        path.unlink()
    half = sound_of(narrate(voice, jobs=2))
    backwards = narrate(voice, jobs=2, cache=tmp_path / "other")
    backwards.voice_all(LINES[::-1])
    nowhere = narrate(voice, cache=tmp_path / "clips" / entries(tmp_path)[0])
    assert cold == warm == half == sound_of(backwards) == sound_of(nowhere)


def test_a_warm_cache_starts_no_worker(narrate, monkeypatch):
    first = sound_of(narrate("system"))
    monkeypatch.setattr(pool, "Worker", None)
    assert sound_of(narrate("system")) == first


def test_only_voices_that_have_yet_to_speak_are_loaded_ahead(narrate, monkeypatch):
    warmed = []
    monkeypatch.setattr(Studio, "warm", lambda self, voice: warmed.append(voice))
    lines = [*LINES[:2], spoken("Sag es.", voice="system:de"), spoken("No such voice.", voice="nobody")]
    narrate().warm(lines)
    assert set(warmed) == {"tone", "system:de"}
    warmed.clear()
    first, again = narrate(), narrate()
    first.voice_all(LINES)
    first.warm(LINES)
    again.warm(LINES)
    assert warmed == []


def test_progress_counts_to_all_of_them(narrate):
    steps = []
    narrate().voice_all([*LINES, LINES[0]], lambda done, count: steps.append((done, count)))
    assert steps == [(number, 4) for number in (1, 2, 3, 4)]
    again = []
    narrate().voice_all([*LINES, spoken("One more.")], lambda done, count: again.append((done, count)))
    assert again == [(5, 5)]


def test_a_sentence_nobody_voiced_is_voiced_when_it_is_needed(narrate):
    narrator = narrate()
    assert len(narrator.samples(LINES[0])) == narrator.clip(LINES[0]).frames


def test_memory_holds_only_the_last_clips(narrate):
    narrator = narrate()
    lines = [spoken(f"Line {'x' * number}.") for number in range(3 * DECODED)]
    sound_of(narrator, lines)
    assert len(narrator._decoded) == DECODED


def test_estimates_and_gaps_start_nothing(narrate, monkeypatch):
    monkeypatch.setattr(pool, "Worker", None)
    narrator = narrate("heart")
    assert 1.5 * RATE < narrator.estimate(LINES[0].say, 1.0) < 3.5 * RATE
    assert narrator.estimate(LINES[0].say, 0.9) > narrator.estimate(LINES[0].say, 1.0)
    assert narrator.gap("sentence") < narrator.gap("paragraph") < narrator.gap("beat")


def test_speed_pace_voice_and_lexicon_of_a_line_are_heard(narrate):
    narrator = narrate(lexicon=(("roller", "roll"),))
    plain = narrator.clip(spoken("Use the ball."))
    assert narrator.clip(spoken("Use the ball.", speed=0.9)).frames > plain.frames
    assert narrator.clip(spoken("Use the ball.", pace=100.0)).frames > plain.frames
    assert narrator.clip(spoken("Use the ball.", voice="system")).voice == "system"
    assert narrator.clip(spoken("Use the roller.")).key == narrator.clip(spoken("Use the roll.")).key


@pytest.mark.slow
def test_clips_of_other_voices_speeds_or_texts_never_meet(narrate):
    keys = {
        narrate(voice, pace=pace).clip(spoken(text)).key
        for voice in ("tone", "system")
        for pace in (110, 125)
        for text in ("Rest.", "Rest!")
    }
    assert len(keys) == 8


QUICK = {"silence": "silence"}
SLOW = {
    "crash": "ended by signal 11",
    "long": "were expected",
    "fail": "RuntimeError: no words",
    "nothing": "no sound",
    "nan": "no numbers",
    "loud": "beyond full scale",
    "short": "words are missing",
    "unloadable": "the model is torn",
    "network": "may not use the network",
}


@pytest.mark.parametrize(
    ("voice", "reason"), [*QUICK.items(), *(pytest.param(*each, marks=pytest.mark.slow) for each in SLOW.items())]
)
def test_a_voice_that_fails_is_replaced_for_that_sentence_and_the_report_says_so(narrate, strange, voice, reason):
    narrator = narrate(f"strange:{voice}", language="de")
    line = spoken("Take the muscle between neck and shoulder, and squeeze.", 7)
    clip = narrator.clip(line)
    assert clip.voice == "system:de"
    assert reason in clip.reason
    (said,) = narrator.fallbacks
    assert said.startswith("routine.md:7:1: 'Take the muscle")
    assert "spoken by system:de" in said
    assert speech_level(narrator.samples(line)) == pytest.approx(-16, abs=0.5)


@pytest.mark.slow
@pytest.mark.parametrize("voice", ["hang", "stop", "stuck"])
def test_a_voice_that_hangs_is_replaced_in_time(narrate, strange, voice, monkeypatch):
    monkeypatch.setattr(pool, "BASE_SECONDS", 1.0)
    clip = narrate(f"strange:{voice}", language="de").clip(spoken("Rest both hands."))
    assert clip.voice == "system:de"
    assert "did not answer within" in clip.reason


@pytest.mark.slow
def test_a_voice_that_stumbles_once_is_asked_again_and_nobody_is_replaced(narrate, strange):
    narrator = narrate("strange:crash-once")
    narrator.voice_all(LINES)
    assert {narrator.clip(line).voice for line in LINES} == {"strange:crash-once"}
    assert narrator.fallbacks == ()


@pytest.mark.slow
def test_one_bad_sentence_does_not_cost_the_others_their_voice(narrate, strange):
    (strange / "strange.py").write_text(
        (strange / "strange.py")
        .read_text()
        .replace("def speak(self, text, speed):", "def speak(self, text, speed):\n        if 'muscle' in text: os._exit(1)")
    )
    lines = [spoken(f"Number {word}.") for word in ["one", "two", "three", "four", "five", "six", "seven", "eight"]]
    narrator = narrate("strange:good", language="de")
    narrator.voice_all([*lines[:4], spoken("The muscle."), *lines[4:]])
    assert {narrator.clip(line).voice for line in lines} == {"strange:good"}
    assert narrator.clip(spoken("The muscle.")).voice == "system:de"


@pytest.mark.slow
def test_the_default_voice_stands_in_for_english(narrate, strange):
    assert narrate("strange:fail").clip(LINES[0]).voice == "heart"


@pytest.mark.slow
def test_when_nothing_can_speak_it_is_an_error_with_its_place_and_every_reason(narrate, strange, monkeypatch):
    monkeypatch.setattr("voiceguide.speech.narrator.DEFAULT", "strange:silence")
    monkeypatch.setattr("voiceguide.speech.narrator.voices", lambda: ())
    monkeypatch.setattr("voiceguide.speech.narrator.LAST_RESORT", "strange:nan")
    with pytest.raises(VoiceError, match=r"routine\.md:1:1: no voice could say.*no words.*silence.*no numbers.*doctor"):
        narrate("strange:fail").voice_all(LINES[:1])


@pytest.mark.parametrize("text", ["😀", "…", "привет", "[[x]]"])
def test_a_sentence_no_voice_can_say_is_an_error(narrate, text):
    with pytest.raises(VoiceError, match=r"can say .*write it in words"):
        narrate().estimate(spoken(text, 9).say)


def test_signs_that_are_left_out_are_noted_once(narrate):
    narrator = narrate()
    for _ in range(2):
        narrator.clip(spoken("Smile 😀 now.", 5))
    assert narrator.notes == ("routine.md:5:1: left out what the voice cannot say: 😀",)


def test_a_voice_that_is_not_there_is_an_error_before_anything_is_spoken(narrate):
    with pytest.raises(UsageError, match="no voice 'hart'"):
        narrate("hart")
    with pytest.raises(VoiceError, match="voiceguide voices add emma"):
        narrate("emma")
    with pytest.raises(VoiceError, match=r"routine\.md:3:1: .*voices add emma"):
        narrate().estimate(spoken("Rest.", 3, voice="emma").say)


def test_damaged_clips_are_never_heard(narrate, tmp_path):
    clean = sound_of(narrate())
    random = Random(1)
    for path in entries(tmp_path):
        data = bytearray(path.read_bytes())
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        path.write_bytes(data)
    assert sound_of(narrate()) == clean


def test_a_clip_lost_between_voicing_and_mixing_is_recorded_again(narrate, tmp_path):
    narrator = narrate()
    narrator.voice_all(LINES)
    before = narrator.clip(LINES[2])
    for path in entries(tmp_path):
        path.unlink()
    assert len(narrator.samples(LINES[2])) == before.frames


def test_a_voice_that_never_says_it_twice_the_same_cannot_move_the_timeline(narrate, strange, tmp_path):
    narrator = narrate("strange:restless")
    narrator.voice_all(LINES[:1])
    for path in entries(tmp_path):
        path.unlink()
    with pytest.raises(VoiceError, match="differently each time"):
        narrator.samples(LINES[0])


def test_a_cache_that_cannot_be_used_is_one_note(narrate, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    narrator = narrate(cache=tmp_path / "file" / "clips")
    narrator.voice_all(LINES)
    assert len(narrator.samples(LINES[3])) > 0
    assert len(narrator.notes) == 1
    assert "cannot be used" in narrator.notes[0]


@pytest.mark.slow
def test_workers_end_with_the_narrator(narrate):
    with narrate("system") as narrator:
        narrator.voice_all(LINES)
        child = narrator._studio.pool("system").process
    until_gone(child)
    narrator.voice_all([spoken("It can begin again.")])


def test_an_interrupt_ends_it_at_once(narrate, strange):
    narrator = narrate("strange:good")

    def interrupt(done, count):
        raise KeyboardInterrupt

    lines = [spoken(f"Sentence {'again and ' * number} again.") for number in range(200)]
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        narrator.voice_all(lines, interrupt)
    assert len(narrator._clips) == 1
    assert threading.active_count() < before + 3


def test_nothing_is_fetched_while_speaking(narrate, monkeypatch):
    def refuse(*arguments):
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    narrator = narrate("system")
    narrator.voice_all(LINES)
    assert narrator.fallbacks == ()


def test_the_voices_can_be_listed_from_here():
    assert voices()[0].name == "heart"
