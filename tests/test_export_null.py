from export_kit import cut, music

from voiceguide.export.null import Null


def test_it_counts() -> None:
    sink = Null()
    for block in cut(music(1000), 300):
        sink.write(block)
    assert (sink.frames, sink.closed) == (1000, False)
    sink.close()
    assert sink.closed
