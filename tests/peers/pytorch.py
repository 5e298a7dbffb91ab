"""The workloads in PyTorch, in the forms that its documentation recommends for speed on a processor."""

import functools
import itertools

import torch
from torch import nn
from torch.nn import functional

import measure

VOCABULARY, LENGTH = 65, 64

torch.set_num_threads(measure.THREADS)
torch.manual_seed(1)


def dense(*widths):
    layers = []
    for inputs, outputs in itertools.pairwise(widths):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def infer(model, *shape):
    model, x = model.eval(), torch.rand(shape) - 0.5

    @torch.inference_mode()
    def run():
        model(x)

    return run


def train(model, optimizer, loss, x, targets):
    optimizer = optimizer(model.parameters())

    def run():
        optimizer.zero_grad()
        loss(model(x), targets).backward()
        optimizer.step()

    return run


def classify(model, shape):
    def adam(parameters):
        return torch.optim.Adam(parameters, lr=1e-3)

    classes = torch.arange(shape[0]) % 10
    return train(model, adam, nn.CrossEntropyLoss(), torch.rand(shape) - 0.5, classes)


def lenet():
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    )

    def sgd(parameters):
        return torch.optim.SGD(parameters, lr=0.01, momentum=0.9)

    return train(model, sgd, nn.CrossEntropyLoss(), torch.rand(64, 1, 28, 28), torch.arange(64) % 10)


class Residual(nn.Module):
    """A block of ResNet whose normalisations are folded into its convolutions."""

    def __init__(self, inputs, outputs):
        super().__init__()
        stride = outputs // inputs
        self.into = nn.Conv2d(inputs, outputs, 3, stride, 1)
        self.out = nn.Conv2d(outputs, outputs, 3, 1, 1)
        self.project = nn.Identity() if stride == 1 else nn.Conv2d(inputs, outputs, 1, stride)

    def forward(self, x):
        y = self.out(functional.relu(self.into(x), inplace=True))
        return functional.relu(y.add_(self.project(x)), inplace=True)


def resnet():
    widths = (64, 64, 64, 128, 128, 256, 256, 512, 512)
    return nn.Sequential(
        nn.Conv2d(3, 64, 7, 2, 3), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1),
        *(Residual(inputs, outputs) for inputs, outputs in itertools.pairwise(widths)),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 1000),
    )


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.into = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x):
        batch, length, width = x.shape
        heads = (batch, length, self.heads, width // self.heads)
        q, k, v = (part.view(heads).transpose(1, 2) for part in self.into(x).chunk(3, dim=-1))
        y = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.out(y.transpose(1, 2).reshape(batch, length, width))


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.attention = nn.Sequential(nn.LayerNorm(width), Attention(width, 4))
        self.feed_forward = nn.Sequential(
            nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width)
        )

    def forward(self, x):
        x = x + self.attention(x)
        return x + self.feed_forward(x)


class Gpt(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, width)
        self.position = nn.Parameter(0.02 * torch.randn(LENGTH, width))
        self.blocks = nn.Sequential(*(Block(width) for _ in range(4)))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, VOCABULARY)

    def forward(self, tokens):
        logits = self.head(self.norm(self.blocks(self.embedding(tokens) + self.position)))
        return logits.view(-1, VOCABULARY)


def gpt(width, batch):
    tokens = torch.randint(VOCABULARY, (batch, LENGTH))
    targets = torch.randint(VOCABULARY, (batch * LENGTH,))
    return train(Gpt(width), torch.optim.AdamW, functional.cross_entropy, tokens, targets)


def recurrent(kind, hidden):
    layer, head = kind(1, hidden, batch_first=True), nn.Linear(hidden, 1)
    signal = itertools.cycle(torch.rand(4096, 1, 1, 1) - 0.5)
    state = None

    @torch.inference_mode()
    def run():
        nonlocal state
        output, state = layer(next(signal), state)
        head(output)

    return run


def convolutions(channels):
    sizes = [(1, 1), (channels, 2), (channels, 4), (channels, 8)]
    layers = [nn.Conv1d(inputs, channels, 3, dilation=dilation) for inputs, dilation in sizes]
    head = nn.Conv1d(channels, 1, 1)
    signal = itertools.cycle(torch.rand(4096, 1, 1, 1) - 0.5)
    histories = [torch.zeros(1, inputs, 2 * dilation) for inputs, dilation in sizes]

    @torch.inference_mode()
    def run():
        x = next(signal)
        for index, layer in enumerate(layers):
            window = torch.cat([histories[index], x], dim=2)
            histories[index] = window[:, :, 1:]
            x = torch.tanh(layer(window))
        head(x)

    return run


class Sequences(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(32, 64, batch_first=True)
        self.head = nn.Linear(64, 1)

    def forward(self, x):
        return self.head(self.gru(x)[0][:, -1])


def gru_training():
    def adam(parameters):
        return torch.optim.Adam(parameters, lr=1e-3)

    return train(Sequences(), adam, nn.MSELoss(), torch.rand(32, 64, 32) - 0.5, torch.full((32, 1), 0.5))


MNIST = (784, 512, 256, 10)


def classes_of_digits(batch):
    return infer(dense(*MNIST), batch, MNIST[0])


WORKLOADS = {
    "forward-10-32-16-2": lambda: infer(dense(10, 32, 16, 2), 1, 10),
    "forward-64-64-64-4": lambda: infer(dense(64, 64, 64, 4), 1, 64),
    "train-64-64-64-10": lambda: classify(dense(64, 64, 64, 10), (32, 64)),
    "train-784-512-256-10": lambda: classify(dense(*MNIST), (128, 784)),
    "train-lenet": lenet,
    "train-gpt-64": lambda: gpt(64, 16),
    "train-gpt-128": lambda: gpt(128, 12),
    "train-gru": gru_training,
    "resnet-18": lambda: infer(resnet(), 1, 3, 224, 224),
    **{f"infer-{batch}": functools.partial(classes_of_digits, batch) for batch in (1, 8, 64, 1024)},
    **{f"lstm-{hidden}": functools.partial(recurrent, nn.LSTM, hidden) for hidden in (8, 16, 20, 40, 64)},
    **{f"gru-{hidden}": functools.partial(recurrent, nn.GRU, hidden) for hidden in (8, 16, 24, 64)},
    **{f"conv-{channels}": functools.partial(convolutions, channels) for channels in (8, 16)},
}
measure.serve(f"PyTorch {torch.__version__.split('+')[0]}", WORKLOADS)
