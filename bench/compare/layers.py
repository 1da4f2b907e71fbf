"""A .tflite file of int8 layers as plain Python objects, for the translations beside this file."""
import dataclasses

import numpy
from ai_edge_litert import schema_py_generated as schema

CODES = {code: name for name, code in vars(schema.BuiltinOperator).items() if isinstance(code, int)}
TYPES = {schema.TensorType.INT8: numpy.int8, schema.TensorType.INT32: numpy.int32,
         schema.TensorType.FLOAT32: numpy.float32}
ACTIVATIONS = {schema.ActivationFunctionType.NONE: None, schema.ActivationFunctionType.RELU: (0.0, None),
               schema.ActivationFunctionType.RELU6: (0.0, 6.0)}


class CannotTranslate(Exception):
    pass


@dataclasses.dataclass
class Tensor:
    name: str
    shape: tuple
    dtype: type
    scales: numpy.ndarray
    zero_point: int
    data: numpy.ndarray | None  # of constants

    @property
    def scale(self):
        return float(self.scales[0])


@dataclasses.dataclass
class Layer:
    op: str
    inputs: list
    outputs: list
    options: object

    def pads(self, padded):
        """Top, left, bottom, right of a window, with what a PAD before it adds."""
        if self.op == "AVERAGE_POOL_2D":
            height, width = self.options.filterHeight, self.options.filterWidth
        else:
            _, height, width, _ = self.inputs[1].shape
        pads = []
        height = (height - 1) * getattr(self.options, "dilationHFactor", 1) + 1
        width = (width - 1) * getattr(self.options, "dilationWFactor", 1) + 1
        for axis, size, stride in ((1, height, self.options.strideH), (2, width, self.options.strideW)):
            before, after = padded.get(axis, (0, 0))
            if self.options.padding == schema.Padding.SAME:
                length, out = self.inputs[0].shape[axis] + before + after, self.outputs[0].shape[axis]
                more = max(0, (out - 1) * stride + size - length)
                before, after = before + more // 2, after + more - more // 2
            pads.append((before, after))
        return pads[0][0], pads[1][0], pads[0][1], pads[1][1]

    def clip(self):
        """The bounds of the fused activation, as bytes of the output, where they cut something off."""
        out = self.outputs[0]
        activation = getattr(self.options, "fusedActivationFunction", schema.ActivationFunctionType.NONE)
        if activation not in ACTIVATIONS:
            raise CannotTranslate(f"activation {activation}")
        low, high = ACTIVATIONS[activation] or (None, None)
        as_byte = lambda real, default: default if real is None else round(real / out.scale) + out.zero_point
        low, high = max(-128, as_byte(low, -128)), min(127, as_byte(high, 127))
        return None if (low, high) == (-128, 127) else (low, high)


class Network:
    def __init__(self, path):
        model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(open(path, "rb").read(), 0))
        graph = model.subgraphs[0]
        self.tensors = [self.read(model, i, t) for i, t in enumerate(graph.tensors)]
        self.inputs = [self.tensors[i] for i in graph.inputs]
        self.outputs = [self.tensors[i] for i in graph.outputs]
        self.layers = []
        self.padded = {}  # by the name of what a PAD gives: its input and its padding by axis
        for node in graph.operators:
            code = model.operatorCodes[node.opcodeIndex]
            op = CODES[max(code.builtinCode, code.deprecatedBuiltinCode)]
            inputs = [self.tensors[i] if i >= 0 else None for i in node.inputs]
            outputs = [self.tensors[i] for i in node.outputs]
            if op == "PAD":
                self.padded[outputs[0].name] = (inputs[0], {a: tuple(map(int, p)) for a, p in enumerate(inputs[1].data)})
            else:
                self.layers.append(Layer(op, inputs, outputs, node.builtinOptions))

    @staticmethod
    def read(model, index, tensor):
        if tensor.type not in TYPES:
            raise CannotTranslate(f"tensors of type {tensor.type}")
        dtype = TYPES[tensor.type]
        shape = tuple(int(n) for n in (tensor.shape if tensor.shape is not None else ()))
        held = model.buffers[tensor.buffer].data
        data = None if held is None or len(held) == 0 else numpy.frombuffer(bytes(held), dtype).reshape(shape)
        q = tensor.quantization
        known = q is not None and q.scale is not None
        return Tensor(f"t{index}", shape, dtype, numpy.asarray(q.scale if known else [1.0], numpy.float32),
                      int(q.zeroPoint[0]) if known else 0, data)

    def source(self, tensor):
        """What a layer reads, and the padding that a PAD has put around it."""
        return self.padded.get(tensor.name, (tensor, {}))
