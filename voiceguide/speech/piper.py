"""Piper voices, many languages, from the extra `piper` and model files a person has: `piper:de_DE-thorsten-medium` or a path.

The network's own noise is turned off, because it cannot be seeded for each sentence, and one thread speaks a sentence: the
same text gives the same bytes. A model is NAME.onnx with NAME.onnx.json beside it.
"""

import hashlib
import json
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

import numpy as np

from voiceguide import folders
from voiceguide.audio import Mono
from voiceguide.errors import UsageError, VoiceError
from voiceguide.speech.voice import VoiceInfo

LANES = 4
INSTALL = "pip install 'voiceguide[piper]'"


class Piper:
    """One loaded Piper model."""

    lanes = LANES

    def __init__(self, model: Path) -> None:
        import onnxruntime
        from piper import PiperVoice
        from piper.config import PiperConfig

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        config = PiperConfig.from_dict(json.loads(_beside(model).read_text(encoding="utf-8")))
        self.rate = int(config.sample_rate)
        self._length_scale = float(config.length_scale)
        self._voice: Any = PiperVoice(session=session, config=config)

    def speak(self, text: str, speed: float) -> Mono:
        """The sentence at the model's rate; speed 1 is the model's own pace."""
        from piper import SynthesisConfig

        manner = SynthesisConfig(length_scale=self._length_scale / speed, noise_scale=0.0, noise_w_scale=0.0)
        parts = [chunk.audio_float_array for chunk in self._voice.synthesize(text, manner)]
        return np.concatenate([np.zeros(0, np.float32), *parts])


def load(name: str) -> Piper:
    """The model of that name or path. Raises VoiceError when it or the package is missing."""
    return Piper(model_path(name))


def version(name: str) -> str:
    """The package, the arithmetic below it and the model's checksum. Raises as `load` does."""
    try:
        packages = [f"{part} {package_version(part)}" for part in ("piper-tts", "onnxruntime", "numpy")]
    except PackageNotFoundError:
        raise VoiceError(f"Piper voices need the package piper-tts; run: {INSTALL}") from None
    return " ".join([*packages, _checksum(model_path(name))])


def voices() -> list[VoiceInfo]:
    """The models in the person's folder, or how to get one."""
    found = sorted(folder().glob("*.onnx"))
    how = f"{INSTALL}, then put NAME.onnx and NAME.onnx.json into {folder()}"
    if not found:
        return [VoiceInfo("piper:NAME", "piper", "", "neural voices in many languages", False, how)]
    return [VoiceInfo(f"piper:{path.stem}", "piper", path.stem.split("-")[0].replace("_", "-"), "neural") for path in found]


def model_path(name: str) -> Path:
    """The model file of a name in the person's folder, or of a path; VoiceError says where it was looked for."""
    if not name:
        raise UsageError("name the Piper model: piper:NAME or piper:path/to/model.onnx")
    path = Path(name) if name.endswith(".onnx") else folder() / f"{name}.onnx"
    for file in (path, _beside(path)):
        if not file.is_file():
            raise VoiceError(f"the Piper voice {name!r} is not on this machine: there is no {file}")
    return path.resolve()


def folder() -> Path:
    """Where a person puts Piper models."""
    return folders.data() / "piper"


def _beside(model: Path) -> Path:
    return model.with_name(f"{model.name}.json")


@cache
def _checksum(model: Path) -> str:
    with model.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]
