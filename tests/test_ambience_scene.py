"""Soundscapes as they are delivered: loud as promised, never startling, the same bits however they are read."""

import time
from functools import cache, partial
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide import library
from voiceguide.ambience import controls, measure, reading
from voiceguide.ambience.chunks import CHUNK
from voiceguide.ambience.recipe import CONTROLS
from voiceguide.ambience.scene import Scene, load_scene
from voiceguide.ambience.sounding import CEILING
from voiceguide.audio import RATE, Block, frames, gain
from voiceguide.errors import MediaError, RecipeError
from voiceguide.loudness import energies, integrated

FIND = partial(library.find, "soundscapes")
NAMES = sorted(path.stem for path in library.bundled("soundscapes").glob("*.toml"))
DOCUMENT = Path(__file__).parent.parent / "docs" / "soundscapes.md"


def opened(name: str, seed: int = 1, **values: float) -> Scene:
    return load_scene(name, seed=seed, controls=tuple(values.items()), find=FIND)


@cache
def minute(name: str) -> Block:
    block = opened(name).render(0, frames(60))
    block.flags.writeable = False
    return block


def lufs(block: Block) -> float:
    return integrated(energies(block))


def alike(block: Block, low: float, high: float) -> float:
    """Correlation of left and right between two frequencies."""
    spectra = np.fft.rfft(block, axis=0)[int(low * len(block) / RATE) : int(high * len(block) / RATE)]
    power = np.sum(np.abs(spectra) ** 2, axis=0)
    return float(np.sum(spectra[:, 0] * np.conj(spectra[:, 1])).real / np.sqrt(power.prod()))


def test_the_library_is_there_and_documented() -> None:
    assert len(NAMES) == 16
    text = DOCUMENT.read_text(encoding="utf-8")
    for name in NAMES:
        recipe = reading.read((library.bundled("soundscapes") / f"{name}.toml").read_bytes(), name)
        assert f"| `{name}` | {recipe.title} |" in text


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
class TestEverySoundscape:
    def test_it_has_the_four_controls_and_what_measuring_found(self, name: str) -> None:
        recipe = reading.read((library.bundled("soundscapes") / f"{name}.toml").read_bytes(), name)
        assert tuple(controls.available(recipe)) == CONTROLS
        assert recipe.measured is not None

    def test_it_is_as_loud_as_it_says(self, name: str) -> None:
        assert lufs(minute(name)) == pytest.approx(opened(name).loudness, abs=1)

    def test_its_swing_is_what_it_says(self, name: str) -> None:
        assert measure.loudness(energies(minute(name))).swing <= opened(name).swing + 1

    def test_nothing_startles(self, name: str) -> None:
        block = minute(name)
        assert measure.onset(energies(block)) <= 12
        assert measure.crest(block) <= 24
        assert np.abs(block).max() <= gain(opened(name).loudness + CEILING)

    def test_it_survives_one_loudspeaker_and_has_no_rumble(self, name: str) -> None:
        block = minute(name)
        assert measure.fold_down_loss(block) < 3
        power = np.abs(np.fft.rfft(block[:, 0])) ** 2
        assert power[: 25 * 60].sum() < 0.01 * power.sum()

    def test_bass_is_together_and_treble_apart(self, name: str) -> None:
        bass, treble = alike(minute(name), 60, 150), alike(minute(name), 4000, 8000)
        assert bass > 0.5
        assert treble < max(bass, 0.6)

    def test_no_seam_of_two_chunks_is_heard(self, name: str) -> None:
        bend = np.abs(np.diff(minute(name).mean(axis=1), 2))
        seams = np.arange(CHUNK, len(bend) - CHUNK, CHUNK)
        at_seams, elsewhere = (np.maximum(bend[seams + away - 1], bend[seams + away - 2]) for away in (0, 5_000))
        assert np.median(at_seams) < 1.5 * np.median(elsewhere)
        assert at_seams.max() < 2 * np.percentile(bend, 99.9)

    def test_any_size_of_reading_gives_the_same_bits(self, name: str) -> None:
        scene, begin = opened(name), 3 * CHUNK - 700
        for size, count in ((1, 1400), (441, 40), (4096, 8), (65_536, 1)):
            pieces = [scene.render(begin + number * size, size) for number in range(count)]
            assert np.array_equal(np.concatenate(pieces), minute(name)[begin : begin + size * count])

    def test_it_does_not_repeat(self, name: str) -> None:
        assert measure.repetition(minute(name)) <= 0.02

    def test_it_starts_at_once(self, name: str) -> None:
        began = time.thread_time()
        opened(name).render(0, 480)
        assert time.thread_time() - began < 0.25

    def test_seed_and_position_are_all_it_depends_on(self, name: str) -> None:
        assert np.array_equal(opened(name).render(frames(50), 5000), minute(name)[frames(50) : frames(50) + 5000])
        assert not np.array_equal(opened(name, seed=2).render(0, 5000), minute(name)[:5000])

    def test_it_plays_on_after_eight_hours_and_before_the_start(self, name: str) -> None:
        scene = opened(name)
        for start in (frames(8 * 3600), -frames(3)):
            block = scene.render(start, frames(2))
            assert np.isfinite(block).all()
            assert lufs(block) == pytest.approx(scene.loudness, abs=12)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.lists(st.tuples(st.integers(0, frames(59)), st.integers(0, 3 * CHUNK)), min_size=1, max_size=3),
)
def test_any_block_is_a_slice_of_the_whole(name: str, stretches: list[tuple[int, int]]) -> None:
    scene = CACHED(name)
    for start, count in stretches:
        part = minute(name)[start : start + count]
        assert np.array_equal(scene.render(start, len(part)), part)


