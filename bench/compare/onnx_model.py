"""A .tflite file of int8 layers as an ONNX model of quantised operators, as ONNX Runtime likes them on x86: activations of
unsigned bytes, weights of signed ones, channels before rows. The same numbers, so that its answers can be compared."""
import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

from layers import CannotTranslate, Network

MICROSOFT = "com.microsoft"


def channels_first(shape):
    return (shape[0], shape[3], shape[1], shape[2]) if len(shape) == 4 else shape


class Translation:
    def __init__(self, path):
        self.network = Network(path)
        self.nodes, self.constants, self.names = [], {}, {}
        self.read_first = {t.name for t in self.network.inputs}

    def constant(self, array):
        name = f"c{len(self.constants)}"
        self.constants[name] = numpy_helper.from_array(numpy.array(array, order="C"), name)
        return name

    def add(self, op, inputs, output, domain="", **attributes):
        self.nodes.append(helper.make_node(op, inputs, [output], domain=domain, **attributes))
        return output

    def numbers(self, tensor):
        return [self.constant(numpy.float32(tensor.scale)), self.constant(numpy.uint8(tensor.zero_point + 128))]

    def value(self, tensor):
        """A tensor with its scale and zero point, as the quantised operators take them."""
        return [self.names.get(tensor.name, tensor.name)] + self.numbers(tensor)

    def clipped(self, layer, made):
        bounds = layer.clip()
        if bounds is None:
            self.names[layer.outputs[0].name] = made
            return
        low, high = (self.constant(numpy.uint8(b + 128)) for b in bounds)
        self.names[layer.outputs[0].name] = self.add("Clip", [made, low, high], made + "_clipped")

    def weights(self, layer, array):
        scales = layer.inputs[1].scales
        scale = self.constant(scales if len(scales) > 1 else numpy.float32(scales[0]))
        zero = numpy.zeros(len(scales), numpy.int8) if len(scales) > 1 else numpy.int8(0)
        return [self.constant(array), scale, self.constant(zero)]

    def bias(self, layer, channels):
        given = layer.inputs[2] if len(layer.inputs) > 2 else None
        return self.constant(given.data.astype(numpy.int32) if given is not None else numpy.zeros(channels, numpy.int32))

    def convolution(self, layer, depthwise):
        source, padded = self.network.source(layer.inputs[0])
        weights = layer.inputs[1].data.transpose((3, 0, 1, 2) if depthwise else (0, 3, 1, 2))
        channels = weights.shape[0]
        out = layer.outputs[0]
        made = self.add(
            "QLinearConv",
            self.value(source) + self.weights(layer, weights) + self.numbers(out) + [self.bias(layer, channels)],
            out.name, strides=[layer.options.strideH, layer.options.strideW], pads=list(layer.pads(padded)),
            dilations=[layer.options.dilationHFactor, layer.options.dilationWFactor],
            group=channels if depthwise else 1, kernel_shape=list(weights.shape[2:]))
        self.clipped(layer, made)

    def translate(self, layer):
        out = layer.outputs[0]
        if layer.op in ("CONV_2D", "DEPTHWISE_CONV_2D"):
            self.convolution(layer, layer.op != "CONV_2D")
        elif layer.op == "FULLY_CONNECTED":
            values = self.value(layer.inputs[0])
            depth = layer.inputs[1].shape[1]
            if layer.inputs[0].shape != (1, depth):
                values[0] = self.flat(layer.inputs[0], (1, depth), out.name + "_flat")
            weights = self.weights(layer, layer.inputs[1].data.T)
            made = self.add("QGemm", values + weights + [self.bias(layer, out.shape[-1])] + self.numbers(out), out.name,
                            MICROSOFT, transB=0)
            self.clipped(layer, made)
        elif layer.op == "ADD":
            made = self.add("QLinearAdd", self.value(layer.inputs[0]) + self.value(layer.inputs[1]) + self.numbers(out),
                            out.name, MICROSOFT)
            self.clipped(layer, made)
        elif layer.op == "AVERAGE_POOL_2D":
            top, left, bottom, right = layer.pads({})
            made = self.add("QLinearAveragePool", self.value(layer.inputs[0]) + self.numbers(out), out.name, MICROSOFT,
                            kernel_shape=[layer.options.filterHeight, layer.options.filterWidth],
                            strides=[layer.options.strideH, layer.options.strideW], pads=[top, left, bottom, right])
            self.clipped(layer, made)
        elif layer.op == "MEAN" and sorted(layer.inputs[1].data) == [1, 2]:
            made = self.add("QLinearGlobalAveragePool", self.value(layer.inputs[0]) + self.numbers(out), out.name + "_4d",
                            MICROSOFT, channels_last=0)
            self.add("Reshape", [made, self.constant(numpy.int64(channels_first(out.shape)))], out.name)
        elif layer.op == "SOFTMAX":
            self.add("QLinearSoftmax", self.value(layer.inputs[0]) + self.numbers(out), out.name, MICROSOFT, axis=-1, opset=13)
        elif layer.op == "RESHAPE":
            if len(out.shape) == 4:
                raise CannotTranslate("RESHAPE to an image")
            self.flat(layer.inputs[0], out.shape, out.name)
        elif layer.op == "CONCATENATION":
            axis = layer.options.axis % len(out.shape)
            values = sum((self.value(t) for t in layer.inputs), [])
            self.add("QLinearConcat", self.numbers(out) + values, out.name, MICROSOFT,
                     axis={1: 2, 2: 3, 3: 1}.get(axis, axis) if len(out.shape) == 4 else axis)
        elif layer.op == "TRANSPOSE" and layer.inputs[0].name in self.read_first:
            self.names[out.name] = layer.inputs[0].name  # the image's channels lie first in the file too
        elif layer.op == "QUANTIZE" and layer.inputs[0].dtype is numpy.float32:
            self.add("QuantizeLinear", [self.names.get(layer.inputs[0].name, layer.inputs[0].name)] + self.numbers(out), out.name)
        elif layer.op == "TANH":
            real = self.add("DequantizeLinear", self.value(layer.inputs[0]), out.name + "_in")
            real = self.add("Tanh", [real], out.name + "_real")
            self.add("QuantizeLinear", [real] + self.numbers(out), out.name)
        elif layer.op == "DEQUANTIZE":
            self.add("DequantizeLinear", self.value(layer.inputs[0]), out.name)
        else:
            raise CannotTranslate(layer.op)

    def flat(self, tensor, shape, name):
        """A tensor of another shape, its elements in the order of the .tflite file."""
        value = self.names.get(tensor.name, tensor.name)
        if len(tensor.shape) == 4 and tensor.shape[1] * tensor.shape[2] > 1:
            value = self.add("Transpose", [value], name + "_rows", perm=[0, 2, 3, 1])
        return self.add("Reshape", [value, self.constant(numpy.int64(shape))], name)

    def inputs_first(self):
        """Of each input, whether the engine takes it with its channels before its rows, the file after them."""
        given = {l.inputs[0].name for l in self.network.layers if l.op == "TRANSPOSE"}
        return [len(t.shape) == 4 and t.name not in given for t in self.network.inputs]

    def model(self):
        for layer in self.network.layers:
            self.translate(layer)
        kind = lambda t: TensorProto.FLOAT if t.dtype is numpy.float32 else TensorProto.UINT8
        shapes = [channels_first(t.shape) if turned else t.shape for t, turned in zip(self.network.inputs, self.inputs_first())]
        inputs = [helper.make_tensor_value_info(t.name, kind(t), s) for t, s in zip(self.network.inputs, shapes)]
        outputs = []
        for tensor in self.network.outputs:
            self.add("Identity", [self.names.get(tensor.name, tensor.name)], tensor.name + "_out")
            outputs.append(helper.make_tensor_value_info(tensor.name + "_out", kind(tensor), channels_first(tensor.shape)))
        graph = helper.make_graph(self.nodes, "model", inputs, outputs, list(self.constants.values()))
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9)

