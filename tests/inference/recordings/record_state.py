#!/usr/bin/env python3
"""Appends to recordings.bin: LSTM layers, weights that are packed or brought to int8 on the fly, operators that move.

See record.py.
"""

import sys

import numpy as np
from ai_edge_litert import schema_py_generated as s

import recorder
from recorder import ACTIVATIONS, F32, I8, I16, I32, OP, SUFFIX, U8, Net, bias, out_size, record, weights, write

recorder.rng = rng = np.random.default_rng(20260202)
INT4 = s.TensorType.INT4


def options(kind, **fields):
    o = kind()
    for name, value in fields.items():
        setattr(o, name, value)
    return o


def lstm(name, sequence, kind, weight, batch, depth, cells, outputs, time=1, coupled=False, peepholes=False, norms=False,
         cell_clip=0.0, projection_clip=0.0, time_major=False, asymmetric=False, hidden_zero=0, projected=None):
    """All inputs of the format's full kernel; `kind` of activations, `weight` of weights."""
    net = Net()
    projected = outputs != cells if projected is None else projected
    shape = [batch, depth] if not sequence else [time, batch, depth] if time_major else [batch, time, depth]
    byte = kind == I8
    x = net.input(kind, shape, **(dict(scale=0.02, zero=3) if byte else {}))
    hidden_scale = 1 / 128

    def matrix(rows, columns):
        if weight == F32:
            return net.tensor(F32, [rows, columns], data=rng.normal(0, 0.4, [rows, columns]))
        return net.tensor(I8, [rows, columns], scale=rng.uniform(0.004, 0.01), data=rng.integers(-127, 128, [rows, columns]))

    def vector(n, spread, scale):
        if not byte:
            return net.tensor(F32, [n], data=rng.normal(0, spread, n))
        return net.tensor(I32, [n], scale=scale, data=np.rint(rng.normal(0, spread, n) / scale))

    def diagonal():
        if byte:
            return net.tensor(I16, [cells], scale=2e-5, data=rng.integers(-20000, 20000, cells))
        if weight == I8:
            return net.tensor(I8, [cells], scale=0.004, data=rng.integers(-127, 128, cells))
        return net.tensor(F32, [cells], data=rng.normal(0, 0.4, cells))

    def norm():
        if byte:
            return net.tensor(I16, [cells], scale=3e-5, data=rng.integers(5000, 32000, cells))
        return net.tensor(F32, [cells], data=rng.uniform(0.3, 1.0, cells))

    first = 1 if coupled else 0
    none = [-1] * first
    ins = [x] + none + [matrix(cells, depth) for _ in range(4 - first)]
    ins += none + [matrix(cells, outputs) for _ in range(4 - first)]
    ins += (none + [diagonal() for _ in range(3 - first)]) if peepholes else [-1] * 3
    ins += none + [vector(cells, 0.3, 3e-5 / 1024 if norms else 1e-4) for _ in range(4 - first)]
    ins += [matrix(outputs, cells), vector(outputs, 0.2, 1e-4)] if projected else [-1, -1]
    quant = dict(scale=hidden_scale, zero=hidden_zero) if byte else {}
    for n, kind_of_state, more in ((outputs, kind, quant), (cells, I16 if byte else F32, dict(scale=2.0 ** -11) if byte else {})):
        state = net.tensor(kind_of_state, [batch, n], **more)
        net.graph.tensors[state].isVariable = True
        ins.append(state)
    ins += (none + [norm() for _ in range(4 - first)]) if norms else [-1] * 4
    y = net.tensor(kind, shape[:-1] + [outputs], **quant)
    fields = dict(fusedActivationFunction=4, cellClip=cell_clip, projClip=projection_clip,
                  asymmetricQuantizeInputs=asymmetric)
    if sequence:
        net.op(OP.UNIDIRECTIONAL_SEQUENCE_LSTM, ins, [y],
               options(s.UnidirectionalSequenceLSTMOptionsT, timeMajor=time_major, **fields), 2)
    else:
        net.op(OP.LSTM, ins, [y], options(s.LSTMOptionsT, **fields), 3)
    if byte:
        net.graph.operators[-1].intermediates = [
            net.tensor(I16, [0], scale=rng.uniform(1e-4, 3e-4)) for _ in range(4)] + [
            net.tensor(I8, [0], scale=1 / 128, zero=hidden_zero)]
    record(name, net)


