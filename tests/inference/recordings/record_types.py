#!/usr/bin/env python3
"""Appends to recordings.bin: operators in the types that quantisers write besides int8: words (int16), bytes with scales
of their own, and what counts or sums along an axis.

See record.py.
"""

import sys

import numpy as np
from ai_edge_litert import schema_py_generated as s

import recorder
from recorder import ACTIVATIONS, F32, I8, I16, I32, OP, SUFFIX, U8, Net, out_size, q, record, write

recorder.rng = rng = np.random.default_rng(20260303)
BOOL, I64, INT4 = s.TensorType.BOOL, s.TensorType.INT64, s.TensorType.INT4
SUFFIX = {**SUFFIX, I64: "int64", BOOL: "bool"}
WORD = dict(scale=1 / 32768, zero=0)


def options(kind, **fields):
    o = kind()
    for name, value in fields.items():
        setattr(o, name, value)
    return o


def scaled(kind, low=0.01, high=0.3):
    return q(kind, low, high) if kind in (I8, U8, I16) else {}


def operator(name, code, inputs, outputs, opt=None, version=1):
    """inputs: (type, shape, quantisation) of what comes from outside, or with values as a fourth for constants."""
    net = Net()
    ins = [net.input(i[0], i[1], **i[2]) if len(i) == 3 else net.tensor(i[0], i[1], data=i[3], **i[2]) for i in inputs]
    outs = [net.tensor(o[0], o[1], **o[2]) for o in outputs]
    net.op(code, ins, outs, opt, version)
    record(name, net)


def integers(values):
    return (I32, np.shape(values), {}, np.array(values))


# Words: pools, curves, RELUs, means, sums, padding.

for code, name in ((OP.MAX_POOL_2D, "max_pool"), (OP.AVERAGE_POOL_2D, "average_pool")):
    for i, (kh, kw, sh, sw, pad) in enumerate(((2, 3, 2, 1, 0), (3, 3, 1, 2, 1), (5, 1, 1, 1, 0))):
        quant = dict(scale=0.001, zero=0)
        out = [2, out_size(6, kh, sh, 1, pad), out_size(7, kw, sw, 1, pad), 5]
        operator("%s_int16_%d" % (name, i), code, [(I16, [2, 6, 7, 5], quant)], [(I16, out, quant)],
                 options(s.Pool2DOptionsT, padding=pad, strideH=sh, strideW=sw, filterHeight=kh, filterWidth=kw,
                         fusedActivationFunction=ACTIVATIONS[i]), 3)
for code, name in ((OP.LOGISTIC, "logistic"), (OP.TANH, "tanh")):
    for i, scale in enumerate((2.0 ** -12, 2.0 ** -11, 2.0 ** -15, 0.00031, 0.0009, 0.02, 0.7)):
        operator("%s_int16_%d" % (name, i), code, [(I16, [1500], dict(scale=scale, zero=0))], [(I16, [1500], WORD)], None, 3)
for i, (shape, scale, beta) in enumerate((([3, 11], 0.001, 1.0), ([2, 2, 7], 0.0002, 1.0), ([4, 94], 0.0005, 0.5), ([1, 1], 0.01, 1.0),
                                          ([40, 10], 0.00003, 2.0))):
    operator("softmax_int16_%d" % i, OP.SOFTMAX, [(I16, shape, dict(scale=scale, zero=0))], [(I16, shape, WORD)],
             options(s.SoftmaxOptionsT, beta=beta), 3)
for code, name in ((OP.RELU, "relu"), (OP.RELU6, "relu6")):
    for i, (a, b) in enumerate(((0.0005, 0.0003), (0.0005, 0.0005))):
        operator("%s_int16_%d" % (name, i), code, [(I16, [400], dict(scale=a, zero=0))],
                 [(I16, [400], dict(scale=b, zero=0))], None, 3)
