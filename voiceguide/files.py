"""Files out: whole or not at all. The only place in the package that creates a file somebody asked for.

The bytes go to `.NAME.part-PID` beside the target, reach the disk, and take the target's name in one step; so the target is
the old file, absent, or complete, whatever kills the program. Temporaries of processes that died are cleared by the next run.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from voiceguide.errors import OutputError

LONGEST_NAME = 255

REMEDIES = {
    errno.ENOSPC: ("the disk is full", "free some space or write elsewhere"),
    errno.EDQUOT: ("the disk quota is used up", "free some space or write elsewhere"),
    errno.EFBIG: ("the file grew beyond what this system allows", "choose a smaller kind of file or another disk"),
    errno.EIO: ("the disk reported a fault", "check the disk or write elsewhere"),
    errno.EROFS: ("the disk is read-only", "write elsewhere"),
    errno.EACCES: ("no permission to write there", "change the folder's permissions or write elsewhere"),
    errno.EPERM: ("no permission to write there", "change the folder's permissions or write elsewhere"),
    errno.EEXIST: ("a file of the temporary's name is in the way", "remove it or write elsewhere"),
    errno.ENOENT: ("the folder is gone", "write elsewhere"),
    errno.ENAMETOOLONG: ("the name is too long", "choose a shorter one"),
    errno.EMFILE: ("too many files are open", "close some programs and try again"),
    errno.ENFILE: ("too many files are open", "close some programs and try again"),
}


@contextmanager
def atomic_write(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """A seekable binary file, readable too, that becomes `path` when the block ends well and vanishes on any exception.

    Raises OutputError as `check_target` does, and when the disk refuses: full, faulty, forbidden.
    """
    check_target(path, force=force)
    _clear_stale(path)
    temporary = _temporary(path, os.getpid())
    try:
        with _create(temporary) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105
        _sync_folder(path.parent)
    except OSError as error:
        if error.errno not in REMEDIES:
            raise
        raise _explain(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def check_target(path: Path, *, force: bool = False) -> None:
    """Refuse a target that cannot become a file, before any work: OutputError says why and what to do."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return _check_folder(path)
    except (OSError, ValueError) as error:
        raise _explain(error, path) from error
    if stat.S_ISDIR(mode):
        raise OutputError(f"{path}: this is a folder; give the name of a file, in it or elsewhere")
    if stat.S_ISLNK(mode):
        raise OutputError(f"{path}: this is a link; name the file it points to, or remove the link")
    if not stat.S_ISREG(mode):
        raise OutputError(f"{path}: this is a device or a pipe, which cannot be replaced by a file; choose another name")
    if not force:
        raise OutputError(f"{path}: there is a file of this name already; use --force to replace it, or choose another name")
    return _check_folder(path)


def check_apart(path: Path, others: Iterable[Path]) -> None:
    """Refuse a target that is one of the files it is made from, or of those written beside it: OutputError."""
    for other in others:
        if os.path.realpath(path) == os.path.realpath(other):
            raise OutputError(f"{path}: this file is used here already, and would be lost; choose another name")


def _check_folder(path: Path) -> None:
    if len(os.fsencode(_temporary(path, os.getpid()).name)) > LONGEST_NAME:
        raise _explain(OSError(errno.ENAMETOOLONG, "too long"), path)
    if not path.parent.is_dir():
        raise OutputError(f"{path}: there is no folder {path.parent}; make it first, or write elsewhere")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise _explain(PermissionError(errno.EACCES, "no write access"), path)


def _temporary(path: Path, process: int) -> Path:
    return path.with_name(f".{path.name}.part-{process}")


def _create(temporary: Path) -> BinaryIO:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    return os.fdopen(os.open(temporary, flags, 0o666), "w+b")


def _clear_stale(path: Path) -> None:
    prefix = f".{path.name}.part-"
    with suppress(OSError):
        for other in path.parent.iterdir():
            owner = other.name.removeprefix(prefix)
            if other.name.startswith(prefix) and owner.isdecimal() and not _is_alive(int(owner)):
                other.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    """Whether another process of this number runs; our own number on an old file is a dead process's, used again."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _explain(error: OSError | ValueError, path: Path) -> OutputError:
    known = REMEDIES.get(error.errno or 0) if isinstance(error, OSError) else None
    reason, remedy = known or (str(error), "write elsewhere")
    return OutputError(f"{path}: cannot be written: {reason}; {remedy}")
