import subprocess
import sys

import pytest

import voiceguide


@pytest.mark.parametrize("name", voiceguide.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(voiceguide, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = voiceguide.nothing_like_it


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, voiceguide; print(any(m in sys.modules for m in ('numpy', 'rich', 'soundfile', 'markdown_it')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
