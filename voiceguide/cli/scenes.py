"""`voiceguide soundscapes render` and `preview`: soundscapes by themselves, as a sound file or a picture."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli import names, options

if TYPE_CHECKING:
    from voiceguide.ambience.scene import Scene
    from voiceguide.audio import Block
    from voiceguide.cli.screen import Progress
    from voiceguide.plan.timeline import Chapter

BLOCK = 65_536
EACH, FADE = 10, 1
MINUTE = 60
SECONDS, SEEDS = options.between(0.1, 8.0 * 3600), options.between(0, 2**31 - 1)

seeded = click.option(
    "--seed", callback=SEEDS, default="1", metavar="N", show_default=True, help="The same seed gives the same sound."
)


@click.command(epilog="Example: voiceguide soundscapes render ocean --seconds 60 --control calm=0.8 -o sea.flac --svg sea.svg")
@click.argument("name", shell_complete=names.soundscapes)
@click.option("--seconds", callback=SECONDS, default="28", metavar="N", show_default=True, help="How long.")
@seeded
@click.option("--control", "controls", multiple=True, callback=options.numbers, metavar="NAME=0..1", help="Turn a control.")
@click.option("--bits", type=click.Choice(["16", "24"]), default="16", show_default=True, help="Bits a sample in WAV and FLAC.")
@options.picture("A picture of its first minute: what sounds when.")
@options.output("The file to write: .wav, .flac or .mp3. Without it and without a picture, the name with .wav, here.")
@options.force
@options.plain
def render(
    name: str,
    seconds: float,
    seed: int,
    controls: dict[str, float],
    bits: str,
    svg: Path | None,
    output: Path | None,
    force: bool,
    plain: bool,
) -> None:
    """Write a soundscape to a file by itself, or draw it.

    NAME is a soundscape, or the path of a .toml or sound file, or of a folder of sound files. It is as loud as its recipe
    delivers it.
    """
    from voiceguide.audio import frames
    from voiceguide.cleantext import filename, tag
    from voiceguide.cli import screen

    title, length = tag(Path(name).stem), frames(seconds)
    target = output or (None if svg else Path(filename(title, ".wav")))
    targets = _checked(target, svg, Path(name), force)
    with screen.progress(plain=plain) as progress:
        progress("opening", 0, 1)
        scene = opened(name, seed, controls)
        progress("opening", 1, 1)
        if target:
            _save(_blocks(scene, length), target, title, length, int(bits), force, progress)
        if svg:
            _draw(title, scene, svg, force, progress)
    for each in targets:
        screen.out(str(each))


@click.command(epilog="Example: voiceguide soundscapes preview rain ocean stream -o three.mp3")
@click.argument("given", nargs=-1, metavar="[NAME]...", shell_complete=names.soundscapes)
@seeded
@options.output("The file to write: .wav, .flac or .mp3. Without it, soundscapes.wav, here.")
@options.force
@options.plain
def preview(given: tuple[str, ...], seed: int, output: Path | None, force: bool, plain: bool) -> None:
    """Write ten seconds of each soundscape to a file.

    All of them in a row, or those that are named. Each is a chapter of the file, and stderr says which begins when.
    """
    from voiceguide.ambience.medley import lasting, medley
    from voiceguide.audio import clock, frames
    from voiceguide.cli import screen
    from voiceguide.export.save import kind_of
    from voiceguide.files import check_target
    from voiceguide.library import soundscapes
    from voiceguide.plan.timeline import Chapter

    chosen, target = given or tuple(soundscapes()), output or Path("soundscapes.wav")
    kind_of(target)
    check_target(target, force=force)
    each, fade = frames(EACH), frames(FADE)
    length = lasting(len(chosen), each, fade)
    starts = [*range(0, length - fade, each - fade), length]
    chapters = [Chapter(name, start, end, 1) for name, (start, end) in zip(chosen, pairwise(starts), strict=True)]
    blocks = medley((opened(name, seed, {}) for name in chosen), each, fade)
    with screen.progress(plain=plain) as progress:
        _save(blocks, target, "Soundscapes", length, 16, force, progress, chapters)
    for chapter in chapters:
        screen.say(f"{clock(chapter.start)}  {chapter.title}")
    screen.out(str(target))


def opened(name: str, seed: int, controls: dict[str, float]) -> "Scene":
    """The soundscape that a person means by a name or a path."""
    from voiceguide import library
    from voiceguide.ambience.scene import load_scene

    path = library.locate("soundscapes", name)
    known = f"{path.name}/" if path.is_dir() else path.name
    beside, known = (None, name) if library.NAME.fullmatch(name) else (path.parent, known)
    find = partial(library.find, "soundscapes")
    return load_scene(known, seed=seed, controls=tuple(controls.items()), find=find, beside=beside)


def _checked(target: Path | None, svg: Path | None, source: Path, force: bool) -> list[Path]:
    """The files to write, refused before any work where they cannot be."""
    from voiceguide.export.save import kind_of
    from voiceguide.files import check_apart, check_target

    if target:
        kind_of(target)
    targets = [each for each in (target, svg) if each]
    for number, each in enumerate(targets):
        check_target(each, force=force)
        check_apart(each, [source, *targets[:number]])
    return targets


def _blocks(scene: "Scene", length: int) -> "Iterator[Block]":
    for start in range(0, length, BLOCK):
        yield scene.render(start, min(BLOCK, length - start))


def _save(
    blocks: "Iterator[Block]",
    target: Path,
    title: str,
    length: int,
    bits: int,
    force: bool,
    progress: "Progress",
    chapters: "Sequence[Chapter]" = (),
) -> None:
    from voiceguide.export import cover
    from voiceguide.export.save import kind_of, save
    from voiceguide.export.tags import Tags

    tags, told = Tags(title, cover.draw(title)), partial(progress, "mixing")
    kind = kind_of(target)
    save(blocks, target, kind=kind, frames=length, tags=tags, chapters=lambda: chapters, bits=bits, force=force, progress=told)


def _draw(title: str, scene: "Scene", target: Path, force: bool, progress: "Progress") -> None:
    """A picture of the first minute."""
    import numpy as np

    from voiceguide.audio import frames
    from voiceguide.cli.spectrogram import picture
    from voiceguide.files import atomic_write

    parts: list[Block] = []
    for block in _blocks(scene, frames(MINUTE)):
        parts.append(block)
        progress("drawing", len(parts) * BLOCK, frames(MINUTE))
    with atomic_write(target, force=force) as file:
        file.write(picture(title, np.concatenate(parts), scene.loudness).encode())
