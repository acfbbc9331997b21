"""Where soundscapes come from: names, recipe files, sound files, sounds in memory."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voiceguide import library
from voiceguide.ambience.recipe import Noise, Recording
from voiceguide.ambience.sources import LONGEST, Sources, alone, credited
from voiceguide.audio import RATE
from voiceguide.errors import MediaError, RecipeError

FIND = partial(library.find, "soundscapes")
SMALL = 'title = "Small"\n[[layer]]\nid = "bed"\ntype = "noise"\n'


def test_a_bare_name_is_looked_up() -> None:
    recipe, folder = Sources(FIND).recipe("rain")
    assert (recipe.name, recipe.category) == ("rain", "rain")
    assert folder == library.bundled("soundscapes")


def test_a_recipe_file_is_found_beside_the_routine_and_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "small.toml").write_text(SMALL)
    recipe, folder = Sources(FIND, tmp_path / "mine").recipe("small.toml")
    assert isinstance(recipe.layers[0], Noise)
    assert folder == (tmp_path / "mine").resolve()
    for name in ("../mine/small.toml", "/etc/passwd.toml", "missing.toml"):
        with pytest.raises(MediaError):
            Sources(FIND, tmp_path / "mine").recipe(name)


def test_an_unknown_name_says_how_to_see_the_names() -> None:
    with pytest.raises(RecipeError, match="no soundscape 'rian'; `voiceguide soundscapes` lists them"):
        Sources(FIND).recipe("rian")


def test_a_folder_or_fifo_in_the_place_of_a_recipe_is_refused(tmp_path: Path) -> None:
    import os

    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    for name in ("folder.toml", "pipe.toml"):
        with pytest.raises(MediaError, match=r"regular file|opened"):
            Sources(FIND, tmp_path).recipe(name)


def test_a_sound_file_stands_for_a_recipe_of_one_recording(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "my garden.flac", np.zeros((RATE, 2)), RATE)
    sources = Sources(FIND, tmp_path)
    recipe, folder = sources.recipe("my garden.flac")
    assert isinstance(recipe.layers[0], Recording)
    assert recipe.name == "my garden"
    assert [one.frames for one in sources.recordings(recipe.layers[0].file, folder)] == [RATE]


def test_a_given_sound_comes_before_any_file() -> None:
    sound = np.ones((LONGEST + 10, 2), np.float32)
    sources = Sources(FIND, given={"rain": sound})
    recipe, folder = sources.recipe("rain")
    assert recipe == alone("rain")
    assert [one.frames for one in sources.recordings("rain", folder)] == [LONGEST]


def test_a_folder_stands_for_all_its_recordings(tmp_path: Path) -> None:
    (tmp_path / "garden").mkdir()
    for name in ("b.wav", "a.flac"):
        soundfile.write(tmp_path / "garden" / name, np.zeros((RATE, 2)), RATE)
    recipe, folder = Sources(FIND, tmp_path).recipe("garden/")
    assert (recipe.name, recipe.layers[0].id) == ("garden", "recording")
    assert [one.name for one in Sources(FIND, tmp_path).recordings("garden/", folder)] == ["garden/a.flac", "garden/b.wav"]


def test_who_made_a_recording_is_told_and_nothing_where_nothing_is_said() -> None:
    said = replace(alone("x.flac"), layers=(Recording(id="a", file="a.flac", author="Ann", license="CC0-1.0"),))
    assert credited(said) == ("a.flac: by Ann, CC0-1.0",)
    assert credited(alone("x.flac")) == ()
