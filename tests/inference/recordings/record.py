#!/usr/bin/env python3
"""Makes recordings.bin: small models, inputs, and what the format's reference kernels answer.

    python3 -m venv /tmp/record && /tmp/record/bin/pip install ai-edge-litert numpy flatbuffers
    /tmp/record/bin/python tests/inference/recordings/record.py tests/inference/recordings/recordings.bin
    /tmp/record/bin/python tests/inference/recordings/record_state.py tests/inference/recordings/recordings.bin

The second appends what remembers and what moves. Only needed to add cases; the test reads the committed file. A file is
a list of cases of four fields (name, model, inputs, outputs), each a 32-bit little-endian length and that many bytes.
Everything follows from a fixed seed.
"""

import sys

import numpy as np
from ai_edge_litert import schema_py_generated as s

from recorder import (ACTIVATIONS, F32, I8, I16, I32, OP, SUFFIX, U8, Net, bias, out_size, q, record, rng,
                      weights, write, zero)


def windows(n):
    """Odd sizes, strides, dilations and paddings."""
    for i in range(n):
        kh, kw = rng.integers(1, 5, 2)
        sh, sw = rng.integers(1, 4, 2)
        dh, dw = (1, 1) if i % 3 else rng.integers(1, 3, 2)
        if dh > 1 or dw > 1:
            sh = sw = 1
        pad = i % 2
        h, w = rng.integers(4, 10, 2)
        h, w = max(h, (kh - 1) * dh + 1), max(w, (kw - 1) * dw + 1)
        yield [int(x) for x in (h, w, kh, kw, sh, sw, dh, dw, pad)]


