"""Write a trained reader as ONNX for the package: int8 per channel, checked against torch on a gold file.

usage: PYTHONPATH=src:training:. python training/export_onnx.py RUN BASE OUT --gold DEV.jsonl [--data FILE ...]
"""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from data import read
from model import Reader, build
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn


class Reading(nn.Module):
    """Pieces and hints in, representations and tag scores out."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, mask: Tensor, cue: Tensor, actor: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """All inputs (batch, length)."""
        x = self.reader.encode(ids, mask, cue, actor)
        return (x, *self.reader.tags(x))


class Pairing(nn.Module):
    """Pooled triggers and mentions in, probabilities of roles and status out."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, t: Tensor, m: Tensor, kind: Tensor, far: Tensor) -> tuple[Tensor, Tensor]:
        """t, m (pairs, wide); kind, far (pairs,)."""
        return self.reader.relate(t, m, kind, far).sigmoid(), self.reader.judge(t, kind).softmax(-1)


def main() -> None:
    """Export, quantise, compare, write the manifest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("run", "base", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--data", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    reader = build(args.base)
    reader.load_state_dict(torch.load(args.run / "reader.pt", weights_only=True))
    reader.eval()
    args.out.mkdir(parents=True, exist_ok=True)
    wide = reader.head_m.in_features
    two = torch.ones(2, 9, dtype=torch.long)
    plain = args.out / "plain.onnx"
    torch.onnx.export(
        Reading(reader), (two, two, two, two), str(plain), dynamo=False, opset_version=17,
        input_names=["ids", "mask", "cue", "actor"], output_names=["x", "mention", "trigger"],
        dynamic_axes={n: {0: "batch", 1: "length"} for n in ("ids", "mask", "cue", "actor", "x", "mention", "trigger")},
    )  # fmt: skip
    one = torch.zeros(3, dtype=torch.long)
    pair = ["t", "m", "kind", "far"]
    torch.onnx.export(
        Pairing(reader), (torch.zeros(3, wide), torch.zeros(3, wide), one, one), str(args.out / "pairs.onnx"),
        dynamo=False, opset_version=17, input_names=pair, output_names=["roles", "status"],
        dynamic_axes={n: {0: "pairs"} for n in (*pair, "roles", "status")},
    )  # fmt: skip
    # Seven bits: with eight, sums overflow on processors without VNNI.
    quantize_dynamic(plain, args.out / "reader.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    shutil.copy(args.base / "tokenizer.json", args.out / "tokenizer.json")
    agreement(reader, args)
    plain.unlink()
    names = ("reader.onnx", "pairs.onnx", "tokenizer.json")
    scores = json.loads((args.run / "scores.json").read_text(encoding="utf-8"))
    manifest = {
        "sha256": {name: hashlib.sha256((args.out / name).read_bytes()).hexdigest() for name in names},
        "bytes": {name: (args.out / name).stat().st_size for name in names},
        "data": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in args.data},
        "scores": scores["scores"],
        "options": {k: v for k, v in scores["options"].items() if k not in ("train", "dev", "base", "out")},
        "licences": {"start": "multilingual-e5-small, MIT", "weights": "Apache-2.0"},
    }
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(manifest["bytes"]))


def agreement(reader: Reader, args: argparse.Namespace) -> None:
    """Tell how often int8 gives the tags that torch gives."""
    tokeniser = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    session = ort.InferenceSession(str(args.out / "reader.onnx"), providers=["CPUExecutionProvider"])
    same = total = 0
    for e in read(args.gold, tokeniser):
        rows = [torch.tensor([v]) for v in (e.ids, [1] * len(e.ids), e.cue, e.actor)]
        with torch.no_grad():
            _, trigger = reader.tags(reader.encode(*rows))
        feeds = {n: r.numpy() for n, r in zip(("ids", "mask", "cue", "actor"), rows, strict=True)}
        other = session.run(["trigger"], feeds)[0]
        same += int((np.asarray(trigger.argmax(-1)) == other.argmax(-1)).sum())
        total += len(e.ids)
    print(f"trigger tags of int8 the same as torch's: {same / total:.4f} of {total} pieces")


if __name__ == "__main__":
    main()
