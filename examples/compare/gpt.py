"""The model of examples/gpt.rs in PyTorch: the same text, the same windows, the same start, the same settings.

From the folder of the workspace, with `pip install torch safetensors`:

    cargo run --release --example gpt -- --steps 500 --start start.safetensors
    python3 examples/compare/gpt.py start.safetensors --steps 500 --ours HELD_OUT_LOSS

The modules have the names of the network's stages, so that PyTorch loads the file as it is, with `strict=True`.
"""

import argparse
import gzip
import math
import pathlib
import time

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional

CONTEXT, VOCABULARY, FEATURES, HEADS, BLOCKS = 64, 96, 64, 4, 4
GOLDEN_SECTION = 0.618_033_988_749_894_9
TEXT = pathlib.Path(__file__).parent.parent / "data" / "shakespeare-1mb.txt.gz"


class Mix(nn.Module):
    """`residual(norm: layer_norm => attn: attention(heads: 4, causal: true))`."""

    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(FEATURES)
        self.attn = nn.MultiheadAttention(FEATURES, HEADS, batch_first=True)
        mask = nn.Transformer.generate_square_subsequent_mask(CONTEXT)
        self.register_buffer("mask", mask, persistent=False)

    def forward(self, x):
        y = self.norm(x)
        mask = self.mask.to(y.dtype)
        return x + self.attn(y, y, y, attn_mask=mask, is_causal=True, need_weights=False)[0]


class Mlp(nn.Module):
    """`residual(norm: layer_norm => up: gelu 256 => down: 64)`."""

    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(FEATURES)
        self.up = nn.Linear(FEATURES, 4 * FEATURES)
        self.down = nn.Linear(4 * FEATURES, FEATURES)

    def forward(self, x):
        return x + self.down(functional.gelu(self.up(self.norm(x))))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.mix = Mix()
        self.mlp = Mlp()

    def forward(self, x):
        return self.mlp(self.mix(x))


class Gpt(nn.Module):
    def __init__(self):
        super().__init__()
        self.wte = nn.Embedding(VOCABULARY, FEATURES)
        self.wpe = nn.Embedding(CONTEXT, FEATURES)
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.norm = nn.LayerNorm(FEATURES)
        self.head = nn.Linear(FEATURES, VOCABULARY)

    def forward(self, tokens):
        x = self.wte(tokens) + self.wpe.weight
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))


def corpus():
    """The text as tokens: nine tenths to learn from, and the last tenth."""
    text = gzip.open(TEXT, "rt", encoding="utf-8", newline="").read()
    tokens = {character: token for token, character in enumerate(sorted(set(text)))}
    assert len(tokens) <= VOCABULARY
    text = torch.tensor([tokens[character] for character in text])
    return text[: len(text) - len(text) // 10], text[len(text) - len(text) // 10 :]


def windows(text, starts):
    """Runs of tokens, and the token behind each of them."""
    runs = torch.stack([text[start : start + CONTEXT + 1] for start in starts])
    return runs[:, :-1], runs[:, 1:]


def start(text, index):
    """`Corpus::start`: Python's floats are those of Rust."""
    return int(math.fmod(index * GOLDEN_SECTION, 1.0) * (len(text) - CONTEXT))


def batch(text, step, size):
    return windows(text, [start(text, step * size + index) for index in range(size)])


def loss(net, tokens, following):
    return functional.cross_entropy(net(tokens).flatten(0, 1), following.flatten())


@torch.no_grad()
def held_out(net, text):
    """Over windows one behind the other, 200 at the most."""
    return loss(net, *windows(text, range(0, len(text) - CONTEXT, CONTEXT)[:200])).item()


def rate_at(step, rate, steps, warm_up=100):
    """`Cosine::new(rate, 0.1 * rate, steps).warm_up(100)`."""
    if step < warm_up:
        return rate * (step + 1) / (warm_up + 1)
    step, end = step - warm_up, 0.1 * rate
    return end + (rate - end) * (1.0 + math.cos(math.pi * min(step, steps) / steps)) / 2.0


def learn(net, text, options):
    # As `AdamW` of static-net: biases and the gains of normalisations do not decay.
    decaying = [parameter for parameter in net.parameters() if parameter.dim() > 1]
    others = [parameter for parameter in net.parameters() if parameter.dim() < 2]
    groups = [{"params": decaying, "weight_decay": 0.1}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.99))
    total, count, since = 0.0, 0, time.perf_counter()
    print("   step  loss  held-out loss  letters per second")
    for step in range(options.steps):
        value = loss(net, *batch(text[0], step, options.batch))
        optimizer.zero_grad()
        value.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, options.rate, options.steps)
        optimizer.step()
        total += value.item()
        count += 1
        if count == 500 or step + 1 == options.steps:
            speed = count * options.batch * CONTEXT / (time.perf_counter() - since)
            shown = f"{total / count:.2f}  {held_out(net, text[1]):>13.4f}  {speed:>18.0f}"
            print(f"{step + 1:>7}  {shown}", flush=True)
            total, count, since = 0.0, 0, time.perf_counter()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("start", help="weights to start from, which gpt.rs leaves with --start")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--ours", type=float, help="the held-out loss that gpt.rs printed")
    parser.add_argument("--weights", help="where to leave the weights, for gpt.rs --load")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    net = Gpt()
    net.load_state_dict(load_file(options.start), strict=True)
    text = corpus()
    learn(net, text, options)
    theirs = held_out(net, text[1])
    print(f"held-out loss {theirs:.4f}")
    if options.ours is not None:
        difference = 100.0 * (options.ours - theirs) / theirs
        print(f"ours {options.ours:.4f}: {difference:+.2f} %")
    if options.weights:
        save_file(net.state_dict(), options.weights)


if __name__ == "__main__":
    main()
