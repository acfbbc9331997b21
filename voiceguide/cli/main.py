"""Where a command begins and ends: signals, errors in words, exit codes.

Nothing heavy is imported before the signals are in place, and a command imports what it needs when it runs.

    0 done   1 failed   2 a wrong name or option   3 the script has errors   4 no sound device   5 cannot write
    129 the terminal was closed   130 Ctrl-C   143 ended by the system
"""

import errno
import gc
import os
import signal
import sys
from collections.abc import Sequence
from functools import partial
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

    from voiceguide.errors import VoiceguideError

SELDOM = 50_000
"""New objects after which a collection of garbage comes; while modules are imported it finds nothing, and takes a tenth."""

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ONE_WISH_SECONDS = 1.0
HOW_TO_REPORT = "please report it with what the same command prints when --debug is added"


class Stopped(BaseException):
    """Ctrl-C, a closed terminal, or the system asked the program to end; everything open is closed on the way out."""

    def __init__(self, code: int) -> None:
        self.code = code


def main() -> None:
    """Run the command that the process was started with, and end the process with its exit code."""
    gc.set_threshold(SELDOM)
    try:
        for number in ENDINGS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup stays nohup
                signal.signal(number, _stop)
        _fill_streams()
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
        code = run(sys.argv[1:])
    except Stopped as stopped:
        code = _ended("stopped", code=stopped.code)
    _let_go()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; whatever went wrong has been said on stderr."""
    try:
        code = _command(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            return _ended("error: there is no space left where the output goes; free some, or send it elsewhere", code=5)
        if "--debug" in arguments:
            raise
        return _ended(f"error: a fault in voiceguide itself ({type(error).__name__}: {error}); {HOW_TO_REPORT}", code=1)


def _fill_streams() -> None:
    """Nothing in place of a stream that was closed: no file may get its number and what is said there."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))


def _let_go() -> None:
    """What could not be said is let go of, or Python would try again at its end and change the exit code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _stop(number: int, frame: FrameType | None) -> None:
    """The first signal ends the command cleanly; one that still comes later ends the process at once."""
    del frame
    for each in ENDINGS:
        if signal.getsignal(each) is _stop:
            signal.signal(each, partial(_insist, monotonic()))
    raise Stopped(128 + number)


def _insist(first: float, number: int, frame: FrameType | None) -> None:
    """A closing terminal, `timeout` and an impatient hand send several at once: they are one wish."""
    del frame
    if monotonic() - first > ONE_WISH_SECONDS:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)


def _command(arguments: Sequence[str]) -> int:
    import click

    from voiceguide.cli.commands import commands
    from voiceguide.errors import VoiceguideError

    try:
        code = commands.main([word for word in arguments if word != "--debug"], prog_name="voiceguide", standalone_mode=False)
    except click.Abort as stop:
        if isinstance(stop.__cause__, EOFError):  # nothing here asks for input, so an end of it is no wish to stop
            raise stop.__cause__ from None
        return _ended("stopped", code=130)
    except click.ClickException as error:
        return _wrong_usage(error)
    except VoiceguideError as error:
        return _ended(*_in_words(error), code=error.exit_code)
    return code if isinstance(code, int) else 0


def _wrong_usage(error: "click.ClickException") -> int:
    context = getattr(error, "ctx", None)
    hint = [f"try: {context.command_path} --help"] if context else []
    told = error.format_message()
    takes_words = context and any(each.param_type_name == "argument" for each in context.command.params)
    pieces = takes_words and told.startswith("Got unexpected extra argument")
    quotes = "; a name or a path with spaces stands in quotes" if pieces else ""
    return _ended(f"error: {told}{quotes}", *hint, code=error.exit_code)


def _in_words(error: "VoiceguideError") -> list[str]:
    from voiceguide.cli.problems import sentence
    from voiceguide.errors import RecipeError, ScriptErrors

    if isinstance(error, ScriptErrors | RecipeError):
        also = error.also if isinstance(error, ScriptErrors) else ()
        return [*map(sentence, error.problems), *(line for each in also for line in _in_words(each))]
    return [f"error: {line}" for line in str(error).split("\n")]


def _ended(*lines: str, code: int) -> int:
    from voiceguide.cli.screen import say

    for line in lines:
        say(line)
    return code
