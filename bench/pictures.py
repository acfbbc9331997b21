"""What every bundled soundscape looks and measures like over its first minute.

python bench/pictures.py             print the numbers
python bench/pictures.py --write     draw docs/soundscapes/NAME.svg and write numbers and pictures into docs/soundscapes.md
"""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from voiceguide import library
from voiceguide.ambience import measure, reading
from voiceguide.ambience.scene import load_scene
from voiceguide.audio import Block, frames
from voiceguide.cli.spectrogram import picture
from voiceguide.loudness import energies

PAGE = Path(__file__).parent.parent / "docs" / "soundscapes.md"
FOLDER = PAGE.with_suffix("")
BEGIN, END = "<!-- pictures -->\n", "<!-- end of pictures -->"
HEAD = "| name | loudness, LUFS | loudest 3 s, dB over it | onset, dB | crest, dB | range of 10 s, dB | lost in mono, dB |"
RULE = "|---|---|---|---|---|---|---|"


def row(name: str, minute: Block) -> str:
    pieces = energies(minute)
    heard = measure.loudness(pieces)
    numbers = (
        heard.level,
        heard.swing,
        measure.onset(pieces),
        measure.crest(minute),
        measure.level_range(pieces),
        measure.fold_down_loss(minute),
    )
    return f"| `{name}` | {' | '.join(f'{number:.1f}' for number in numbers)} |"


def minutes() -> Iterator[tuple[str, str, float, Block]]:
    """Name, title, loudness as delivered and sound of each."""
    for path in sorted(library.bundled("soundscapes").glob("*.toml")):
        scene = load_scene(path.stem, seed=1, find=partial(library.find, "soundscapes"))
        title = reading.read(path.read_bytes(), path.stem).title
        yield path.stem, title, scene.loudness, scene.render(0, frames(60))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    print(f"{HEAD}\n{RULE}")
    rows, pictures = [HEAD, RULE], []
    for old in FOLDER.glob("*.svg") if write else ():
        old.unlink()
    for name, title, loudness, minute in minutes():
        rows.append(row(name, minute))
        print(rows[-1], flush=True)
        if write:
            FOLDER.mkdir(exist_ok=True)
            (FOLDER / f"{name}.svg").write_text(picture(title, minute, loudness), encoding="utf-8")
            pictures.append(f"![{title}: a minute of it](soundscapes/{name}.svg)")
    if write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        told = "\n".join(rows) + "\n\n" + "\n\n".join(pictures)
        PAGE.write_text(f"{before}{BEGIN}{told}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