for code, name in ((OP.MEAN, "mean"), (OP.SUM, "sum")):
    # LiteRT 2.3.0 sums int8 and int16 as if they were uint8.
    for kind in (I16,) if code == OP.MEAN else (U8,):
        for i, (shape, axes, out) in enumerate((([2, 5, 4, 3], [1, 2], [2, 3]), ([3, 7], [-1], [3]), ([2, 3, 4], [0, 2], [3]))):
            low = dict(low=0.001, high=0.01) if kind == I16 else {}
            for same in (False, True):
                quant = scaled(kind, **low)
                operator("%s_%s_%d%s" % (name, SUFFIX[kind], i, "_same" if same else ""), code,
                         [(kind, shape, quant), integers(axes)],
                         [(kind, out, quant if same else scaled(kind, 0.05, 0.5))], s.ReducerOptionsT(), 2)
for kind in (I16, I64):
    quant = scaled(kind)
    value = (kind, [], quant, np.array(7))
    if kind == I64:
        operator("pad_int64", OP.PAD, [(kind, [2, 3], {}), integers([[1, 0], [0, 2]])], [(kind, [3, 5], {})],
                 s.PadOptionsT(), 2)
        recorder.NUMPY[I64] = np.int64
    operator("pad_value_%s" % SUFFIX[kind], OP.PADV2, [(kind, [2, 3, 2], quant), integers([[1, 2], [0, 1], [2, 0]]), value],
             [(kind, [5, 4, 4], quant)], s.PadV2OptionsT(), 2)

# Words under int8 weights: dense layers per channel and on ties, biases of 32 bits, transposed convolutions.


def word_layer(name, code, x_shape, w_shape, y_shape, channels, axis, bias_type, opt, per_channel=True, first=None, ties=False):
    net = Net()
    x_scale, n = np.float32(0.0011), channels if per_channel else 1
    w_scale = np.float32(rng.uniform(0.002, 0.02, n))
    y_scale = np.float32(0.0061)
    before = [] if first is None else [net.tensor(I32, [len(first)], data=np.array(first))]
    w = net.tensor(I8, w_shape, scale=w_scale, axis=axis, data=rng.integers(-127, 128, w_shape))
    x = net.input(I16, x_shape, scale=x_scale, zero=0)
    ins = before + ([w, x] if before else [x, w])
    if bias_type is not None:
        ins.append(net.tensor(bias_type, [channels], scale=[1e-5], data=rng.integers(-90000, 90000, channels)))
    y = net.tensor(I16, y_shape, scale=y_scale, zero=0)
    net.op(code, ins, [y], opt, {OP.FULLY_CONNECTED: 9, OP.CONV_2D: 8, OP.TRANSPOSE_CONV: 5}[code])
    record(name, net)


for i, bias_type in enumerate((I64, I32, None)):
    for per_channel in (False, True):
        narrow = dict(quantizedBiasType=I32) if bias_type == I32 else {}
        word_layer("fully_connected_words_%d_%d" % (i, per_channel), OP.FULLY_CONNECTED, [7, 33], [50, 33], [7, 50], 50, 0,
                   bias_type, options(s.FullyConnectedOptionsT, fusedActivationFunction=ACTIVATIONS[i], **narrow), per_channel)
word_layer("conv2d_words_narrow", OP.CONV_2D, [1, 6, 5, 9], [12, 3, 2, 9], [1, 6, 5, 12], 12, 0, I32,
           options(s.Conv2DOptionsT, strideH=1, strideW=1, quantizedBiasType=I32))
for i, bias_type in enumerate((None, I64, I32)):
    narrow = dict(quantizedBiasType=I32) if bias_type == I32 else {}
    word_layer("transpose_conv_words_%d" % i, OP.TRANSPOSE_CONV, [2, 3, 4, 5], [6, 3, 2, 5], [2, 6, 8, 6], 6, 0, bias_type,
               options(s.TransposeConvOptionsT, strideH=2, strideW=2, fusedActivationFunction=i, **narrow),
               first=[2, 6, 8, 6])

# Words on scales that are powers of two.

for i, (a, b, out) in enumerate(((-12, -12, -12), (-14, -11, -11), (-10, -13, -10))):
    for code, name, kind in ((OP.ADD, "add", s.AddOptionsT), (OP.SUB, "sub", s.SubOptionsT)):
        operator("%s_int16_shifted_%d" % (name, i), code,
                 [(I16, [2, 40], dict(scale=2.0 ** a, zero=0)), (I16, [2, 40], dict(scale=2.0 ** b, zero=0))],
                 [(I16, [2, 40], dict(scale=2.0 ** out, zero=0))],
                 options(kind, potScaleInt16=True, fusedActivationFunction=ACTIVATIONS[i % 2]), 3)

