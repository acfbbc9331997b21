import pytest
from speech_kit import spoken
from speech_piper import RATE, tiny_model

from voiceguide.errors import UsageError, VoiceError
from voiceguide.speech import piper
from voiceguide.speech.narrator import Narrator

__all__ = ["tiny_model"]


@pytest.mark.needs("piper", "onnx")
def test_a_model_in_the_persons_folder_is_listed_and_speaks_by_name(tiny_model, tmp_path):
    model = tiny_model()
    piper.folder().mkdir(parents=True)
    for file in (model, model.with_name(f"{model.name}.json")):
        file.rename(piper.folder() / file.name)
    (info,) = piper.voices()
    assert (info.name, info.language) == ("piper:en_XX-hum-low", "en-XX")
    with Narrator(info.name, cache=tmp_path / "clips") as narrator:
        line = spoken("Rest both hands on the back.")
        assert narrator.clip(line).voice == info.name
        assert narrator.fallbacks == ()


@pytest.mark.needs("piper", "onnx")
def test_speed_stretches_the_sentence(tiny_model):
    voice = piper.load(str(tiny_model()))
    assert voice.rate == RATE
    assert len(voice.speak("Rest.", 0.5)) == 2 * len(voice.speak("Rest.", 1.0))


@pytest.mark.needs("piper", "onnx")
def test_another_model_of_the_same_name_is_another_version(tiny_model):
    model = tiny_model()
    before = piper.version(str(model))
    other = model.with_name("other.onnx")
    other.write_bytes(model.read_bytes() + b"\n")
    other.with_name("other.onnx.json").write_bytes(model.with_name(f"{model.name}.json").read_bytes())
    assert piper.version(str(other)) != before


def test_without_a_model_the_list_says_how_to_get_one():
    (info,) = piper.voices()
    assert not info.installed
    assert "pip install 'voiceguide[piper]'" in info.how
    assert str(piper.folder()) in info.how


def test_a_model_that_is_not_there_says_where_it_was_looked_for(tmp_path):
    with pytest.raises(VoiceError, match=r"there is no .*/piper/joe\.onnx"):
        piper.model_path("joe")
    (tmp_path / "lone.onnx").write_bytes(b"")
    with pytest.raises(VoiceError, match=r"lone\.onnx\.json"):
        piper.model_path(str(tmp_path / "lone.onnx"))
    with pytest.raises(UsageError, match="name the Piper model"):
        piper.model_path("")