CACHED = cache(opened)


def long_enough(scene: Scene) -> float:
    """Seconds after which the loudness of a scene has settled: the more it swings, the longer."""
    return min(20 + 20 * scene.swing, 150)


ENDS = [(name, control, float((row + column) % 2)) for row, name in enumerate(NAMES) for column, control in enumerate(CONTROLS)]
"""Every control of every soundscape at one end, and at each end in half of them; at both in all of them with `make soak`."""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "control", "value"), ENDS)
def test_a_control_at_its_end_changes_the_sound_and_not_the_loudness(name: str, control: str, value: float) -> None:
    turned(name, control, value)


def turned(name: str, control: str, value: float) -> None:
    """Hold a soundscape with one control turned to what is promised of it."""
    scene = opened(name, **{control: value})
    block = scene.render(0, frames(long_enough(scene)))
    pieces = energies(block)
    heard = measure.loudness(pieces)
    assert heard.level == pytest.approx(scene.loudness, abs=1)
    assert heard.swing <= scene.swing + 1
    assert measure.crest(block) <= 24
    assert measure.onset(pieces) <= 12
    assert not np.array_equal(block[:CHUNK], minute(name)[:CHUNK])


@pytest.mark.parametrize("name", NAMES)
def test_width_zero_is_mono_and_calm_is_calmer(name: str) -> None:
    left, right = opened(name, width=0.0).render(0, CHUNK).T
    assert np.array_equal(left, right)
    calm, wild = (opened(name, calm=value) for value in (1.0, 0.0))
    assert calm.swing <= wild.swing


def test_rain_is_as_loud_at_any_setting_of_two_controls() -> None:
    block = opened("rain", intensity=1.0, distance=0.8).render(0, frames(20))
    assert lufs(block) == pytest.approx(-27, abs=1.5)


@pytest.mark.parametrize(
    ("values", "words"),
    [({"intensty": 0.5}, "no control 'intensty'; did you mean 'intensity'?"), ({"calm": 1.5}, "controls go from 0 to 1")],
)
def test_a_control_that_is_not_there_or_out_of_range_is_refused(values: dict[str, float], words: str) -> None:
    with pytest.raises(RecipeError) as caught:
        opened("rain", **values)
    assert words in str(caught.value)


def garden(folder: Path, seconds: float = 12.0, level: float = 0.003) -> Path:
    sound = np.random.default_rng(5).standard_normal((int(seconds * 44_100), 2)) * level
    soundfile.write(folder / "garden.flac", sound, 44_100)
    return folder


