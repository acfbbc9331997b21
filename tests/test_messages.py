from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.messages import LENGTHS, receive, send

facts = st.dictionaries(st.text(), st.integers() | st.text() | st.floats(allow_nan=False))


@settings(max_examples=30)
@given(st.lists(st.tuples(facts, st.binary())))
def test_what_is_sent_is_received_in_order(messages):
    stream = BytesIO()
    for head, sound in messages:
        send(stream, head, sound)
    stream.seek(0)
    assert [receive(stream) for _ in messages] == messages
    assert receive(stream) is None


@given(st.binary(min_size=1, max_size=200))
def test_nonsense_is_a_value_error_and_nothing_else(data):
    stream = BytesIO(data)
    try:
        while receive(stream):
            pass
    except ValueError:
        pass


def test_a_claim_of_gigabytes_is_refused_before_reading():
    with pytest.raises(ValueError, match="impossibly long"):
        receive(BytesIO(LENGTHS.pack(2, 2**32 - 1) + b"{}"))


def test_a_message_that_breaks_off_is_no_message():
    stream = BytesIO()
    send(stream, {"id": 1}, b"sound")
    with pytest.raises(ValueError, match="broke off"):
        receive(BytesIO(stream.getvalue()[:-1]))
