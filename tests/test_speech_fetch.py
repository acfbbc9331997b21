import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from voiceguide.errors import OutputError, UsageError, VoiceError
from voiceguide.speech import fetch, hibari

MODEL = bytes(range(256)) * 1_000
FACTS = {"file": "lyra.onnx", "bytes": len(MODEL), "sha256": hashlib.sha256(MODEL).hexdigest(), "bundled": False}


class Server:
    """Serves /voices/lyra.onnx on this machine, well or badly; counts who asks."""

    def __init__(self) -> None:
        self.body, self.claimed, self.status, self.asked = MODEL, len(MODEL), 200, 0
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked += 1
                self.send_response(server.status if self.path == "/voices/lyra.onnx" else 404)
                self.send_header("Content-Length", str(server.claimed))
                self.end_headers()
                self.wfile.write(server.body)

            def log_message(self, *arguments: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.http.server_port}/voices"
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def server():
    serving = Server()
    yield serving
    serving.http.shutdown()
    serving.http.server_close()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where hibari keeps its voices, with one voice more in its registry."""
    registry = hibari.registry() | {"lyra": FACTS}
    monkeypatch.setattr(hibari, "registry", lambda: registry)
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path / "voices"))
    monkeypatch.delenv(fetch.ADDRESS, raising=False)
    return tmp_path / "voices"


def test_a_voice_arrives_whole_with_progress_and_only_once(server, folder):
    steps = []
    path = fetch.add("lyra", server.base, lambda done, every: steps.append((done, every)))
    assert path == folder / "lyra.onnx"
    assert path.read_bytes() == MODEL
    assert steps[-1] == (len(MODEL), len(MODEL))
    assert steps == sorted(steps)
    assert fetch.add("lyra", server.base) == path
    assert server.asked == 1


def test_the_address_can_come_from_the_environment(server, folder, monkeypatch):
    monkeypatch.setenv(fetch.ADDRESS, server.base + "/")
    assert fetch.add("lyra").read_bytes() == MODEL


def test_a_damaged_voice_is_fetched_again(server, folder):
    folder.mkdir()
    (folder / "lyra.onnx").write_bytes(MODEL[:-1])
    assert fetch.add("lyra", server.base).read_bytes() == MODEL


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"body": MODEL[:-1] + b"!"}, "not the file expected"),
        ({"body": MODEL + b"!", "claimed": len(MODEL) + 1}, "more than 256000 bytes"),
        ({"body": MODEL[:-9], "claimed": len(MODEL) - 9}, "255991 of 256000 bytes"),
        ({"body": MODEL[: len(MODEL) // 2]}, "could not be fetched|128000 of 256000"),
        ({"status": 404}, "could not be fetched.*Not Found"),
        ({"status": 500}, "could not be fetched"),
    ],
)
def test_whatever_else_arrives_nothing_is_kept(server, folder, changes, reason):
    for name, value in changes.items():
        setattr(server, name, value)
    with pytest.raises(VoiceError, match=reason):
        fetch.add("lyra", server.base)
    assert not list(folder.iterdir())


def test_a_voice_that_was_there_survives_a_bad_fetch(server, folder):
    folder.mkdir()
    (folder / "lyra.onnx").write_bytes(b"old")
    server.body = b"bad"
    server.claimed = 3
    with pytest.raises(VoiceError):
        fetch.add("lyra", server.base)
    assert (folder / "lyra.onnx").read_bytes() == b"old"


def test_nobody_at_the_address_is_an_error_that_says_what_to_do(folder):
    told = r"could not be fetched \(Connection refused\); check the connection.*or copy the file to .*lyra\.onnx"
    with pytest.raises(VoiceError, match=told):
        fetch.add("lyra", "http://127.0.0.1:9/")


@pytest.mark.parametrize("base", ["file:///etc", "ftp://example.org", "voices", "//host"])
def test_only_web_addresses_are_asked(folder, base):
    with pytest.raises(UsageError, match="no web address"):
        fetch.add("lyra", base)


def test_a_folder_that_cannot_be_written_is_an_output_error(server, folder):
    folder.write_bytes(b"a file in the way")
    with pytest.raises(OutputError, match="no folder"):
        fetch.add("lyra", server.base)


def test_the_voice_in_the_package_needs_no_fetching_and_cannot_be_removed(server, folder):
    assert fetch.add("heart", server.base).is_file()
    assert server.asked == 0
    with pytest.raises(UsageError, match="part of the hibari package"):
        fetch.remove("heart")


def test_a_fetched_voice_can_be_removed(server, folder):
    path = fetch.add("lyra", server.base)
    assert fetch.remove("lyra") is True
    assert not path.exists()
    assert fetch.remove("lyra") is False


def test_an_unknown_voice_is_named(server, folder):
    with pytest.raises(UsageError, match="no voice 'lira'"):
        fetch.add("lira", server.base)
    assert server.asked == 0
