import pytest
from speech_kit import strange
from waiting import until_gone

from voiceguide.errors import VoiceError
from voiceguide.speech import pool
from voiceguide.speech.clip import Utterance
from voiceguide.speech.flac import decode
from voiceguide.speech.studio import Studio

__all__ = ["strange"]

TEXT = "Rest both hands on the upper back."


@pytest.fixture
def studio():
    opened = Studio(2)
    yield opened
    opened.close()


def test_a_good_take_is_a_finished_clip(studio):
    data, lowered = studio.record(Utterance(TEXT, "tone", 1.0))
    assert len(decode(data)) == pytest.approx(48_000 * len(TEXT) / 14, rel=0.02)
    assert lowered == 0


def test_a_take_that_is_no_speech_is_refused(studio, strange):
    with pytest.raises(VoiceError, match="silence"):
        studio.record(Utterance(TEXT, "strange:silence", 1.0))


def test_each_voice_has_one_pool_and_all_end_together(studio, strange):
    first = studio.pool("strange:good")
    assert studio.pool("strange:good") is first
    studio.record(Utterance(TEXT, "strange:good", 1.0))
    studio.record(Utterance(TEXT, "strange:chatty", 1.0))
    children = [studio.pool(f"strange:{name}").process for name in ("good", "chatty")]
    studio.close()
    for child in children:
        until_gone(child)


def test_a_voice_is_warmed_in_its_own_process_and_asked_there(studio, strange):
    studio.warm("strange:good")
    child = studio.pool("strange:good").process
    studio.record(Utterance(TEXT, "strange:good", 1.0))
    assert studio.pool("strange:good").process == child
    studio.warm("tone")


def test_the_tone_needs_no_process(studio, monkeypatch):
    monkeypatch.setattr(pool, "Worker", None)
    assert studio.record(Utterance(TEXT, "tone", 1.0))
