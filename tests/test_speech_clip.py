from dataclasses import replace

from voiceguide.speech import clip
from voiceguide.speech.clip import Utterance

HERE = Utterance("Breathe in.", "tone", 0.8)


def test_the_key_is_made_of_everything_the_sound_depends_on(monkeypatch):
    other = [
        replace(HERE, text="Breathe out."),
        replace(HERE, voice="system:de"),
        replace(HERE, speed=0.801),
    ]
    keys = {HERE.key, *(each.key for each in other)}
    assert len(keys) == 4
    assert HERE.key == Utterance("Breathe in.", "tone", 0.8).key
    monkeypatch.setattr(clip, "version_of", lambda voice: "tone 2")
    assert HERE.key not in keys
