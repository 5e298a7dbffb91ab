"""Inference in onnxruntime: dense networks, and steps of recurrent ones whose state goes in and comes out."""

import functools
import itertools

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import measure

RANDOM = np.random.default_rng(1)


def weights(name, *shape):
    values = RANDOM.uniform(-0.1, 0.1, shape).astype(np.float32)
    return numpy_helper.from_array(values, name)


def tensor(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def session(nodes, inputs, outputs, constants):
    graph = helper.make_graph(nodes, "network", inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = measure.THREADS
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def dense(widths, batch):
    nodes, constants, front = [], [], "x"
    for index, (inputs, outputs) in enumerate(itertools.pairwise(widths)):
        weight, bias, name = f"weight{index}", f"bias{index}", f"layer{index}"
        constants += [weights(weight, outputs, inputs), weights(bias, outputs)]
        nodes.append(helper.make_node("Gemm", [front, weight, bias], [name], transB=1))
        front = name
        if index + 2 < len(widths):
            front = f"relu{index}"
            nodes.append(helper.make_node("Relu", [name], [front]))
    network = session(nodes, [tensor("x", batch, widths[0])], [tensor(front, batch, widths[-1])], constants)
    x = RANDOM.uniform(-0.5, 0.5, (batch, widths[0])).astype(np.float32)
    return lambda: network.run(None, {"x": x})


def resnet():
    """ResNet-18 whose normalisations are folded into its convolutions."""
    nodes, constants = [], []

    def node(kind, inputs, **options):
        output = f"value{len(nodes)}"
        nodes.append(helper.make_node(kind, inputs, [output], **options))
        return output

    def conv(x, inputs, outputs, size, stride):
        weight, bias = f"weight{len(constants)}", f"bias{len(constants)}"
        constants.extend([weights(weight, outputs, inputs, size, size), weights(bias, outputs)])
        return node("Conv", [x, weight, bias], strides=[stride] * 2, pads=[size // 2] * 4)

    x = node("Relu", [conv("x", 3, 64, 7, 2)])
    x = node("MaxPool", [x], kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4)
    for inputs, outputs in itertools.pairwise((64, 64, 64, 128, 128, 256, 256, 512, 512)):
        stride = outputs // inputs
        y = node("Relu", [conv(x, inputs, outputs, 3, stride)])
        y = conv(y, outputs, outputs, 3, 1)
        around = x if stride == 1 else conv(x, inputs, outputs, 1, stride)
        x = node("Relu", [node("Add", [y, around])])
    x = node("Flatten", [node("GlobalAveragePool", [x])])
    constants.extend([weights("head", 512, 1000), weights("bias", 1000)])
    x = node("Gemm", [x, "head", "bias"])
    network = session(nodes, [tensor("x", 1, 3, 224, 224)], [tensor(x, 1, 1000)], constants)
    image = RANDOM.uniform(-0.5, 0.5, (1, 3, 224, 224)).astype(np.float32)
    return lambda: network.run(None, {"x": image})


def recurrent(kind, gates, hidden):
    """One step, through onnxruntime's own memory of inputs and outputs, which nothing is copied into but the signal."""
    state = ["h", "c"] if kind == "LSTM" else ["h"]
    constants = [
        weights("w", 1, gates * hidden, 1),
        weights("r", 1, gates * hidden, hidden),
        weights("b", 1, 2 * gates * hidden),
        weights("head", hidden, 1),
        weights("bias", 1),
    ]
    names = ["x", "w", "r", "b", "", *state]
    options = {} if kind == "LSTM" else {"linear_before_reset": 1}
    nodes = [
        helper.make_node(kind, names, ["", *(f"{name}_next" for name in state)], hidden_size=hidden, **options),
        helper.make_node("MatMul", ["h_next", "head"], ["product"]),
        helper.make_node("Add", ["product", "bias"], ["y"]),
    ]
    inputs = [tensor("x", 1, 1, 1), *(tensor(name, 1, 1, hidden) for name in state)]
    outputs = [tensor("y", 1, 1, 1), *(tensor(f"{name}_next", 1, 1, hidden) for name in state)]
    network = session(nodes, inputs, outputs, constants)
    signal = itertools.cycle(RANDOM.uniform(-0.5, 0.5, (4096, 1, 1, 1)).astype(np.float32))
    values = {name: np.zeros((1, 1, hidden), np.float32) for name in state}

    def run():
        _, *after = network.run(None, {"x": next(signal), **values})
        values.update(zip(state, after))

    return run


MNIST = (784, 512, 256, 10)
WORKLOADS = {
    "forward-10-32-16-2": lambda: dense((10, 32, 16, 2), 1),
    "forward-64-64-64-4": lambda: dense((64, 64, 64, 4), 1),
    **{f"infer-{batch}": functools.partial(dense, MNIST, batch) for batch in (1, 8, 64, 1024)},
    "resnet-18": resnet,
    **{f"lstm-{hidden}": functools.partial(recurrent, "LSTM", 4, hidden) for hidden in (8, 16, 20, 40, 64)},
    **{f"gru-{hidden}": functools.partial(recurrent, "GRU", 3, hidden) for hidden in (8, 16, 24, 64)},
}
measure.serve(f"onnxruntime {onnxruntime.__version__}", WORKLOADS)
