"""The encoder and its heads, in plain torch: what train.py learns, evaluate.py scores and export_onnx.py writes out."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from relasi.encoder import KINDS, ROLES, STATUSES, TYPES
from relasi.events.encoded import DISTANCES, TAGS

MENTION_TAGS = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"]
TRIGGER_TAGS = list(TAGS)


class Layer(nn.Module):
    """A BERT layer: attention and feed-forward part, normalised after each."""

    def __init__(self, hidden: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.ao = (nn.Linear(hidden, hidden) for _ in range(4))
        self.fi, self.fo = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.aln, self.oln = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        """x: (batch, length, hidden); mask: (batch, 1, 1, length), 0 or a large negative number."""
        batch, length, hidden = x.shape
        q, k, v = (f(x).view(batch, length, self.heads, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = a.transpose(1, 2).reshape(batch, length, hidden)
        x = self.aln(x + F.dropout(self.ao(a), drop, self.training))
        return self.oln(x + F.dropout(self.fo(F.gelu(self.fi(x))), drop, self.training))


class Encoder(nn.Module):
    """multilingual-e5-small with a trimmed vocabulary."""

    def __init__(self, config: dict[str, int], drop: float) -> None:
        super().__init__()
        hidden = config["hidden"]
        self.drop = drop
        self.word = nn.Embedding(config["vocabulary"], hidden)
        self.pos = nn.Embedding(config["positions"], hidden)
        self.token_type = nn.Embedding(2, hidden)
        self.ln = nn.LayerNorm(hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(hidden, config["heads"], config["inner"]) for _ in range(config["layers"]))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids, mask: (batch, length); returns (batch, length, hidden)."""
        x = self.word(ids) + self.pos.weight[: ids.shape[1]] + self.token_type.weight[0]
        x = F.dropout(self.ln(x), self.drop, self.training)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias, self.drop)
        return x

    def load(self, arrays: dict[str, np.ndarray[Any, Any]]) -> None:
        """Take the weights that prepare.py wrote."""
        state = {
            "word.weight": arrays["emb.word"], "pos.weight": arrays["emb.pos"], "token_type.weight": arrays["emb.type"],
            "ln.weight": arrays["emb.ln.w"], "ln.bias": arrays["emb.ln.b"],
        }  # fmt: skip
        for name, array in arrays.items():
            if name[0] == "l" and name[1].isdigit():
                layer, part, what = name.split(".")
                state[f"layers.{layer[1:]}.{part}.{'weight' if what == 'w' else 'bias'}"] = array
        own = self.state_dict()
        own.update({k: torch.from_numpy(v.astype(np.float32)).reshape(own[k].shape) for k, v in state.items()})
        self.load_state_dict(own)


class Reader(nn.Module):
    """One pass a sentence: mentions with kind, triggers with type, roles of mentions to triggers, status."""

    def __init__(self, config: dict[str, int], drop: float = 0.1) -> None:
        super().__init__()
        hidden, hint, mid = config["hidden"], 24, 256
        self.encoder = Encoder(config, drop)
        self.drop = drop
        # Hints of the rules for each piece: the event word's type and where in it, and whether an actor stands here.
        self.cue = nn.Embedding(len(TRIGGER_TAGS), hint)
        self.actor = nn.Embedding(4, 8)
        wide = hidden + hint + 8
        self.mention = nn.Sequential(nn.Linear(wide, mid), nn.GELU(), nn.Linear(mid, len(MENTION_TAGS)))
        self.trigger = nn.Sequential(nn.Linear(wide, mid), nn.GELU(), nn.Linear(mid, len(TRIGGER_TAGS)))
        self.kind = nn.Embedding(len(TYPES), hint)
        self.distance = nn.Embedding(DISTANCES, 16)
        self.head_t, self.head_m = nn.Linear(wide + hint, mid), nn.Linear(wide, mid)
        self.role = nn.Sequential(nn.Linear(3 * mid + 16, mid), nn.GELU(), nn.Linear(mid, len(ROLES)))
        self.status = nn.Sequential(nn.Linear(wide + hint, mid), nn.GELU(), nn.Linear(mid, len(STATUSES)))

    def encode(self, ids: Tensor, mask: Tensor, cue: Tensor, actor: Tensor) -> Tensor:
        """All (batch, length); returns the representations that the heads read, (batch, length, wide)."""
        x = self.encoder(ids, mask)
        x = torch.cat([x, self.cue(cue), self.actor(actor)], dim=-1)
        return F.dropout(x, self.drop, self.training)

    def tags(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of mention tags and trigger tags for each piece."""
        return self.mention(x), self.trigger(x)

    def relate(self, t: Tensor, m: Tensor, kind: Tensor, far: Tensor) -> Tensor:
        """Role scores of pairs: t, m (pairs, wide) pooled spans; kind, far (pairs,); returns (pairs, roles)."""
        a = F.gelu(self.head_t(torch.cat([t, self.kind(kind)], dim=-1)))
        b = F.gelu(self.head_m(m))
        return self.role(torch.cat([a, b, a * b, self.distance(far)], dim=-1))

    def judge(self, t: Tensor, kind: Tensor) -> Tensor:
        """Status scores of triggers: (triggers, statuses)."""
        return self.status(torch.cat([t, self.kind(kind)], dim=-1))


def pooled(x: Tensor, spans: list[tuple[int, int, int]]) -> Tensor:
    """The mean of x over spans (row, first piece, last piece + 1): (spans, wide)."""
    return torch.stack([x[row, start:end].mean(0) for row, start, end in spans])


def build(base: Path, drop: float = 0.1) -> Reader:
    """A reader with the weights of prepare.py and fresh heads."""
    reader = Reader(json.loads((base / "config.json").read_text(encoding="utf-8")), drop)
    reader.encoder.load(dict(np.load(base / "weights.npz")))
    return reader
