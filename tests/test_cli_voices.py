import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from voiceguide.cli.main import run
from voiceguide.speech import hibari

MODEL = b"a model of a voice" * 1000


@pytest.fixture
def server(own_home, monkeypatch):
    """A server on this machine that has the voice `lyra`; its answer can be changed."""
    answers = {"/lyra.onnx": MODEL}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = answers.get(self.path)
            self.send_response(200 if found else 404)
            self.end_headers()
            self.wfile.write(found or b"")

        def log_message(self, *arguments: object) -> None:
            pass

    facts = {"file": "lyra.onnx", "bytes": len(MODEL), "sha256": hashlib.sha256(MODEL).hexdigest(), "bundled": False}
    real = hibari.registry()
    monkeypatch.setattr(hibari, "registry", lambda: real | {"lyra": facts})
    monkeypatch.setenv("HIBARI_HOME", str(own_home / "voices"))
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        threading.Thread(target=serving.serve_forever, args=(0.01,), daemon=True).start()
        monkeypatch.setenv("VOICEGUIDE_VOICES_URL", f"http://127.0.0.1:{serving.server_port}")
        yield answers
        serving.shutdown()


def test_every_voice_as_data(capsys):
    assert run(["voices", "--json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["heart"]["installed"] is True
    assert found["emma"]["how"].startswith("voiceguide voices add emma")
    assert {"tone", "system", "system:de", "system:it"} <= set(found)


def test_the_table_folds_the_systems_languages(capsys):
    assert run(["voices"]) == 0
    short = capsys.readouterr().out
    assert "heart" in short
    assert "system:LANGUAGE" in short
    assert "system:de " not in short
    assert run(["voices", "--all"]) == 0
    assert "\nsystem:de " in capsys.readouterr().out


def test_a_voice_is_fetched_and_removed(server, own_home, capsys):
    path = own_home / "voices" / "lyra.onnx"
    assert run(["voices", "add", "lyra"]) == 0
    assert capsys.readouterr() == (f"{path}\n", "fetching lyra ...\n")
    assert path.read_bytes() == MODEL
    assert run(["voices", "remove", "lyra"]) == 0
    assert not path.exists()
    assert run(["voices", "remove", "lyra"]) == 0
    assert "nothing to remove" in capsys.readouterr().err


@pytest.mark.parametrize("answer", [b"x" * len(MODEL), MODEL[:-1], MODEL + b"x", None])
def test_what_is_not_the_voice_is_not_kept(server, own_home, capsys, answer):
    server["/lyra.onnx"] = answer
    assert run(["voices", "add", "lyra"]) == 1
    assert "error:" in capsys.readouterr().err
    assert [path for path in own_home.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("arguments", "said"), [(("add", "lyr"), "there is no voice 'lyr'"), (("remove", "heart"), "cannot be removed")]
)
def test_what_cannot_be_is_said(server, capsys, arguments, said):
    assert run(["voices", *arguments]) == 2
    assert said in capsys.readouterr().err