# Bytes with scales of their own.

PAIRS = (([2, 3, 5], [2, 3, 5]), ([4, 3, 5], [5]), ([2, 1, 5], [1, 3, 1]))
for i, (a, b) in enumerate(PAIRS):
    out = np.broadcast_shapes(a, b)
    for kind in (I8, U8):
        for code, name, opt in ((OP.EQUAL, "equal", s.EqualOptionsT), (OP.NOT_EQUAL, "not_equal", s.NotEqualOptionsT),
                                (OP.LESS, "less", s.LessOptionsT), (OP.LESS_EQUAL, "less_equal", s.LessEqualOptionsT),
                                (OP.GREATER, "greater", s.GreaterOptionsT),
                                (OP.GREATER_EQUAL, "greater_equal", s.GreaterEqualOptionsT)):
            quant = scaled(kind)
            operator("%s_%s_%d" % (name, SUFFIX[kind], i), code,
                     [(kind, a, quant), (kind, b, quant if i == 0 else scaled(kind))], [(BOOL, out, {})], opt(), 2)
        if i == 2:
            continue  # slopes may not stretch the input
        operator("prelu_%s_%d" % (SUFFIX[kind], i), OP.PRELU, [(kind, a, scaled(kind)), (kind, b, scaled(kind, 0.001, 0.02))],
                 [(kind, out, scaled(kind))])
    operator("squared_difference_int8_%d" % i, OP.SQUARED_DIFFERENCE, [(I8, a, scaled(I8)), (I8, b, scaled(I8))],
             [(I8, out, scaled(I8, 0.5, 3.0))], s.SquaredDifferenceOptionsT(), 2)
    for code, name in ((OP.EQUAL, "equal"), (OP.NOT_EQUAL, "not_equal")):
        operator("%s_bool_%d" % (name, i), code, [(BOOL, a, {}), (BOOL, b, {})], [(BOOL, out, {})], None, 3)
    for kind in (I8, U8, I16):
        quant = scaled(kind)
        operator("select_%s_%d" % (SUFFIX[kind], i), OP.SELECT_V2, [(BOOL, a, {}), (kind, b, quant), (kind, a, quant)],
                 [(kind, out, quant)], s.SelectV2OptionsT())
for kind in (I8, U8):
    for i in range(2):
        operator("gelu_%s_%d" % (SUFFIX[kind], i), OP.GELU, [(kind, [300], scaled(kind, 0.02, 0.06))],
                 [(kind, [300], scaled(kind, 0.02, 0.06))], options(s.GeluOptionsT, approximate=bool(i)), 2)
    for i, (low, high) in enumerate(((0.02, 0.06), (0.1, 0.4), (0.002, 0.01))):
        operator("hard_swish_%s_%d" % (SUFFIX[kind], i), OP.HARD_SWISH, [(kind, [300], scaled(kind, low, high))],
                 [(kind, [300], scaled(kind, low * 1.1, high))], s.HardSwishOptionsT())
for kind in (I8, I16):
    for i, (a, b, out, ta, tb) in enumerate((([2, 3, 4], [2, 4, 5], [2, 3, 5], False, False),
                                             ([1, 3, 4], [2, 5, 4], [2, 3, 5], False, True),
                                             ([6, 4, 7], [1, 6, 8], [1, 4, 8], True, False))):
        if i == 2:
            a, b, out = [3, 6, 7], [6, 8], [3, 7, 8]
        if kind == I16:
            quant = [dict(scale=x, zero=0) for x in (0.0003, 0.0007, 0.06)]
        else:
            quant = [scaled(kind), scaled(kind), scaled(kind, 1.0, 3.0)]
        operator("batch_matmul_%s_%d" % (SUFFIX[kind], i), OP.BATCH_MATMUL, [(kind, a, quant[0]), (kind, b, quant[1])],
                 [(kind, out, quant[2])], options(s.BatchMatMulOptionsT, adjX=ta, adjY=tb), 4 if kind == I16 else 2)

