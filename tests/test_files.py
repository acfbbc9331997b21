import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from voiceguide.errors import OutputError
from voiceguide.files import atomic_write, check_target

OLD, NEW = b"old" * 1000, b"new" * 1000


def write(path: Path, content: bytes = NEW, *, force: bool = False) -> None:
    with atomic_write(path, force=force) as file:
        file.write(content)


def write_and_fail(path: Path, fault: BaseException | None) -> None:
    with atomic_write(path, force=True) as file:
        file.write(NEW)
        if fault:
            raise fault


def left_in(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def test_the_file_is_there_when_the_block_ends_and_not_before(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with atomic_write(path) as file:
        file.write(NEW)
        file.seek(0)
        assert file.read(3) == NEW[:3]
        assert not path.exists()
    assert path.read_bytes() == NEW
    assert left_in(tmp_path) == {"a.wav"}


def test_an_existing_file_needs_force(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(OLD)
    with pytest.raises(OutputError, match="--force"):
        write(path)
    assert path.read_bytes() == OLD
    write(path, force=True)
    assert path.read_bytes() == NEW


@pytest.mark.parametrize("fault", [ValueError("mine"), KeyboardInterrupt(), SystemExit(143), OSError(errno.EPIPE, "a pipe")])
def test_whatever_goes_wrong_leaves_the_old_file_and_no_trace(tmp_path: Path, fault: BaseException) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(OLD)
    with pytest.raises(type(fault)):
        write_and_fail(path, fault)
    assert path.read_bytes() == OLD
    assert left_in(tmp_path) == {"a.wav"}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG, errno.EROFS, errno.EMFILE])
@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_failing_disk_is_told_in_words_at_every_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, step: str
) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(OLD)

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    if step != "write":
        monkeypatch.setattr(os, step, refuse)
    with pytest.raises(OutputError) as told:
        write_and_fail(path, OSError(code, os.strerror(code)) if step == "write" else None)
    monkeypatch.undo()
    assert str(path) in str(told.value)
    assert "cannot be written" in str(told.value)
    assert ";" in str(told.value)
    assert path.read_bytes() == OLD
    assert left_in(tmp_path) == {"a.wav"}


def test_a_file_grown_too_large_is_an_output_error(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from voiceguide.errors import OutputError; from voiceguide.files import atomic_write\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10000, 10000))\n"
        "try:\n"
        "    with atomic_write(Path(sys.argv[1])) as file:\n"
        "        file.write(bytes(50000))\n"
        "except OutputError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "a.wav"], capture_output=True, text=True, timeout=60, check=True
    )
    assert "beyond what this system allows" in done.stdout
    assert left_in(tmp_path) == set()


def test_targets_that_cannot_be_files_are_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "real").write_bytes(OLD)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    words = {
        tmp_path / "folder": "this is a folder",
        tmp_path / "pipe": "a device or a pipe",
        tmp_path / "link": "this is a link",
        tmp_path / "none" / "a.wav": "there is no folder",
        tmp_path / "real" / "a.wav": "there is no folder",
        tmp_path / ("x" * 300): "name is too long",
        tmp_path / "nul\0byte": "cannot be written",
        Path("/dev/full"): "a device or a pipe",
    }
    for path, reason in words.items():
        for refuse in (check_target, write):
            with pytest.raises(OutputError, match=reason):
                refuse(path, force=True)
    assert (tmp_path / "real").read_bytes() == OLD


def test_a_name_too_long_only_with_the_temporary_part_is_told_too(tmp_path: Path) -> None:
    for refuse in (check_target, write):
        with pytest.raises(OutputError, match="name is too long"):
            refuse(tmp_path / ("x" * 250))


def test_a_folder_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(OutputError, match="no permission"):
        check_target(tmp_path / "a.wav")


def test_temporaries_of_dead_processes_go_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for name in (
        f".a.wav.part-{dead.pid}",
        f".a.wav.part-{os.getpid()}",
        f".a.wav.part-{os.getppid()}",
        f".b.wav.part-{dead.pid}",
    ):
        (tmp_path / name).write_bytes(b"half")
    (tmp_path / ".a.wav.part-notes").write_bytes(b"mine")
    write(tmp_path / "a.wav")
    assert left_in(tmp_path) == {"a.wav", f".a.wav.part-{os.getppid()}", f".b.wav.part-{dead.pid}", ".a.wav.part-notes"}


def test_the_order_is_write_sync_rename_sync_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = []
    sync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append(os.fstat(handle).st_mode & 0o40000 > 0), sync(handle)))
    monkeypatch.setattr(os, "replace", lambda *paths: (done.append("renamed"), replace(*paths)))
    write(tmp_path / "a.wav")
    assert done == [False, "renamed", True]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_kill_in_the_middle_leaves_the_old_file(tmp_path: Path, number: signal.Signals) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(OLD)
    program = (
        "import signal, sys; from pathlib import Path; from voiceguide.files import atomic_write\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "with atomic_write(Path(sys.argv[1]), force=True) as file:\n"
        "    file.write(b'new'); file.flush(); print('writing', flush=True); sys.stdin.read()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout.readline() == b"writing\n"
    assert len(left_in(tmp_path)) == 2
    child.send_signal(number)
    child.communicate(timeout=30)
    assert path.read_bytes() == OLD
    write(path, force=True)
    assert left_in(tmp_path) == {"a.wav"}
    assert path.read_bytes() == NEW
