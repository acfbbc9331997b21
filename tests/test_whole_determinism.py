"""The same command gives the same bytes, whatever else is different."""

from hashlib import sha256
from pathlib import Path

import pytest
from whole_kit import SHORT, SMALL, run

KINDS = ("wav", "flac", "mp3")
TONE = ("--voice", "tone")


def exported(folder: Path, home: Path, kind: str, *options: str, **environment: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "small.md").write_text(SMALL)
    run("export", "small.md", "-o", f"a.{kind}", *options, "--for", SHORT, home=home, cwd=folder, **environment)
    return sha256((folder / f"a.{kind}").read_bytes()).hexdigest()


@pytest.mark.slow
def test_same_bytes_in_any_folder_cache_hash_seed_and_time_zone(tmp_path: Path) -> None:
    for kind in KINDS:
        first = exported(tmp_path / f"first-{kind}", tmp_path / "home", kind, PYTHONHASHSEED="1", TZ="Asia/Tokyo")
        again = exported(tmp_path / f"again-{kind}", tmp_path / "home", kind, PYTHONHASHSEED="99")
        assert first == again, kind


@pytest.mark.slow
def test_same_bytes_with_one_job_and_two(tmp_path: Path) -> None:
    one = exported(tmp_path / "one", tmp_path / "home-1", "wav", "--jobs", "1")
    two = exported(tmp_path / "two", tmp_path / "home-2", "wav", "--jobs", "2")
    assert one == two


@pytest.mark.slow
def test_same_bytes_for_every_block_size(tmp_path: Path) -> None:
    for kind in KINDS:
        sizes = ("7001", "300001")
        made = {exported(tmp_path / f"{kind}-{size}", tmp_path / "home", kind, "--block-frames", size, *TONE) for size in sizes}
        assert len(made) == 1, kind
