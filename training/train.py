"""Train the reader on gold sentences.

usage: PYTHONPATH=src:training:. python training/train.py training/options.toml [KEY=VALUE ...]

Options are in the TOML file; KEY=VALUE overrides one. A run writes its checkpoint after every epoch, goes on from it
when started again, and logs every epoch to log.jsonl.
"""

import json
import random
import sys
import time
import tomllib
from pathlib import Path

import numpy as np
import torch
from data import Example, read
from evaluate import score_file
from model import ROLES, TRIGGER_TAGS, build, pooled
from tokenizers import Tokenizer
from torch.nn import functional as F  # noqa: N812

from relasi.events.encoded import bucket

options = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
for pair in sys.argv[2:]:
    key, value = pair.split("=", 1)
    options[key] = type(options[key])(json.loads(value) if not isinstance(options[key], str) else value)
base, out = Path(options["base"]), Path(options["out"])
out.mkdir(parents=True, exist_ok=True)
random.seed(options["seed"])
np.random.seed(options["seed"])
torch.manual_seed(options["seed"])
device = "cuda" if torch.cuda.is_available() else "cpu"

# data
tokeniser = Tokenizer.from_file(str(base / "tokenizer.json"))
examples = [e for path in options["train"] for e in read(Path(path), tokeniser)]
print(f"{len(examples)} sentences, {sum(len(e.events) for e in examples)} events, {device}", flush=True)


def batches(items: list[Example], size: int) -> list[list[Example]]:
    """Batches of similar length in random order."""
    items = sorted(items, key=lambda e: len(e.ids) + random.random() * 12)
    found = [items[i : i + size] for i in range(0, len(items), size)]
    random.shuffle(found)
    return found


def padded(rows: list[list[int]], fill: int) -> torch.Tensor:
    """Rows of different length as one tensor."""
    most = max(map(len, rows))
    return torch.tensor([row + [fill] * (most - len(row)) for row in rows], device=device)


# model
reader = build(base, options["dropout"]).to(device)
for layer in reader.encoder.layers[: options["frozen_layers"]]:
    layer.requires_grad_(False)
for part in (reader.encoder.word, reader.encoder.pos, reader.encoder.token_type, reader.encoder.ln):
    part.requires_grad_(False)
heads = [p for n, p in reader.named_parameters() if not n.startswith("encoder.")]
body = [p for n, p in reader.named_parameters() if n.startswith("encoder.") and p.requires_grad]
optimiser = torch.optim.AdamW(
    [{"params": body, "lr": options["encoder_rate"]}, {"params": heads, "lr": options["head_rate"]}], weight_decay=0.01
)
steps = options["epochs"] * (len(examples) // options["batch"] + 1)
warm = max(1, int(0.08 * steps))
schedule = torch.optim.lr_scheduler.LambdaLR(
    optimiser, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm)))
)
average: dict[str, torch.Tensor] = {}
first = 0
checkpoint = out / "checkpoint.pt"
if checkpoint.exists():
    saved = torch.load(checkpoint, weights_only=True)
    reader.load_state_dict(saved["reader"])
    optimiser.load_state_dict(saved["optimiser"])
    schedule.load_state_dict(saved["schedule"])
    average, first = saved["average"], saved["epoch"]
    print(f"going on after epoch {first}", flush=True)
# Most pieces carry no tag: tags weigh more than their absence.
weights = torch.ones(len(TRIGGER_TAGS), device=device)
weights[1:] = options["tag_weight"]


def loss_of(batch: list[Example]) -> torch.Tensor:
    """The sum of the heads' losses."""
    mask = padded([[1] * len(e.ids) for e in batch], 0)
    x = reader.encode(
        padded([e.ids for e in batch], 1), mask, padded([e.cue for e in batch], 0), padded([e.actor for e in batch], 0)
    )
    mention, trigger = reader.tags(x)
    mention_tags = padded([e.mention_tags for e in batch], -100).flatten()
    trigger_tags = padded([e.trigger_tags for e in batch], -100).flatten()
    total = F.cross_entropy(mention.flatten(0, 1), mention_tags, ignore_index=-100)
    total = total + F.cross_entropy(trigger.flatten(0, 1), trigger_tags, weights, ignore_index=-100)
    triggers = [(row, event) for row, e in enumerate(batch) for event in e.events]
    if triggers:
        t = pooled(x, [(row, *event.trigger) for row, event in triggers])
        kind = torch.tensor([event.type for _, event in triggers], device=device)
        status = torch.tensor([event.status for _, event in triggers], device=device)
        total = total + 0.5 * F.cross_entropy(reader.judge(t, kind), status)
        pairs = [(n, row, event, span) for n, (row, event) in enumerate(triggers) for span in batch[row].spans]
        if pairs:
            m = pooled(x, [(row, *span) for _, row, _, span in pairs])
            index = torch.tensor([n for n, *_ in pairs], device=device)
            far = torch.tensor([bucket(event.trigger, span) for *_, event, span in pairs], device=device)
            wanted = torch.tensor(
                [[float(role in event.roles.get(span, ())) for role in range(len(ROLES))] for *_, event, span in pairs],
                device=device,
            )
            scores = reader.relate(t[index], m, kind[index], far)
            total = total + 2.0 * F.binary_cross_entropy_with_logits(scores, wanted)
    return total


# loop
for epoch in range(first, options["epochs"]):
    begin, losses = time.time(), []
    reader.train()
    for batch in batches(examples, options["batch"]):
        loss = loss_of(batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
    if epoch >= options["epochs"] - options["averaged"]:  # the mean of the last epochs' weights
        share = 1 / options["averaged"]
        for name, tensor in reader.state_dict().items():
            average[name] = average.get(name, torch.zeros_like(tensor)) + tensor * share
    torch.save(
        {
            "reader": reader.state_dict(),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
            "average": average,
            "epoch": epoch + 1,
        },
        checkpoint,
    )
    line = {"epoch": epoch + 1, "loss": round(sum(losses) / len(losses), 4), "seconds": round(time.time() - begin)}
    if (epoch + 1) % options["score_every"] == 0 or epoch + 1 == options["epochs"]:
        line |= {Path(p).stem: score_file(reader, tokeniser, Path(p), device) for p in options["dev"]}
    print(json.dumps(line), flush=True)
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")
if average:
    reader.load_state_dict(average)
torch.save(reader.state_dict(), out / "reader.pt")
final = {Path(p).stem: score_file(reader, tokeniser, Path(p), device) for p in options["dev"]}
print(json.dumps({"averaged": final}), flush=True)
(out / "scores.json").write_text(json.dumps({"options": options, "scores": final}, indent=2) + "\n", encoding="utf-8")
