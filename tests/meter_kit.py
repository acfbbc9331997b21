"""A loudness meter by others. It needs scipy, which takes a second to import: not before the first test that measures by it."""

from typing import Any


def meter(rate: int) -> Any:
    """A pyloudnorm meter with De Man's filters, which are those of the standard at any rate."""
    import pyloudnorm

    return pyloudnorm.Meter(rate, filter_class="DeMan")