for kind in (I8, U8, F32):
    for i, (h, w, kh, kw, sh, sw, dh, dw, pad) in enumerate(windows(10 if kind == I8 else 4)):
        n, cin, cout = int(rng.integers(1, 3)), int(rng.choice([1, 2, 3, 5, 8, 11])), int(rng.integers(1, 10))
        groups = 2 if kind != U8 and i == 3 else 1
        if groups == 2:
            cin, cout = 6, 8
        net = Net()
        x = net.input(kind, [n, h, w, cin], **q(kind))
        f = net.tensor(kind, [cout, kh, kw, cin // groups],
                       **weights(kind, [cout, kh, kw, cin // groups], cout, 0, i != 1))
        ins = [x, f, bias(net, kind, cout)]
        y = net.tensor(kind, [n, out_size(h, kh, sh, dh, pad), out_size(w, kw, sw, dw, pad), cout],
                       **q(kind, 0.1, 1.0))
        o = s.Conv2DOptionsT()
        o.padding, o.strideH, o.strideW, o.dilationHFactor, o.dilationWFactor = pad, sh, sw, dh, dw
        o.fusedActivationFunction = ACTIVATIONS[i % 4]
        net.op(OP.CONV_2D, ins, [y], o, 3)
        record("conv2d_%s_%d" % (SUFFIX[kind], i), net)
    for i, (h, w, kh, kw, sh, sw, dh, dw, pad) in enumerate(windows(8 if kind == I8 else 3)):
        cin, mult = int(rng.choice([1, 3, 4, 8, 9])), 1 if i % 3 else int(rng.integers(1, 4))
        cout = cin * mult
        net = Net()
        sh = sw = max(sh, sw)
        x = net.input(kind, [1, h, w, cin], **q(kind))
        f = net.tensor(kind, [1, kh, kw, cout], **weights(kind, [1, kh, kw, cout], cout, 3))
        ins = [x, f, bias(net, kind, cout)]
        y = net.tensor(kind, [1, out_size(h, kh, sh, dh, pad), out_size(w, kw, sw, dw, pad), cout],
                       **q(kind, 0.05, 0.5))
        o = s.DepthwiseConv2DOptionsT()
        o.padding, o.strideH, o.strideW, o.dilationHFactor, o.dilationWFactor = pad, sh, sw, dh, dw
        o.depthMultiplier = mult
        o.fusedActivationFunction = ACTIVATIONS[i % 4]
        net.op(OP.DEPTHWISE_CONV_2D, ins, [y], o, 3)
        record("depthwise_%s_%d" % (SUFFIX[kind], i), net)
    for i in range(8 if kind == I8 else 3):
        rows, depth, cout = int(rng.integers(1, 5)), int(rng.integers(1, 40)), int(rng.integers(1, 14))
        net = Net()
        shape = [rows, depth] if i % 2 else [rows, 2, depth]
        x = net.input(kind, shape, **q(kind))
        per_channel = kind == I8 and i in (2, 5)
        f = net.tensor(kind, [cout, depth], **weights(kind, [cout, depth], cout, 0, per_channel))
        ins = [x, f, bias(net, kind, cout) if i != 3 else -1]
        keep = i == 2
        rows_out = int(np.prod(shape[:-1]))
        y = net.tensor(kind, shape[:-1] + [cout] if keep else [rows_out, cout], **q(kind, 0.1, 1.0))
        o = s.FullyConnectedOptionsT()
        o.fusedActivationFunction, o.keepNumDims = ACTIVATIONS[i % 4], keep
        net.op(OP.FULLY_CONNECTED, ins, [y], o, 5 if keep else 4)
        record("fully_connected_%s_%d" % (SUFFIX[kind], i), net)
    for code, name in ((OP.MAX_POOL_2D, "max_pool"), (OP.AVERAGE_POOL_2D, "average_pool")):
        for i, (h, w, kh, kw, sh, sw, dh, dw, pad) in enumerate(windows(3)):
            net, c = Net(), int(rng.integers(1, 10))
            quant = q(kind)
            x = net.input(kind, [2, h, w, c], **quant)
            y = net.tensor(kind, [2, out_size(h, kh, sh, 1, pad), out_size(w, kw, sw, 1, pad), c], **quant)
            o = s.Pool2DOptionsT()
            o.padding, o.strideH, o.strideW, o.filterHeight, o.filterWidth = pad, sh, sw, kh, kw
            o.fusedActivationFunction = ACTIVATIONS[i]
            net.op(code, [x], [y], o, 2)
            record("%s_%s_%d" % (name, SUFFIX[kind], i), net)
    for i, (shape, axes, keep) in enumerate([([2, 5, 4, 3], [1, 2], True), ([2, 5, 4, 3], [1, 2], False),
                                             ([3, 7], [1], True), ([3, 7], [-2], False), ([2, 3, 4], [0, 2], False),
                                             ([4, 3, 2, 5], [0, 1, 2, 3], False), ([1, 9, 9, 4], [1, 2], False)]):
        net = Net()
        quant = q(kind)
        x = net.input(kind, shape, **quant)
        a = net.tensor(I32, [len(axes)], data=np.array(axes))
        normal = [d % len(shape) for d in axes]
        out = [1 if d in normal else n for d, n in enumerate(shape) if keep or d not in normal]
        y = net.tensor(kind, out, **(quant if i == 6 else q(kind)))
        o = s.ReducerOptionsT()
        o.keepDims = keep
        net.op(OP.MEAN, [x, a], [y], o, 2)
        record("mean_%s_%d" % (SUFFIX[kind], i), net)
    for i, (a, b) in enumerate([([2, 3, 5], [2, 3, 5]), ([2, 3, 5], [5]), ([1], [2, 3, 4]), ([2, 1, 5], [1, 3, 1]),
                                ([2, 3, 4, 5], [2, 1, 1, 5])]):
        net = Net()
        ins = [net.input(kind, a, **q(kind)), net.input(kind, b, **q(kind))]
        y = net.tensor(kind, np.broadcast_shapes(a, b), **q(kind, 0.05, 0.6))
        o = s.AddOptionsT()
        o.fusedActivationFunction = ACTIVATIONS[i % 4]
        net.op(OP.ADD, ins, [y], o, 2)
        record("add_%s_%d" % (SUFFIX[kind], i), net)
    for i, pads in enumerate([[[0, 0], [1, 2], [0, 1], [0, 0]], [[1, 0], [0, 0], [2, 2], [1, 3]]]):
        net = Net()
        shape, quant = [2, 3, 4, 2], q(kind)
        x = net.input(kind, shape, **quant)
        p = net.tensor(I32, [4, 2], data=np.array(pads))
        y = net.tensor(kind, [d + sum(e) for d, e in zip(shape, pads)], **quant)
        net.op(OP.PAD, [x, p], [y], s.PadOptionsT(), 2)
        record("pad_%s_%d" % (SUFFIX[kind], i), net)
    for i, (shape, axis) in enumerate([([2, 3, 4], 1), ([2, 3, 4], -1), ([3, 2], 0)]):
        net = Net()
        quant = q(kind)
        sizes = [shape[axis], 2, 5]
        ins = []
        for n in sizes:
            dims = list(shape)
            dims[axis] = n
            ins.append(net.input(kind, dims, **(q(kind) if kind == U8 and i == 1 else quant)))
        dims = list(shape)
        dims[axis] = sum(sizes)
        y = net.tensor(kind, dims, **quant)
        o = s.ConcatenationOptionsT()
        o.axis = axis
        net.op(OP.CONCATENATION, ins, [y], o, 2)
        record("concatenation_%s_%d" % (SUFFIX[kind], i), net)
    for i, (shape, beta, scale) in enumerate([([1, 10], 1.0, 0.1), ([3, 7], 1.0, 0.4), ([2, 2, 11], 0.5, 0.03),
                                              ([1, 94], 1.0, 0.15), ([2, 1], 1.0, 0.2)]):
        net = Net()
        x = net.input(kind, shape, **({} if kind == F32 else dict(scale=scale, zero=zero(kind))))
        y = net.tensor(kind, shape, **({} if kind == F32 else dict(scale=1 / 256, zero=-128 if kind == I8 else 0)))
        o = s.SoftmaxOptionsT()
        o.beta = beta
        net.op(OP.SOFTMAX, [x], [y], o, 2)
        record("softmax_%s_%d" % (SUFFIX[kind], i), net)
    for code, name in ((OP.LOGISTIC, "logistic"), (OP.RELU, "relu"), (OP.RELU6, "relu6")):
        for i in range(2):
            net = Net()
            x = net.input(kind, [300], **q(kind, 0.02, 0.1))
            fixed = dict(scale=1 / 256, zero=-128 if kind == I8 else 0)
            quant = {} if kind == F32 else fixed if code == OP.LOGISTIC else q(kind, 0.02, 0.1)
            y = net.tensor(kind, [300], **quant)
            net.op(code, [x], [y], None, 2)
            record("%s_%s_%d" % (name, SUFFIX[kind], i), net)



def ties(kind, op, per_channel, factor):
    """Sums that fall on or beside the middle between two results: what tells one way of rounding from another."""
    net, n = Net(), 120
    middle = 128 if kind == U8 else 0
    a, b = np.float32(rng.uniform(0.01, 0.1)), np.float32(rng.uniform(0.01, 0.1))
    out = np.float32(float(a) * float(b) / factor)
    sums = np.rint((rng.integers(-120, 120, n) + 0.5) * float(out) / (float(a) * float(b))) + rng.integers(-1, 2, n)
    shape = {OP.FULLY_CONNECTED: [n, 1], OP.CONV_2D: [n, 1, 1, 1], OP.DEPTHWISE_CONV_2D: [1, 1, 1, n]}[op]
    axis = 3 if op == OP.DEPTHWISE_CONV_2D else 0
    in_shape, out_shape = ([1, 1], [1, n]) if op == OP.FULLY_CONNECTED else ([1, 1, 1, 1], [1, 1, 1, n])
    x = net.input(kind, in_shape, scale=a, zero=middle)
    f = net.tensor(kind, shape, scale=[b] * n if per_channel else b, zero=middle, axis=axis, data=np.full(shape, middle))
    c = net.tensor(I32, [n], scale=float(a) * float(b), data=sums)
    y = net.tensor(kind, out_shape, scale=out, zero=middle)
    o = {OP.FULLY_CONNECTED: s.FullyConnectedOptionsT, OP.CONV_2D: s.Conv2DOptionsT,
         OP.DEPTHWISE_CONV_2D: s.DepthwiseConv2DOptionsT}[op]()
    if op != OP.FULLY_CONNECTED:
        o.strideH = o.strideW = 1
    if op == OP.DEPTHWISE_CONV_2D:
        o.depthMultiplier = n
    net.op(op, [x, f, c], [y], o, 3)
    return net


for op, name in ((OP.FULLY_CONNECTED, "fully_connected"), (OP.CONV_2D, "conv2d"), (OP.DEPTHWISE_CONV_2D, "depthwise")):
    for kind, per_channel in ((I8, False), (I8, True), (U8, False)):
        for i, factor in enumerate((0.5, 0.25, 0.003, 0.7, 0.0401, 1.3)):
            record("ties_%s_%s_%d_%d" % (name, SUFFIX[kind], per_channel, i), ties(kind, op, per_channel, factor))

for i, kind in enumerate((I8, U8, I16)):
    net = Net()
    quant = dict(scale=0.037, zero=0 if kind == I16 else zero(kind))
    x = net.input(F32, [5, 41])
    y = net.tensor(kind, [5, 41], **quant)
    net.op(OP.QUANTIZE, [x], [y], s.QuantizeOptionsT(), 2)
    record("quantize_%d" % i, net)
    net = Net()
    x = net.input(kind, [5, 41], **quant)
    y = net.tensor(F32, [5, 41])
    net.op(OP.DEQUANTIZE, [x], [y], s.DequantizeOptionsT(), 2)
    record("dequantize_%d" % i, net)
for i, (a, b) in enumerate(((I8, I8), (I8, U8), (U8, I8), (U8, U8))):
    net = Net()
    x = net.input(a, [300], **q(a))
    y = net.tensor(b, [300], **q(b))
    net.op(OP.QUANTIZE, [x], [y], s.QuantizeOptionsT(), 2)
    record("requantize_%d" % i, net)

# From here on: operators of one or two operands, of other orders, of words (int16).

BOOL = s.TensorType.BOOL


def options(kind, **fields):
    o = kind()
    for name, value in fields.items():
        setattr(o, name, value)
    return o


def one(name, code, kind, in_shape, out_shape, opt=None, parameters=(), quant=None, out_quant=None, version=1,
        out_kind=None, first=()):
    """An operator on one input, with constant int32 parameters after it (or before it: `first`)."""
    net = Net()
    quant = (q(kind) if kind in (I8, U8, I16) else {}) if quant is None else quant
    before = [net.tensor(I32, np.shape(p), data=np.array(p)) for p in first]
    x = net.input(kind, in_shape, **quant)
    after = [net.tensor(I32, np.shape(p), data=np.array(p)) for p in parameters]
    shapes = out_shape if isinstance(out_shape, tuple) else (out_shape,)
    out = [net.tensor(out_kind if out_kind is not None else kind, y, **(quant if out_quant is None else out_quant))
           for y in shapes]
    net.op(code, before + [x] + after, out, opt, version)
    record(name, net)


def two(name, code, kind, a, b, opt=None, out_kind=None, same=False, version=1, positive=False):
    net = Net()
    quant = q(kind, 0.05, 0.6) if kind in (I8, U8, I16) else {}
    more = dict(quant) if same else (q(kind, 0.05, 0.6) if quant else {})
    out = {} if out_kind == BOOL else quant if same else (q(kind, 0.1, 0.9) if quant else {})
    ins = [net.input(kind, a, **quant), net.input(kind, b, **more)]
    y = net.tensor(kind if out_kind is None else out_kind, np.broadcast_shapes(a, b), **out)
    net.op(code, ins, [y], opt, version)
    record(name, net)


PAIRS = [([2, 3, 5], [2, 3, 5]), ([2, 3, 5], [5]), ([2, 1, 5], [1, 3, 1])]
for i, (a, b) in enumerate(PAIRS):
    act = ACTIVATIONS[i % 2]
    for kind in (F32, I8, U8, I16):
        if kind == I16:
            two("add_int16_%d" % i, OP.ADD, kind, a, b,
                options(s.AddOptionsT, fusedActivationFunction=act, potScaleInt16=False), version=3)
        two("sub_%s_%d" % (SUFFIX[kind], i), OP.SUB, kind, a, b,
            options(s.SubOptionsT, fusedActivationFunction=act, potScaleInt16=False), version=5 if kind == I16 else 2)
        two("mul_%s_%d" % (SUFFIX[kind], i), OP.MUL, kind, a, b, options(s.MulOptionsT, fusedActivationFunction=act),
            version=5 if kind == I16 else 2)
        for code, name in ((OP.MAXIMUM, "maximum"), (OP.MINIMUM, "minimum")):
            two("%s_%s_%d" % (name, SUFFIX[kind], i), code, kind, a, b, s.MaximumMinimumOptionsT(), same=True,
                version=4 if kind == I16 else 2)
    two("div_float32_%d" % i, OP.DIV, F32, a, b, options(s.DivOptionsT, fusedActivationFunction=act))
    two("add_int32_%d" % i, OP.ADD, I32, a, b, s.AddOptionsT())
    two("sub_int32_%d" % i, OP.SUB, I32, a, b, s.SubOptionsT())
    two("squared_difference_float32_%d" % i, OP.SQUARED_DIFFERENCE, F32, a, b, s.SquaredDifferenceOptionsT())
    two("floor_mod_float32_%d" % i, OP.FLOOR_MOD, F32, a, b, s.FloorModOptionsT(), version=2)
    two("floor_div_float32_%d" % i, OP.FLOOR_DIV, F32, a, b, s.FloorDivOptionsT(), version=2)
    for code, name in ((OP.EQUAL, "equal"), (OP.LESS, "less"), (OP.GREATER_EQUAL, "greater_equal")):
        two("%s_int32_%d" % (name, i), code, I32, a, b, None, BOOL)
        two("%s_float32_%d" % (name, i), code, F32, a, b, None, BOOL)

for kind in (I8, U8):
    for i, alpha in enumerate((0.1, 0.3, 1.5)):
        one("leaky_relu_%s_%d" % (SUFFIX[kind], i), OP.LEAKY_RELU, kind, [300], [300],
            options(s.LeakyReluOptionsT, alpha=alpha), out_quant=q(kind, 0.02, 0.1), version=2)
    middle = 0 if kind == I8 else 128
    one("tanh_%s" % SUFFIX[kind], OP.TANH, kind, [300], [300], quant=dict(scale=0.03, zero=middle),
        out_quant=dict(scale=1 / 128, zero=middle), version=2)
one("leaky_relu_int16", OP.LEAKY_RELU, I16, [300], [300], options(s.LeakyReluOptionsT, alpha=0.2),
    quant=dict(scale=0.001, zero=0), out_quant=dict(scale=0.0013, zero=0), version=2)
for code, name in ((OP.ABS, "abs"), (OP.NEG, "neg"), (OP.EXP, "exp"), (OP.SIN, "sin"), (OP.COS, "cos"), (OP.TANH, "tanh"),
                   (OP.FLOOR, "floor"), (OP.SIGN, "sign"),
                   (OP.SQUARE, "square"), (OP.HARD_SWISH, "hard_swish"), (OP.RELU_N1_TO_1, "relu_n1_to_1"),
                   (OP.LOG_SOFTMAX, "log_softmax"), (OP.L2_NORMALIZATION, "l2_normalization")):
    opt = s.L2NormOptionsT() if code == OP.L2_NORMALIZATION else None
    one("%s_float32" % name, code, F32, [7, 11], [7, 11], opt)
for i in range(2):
    one("gelu_float32_%d" % i, OP.GELU, F32, [60], [60], options(s.GeluOptionsT, approximate=bool(i)))

for kind in (F32, I8, U8, I16, I32):
    name = SUFFIX[kind]
    one("transpose_%s" % name, OP.TRANSPOSE, kind, [2, 3, 4, 5], [5, 2, 4, 3], s.TransposeOptionsT(), [[3, 0, 2, 1]],
        version=4 if kind == I16 else 2)
    one("slice_%s" % name, OP.SLICE, kind, [4, 5, 6], [2, 5, 3], s.SliceOptionsT(), [[1, 0, 3], [2, -1, 3]], version=4)
    if kind != I16:
        one("unpack_%s" % name, OP.UNPACK, kind, [2, 3, 4], ([2, 4],) * 3, options(s.UnpackOptionsT, num=3, axis=-2),
            version=2)
    one("split_%s" % name, OP.SPLIT, kind, [2, 6, 3], ([2, 2, 3],) * 3, options(s.SplitOptionsT, numSplits=3), first=[1],
        version=4)
    one("split_v_%s" % name, OP.SPLIT_V, kind, [2, 6, 3], ([2, 1, 3], [2, 3, 3], [2, 2, 3]),
        options(s.SplitVOptionsT, numSplits=3), [[1, -1, 2], 1], version=2)
for kind in (F32, I8, U8):
    name = SUFFIX[kind]
    one("space_to_depth_%s" % name, OP.SPACE_TO_DEPTH, kind, [2, 4, 6, 3], [2, 2, 3, 12],
        options(s.SpaceToDepthOptionsT, blockSize=2), version=2)
    one("depth_to_space_%s" % name, OP.DEPTH_TO_SPACE, kind, [2, 2, 3, 12], [2, 4, 6, 3],
        options(s.DepthToSpaceOptionsT, blockSize=2))
    one("squeeze_%s" % name, OP.SQUEEZE, kind, [1, 3, 1, 4], [3, 1, 4], options(s.SqueezeOptionsT, squeezeDims=[0]), version=1)
    one("expand_dims_%s" % name, OP.EXPAND_DIMS, kind, [3, 4], [3, 4, 1], s.ExpandDimsOptionsT(), [-1])
    one("gather_%s" % name, OP.GATHER, kind, [3, 5, 2], [3, 4, 2], options(s.GatherOptionsT, axis=1), [[4, 0, 0, 3]], version=2)
    for code, arg, opt in ((OP.ARG_MAX, "arg_max", s.ArgMaxOptionsT), (OP.ARG_MIN, "arg_min", s.ArgMinOptionsT)):
        one("%s_%s" % (arg, name), code, kind, [2, 7, 3], [2, 3], options(opt, outputType=I32), [1], out_kind=I32,
            out_quant={}, version=2)
    for i, (shape, size, corners, half) in enumerate([([1, 3, 4, 2], [7, 9], False, False), ([2, 5, 5, 1], [3, 8], True, False),
                                                      ([1, 4, 3, 3], [8, 6], False, True), ([1, 6, 7, 2], [4, 3], False, True)]):
        out = [shape[0]] + size + [shape[3]]
        if kind != U8:
            one("resize_bilinear_%s_%d" % (name, i), OP.RESIZE_BILINEAR, kind, shape, out,
                options(s.ResizeBilinearOptionsT, alignCorners=corners, halfPixelCenters=half), [size], version=3)
        one("resize_nearest_%s_%d" % (name, i), OP.RESIZE_NEAREST_NEIGHBOR, kind, shape, out,
            options(s.ResizeNearestNeighborOptionsT, alignCorners=corners, halfPixelCenters=half), [size], version=3)
for i, (begin, end, step, masks, out) in enumerate([
        ([1, 0, 2], [3, 5, 6], [1, 2, 3], {}, [2, 3, 2]), ([-1, 4, 0], [0, 0, 6], [-1, -2, 1], {}, [3, 2, 6]),
        ([0, 1, 2], [0, 2, 0], [1, 1, 2], dict(beginMask=1, endMask=5, shrinkAxisMask=2), [4, 2]),
        ([1, -7], [2, 9], [1, 1], dict(endMask=1), [3, 5, 6]), ([0, 2], [1, 5], [1, 1], dict(ellipsisMask=1), [4, 5, 3]),
        ([0, 1, 1], [1, 3, 2], [1, 1, 1], dict(newAxisMask=1), [1, 2, 1, 6])]):
    for kind in (F32, I8, I16):
        one("strided_slice_%s_%d" % (SUFFIX[kind], i), OP.STRIDED_SLICE, kind, [4, 5, 6], out,
            options(s.StridedSliceOptionsT, **masks), [begin, end, step], version=4)
for i, (code, name) in enumerate(((OP.SUM, "sum"), (OP.REDUCE_MAX, "reduce_max"), (OP.REDUCE_MIN, "reduce_min"),
                                  (OP.REDUCE_PROD, "reduce_prod"))):
    one("%s_float32" % name, code, F32, [2, 3, 4, 5], [2, 1, 4, 1], options(s.ReducerOptionsT, keepDims=True), [[1, -1]])
    one("%s_float32_all" % name, code, F32, [3, 5], [3], options(s.ReducerOptionsT, keepDims=False), [[1]])

for i, (h, w, kh, kw, sh, sw, dh, dw, pad) in enumerate(windows(6)):
    """int16 with int8 weights and 64-bit bias."""
    cin, cout = int(rng.choice([1, 3, 8])), int(rng.integers(1, 7))
    for code, name in ((OP.CONV_2D, "conv2d"), (OP.DEPTHWISE_CONV_2D, "depthwise")):
        depthwise = code == OP.DEPTHWISE_CONV_2D
        channels = 2 * cin if depthwise else cout
        if depthwise:
            sh = sw = max(sh, sw)
        shape = [1, kh, kw, channels] if depthwise else [cout, kh, kw, cin]
        net = Net()
        x = net.input(I16, [1, h, w, cin], **q(I16, 0.001, 0.01))
        f = net.tensor(I8, shape, **weights(I8, shape, channels, 3 if depthwise else 0))
        c = net.tensor(s.TensorType.INT64, [channels], scale=[0.001], data=rng.integers(-90000, 90000, channels))
        y = net.tensor(I16, [1, out_size(h, kh, sh, dh, pad), out_size(w, kw, sw, dw, pad), channels], **q(I16, 0.01, 0.1))
        o = s.DepthwiseConv2DOptionsT() if depthwise else s.Conv2DOptionsT()
        o.padding, o.strideH, o.strideW, o.dilationHFactor, o.dilationWFactor = pad, sh, sw, dh, dw
        o.fusedActivationFunction = ACTIVATIONS[i % 4]
        if depthwise:
            o.depthMultiplier = 2
        net.op(code, [x, f, c], [y], o, 5)
        record("%s_int16_%d" % (name, i), net)
    for kind in (F32, I8):
        net, out = Net(), []
        for size, kernel, stride in ((h, kh, sh), (w, kw, sw)):
            out.append(size * stride if pad == 0 else (size - 1) * stride + kernel)
        x_shape = net.tensor(I32, [4], data=np.array([2] + out + [cout]))
        f = net.tensor(kind, [cout, kh, kw, cin], **weights(kind, [cout, kh, kw, cin], cout, 0))
        x = net.input(kind, [2, h, w, cin], **q(kind))
        y = net.tensor(kind, [2] + out + [cout], **q(kind, 0.1, 1.0))
        net.op(OP.TRANSPOSE_CONV, [x_shape, f, x, bias(net, kind, cout)], [y],
               options(s.TransposeConvOptionsT, padding=pad, strideH=sh, strideW=sw), 3)
        record("transpose_conv_%s_%d" % (SUFFIX[kind], i), net)
for i, (a, b, ta, tb, out) in enumerate([([3, 4], [4, 5], False, False, [3, 5]), ([2, 3, 4], [2, 5, 4], False, True, [2, 3, 5]),
                                         ([2, 1, 4, 3], [3, 4, 5], True, False, [2, 3, 3, 5])]):
    net = Net()
    ins = [net.input(F32, a), net.input(F32, b)]
    net.op(OP.BATCH_MATMUL, ins, [net.tensor(F32, out)], options(s.BatchMatMulOptionsT, adjX=ta, adjY=tb))
    record("batch_matmul_%d" % i, net)
for i, axis in enumerate((0, 1, -1)):
    net = Net()
    ins = [net.input(F32, [3, 4]) for _ in range(3)]
    out = [[3, 3, 4], [3, 3, 4], [3, 4, 3]][i]
    net.op(OP.PACK, ins, [net.tensor(F32, out)], options(s.PackOptionsT, valuesCount=3, axis=axis))
    record("pack_%d" % i, net)

# Dynamic range (float inputs, int8 weights), SVDF with its memory, SOFTMAX to int16, PRELU.

for i, (rows, depth, cout) in enumerate(((1, 30, 7), (3, 17, 12), (2, 64, 5))):
    net = Net()
    x = net.input(F32, [rows, depth])
    f = net.tensor(I8, [cout, depth], **weights(I8, [cout, depth], cout, 0, False))
    y = net.tensor(F32, [rows, cout])
    net.op(OP.FULLY_CONNECTED, [x, f, bias(net, F32, cout)], [y],
           options(s.FullyConnectedOptionsT, fusedActivationFunction=ACTIVATIONS[i]), 3)
    record("dynamic_fully_connected_%d" % i, net)
for i, (n, h, w, cin, cout) in enumerate(((1, 7, 6, 3, 5), (2, 5, 5, 4, 3))):
    net = Net()
    x = net.input(F32, [n, h, w, cin])
    f = net.tensor(I8, [cout, 3, 3, cin], **weights(I8, [cout, 3, 3, cin], cout, 0, False))
    y = net.tensor(F32, [n, (h + 1) // 2, (w + 1) // 2, cout])
    net.op(OP.CONV_2D, [x, f, bias(net, F32, cout)], [y], options(s.Conv2DOptionsT, strideH=2, strideW=2), 2)
    record("dynamic_conv2d_%d" % i, net)
for i, (batch, depth, units, rank, memory) in enumerate(((1, 20, 6, 1, 5), (2, 9, 4, 2, 3))):
    net, filters = Net(), units * rank
    x = net.input(I8, [batch, depth], scale=0.05, zero=-20)
    f = net.tensor(I8, [filters, depth], scale=0.01, zero=0, data=rng.integers(-127, 128, [filters, depth]))
    t = net.tensor(I16, [filters, memory], scale=0.004, zero=0, data=rng.integers(-900, 900, [filters, memory]))
    c = net.tensor(I32, [units], scale=[1e-5], data=rng.integers(-9000, 9000, units))
    state = net.tensor(I16, [batch, filters * memory], scale=0.004, zero=0)
    net.graph.tensors[state].isVariable = True
    y = net.tensor(I8, [batch, units], scale=0.05, zero=-128)
    net.op(OP.SVDF, [x, f, t, c, state], [y], options(s.SVDFOptionsT, rank=rank, fusedActivationFunction=1), 3)
    record("svdf_%d" % i, net)
one("softmax_int8_int16", OP.SOFTMAX, I8, [3, 9], [3, 9], options(s.SoftmaxOptionsT, beta=1.0),
    quant=dict(scale=0.1, zero=3), out_quant=dict(scale=1 / 65536, zero=-32768), out_kind=I16, version=2)
two("prelu_float32", OP.PRELU, F32, [2, 3, 4], [1, 1, 4])

with open(sys.argv[1], "wb") as f:
    write(f)