# What counts and sums along an axis, in any type.

for kind in (I8, U8, I16, I32, I64):
    quant = scaled(kind)
    for code, name in ((OP.REDUCE_MAX, "reduce_max"), (OP.REDUCE_MIN, "reduce_min")):
        operator("%s_%s" % (name, SUFFIX[kind]), code, [(kind, [3, 4, 5], quant), integers([0, 2])], [(kind, [4], quant)],
                 s.ReducerOptionsT(), 3)
for kind in (I32, I64):
    for code, name in ((OP.SUM, "sum"), (OP.REDUCE_PROD, "reduce_prod")):
        operator("%s_%s" % (name, SUFFIX[kind]), code, [(kind, [3, 4, 5], {}), integers([1])], [(kind, [3, 1, 5], {})],
                 options(s.ReducerOptionsT, keepDims=True), 2)
for code, name in ((OP.REDUCE_ANY, "reduce_any"), (OP.REDUCE_ALL, "reduce_all")):
    operator(name, code, [(BOOL, [12, 2], {}), integers([1])], [(BOOL, [12], {})], s.ReducerOptionsT())
for i, kind in enumerate((F32, I32, I64)):
    for exclusive in (False, True):
        operator("cumsum_%s_%d" % (SUFFIX[kind], exclusive), OP.CUMSUM, [(kind, [3, 5, 2], {}), integers(1 - i)],
                 [(kind, [3, 5, 2], {})], options(s.CumsumOptionsT, exclusive=exclusive, reverse=i == 1))
for kind in (F32, I8, I32, BOOL):
    for i, axis in enumerate((-1, 0, 1)):
        values = [(kind, [], {}), (kind, [], {}, np.array(0))]
        out = [[3, 2, 4], [4, 3, 2], [3, 4, 2]][i]
        operator("one_hot_%s_%d" % (SUFFIX[kind], i), OP.ONE_HOT,
                 [(I32, [3, 2], {}, np.array([[0, 3], [1, 4], [-1, 2]])), (I32, [], {}, np.array(4))] + values,
                 [(kind, out, {})], options(s.OneHotOptionsT, axis=axis))

# Packed constants made real; LSTM's older kernel of five inputs.

for per_channel in (False, True):
    net = Net()
    w = net.tensor(INT4, [3, 5], scale=rng.uniform(0.01, 0.1, 3 if per_channel else 1))
    nibbles = np.pad(rng.integers(-8, 8, 15), (0, 1)) & 15
    buffer = s.BufferT()
    buffer.data = list((nibbles[0::2] | nibbles[1::2] << 4).astype(np.uint8).tobytes())
    net.graph.tensors[w].buffer = len(net.model.buffers)
    net.model.buffers.append(buffer)
    real, x = net.tensor(F32, [3, 5]), net.input(F32, [3, 5])
    net.op(OP.DEQUANTIZE, [w], [real], s.DequantizeOptionsT(), 6)
    net.op(OP.ADD, [real, x], [net.tensor(F32, [3, 5])], s.AddOptionsT())
    record("dequantize_int4_%d" % per_channel, net)
for i, (rows, depth, cells) in enumerate(((1, 4, 3), (3, 7, 5))):
    net = Net()
    x, h = net.input(F32, [rows, depth]), net.input(F32, [rows, cells])
    w = net.tensor(F32, [4 * cells, depth + cells], data=rng.normal(0, 0.4, [4 * cells, depth + cells]))
    b = net.tensor(F32, [4 * cells], data=rng.normal(0, 0.3, 4 * cells))
    c = net.input(F32, [rows, cells])
    outs = [net.tensor(F32, [rows, n]) for n in (cells, cells, depth + cells, 4 * cells)]
    net.op(OP.LSTM, [x, h, w, b, c], outs, options(s.LSTMOptionsT, fusedActivationFunction=4, kernelType=1), 2)
    net.graph.outputs = outs[:2]
    record("lstm_basic_%d" % i, net)

with open(sys.argv[1], "ab") as f:
    write(f)
