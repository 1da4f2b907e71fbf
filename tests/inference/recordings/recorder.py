"""One operator as a model, and what the format's reference kernels answer: shared by the recorders."""

import struct

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as s
from ai_edge_litert.interpreter import Interpreter, OpResolverType

OP = s.BuiltinOperator
NUMPY = {s.TensorType.FLOAT32: np.float32, s.TensorType.INT8: np.int8, s.TensorType.UINT8: np.uint8,
         s.TensorType.INT16: np.int16, s.TensorType.BOOL: np.bool_, s.TensorType.INT32: np.int32, s.TensorType.INT64: np.int64}
F32, I8, U8, I16, I32 = (s.TensorType.FLOAT32, s.TensorType.INT8, s.TensorType.UINT8, s.TensorType.INT16,
                         s.TensorType.INT32)
RUNS = 2  # of each model
rng = np.random.default_rng(20260101)


class Net:
    """One operator with its tensors."""

    def __init__(self):
        self.model = s.ModelT()
        self.model.version = 3
        self.model.buffers = [s.BufferT()]
        self.graph = s.SubGraphT()
        self.graph.tensors, self.graph.inputs, self.graph.outputs = [], [], []
        self.graph.operators = []
        self.model.subgraphs = [self.graph]
        self.model.operatorCodes = []

    def tensor(self, kind, shape, scale=None, zero=0, data=None, axis=0):
        t = s.TensorT()
        t.type, t.shape, t.name = kind, list(shape), "t%d" % len(self.graph.tensors)
        t.hasRank = True
        if scale is not None:
            q = s.QuantizationParametersT()
            q.scale = [float(np.float32(x)) for x in np.atleast_1d(scale)]
            q.zeroPoint = [int(zero)] * len(q.scale)
            q.quantizedDimension = axis
            t.quantization = q
        if data is not None:
            b = s.BufferT()
            b.data = list(np.ascontiguousarray(data, NUMPY[kind]).tobytes())
            t.buffer = len(self.model.buffers)
            self.model.buffers.append(b)
        self.graph.tensors.append(t)
        return len(self.graph.tensors) - 1

    def input(self, *args, **kw):
        i = self.tensor(*args, **kw)
        self.graph.inputs.append(i)
        return i

    def op(self, code, inputs, outputs, options=None, version=1):
        c = s.OperatorCodeT()
        c.builtinCode, c.deprecatedBuiltinCode, c.version = code, min(code, 127), version
        o = s.OperatorT()
        o.opcodeIndex, o.inputs, o.outputs = len(self.model.operatorCodes), inputs, outputs
        self.model.operatorCodes.append(c)
        if options is not None:
            o.builtinOptionsType = getattr(s.BuiltinOptions, type(options).__name__[:-1])
            o.builtinOptions = options
        self.graph.operators.append(o)
        self.graph.outputs = outputs

    def bytes(self):
        b = flatbuffers.Builder(4096)
        b.Finish(self.model.Pack(b), b"TFL3")
        return bytes(b.Output())


cases = []


def record(name, net):
    model = net.bytes()
    runner = Interpreter(model_content=model, experimental_op_resolver_type=OpResolverType.BUILTIN_REF)
    runner.allocate_tensors()
    ins, outs = b"", b""
    for _ in range(RUNS):
        for d in runner.get_input_details():
            kind = d["dtype"]
            if kind == np.bool_:
                v = rng.integers(0, 2, d["shape"]).astype(kind)
            elif kind == np.float32:
                v = rng.normal(0, 2, d["shape"]).astype(kind)
            else:
                v = rng.integers(np.iinfo(kind).min, np.iinfo(kind).max + 1, d["shape"]).astype(kind)
            runner.set_tensor(d["index"], v)
            ins += v.tobytes()
        runner.invoke()
        for d in runner.get_output_details():
            outs += runner.get_tensor(d["index"]).tobytes()
    cases.append([name.encode(), model, ins, outs])


def zero(kind):
    return {F32: 0, I16: 0, I8: int(rng.integers(-128, 128)), U8: int(rng.integers(0, 256))}[kind]


def q(kind, low=0.01, high=0.3):
    """A scale and a zero point, or none for float."""
    return {} if kind == F32 else dict(scale=rng.uniform(low, high), zero=zero(kind))


def weights(kind, shape, channels, axis, per_channel=True):
    if kind == F32:
        return dict(data=rng.normal(0, 0.5, shape))
    if kind == U8:
        return dict(scale=rng.uniform(0.005, 0.02), zero=int(rng.integers(100, 156)),
                    data=rng.integers(0, 256, shape))
    n = channels if per_channel else 1
    return dict(scale=rng.uniform(0.002, 0.02, n), zero=0, axis=axis, data=rng.integers(-127, 128, shape))


def bias(net, kind, channels, magnitude=2000):
    if kind == F32:
        return net.tensor(F32, [channels], data=rng.normal(0, 1, channels))
    return net.tensor(I32, [channels], scale=[0.001], data=rng.integers(-magnitude, magnitude, channels))


ACTIVATIONS = [0, 1, 3, 2]
SUFFIX = {F32: "float32", I8: "int8", U8: "uint8", I16: "int16", I32: "int32"}


def out_size(size, kernel, stride, dilation, padding):
    reach = (kernel - 1) * dilation + 1
    return (size + stride - 1) // stride if padding == 0 else (size - reach) // stride + 1


def write(file):
    for case in cases:
        for field in case:
            file.write(struct.pack("<I", len(field)) + field)
    print(len(cases), "cases")
