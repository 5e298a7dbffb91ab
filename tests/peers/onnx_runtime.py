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
    **{f"lstm-{hidden}": functools.partial(recurrent, "LSTM", 4, hidden) for hidden in (8, 16, 20, 40, 64)},
    **{f"gru-{hidden}": functools.partial(recurrent, "GRU", 3, hidden) for hidden in (8, 16, 24, 64)},
}
measure.serve(f"onnxruntime {onnxruntime.__version__}", WORKLOADS)
