"""`voiceguide config`: every setting, its value, and where that was written."""

import click

from voiceguide.cli import options


@click.command(epilog="Example: voiceguide config --json")
@click.option("--path", is_flag=True, help="Print where the config.toml is, or would be.")
@options.as_json
@options.plain
def command(path: bool, json_: bool, plain: bool) -> None:
    """Show every setting and where its value comes from.

    Settings are written into config.toml, one a line, such as: voice = "heart". A routine's front matter is stronger,
    and an option on the command line is strongest.
    """
    from voiceguide.cli import screen
    from voiceguide.settings import SETTINGS, config_layer, config_path, settle

    if path:
        screen.out(str(config_path()))
        return
    settings = settle(config_layer())
    values = {name: getattr(settings, name) for name in SETTINGS}
    if json_:
        screen.emit([{"name": name, "value": value, "source": settings.source(name)} for name, value in values.items()])
        return
    rows = [(name, _written(value), settings.source(name), SETTINGS[name].meaning) for name, value in values.items()]
    screen.table(("setting", "value", "from", "meaning"), rows, plain=plain)


def _written(value: object) -> str:
    """A value as config.toml has it; text without its quotes."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)
