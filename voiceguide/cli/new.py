"""`voiceguide new`: a commented routine to begin from."""

from pathlib import Path

import click

from voiceguide.cli import options, starter

STARTER = """---
title: {title}
for: rest
minutes: {{least: 4, ideal: 6, most: 10}}
soundscape: ocean
breathing: extended
cautions: [lung trouble, heart trouble]
variables:
  name: {{default: my friend, ask: Who is it for?}}
---

> Lines that begin like this one are notes for readers and never spoken. Everything else is: a paragraph is spoken sentence by
> sentence. `for` is partner, self or rest. Say who it is for and what is needed; listen early, and cut words.

# Arrive {{ideal 45s}}

Sit or lie down, {{name}}, and let yourself be comfortable. [pause 3s] There is nothing to do yet.

> `{{name}}` is a blank: `--set name=Sam` fills it, and without that it is the default of the front matter.

> A heading is a section, and a chapter in the file. Its braces are wishes: `{{ideal 45s}}`, `{{1m-3m}}`, `{{optional}}`, or
> `{{each side}}`.

# Breathe

Breathe in softly, and let the breath out take its time. If you feel light-headed, breathe as you like.

[breathe extended x4]

> `[pause 3s]` is exactly three seconds. `[hold 1m-8m]` stretches, so that the session has the length you ask for.

# Rest

Let the breath go its own way now, and feel where the body is heavy.

[hold 1m-8m, remind every 60s "Nothing to do." | "Heavy, and at ease." | "Let the floor hold you."]

# Come back {{ideal 30s}}

Move your fingers, then your feet. [pause 4s] Open your eyes when you like.

[bell bowl]
"""


@click.command(
    epilog="Example: voiceguide new evening.md && voiceguide check evening.md && voiceguide export evening.md --for 6m"
)
@click.argument("path", type=click.Path(path_type=Path))
@options.force
def command(path: Path, force: bool) -> None:
    """Write a starter routine with notes, to make your own.

    PATH is the new Markdown file; its name becomes the title.
    """
    from voiceguide.cli import screen

    target = starter.write(path, written, like="evening.md", force=force)
    screen.out(str(target))
    screen.say(f"now write in it, and: voiceguide check {screen.typed(target)}")


def written(name: str) -> str:
    """The starter routine, titled after the file `name`."""
    spoken = starter.words(name, "my routine")
    return STARTER.format(title=starter.title(spoken))
