#!/usr/bin/env python3
"""Our engine beside LiteRT with XNNPACK, and LiteRT without a delegate: one command, one machine.

    python3 -m venv venv && venv/bin/pip install ai-edge-litert numpy
    PRIMER_DATA=... venv/bin/python bench/compare/compare.py [--rounds N] [--threads N] [--build build/release] [MODEL.tflite...]

Every engine is a process of its own that has one model ready. They take turns on as many CPUs as threads, in many short rounds, so that
whatever else the machine does meets them alike; the least time is what counts on a busy machine, the median is beside it.
LiteRT is called from Python: what its call costs there is measured on a model that does nothing, and taken off.
Without models: those of MLPerf Tiny and MobileNet v2 from $PRIMER_DATA, then the ones that Primer ships.
Prints a table in Markdown, and what our time is of XNNPACK's, as the geometric mean over each group.
"""
import argparse
import importlib.metadata
import json
import math
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

HOUSE = pathlib.Path(__file__).resolve().parents[2]
ROUND_NS = 4e6  # what an engine takes in its turn, about
KNOWN = {
    "kws_ref_model.tflite": "keyword spotting (KWS)",
    "vww_96_int8.tflite": "visual wake words (VWW)",
    "pretrainedResnet_quant.tflite": "ResNet-8",
    "model_ToyCar_quant_fullint_micro_intio.tflite": "anomaly detection (AD)",
    "mobilenet_v2_quantized_1x3x224x224.tflite": "MobileNet v2, 224",
}


def resident_kilobytes():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1])


def litert_worker(path, delegate, threads):
    """Speaks as bench-rounds does."""
    import numpy
    from ai_edge_litert import interpreter as litert

    resolver = litert.OpResolverType.AUTO if delegate else litert.OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
    before = resident_kilobytes()
    start = time.perf_counter_ns()
    interpreter = litert.Interpreter(model_path=path, experimental_op_resolver_type=resolver, num_threads=threads)
    interpreter.allocate_tensors()
    init = (time.perf_counter_ns() - start) / 1000
    for detail in interpreter.get_input_details():
        count = int(numpy.prod(detail["shape"])) * numpy.dtype(detail["dtype"]).itemsize
        data = (numpy.arange(count, dtype=numpy.uint64) * 37 % 251).astype(numpy.uint8)
        interpreter.set_tensor(detail["index"], data.view(detail["dtype"]).reshape(detail["shape"]))
    interpreter.invoke()
    facts = {"init_us": init, "memory_kb": resident_kilobytes() - before, "file_kb": os.path.getsize(path) // 1024}
    print(json.dumps(facts), flush=True)
    invoke, clock = interpreter._interpreter.Invoke, time.perf_counter_ns
    for line in sys.stdin:
        samples, runs = map(int, line.split())
        times = []
        for _ in range(samples):
            begin = clock()
            for _ in range(runs):
                invoke()
            times.append((clock() - begin) / runs)
        print(*(f"{t:.1f}" for t in times), flush=True)


class Engine:
    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{name} does not run the model: {' '.join(command)}")
        self.facts = json.loads(line)
        self.samples = []
        self.ask(3, 1)
        self.runs = max(1, round(2e4 / min(self.samples)))  # a sample takes 20 us or more
        self.count = max(1, min(100, round(ROUND_NS / (self.runs * min(self.samples)))))
        self.samples = []

    def ask(self, samples, runs):
        print(samples, runs, file=self.process.stdin, flush=True)
        self.samples += map(float, self.process.stdout.readline().split())

    def turn(self):
        self.ask(self.count, self.runs)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def engines(path, rounds_program, threads):
    litert = [sys.executable, __file__, "--worker", str(path), str(threads)]
    return [
        Engine("Primer", [str(rounds_program), str(path), str(threads)]),
        Engine("XNNPACK", litert + ["xnnpack"]),
        Engine("LiteRT without delegate", litert + ["plain"]),
    ]


def cost_of_call(rounds_program):
    """Nanoseconds that calling LiteRT from Python takes: by a model that copies a byte."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "nothing.tflite")
        subprocess.run([rounds_program, "--nothing", path], check=True)
        engine = Engine("call", [sys.executable, __file__, "--worker", path, "1", "plain"])
        for _ in range(20):
            engine.turn()
        engine.close()
        return min(engine.samples)


def default_models():
    models = []
    whole = pathlib.Path(os.environ.get("PRIMER_DATA", "")) / "tflite" / "whole"
    for ending in KNOWN:
        models += sorted(p for p in whole.glob("*.tflite") if p.name.endswith(ending))
    return models, sorted(HOUSE.glob("models/*/models/*.tflite"))


def cpu_name():
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def name_of(path):
    return next((name for ending, name in KNOWN.items() if path.name.endswith(ending)), path.stem)


def compare(path, arguments, call_ns):
    """A row of the table, and our least time over XNNPACK's."""
    running = engines(path, arguments.build / "bin" / "bench-rounds", arguments.threads)
    for _ in range(arguments.rounds):
        for engine in running:
            engine.turn()
    for engine in running:
        engine.close()
    cells = [name_of(path)]
    least = []
    for engine in running:
        off = 0 if engine.name == "Primer" else call_ns
        least.append((min(engine.samples) - off) / 1000)
        cells.append(f"{least[-1]:.2f} / {(statistics.median(engine.samples) - off) / 1000:.2f}")
    ratio = least[0] / least[1]
    cells.insert(3, f"**{ratio:.2f}**")
    cells.append(" / ".join(f"{e.facts['init_us']:.0f}" for e in running))
    cells.append(" / ".join(f"{e.facts['memory_kb']}" for e in running) + f" ({running[0].facts['file_kb']})")
    print("| " + " | ".join(cells) + " |", flush=True)
    return ratio


def geometric_mean(ratios):
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--build", type=pathlib.Path, default=HOUSE / "build" / "release")
    parser.add_argument("models", type=pathlib.Path, nargs="*")
    arguments = parser.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-arguments.threads:])
    call_ns = cost_of_call(arguments.build / "bin" / "bench-rounds")
    version = importlib.metadata.version("ai-edge-litert")
    print(f"{cpu_name()}, ai-edge-litert {version}, {arguments.threads} thread(s), {arguments.rounds} rounds; "
          f"a call from Python costs {call_ns / 1000:.2f} us, taken off\n")
    print("| model | Primer, us | XNNPACK, us | ours / XNNPACK's | LiteRT without delegate, us | init, us | memory, KB (file) |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    groups = [("these", arguments.models)] if arguments.models else list(zip(("public", "own"), default_models()))
    means = []
    for name, models in groups:
        ratios = [compare(path, arguments, call_ns) for path in models]
        if ratios:
            means.append(f"{name} models {geometric_mean(ratios):.2f}")
    print("\nTimes are least / median. Init and memory: Primer / XNNPACK / LiteRT without delegate. "
          f"Geometric means of the ratios: {', '.join(means)}.")


if __name__ == "__main__":
    if len(sys.argv) == 5 and sys.argv[1] == "--worker":
        litert_worker(sys.argv[2], sys.argv[4] == "xnnpack", int(sys.argv[3]))
    else:
        main()
