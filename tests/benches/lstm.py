"""Times an LSTM of PyTorch on one thread, a moment for each line on standard input.

`cargo bench -p static-net-tests --bench lstm` runs it. Writes `ready` and the version, then for each line read in
turns nanoseconds for a step of a stream and sequences per second in training.
"""

import sys
import time

import torch
from torch import nn

FEATURES, HIDDEN, LENGTH, BATCH, CLASSES = 64, 64, 32, 16, 10
SECONDS = 1.0

torch.set_num_threads(1)
torch.manual_seed(1)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(FEATURES, HIDDEN, batch_first=True)
        self.head = nn.Linear(HIDDEN, CLASSES)

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, -1])


model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
loss = nn.CrossEntropyLoss()
sequences = torch.rand(BATCH, LENGTH, FEATURES)
classes = torch.arange(BATCH) % CLASSES
sample = torch.rand(1, 1, FEATURES)


def train():
    optimizer.zero_grad(set_to_none=False)
    loss(model(sequences), classes).backward()
    optimizer.step()


state = (torch.zeros(1, 1, HIDDEN), torch.zeros(1, 1, HIDDEN))


def stream():
    global state
    with torch.inference_mode():
        _, state = model.lstm(sample, state)


def rate(calls, run):
    """Runs per second in the best of many short times."""
    best, start = 0.0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        from_here = time.perf_counter()
        for _ in range(calls):
            run()
        best = max(best, calls / (time.perf_counter() - from_here))
    return best


for _ in range(20):
    train()
    stream()
print("ready", torch.__version__, flush=True)
for index, _ in enumerate(sys.stdin):
    print(BATCH * rate(1, train) if index % 2 else 1e9 / rate(10, stream), flush=True)
