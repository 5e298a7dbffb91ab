"""Trains LeNet-5 with PyTorch on one thread, a moment for each line on standard input.

`cargo bench -p static-net-tests --bench lenet` runs it. Writes `ready` and the version, then samples per second for
each line read.
"""

import sys
import time

import torch
from torch import nn

BATCH = 64
SECONDS = 1.5

torch.set_num_threads(1)
torch.manual_seed(1)
model = nn.Sequential(
    nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
loss = nn.CrossEntropyLoss()
images = torch.rand(BATCH, 1, 28, 28)
classes = torch.arange(BATCH) % 10


def step():
    optimizer.zero_grad(set_to_none=False)
    loss(model(images), classes).backward()
    optimizer.step()


for _ in range(20):
    step()
print("ready", torch.__version__, flush=True)
for _ in sys.stdin:
    steps, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        step()
        steps += 1
    print(steps * BATCH / (time.perf_counter() - start), flush=True)
