"""A .tflite file of int8 layers as an ncnn network, as its own quantiser would leave it: int8 weights, sums that become int8
where one convolution follows another alone, float where sums of layers are made. ncnn's int8 has no zero points, so that its
answers are near ours at best: what is compared is the time that networks of the same shape take."""
import numpy

from layers import CannotTranslate, Network

INT8_TAG = 0x000D4B38


class Translation:
    def __init__(self, path):
        self.network = Network(path)
        self.lines, self.blobs, self.weights = [], 0, bytearray()
        self.turned = {l.inputs[0].name for l in self.network.layers if l.op == "TRANSPOSE"}
        self.alias = {}
        readers = {}
        for layer in self.network.layers:
            for tensor in layer.inputs:
                if tensor is not None and tensor.data is None:
                    name = self.network.source(tensor)[0].name
                    readers.setdefault(name, []).append(layer)
        self.readers = readers
        self.left = {}  # names of copies that readers have still to take

    def line(self, kind, inputs, outputs, *parameters):
        self.blobs += len(outputs)
        self.lines.append(" ".join([kind, f"l{len(self.lines)}", str(len(inputs)), str(len(outputs)), *inputs, *outputs,
                                    *parameters]))

    def give(self, tensor):
        """Copies for all readers, once a tensor is there: a blob is read once."""
        count = len(self.readers.get(tensor.name, []))
        if count > 1:
            copies = [f"{tensor.name}_{i}" for i in range(count)]
            self.line("Split", [tensor.name], copies)
            self.left[tensor.name] = copies

    def take(self, tensor):
        tensor = self.network.source(tensor)[0]
        name = self.alias.get(tensor.name, tensor.name)
        return self.left[name].pop() if self.left.get(name) else name

    @staticmethod
    def symmetric(tensor):
        """Steps for one, without a zero point."""
        return 127 / (max(tensor.zero_point + 128, 127 - tensor.zero_point) * tensor.scale)

    def put(self, array, dtype=numpy.float32):
        data = numpy.ascontiguousarray(array, dtype).tobytes()
        self.weights += data + b"\0" * (-len(data) % 4)

    def put_layer(self, layer, weights, channels, source, top):
        self.weights += INT8_TAG.to_bytes(4, "little")
        self.put(weights, numpy.int8)
        scales = numpy.broadcast_to(layer.inputs[1].scales, channels)
        bias = layer.inputs[2] if len(layer.inputs) > 2 else None
        self.put(numpy.zeros(channels) if bias is None else bias.data * scales * source.scale)
        self.put(1 / scales)
        self.put([self.symmetric(source)])
        if top is not None:
            self.put([self.symmetric(top)])

    def activation(self, layer):
        kinds = {0: "9=0", 1: "9=1", 3: "9=3 -23310=2,0.0,6.0"}
        kind = layer.options.fusedActivationFunction
        if kind not in kinds:
            raise CannotTranslate(f"activation {kind}")
        return kinds[kind]

    def convolution(self, layer, depthwise):
        source, padded = self.network.source(layer.inputs[0])
        out = layer.outputs[0]
        _, height, width, _ = layer.inputs[1].shape
        weights = layer.inputs[1].data.transpose((3, 0, 1, 2) if depthwise else (0, 3, 1, 2))
        channels = weights.shape[0]
        readers = self.readers.get(out.name, [])
        chained = len(readers) == 1 and readers[0].op in ("CONV_2D", "DEPTHWISE_CONV_2D") and out not in self.network.outputs
        top, left, bottom, right = layer.pads(padded)
        o = layer.options
        parameters = [f"0={channels}", f"1={width}", f"11={height}", f"2={o.dilationWFactor}", f"12={o.dilationHFactor}",
                      f"3={o.strideW}", f"13={o.strideH}", f"4={left}", f"14={top}", f"15={right}", f"16={bottom}", "5=1",
                      f"6={weights.size}", f"8={101 if chained else 1}", self.activation(layer)]
        if depthwise:
            parameters.insert(0, f"7={channels}")
        self.line("ConvolutionDepthWise" if depthwise else "Convolution", [self.take(layer.inputs[0])], [out.name], *parameters)
        self.put_layer(layer, weights, channels, source, out if chained else None)

    def translate(self, layer):
        out = layer.outputs[0]
        if layer.op in ("CONV_2D", "DEPTHWISE_CONV_2D"):
            self.convolution(layer, layer.op != "CONV_2D")
        elif layer.op == "FULLY_CONNECTED":
            channels = layer.inputs[1].shape[0]
            self.line("InnerProduct", [self.take(layer.inputs[0])], [out.name], f"0={channels}", "1=1",
                      f"2={layer.inputs[1].data.size}", "8=1", self.activation(layer))
            self.put_layer(layer, layer.inputs[1].data, channels, layer.inputs[0], None)
        elif layer.op == "ADD":
            clip = layer.clip()
            made = out.name + "_sum" if clip else out.name
            self.line("BinaryOp", [self.take(t) for t in layer.inputs], [made], "0=0")
            if clip:
                self.line("ReLU", [made], [out.name])
        elif layer.op == "AVERAGE_POOL_2D" or (layer.op == "MEAN" and sorted(layer.inputs[1].data) == [1, 2]):
            if layer.op == "AVERAGE_POOL_2D" and tuple(out.shape[1:3]) != (1, 1):
                raise CannotTranslate("a pool that is not of the whole image")
            self.line("Pooling", [self.take(layer.inputs[0])], [out.name], "0=1", "4=1")
        elif layer.op == "SOFTMAX":
            self.line("Softmax", [self.take(layer.inputs[0])], [out.name], "0=0", "1=1")
        elif layer.op == "RESHAPE":
            self.line("Flatten", [self.take(layer.inputs[0])], [out.name])
        elif layer.op == "CONCATENATION" and len(out.shape) == 2:
            self.line("Concat", [self.take(t) for t in layer.inputs], [out.name], "0=0")
        elif layer.op == "TRANSPOSE" and layer.inputs[0] in self.network.inputs:
            self.alias[out.name] = layer.inputs[0].name
            return
        else:
            raise CannotTranslate(layer.op)
        self.give(out)

    def shape(self, tensor):
        """Channels, rows, columns of an input as ncnn takes it; or its length."""
        if len(tensor.shape) == 2:
            return (tensor.shape[1],)
        _, a, b, c = tensor.shape
        return (a, b, c) if tensor.name in self.turned else (c, a, b)

    def write(self, param, weights):
        """Both files of the network; names of its inputs, with their shapes, and of its outputs."""
        if any(t.dtype is numpy.float32 for t in self.network.inputs):
            raise CannotTranslate("inputs in float")
        for tensor in self.network.inputs:
            sizes = self.shape(tensor)
            keys = (2, 1, 0) if len(sizes) == 3 else (0,)
            self.line("Input", [], [tensor.name], *(f"{k}={n}" for k, n in zip(keys, sizes)))
            self.give(tensor)
        for layer in self.network.layers:
            self.translate(layer)
        with open(param, "w") as file:
            file.write("\n".join(["7767517", f"{len(self.lines)} {self.blobs}", *self.lines]) + "\n")
        with open(weights, "wb") as file:
            file.write(self.weights)
        return [(t.name, self.shape(t)) for t in self.network.inputs], [t.name for t in self.network.outputs]
