"""A neural network ready to run: lean, on one thread, and quickly there, because its optimised form is kept.

onnxruntime rearranges a network for the processor it runs on, and this takes longer than everything else about loading it. What
comes out is kept with the name of that processor and of that build of onnxruntime, and then loaded as it is; its results are
the same to the bit. The session does without onnxruntime's memory arena: the same bits again, 30 to 80 MB less.

Import this only where a network is about to be used: it imports onnxruntime.
"""

import platform
from pathlib import Path
from tempfile import TemporaryDirectory

import onnxruntime
from onnxruntime import InferenceSession, SessionOptions

from voiceguide.speech.prepared import file_facts, prepared

PROCESSOR = Path("/proc/cpuinfo")
TELLING = ("model name", "flags", "Features", "CPU implementer", "CPU part")
FIRST_OF_MANY = 16_384


def session(model: str | Path) -> InferenceSession:
    """A session of the network in an ONNX file, on one thread. Raises what onnxruntime does for a file that is no network."""
    path = Path(model)
    facts = [*file_facts(path), onnxruntime.__version__, onnxruntime.get_build_info(), platform.machine(), *_processor()]
    saved = prepared(f"{path.name}.ort", facts, lambda: optimised(path))
    options = _lean()
    if saved is None:
        return _open(str(path), options)
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return _open(saved, options)


def optimised(model: Path) -> bytes:
    """The network as onnxruntime runs it on this processor."""
    with TemporaryDirectory() as folder:
        path, options = Path(folder, "network.ort"), _lean()
        options.optimized_model_filepath = str(path)
        _open(str(model), options)
        return path.read_bytes()


def _open(model: str | bytes, options: SessionOptions) -> InferenceSession:
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _lean() -> SessionOptions:
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    return options


def _processor() -> list[str]:
    """What Linux tells about the first processor and what it can do; nothing elsewhere."""
    try:
        with PROCESSOR.open(encoding="utf-8", errors="replace") as file:
            lines = file.read(FIRST_OF_MANY).partition("\n\n")[0].splitlines()
    except OSError:
        return []
    return [line for line in lines if line.startswith(TELLING)]