for i, (kind, weight) in enumerate(((F32, F32), (F32, I8), (I8, I8))):
    tag = ("float32", "hybrid", "int8")[i]
    lstm("lstm_%s_plain" % tag, False, kind, weight, 2, 5, 7, 7)
    lstm("lstm_%s_projected" % tag, False, kind, weight, 2, 6, 8, 4, cell_clip=2.0, projection_clip=0.4)
    lstm("lstm_%s_coupled" % tag, False, kind, weight, 1, 4, 6, 6, coupled=True)
    lstm("lstm_%s_norms" % tag, True, kind, weight, 2, 5, 8, 8, time=3, norms=True)
    lstm("lstm_%s_peepholes" % tag, True, kind, weight, 2, 5, 6, 6, time=4, peepholes=True, time_major=True)
lstm("lstm_hybrid_asymmetric", True, F32, I8, 2, 9, 6, 6, time=3, asymmetric=True)
lstm("lstm_int8_zero", True, I8, I8, 2, 5, 7, 7, time=5, hidden_zero=-9)
lstm("lstm_int8_zero_projected", False, I8, I8, 2, 5, 7, 3, hidden_zero=11)

# Weights of four bits, and inputs brought to int8 on the fly with a zero point.


def packed(shape):
    values = rng.integers(-8, 8, int(np.prod(shape)))
    padded = np.pad(values, (0, len(values) % 2)) & 15
    return (padded[0::2] | padded[1::2] << 4).astype(np.uint8)


def four_bits(net, shape, scale, axis=0):
    index = net.tensor(INT4, shape, scale=scale, axis=axis)
    buffer = s.BufferT()
    buffer.data = list(packed(shape).tobytes())
    net.graph.tensors[index].buffer = len(net.model.buffers)
    net.model.buffers.append(buffer)
    return index


for i, (kind, depth, cout) in enumerate(((F32, 13, 5), (I8, 8, 7), (F32, 32, 4))):
    net = Net()
    x = net.input(kind, [3, depth], **({} if kind == F32 else dict(scale=0.05, zero=-7)))
    f = four_bits(net, [cout, depth], rng.uniform(0.02, 0.1))
    y = net.tensor(kind, [3, cout], **({} if kind == F32 else dict(scale=0.3, zero=4)))
    net.op(OP.FULLY_CONNECTED, [x, f, bias(net, kind, cout, 200)], [y], s.FullyConnectedOptionsT(), 8)
    record("fully_connected_int4_%d" % i, net)
for i, (rows, depth, cout, per_channel) in enumerate(((2, 30, 7, False), (3, 17, 12, True))):
    net = Net()
    x = net.input(F32, [rows, depth])
    f = net.tensor(I8, [cout, depth], **weights(I8, [cout, depth], cout, 0, per_channel))
    y = net.tensor(F32, [rows, cout])
    net.op(OP.FULLY_CONNECTED, [x, f, bias(net, F32, cout)], [y],
           options(s.FullyConnectedOptionsT, asymmetricQuantizeInputs=True), 9)
    record("dynamic_fully_connected_asymmetric_%d" % i, net)
