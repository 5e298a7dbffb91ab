"""Trains the language model of `gpt.rs` with PyTorch on one thread, a moment for each line on standard input.

`cargo bench -p static-net-tests --bench gpt` runs it. Writes `ready` and the version, then tokens per second for each
line read. Attention is `scaled_dot_product_attention`, the fastest that PyTorch has.
"""

import sys
import time

import torch
from torch import nn
from torch.nn import functional

BATCH, LENGTH, VOCABULARY, FEATURES, HEADS, BLOCKS = 16, 64, 65, 64, 4, 4
SECONDS = 2.0


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.into = nn.Linear(FEATURES, 3 * FEATURES)
        self.out = nn.Linear(FEATURES, FEATURES)

    def forward(self, x):
        batch, length, _ = x.shape
        heads = (batch, length, HEADS, FEATURES // HEADS)
        q, k, v = (part.view(heads).transpose(1, 2) for part in self.into(x).chunk(3, dim=-1))
        y = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.out(y.transpose(1, 2).reshape(batch, length, FEATURES))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.Sequential(nn.LayerNorm(FEATURES), Attention())
        self.feed_forward = nn.Sequential(
            nn.LayerNorm(FEATURES), nn.Linear(FEATURES, 256), nn.GELU(), nn.Linear(256, FEATURES)
        )

    def forward(self, x):
        x = x + self.attention(x)
        return x + self.feed_forward(x)


class Gpt(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, FEATURES)
        self.position = nn.Parameter(0.02 * torch.randn(LENGTH, FEATURES))
        self.blocks = nn.Sequential(*(Block() for _ in range(BLOCKS)))
        self.norm = nn.LayerNorm(FEATURES)
        self.head = nn.Linear(FEATURES, VOCABULARY)

    def forward(self, tokens):
        return self.head(self.norm(self.blocks(self.embedding(tokens) + self.position)))


torch.set_num_threads(1)
torch.manual_seed(1)
model = Gpt()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
tokens = torch.randint(VOCABULARY, (BATCH, LENGTH))
targets = torch.randint(VOCABULARY, (BATCH * LENGTH,))


def step():
    optimizer.zero_grad(set_to_none=False)
    functional.cross_entropy(model(tokens).view(-1, VOCABULARY), targets).backward()
    optimizer.step()


for _ in range(10):
    step()
print("ready", torch.__version__, flush=True)
for _ in sys.stdin:
    steps, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        step()
        steps += 1
    print(steps * BATCH * LENGTH / (time.perf_counter() - start), flush=True)
