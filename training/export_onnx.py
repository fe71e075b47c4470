"""Write a trained reader as ONNX for the package: int8 per channel, its F1 compared with torch's on a gold file.

usage: PYTHONPATH=src:training:. python training/export_onnx.py RUN BASE OUT --gold DEV.jsonl --data FILE [...]

Exits with 1 if F1 of events or mentions falls by more than 0.005.
"""

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path

import onnx
import torch
from evaluate import score, score_with
from model import MODES, Reader, build
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from relasi.encoder import FILES, Encoder, Judged

FALL = 0.005
# Parts that stay floats: the heads, which are small, and two matrices before which a few values are so large that in
# eight bits the others vanish (of what the lower layers give, they make two fifths of the error).
PLAIN = ("mention", "trigger", "name", "layers.4/fo", "layers.5/fo")


class Lower(nn.Module):
    """Pieces and hints in, the state in the middle out."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, cue: Tensor, actor: Tensor) -> Tensor:
        """All inputs (1, length)."""
        return self.reader.lower(ids, None, cue, actor)


class Upper(Lower):
    """From the middle on, once for each row of focus."""

    def forward(self, h: Tensor, focus: Tensor) -> tuple[Tensor, ...]:  # type: ignore[override]
        """h (1, length, wide), focus (looks, length)."""
        x = self.reader.upper(h, None, focus)
        return x, self.reader.mention(x), self.reader.trigger(x), self.reader.name(x)


class Judge(Lower):
    """Pooled triggers and mentions in, probabilities out."""

    def forward(self, t: Tensor, m: Tensor, far: Tensor) -> tuple[Tensor, ...]:
        """t, m (pairs, wide); far (pairs,)."""
        heads = (self.reader.verdict, self.reader.status, self.reader.mode)
        return (self.reader.relate(t, m, far).sigmoid(), *(head(t).softmax(-1) for head in heads))


class Whose(Lower):
    """Pooled mentions in, the probability that they are of one state out."""

    def forward(self, m: Tensor, other: Tensor, far: Tensor) -> Tensor:
        """m, other (pairs, wide); far (pairs,)."""
        return self.reader.belongs(m, other, far).sigmoid()


class Relation(Lower):
    """Pooled source, target and first piece in, probabilities of the types out."""

    def forward(self, x: Tensor) -> Tensor:  # type: ignore[override]
        """x (pairs, 3 * wide)."""
        found: Tensor = self.reader.relation(x).softmax(-1)
        return found


def write(
    module: nn.Module, path: Path, inputs: dict[str, Tensor], outputs: list[str], axes: dict[str, list[str]]
) -> None:
    """Export a module; `axes` names the dimensions that vary, by input and output."""
    torch.onnx.export(
        module, tuple(inputs.values()), str(path), dynamo=False, opset_version=17,
        input_names=list(inputs), output_names=outputs,
        dynamic_axes={name: {n: axis for n, axis in enumerate(names) if axis} for name, names in axes.items()},
    )  # fmt: skip


def quantise(path: Path) -> None:
    """Weights of the layers and of the embeddings to int8."""
    plain = path.with_suffix(".plain")
    path.rename(plain)
    names = [node.name for node in onnx.load(plain).graph.node]
    kept = [n for n in names if any(f"/{part}/" in n for part in PLAIN)]
    # Seven bits: with eight, sums overflow on processors without VNNI.
    quantize_dynamic(
        plain, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, nodes_to_exclude=kept
    )
    plain.unlink()


def main() -> None:
    """Export, quantise, write the manifest, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("run", "base", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="the files that the run was trained on")
    args = parser.parse_args()
    reader = build(args.base)
    reader.load_state_dict(torch.load(args.run / "reader.pt", map_location="cpu", weights_only=True))
    reader.eval()
    out: Path = args.out
    out.mkdir(parents=True, exist_ok=True)
    wide = reader.head_m.in_features
    ids, state, row = torch.ones(1, 9, dtype=torch.long), torch.zeros(1, 9, wide), torch.zeros(3, wide)
    line, looks, pairs = ["", "length"], ["looks", "length"], ["pairs"]
    tags = ["mention", "trigger", "name"]
    write(Lower(reader), out / "lower.onnx", {"ids": ids, "cue": ids, "actor": ids}, ["h"],
          dict.fromkeys(("ids", "cue", "actor", "h"), line))  # fmt: skip
    write(Upper(reader), out / "upper.onnx", {"h": state, "focus": torch.zeros(2, 9, dtype=torch.long)}, ["x", *tags],
          {"h": line} | dict.fromkeys(("focus", "x", *tags), looks))  # fmt: skip
    write(Judge(reader), out / "judge.onnx", {"t": row, "m": row, "far": torch.zeros(3, dtype=torch.long)},
          list(Judged._fields), dict.fromkeys(("t", "m", "far", *Judged._fields), pairs))  # fmt: skip
    write(Whose(reader), out / "whose.onnx", {"m": row, "other": row, "far": torch.zeros(3, dtype=torch.long)},
          ["same"], dict.fromkeys(("m", "other", "far", "same"), pairs))  # fmt: skip
    write(Relation(reader), out / "relation.onnx", {"x": torch.zeros(2, 3 * wide)}, ["types"],
          dict.fromkeys(("x", "types"), pairs))  # fmt: skip
    quantise(out / "lower.onnx")
    quantise(out / "upper.onnx")
    shutil.copy(args.base / "tokenizer.json", out / "tokenizer.json")
    scores = json.loads((args.run / "scores.json").read_text(encoding="utf-8"))
    manifest = {
        "sha256": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES},
        "bytes": {name: (out / name).stat().st_size for name in FILES},
        "modes": MODES,
        "calibration": {"scale": 1.0, "shift": 0.0},
        "data": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in args.data},
        "scores": scores["scores"],
        "options": {
            k: v for k, v in scores["options"].items() if k not in ("train", "again", "dev", "base", "out", "start")
        },
        "licences": {"start": "multilingual-e5-small, MIT", "weights": "Apache-2.0"},
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    before = score(reader, Tokenizer.from_file(str(out / "tokenizer.json")), args.gold)
    after = score_with(Encoder(out), args.gold)
    print("not calibrated yet: python -m quality.calibrate encoder GOLD.jsonl", file=sys.stderr)
    print(json.dumps({"bytes": manifest["bytes"], "torch": before, "int8": after}, indent=1))
    if fell := [name for name in ("type", "dyad", "mention") if after[name] < before[name] - FALL]:
        sys.exit(f"F1 fell by more than {FALL}: {', '.join(fell)}")


if __name__ == "__main__":
    main()
