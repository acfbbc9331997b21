"""The smallest Piper voice there can be, made here: it hums as long as its phonemes ask for, louder with every one."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

RATE, HOP = 16_000, 500


def _graph():
    """output[1, 1, n] = sin(0.1 i) / 4, where n is the number of phonemes x length scale x HOP."""
    from onnx import TensorProto, helper

    def constant(name, value, kind=TensorProto.FLOAT):
        return helper.make_tensor(
            name, kind, [] if not isinstance(value, list) else [len(value)], value if isinstance(value, list) else [value]
        )

    nodes = [
        helper.make_node("Slice", ["scales", "one", "two"], ["length_scale"]),
        helper.make_node("Cast", ["input_lengths"], ["phonemes"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["phonemes", "length_scale"], ["units"]),
        helper.make_node("Mul", ["units", "hop"], ["long"]),
        helper.make_node("Squeeze", ["long"], ["n"]),
        helper.make_node("Range", ["zero", "n", "step"], ["at"]),
        helper.make_node("Mul", ["at", "turn"], ["phase"]),
        helper.make_node("Sin", ["phase"], ["wave"]),
        helper.make_node("Mul", ["wave", "level"], ["soft"]),
        helper.make_node("Unsqueeze", ["soft", "axes"], ["output"]),
    ]
    constants = [
        constant("one", [1], TensorProto.INT64),
        constant("two", [2], TensorProto.INT64),
        constant("axes", [0, 1], TensorProto.INT64),
        constant("hop", float(HOP)),
        constant("zero", 0.0),
        constant("step", 1.0),
        constant("turn", 0.1),
        constant("level", 0.25),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, "t"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    output = helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, "n"])
    graph = helper.make_graph(nodes, "hum", inputs, [output], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


CONFIG = {
    "audio": {"sample_rate": RATE},
    "espeak": {"voice": "en-us"},
    "phoneme_type": "text",
    "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
    "num_symbols": 256,
    "num_speakers": 1,
    "phoneme_id_map": {"_": [0], "^": [1], "$": [2], **{chr(code): [code] for code in range(32, 91)}}
    | {chr(code): [code] for code in range(97, 123)},
    "speaker_id_map": {},
}


@pytest.fixture
def tiny_model(tmp_path: Path) -> Callable[[], Path]:
    """Makes the model and its configuration when called, which needs the package onnx."""

    def make() -> Path:
        import onnx

        path = tmp_path / "en_XX-hum-low.onnx"
        onnx.save(_graph(), path)
        path.with_name(f"{path.name}.json").write_text(json.dumps(CONFIG))
        return path

    return make
