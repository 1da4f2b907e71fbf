"""Other engines, each as a process that speaks as bench-rounds does: a line of JSON once the model is ready, then for each line
"SAMPLES RUNS" of standard input a line with so many samples, each the nanoseconds of one run, averaged over RUNS runs.

    workers.py ENGINE MODEL.tflite THREADS      ENGINE: xnnpack, litert, onnxruntime, ncnn
"""
import json
import os
import sys
import tempfile
import time

import numpy


def resident_kilobytes():
    """Memory in use now, and of it what no file gives."""
    sizes = dict(line.split(":") for line in open("/proc/self/status"))
    return tuple(int(sizes[kind].split()[0]) for kind in ("VmRSS", "RssAnon"))


def pattern(shape, dtype):
    """The inputs of bench-rounds: the same for every engine."""
    values = numpy.arange(int(numpy.prod(shape)), dtype=numpy.uint64) * 37 % 251
    if dtype in (numpy.float32, numpy.dtype(numpy.float32)):
        return ((values.astype(numpy.float32) - 125) / 125).reshape(shape)
    return values.astype(numpy.uint8).view(dtype).reshape(shape)


def timed(run):
    """Microseconds of one run."""
    start = time.perf_counter_ns()
    run()
    return (time.perf_counter_ns() - start) / 1000


def serve(path, init_us, first_us, before, run, first, clock=time.perf_counter_ns):
    """`first` is the first output, where it can be compared with other engines'."""
    now = resident_kilobytes()
    facts = {"init_us": init_us, "first_us": first_us, "memory_kb": now[0] - before[0], "own_kb": now[1] - before[1], "file_kb": os.path.getsize(path) // 1024,
             "are_bytes": first is not None and first.itemsize == 1,
             "answers": [] if first is None else as_bytes(first).tolist()}
    print(json.dumps(facts), flush=True)
    for line in sys.stdin:
        samples, runs = map(int, line.split())
        times = []
        for _ in range(samples):
            begin = clock()
            for _ in range(runs):
                run()
            times.append((clock() - begin) / runs)
        print(*(f"{t:.1f}" for t in times), flush=True)


def as_bytes(array):
    """The first answers, as the bytes of the .tflite file."""
    return array.reshape(-1).view(numpy.uint8)[:64] if array.dtype != numpy.uint8 else array.reshape(-1)[:64] ^ 0x80


def litert(path, threads, delegate):
    from ai_edge_litert import interpreter as litert_module

    types = litert_module.OpResolverType
    before = resident_kilobytes()
    start = time.perf_counter_ns()
    interpreter = litert_module.Interpreter(
        model_path=path, experimental_op_resolver_type=types.AUTO if delegate else types.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
        num_threads=threads)
    interpreter.allocate_tensors()
    init = (time.perf_counter_ns() - start) / 1000
    for detail in interpreter.get_input_details():
        interpreter.set_tensor(detail["index"], pattern(detail["shape"], detail["dtype"]))
    first_us = timed(interpreter.invoke)
    first = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
    serve(path, init, first_us, before, interpreter._interpreter.Invoke, first)


def onnxruntime(path, threads):
    import onnx
    import onnxruntime as ort

    import onnx_model

    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "model.onnx")
        translation = onnx_model.Translation(path)
        onnx.save(translation.model(), file)
        inputs = {}
        for tensor, turned in zip(translation.network.inputs, translation.inputs_first()):
            data = pattern(tensor.shape, tensor.dtype)
            data = data.view(numpy.uint8) ^ 0x80 if tensor.dtype is numpy.int8 else data
            inputs[tensor.name] = numpy.ascontiguousarray(data.transpose(0, 3, 1, 2) if turned else data)
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        before = resident_kilobytes()
        start = time.perf_counter_ns()
        session = ort.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        init = (time.perf_counter_ns() - start) / 1000
        binding = session.io_binding()
        for name, data in inputs.items():
            binding.bind_cpu_input(name, data)
        outputs = [numpy.zeros(o.shape, numpy.float32 if "float" in o.type else numpy.uint8) for o in session.get_outputs()]
        for spec, data in zip(session.get_outputs(), outputs):
            binding.bind_output(spec.name, "cpu", 0, data.dtype, data.shape, data.ctypes.data)
        first_us = timed(lambda: session.run_with_iobinding(binding))
        bound, call = binding._iobinding, session._sess.run_with_iobinding
        first = outputs[0]
        first = first.transpose(0, 2, 3, 1) if first.ndim == 4 else first
        serve(path, init, first_us, before, lambda: call(bound, None), first)


def ncnn(path, threads):
    import ncnn as ncnn_module

    import ncnn_model

    with tempfile.TemporaryDirectory() as folder:
        param, weights = os.path.join(folder, "net.param"), os.path.join(folder, "net.bin")
        inputs, outputs = ncnn_model.Translation(path).write(param, weights)
        mats = {}
        for name, shape in inputs:
            mats[name] = ncnn_module.Mat(numpy.linspace(-1, 1, int(numpy.prod(shape)), dtype=numpy.float32).reshape(shape)).clone()
        before = resident_kilobytes()
        start = time.perf_counter_ns()
        net = ncnn_module.Net()
        net.opt.num_threads = threads
        if net.load_param(param) != 0 or net.load_model(weights) != 0:
            raise RuntimeError("ncnn does not take the network")
        init = (time.perf_counter_ns() - start) / 1000

        def run():
            extractor = net.create_extractor()
            for name, mat in mats.items():
                extractor.input(name, mat)
            for name in outputs:
                if extractor.extract(name)[0] != 0:
                    raise RuntimeError("ncnn does not run the network")

        serve(path, init, timed(run), before, run, None)


if __name__ == "__main__":
    engine, model, thread_count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if engine in ("xnnpack", "litert"):
        litert(model, thread_count, engine == "xnnpack")
    elif engine == "onnxruntime":
        onnxruntime(model, thread_count)
    elif engine == "ncnn":
        ncnn(model, thread_count)
    else:
        sys.exit(f"no engine '{engine}'")