@pytest.mark.slow
def test_a_person_s_own_recording_is_a_soundscape(tmp_path: Path) -> None:
    scene = load_scene("garden.flac", seed=1, find=FIND, beside=garden(tmp_path))
    assert lufs(scene.render(frames(300), frames(10))) == pytest.approx(-27, abs=1)
    assert scene.loudness == -27
    wide, far = (
        load_scene("garden.flac", seed=1, find=FIND, beside=tmp_path, controls=[(one, 1.0)]) for one in ("width", "distance")
    )
    assert lufs(wide.render(0, frames(10))) == pytest.approx(-27, abs=1)
    assert lufs(far.render(0, frames(10))) == pytest.approx(-27, abs=1)


@pytest.mark.slow
def test_a_folder_of_recordings_is_a_soundscape_and_says_who_made_them(tmp_path: Path) -> None:
    inside = tmp_path / "garden"
    inside.mkdir()
    garden(inside).joinpath("garden.flac").rename(inside / "one.flac")
    garden(inside, level=0.05).joinpath("garden.flac").rename(inside / "two.flac")
    (inside / "read me.txt").write_text("mine")
    scene = load_scene("garden/", seed=1, find=FIND, beside=tmp_path)
    assert lufs(scene.render(0, frames(30))) == pytest.approx(-27, abs=1)
    recipe = 'title = "Two"\n[[layer]]\nid = "a"\ntype = "recording"\nfile = "garden"\nauthor = "Ann"\nlicense = "CC0-1.0"\n'
    (tmp_path / "two.toml").write_text(recipe)
    assert load_scene("two.toml", seed=1, find=FIND, beside=tmp_path).credits == ("garden: by Ann, CC0-1.0",)


@pytest.mark.slow
def test_a_damaged_recording_plays_with_a_note(tmp_path: Path) -> None:
    content = (garden(tmp_path) / "garden.flac").read_bytes()
    (tmp_path / "garden.flac").write_bytes(content[: len(content) // 2])
    (note,) = load_scene("garden.flac", seed=1, find=FIND, beside=tmp_path).notes
    assert note.startswith("garden.flac: damaged or cut short")


def test_a_sound_in_memory_is_a_soundscape() -> None:
    sound = (np.random.default_rng(5).standard_normal((frames(10), 2)) * 0.01).astype(np.float32)
    scene = load_scene("my bed", seed=1, find=FIND, given={"my bed": sound})
    assert lufs(scene.render(0, frames(10))) == pytest.approx(-27, abs=1)


HEARTH = """\
title = "Rain and a garden"
[[layer]]
id = "rain"
type = "scene"
use = "rain"
controls = { intensity = 0.8 }
[[layer]]
id = "garden"
type = "recording"
file = "garden.flac"
level = -6
"""


@pytest.mark.slow
def test_soundscapes_lie_inside_one_another_with_recordings_beside_the_recipe(tmp_path: Path) -> None:
    (garden(tmp_path) / "both.toml").write_text(HEARTH)
    scene = load_scene("both.toml", seed=1, find=FIND, beside=tmp_path)
    block = scene.render(0, frames(20))
    assert lufs(block) == pytest.approx(-27, abs=1)
    assert np.array_equal(scene.render(1234, 999), block[1234 : 1234 + 999])


def test_a_soundscape_that_uses_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop.toml").write_text('title = "Loop"\n[[layer]]\nid = "again"\ntype = "scene"\nuse = "loop.toml"\n')
    with pytest.raises(RecipeError, match="does one use itself"):
        load_scene("loop.toml", seed=1, find=FIND, beside=tmp_path)


def test_a_recipe_may_not_reach_out_of_its_folder(tmp_path: Path) -> None:
    garden(tmp_path)
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "bad.toml").write_text(HEARTH.replace('"garden.flac"', '"../garden.flac"'))
    with pytest.raises(MediaError, match="leads out"):
        load_scene("bad.toml", seed=1, find=FIND, beside=inner)


def test_a_stretch_of_no_frames_is_empty() -> None:
    assert opened("brown-noise").render(RATE, 0).shape == (0, 2)