for i, (n, h, w, cin, cout, pad) in enumerate(((1, 7, 6, 3, 5, 0), (2, 5, 5, 4, 3, 1))):
    net = Net()
    x = net.input(F32, [n, h, w, cin])
    f = net.tensor(I8, [cout, 3, 3, cin], **weights(I8, [cout, 3, 3, cin], cout, 0))
    y = net.tensor(F32, [n, out_size(h, 3, 1, 1, pad), out_size(w, 3, 1, 1, pad), cout])
    net.op(OP.CONV_2D, [x, f, bias(net, F32, cout)], [y],
           options(s.Conv2DOptionsT, padding=pad, strideH=1, strideW=1, fusedActivationFunction=ACTIVATIONS[i]), 5)
    record("dynamic_conv2d_channels_%d" % i, net)
    net = Net()
    x = net.input(F32, [n, h, w, cin])
    f = net.tensor(I8, [1, 3, 3, 2 * cin], **weights(I8, [1, 3, 3, 2 * cin], 2 * cin, 3))
    y = net.tensor(F32, [n, out_size(h, 3, 2, 1, pad), out_size(w, 3, 2, 1, pad), 2 * cin])
    net.op(OP.DEPTHWISE_CONV_2D, [x, f, bias(net, F32, 2 * cin)], [y],
           options(s.DepthwiseConv2DOptionsT, padding=pad, strideH=2, strideW=2, depthMultiplier=2), 6)
    record("dynamic_depthwise_%d" % i, net)

# Operators that move, scatter and rank; functions of bytes.


def one(name, code, kind, shape, out, opt=None, parameters=(), quant=None, out_quant=None, version=1, more_out=()):
    net = Net()
    quant = ({} if kind in (F32, I32) else dict(scale=0.04, zero=5)) if quant is None else quant
    x = net.input(kind, shape, **quant)
    ins = [x] + [net.tensor(I32, np.shape(p), data=np.array(p)) for p in parameters]
    outs = [net.tensor(kind, out, **(quant if out_quant is None else out_quant))] + [net.tensor(*m) for m in more_out]
    net.op(code, ins, outs, opt, version)
    record(name, net)


for kind in (F32, I8, U8):
    name = SUFFIX[kind]
    one("space_to_batch_%s" % name, OP.SPACE_TO_BATCH_ND, kind, [2, 3, 5, 2], [12, 2, 3, 2], s.SpaceToBatchNDOptionsT(),
        [[2, 3], [[1, 0], [2, 2]]], version=2)
    one("batch_to_space_%s" % name, OP.BATCH_TO_SPACE_ND, kind, [12, 2, 3, 2], [2, 3, 6, 2], s.BatchToSpaceNDOptionsT(),
        [[2, 3], [[1, 0], [1, 2]]], version=2)
    for mode, pads, out in ((0, [[1, 1], [0, 2], [3, 1]], [4, 5, 8]), (1, [[2, 0], [3, 1], [0, 4]], [4, 7, 8])):
        one("mirror_pad_%s_%d" % (name, mode), OP.MIRROR_PAD, kind, [2, 3, 4], out, options(s.MirrorPadOptionsT, mode=mode),
            [pads], version=2)
    one("top_%s" % name, OP.TOPK_V2, kind, [3, 11], [3, 4], s.TopKV2OptionsT(), [4], version=2, more_out=[(I32, [3, 4])])
one("space_to_batch_rank3", OP.SPACE_TO_BATCH_ND, F32, [2, 5, 3], [6, 2, 3], s.SpaceToBatchNDOptionsT(), [[3], [[1, 0]]])
for i, (indices, updates, shape) in enumerate((([[1], [3], [1]], [3, 4], [5, 4]), ([[0, 2], [1, 0]], [2], [2, 3]))):
    for kind in (F32, I32):
        net = Net()
        at = net.tensor(I32, np.shape(indices), data=np.array(indices))
        x = net.input(kind, updates)
        size = net.tensor(I32, [len(shape)], data=np.array(shape))
        net.op(OP.SCATTER_ND, [at, x, size], [net.tensor(kind, shape)], s.ScatterNdOptionsT())
        record("scatter_%s_%d" % (SUFFIX[kind], i), net)
net = Net()
x, u, at = net.input(F32, [4, 5, 6]), net.input(F32, [2, 5, 3]), net.input(I32, [3])
net.op(OP.DYNAMIC_UPDATE_SLICE, [x, u, at], [net.tensor(F32, [4, 5, 6])], s.DynamicUpdateSliceOptionsT())
record("update_slice", net)

with open(sys.argv[1], "ab") as f:
    write(f)
