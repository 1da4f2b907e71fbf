#!/usr/bin/env python3
"""Our engine beside LiteRT with XNNPACK, ONNX Runtime, ncnn, and LiteRT without a delegate: one command, one machine.

    python3 -m venv venv && venv/bin/pip install ai-edge-litert onnxruntime onnx ncnn numpy
    PRIMER_DATA=... venv/bin/python bench/compare/compare.py [--rounds N] [--starts N] [--threads N] [--without-amx] [--build build/release] [MODEL.tflite...]

Every engine is a process of its own that has one model ready. They take turns on as many CPUs as threads, in many short rounds, so that
whatever else the machine does meets them alike; the least time is what counts on a busy machine, the median is beside it.
ONNX Runtime and ncnn run the same layers, translated (onnx_model.py, ncnn_model.py); where a layer has no counterpart there is no figure.
All but ours are called from Python: what LiteRT's call costs there is measured on a model that does nothing, and taken off.
--without-amx keeps the tiles of Intel's newest servers from all engines, as on CPUs that lack them.
Without models: those of MLPerf Tiny and MobileNet v2 from $PRIMER_DATA, MobileNet v1 with made-up weights (bench-sparse write), then the
ones that Primer ships.
Prints a table in Markdown, and what our time is of the others', as geometric means over each group.
"""
import argparse
import ctypes
import importlib.metadata
import json
import math
import os
import pathlib
import platform
import statistics
import struct
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
    "mobilenet_v1_made_up.tflite": "MobileNet v1, 224 (weights made up)",
}


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

    def start_again(self):
        """Another process of the kind, for the least times to be ready and of a first run."""
        again = subprocess.Popen(self.process.args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                 text=True)
        facts = json.loads(again.communicate()[0].splitlines()[0])
        for fact in ("init_us", "first_us"):
            self.facts[fact] = min(self.facts[fact], facts[fact])


OTHERS = {"XNNPACK": "xnnpack", "ONNX Runtime": "onnxruntime", "ncnn": "ncnn", "LiteRT without delegate": "litert"}
WORKERS = HOUSE / "bench" / "compare" / "workers.py"


def engines(path, rounds_program, threads):
    """Those that run the model; ours and XNNPACK must."""
    running = {"Primer": Engine("Primer", [str(rounds_program), str(path), str(threads)])}
    for name, worker in OTHERS.items():
        try:
            running[name] = Engine(name, [sys.executable, str(WORKERS), worker, str(path), str(threads)])
        except RuntimeError:
            if name == "XNNPACK":
                raise
    return running


def cost_of_call(rounds_program):
    """Nanoseconds that calling LiteRT from Python takes: by a model that copies a byte."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "nothing.tflite")
        subprocess.run([rounds_program, "--nothing", path], check=True)
        engine = Engine("call", [sys.executable, str(WORKERS), "litert", path, "1"])
        for _ in range(20):
            engine.turn()
        engine.close()
        return min(engine.samples)


def refuse_amx():
    """From here on, and for processes begun from here, the system gives nobody its tile registers (a filter on arch_prctl)."""
    kLoad, kEqual, kReturn, kErrno, kAllow = 0x20, 0x15, 0x06, 0x00050001, 0x7FFF0000
    kArchPrctl, kRequestState = 158, 0x1023
    steps = [(kLoad, 0, 0, 0), (kEqual, 0, 3, kArchPrctl), (kLoad, 0, 0, 16), (kEqual, 0, 1, kRequestState),
             (kReturn, 0, 0, kErrno), (kReturn, 0, 0, kAllow)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]

    system = ctypes.CDLL(None, use_errno=True)
    program = Program(len(steps), ctypes.addressof(code))
    kNoNewPrivileges, kSeccomp, kFilter = 38, 22, 2
    if system.prctl(kNoNewPrivileges, 1, 0, 0, 0) != 0 or system.prctl(kSeccomp, kFilter, ctypes.byref(program)) != 0:
        raise OSError(ctypes.get_errno(), "the system takes no filter")


def default_models(build, folder):
    models = []
    whole = pathlib.Path(os.environ.get("PRIMER_DATA", "")) / "tflite" / "whole"
    for ending in KNOWN:
        models += sorted(p for p in whole.glob("*.tflite") if p.name.endswith(ending))
    models.append(pathlib.Path(folder) / "mobilenet_v1_made_up.tflite")
    subprocess.run([build / "bin" / "bench-sparse", "write", models[-1]], check=True)
    return models, sorted(HOUSE.glob("models/*/models/*.tflite"))


def cpu_name():
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def name_of(path):
    return next((name for ending, name in KNOWN.items() if path.name.endswith(ending)), path.stem)


def compare(path, arguments, call_ns):
    """A row of the table, and our least time over that of each other engine."""
    running = engines(path, arguments.build / "bin" / "bench-rounds", arguments.threads)
    for _ in range(arguments.rounds):
        for engine in running.values():
            engine.turn()
    for engine in running.values():
        engine.close()
    for _ in range(arguments.starts - 1):
        for engine in running.values():
            engine.start_again()
    cells, least = [], {}
    for name in ["Primer", *OTHERS]:
        engine = running.get(name)
        if engine is None:
            cells.append("")
            continue
        off = call_ns if "LiteRT" in name or name == "XNNPACK" else 0
        least[name] = (min(engine.samples) - off) / 1000
        cells.append(f"{least[name]:.2f} / {(statistics.median(engine.samples) - off) / 1000:.2f}")
    ratios = {name: least["Primer"] / time for name, time in least.items() if name != "Primer"}
    cells.insert(2, f"**{ratios['XNNPACK']:.2f}**")
    facts = lambda fact: " / ".join(f"{running[n].facts[fact]:.0f}" if n in running else "-" for n in ["Primer", *OTHERS])
    print("| " + " | ".join([name_of(path), *cells, facts("init_us"), facts("first_us"),
                             f"{facts('memory_kb')}", f"{facts('own_kb')} ({running['Primer'].facts['file_kb']})"]) + " |", flush=True)
    # A translation that computes something else would be no comparison. (XNNPACK's arithmetic is ONNX Runtime's.)
    if "ONNX Runtime" in running:
        pairs = zip(running["ONNX Runtime"].facts["answers"], running["XNNPACK"].facts["answers"])
        off = [min((a - b) % 256, (b - a) % 256) for a, b in pairs]
        ratios["answers"] = max(off) if running["XNNPACK"].facts["are_bytes"] else 0
    return ratios


def geometric_mean(ratios):
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--starts", type=int, default=4, help="processes of an engine, of which the quickest to be ready counts")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--build", type=pathlib.Path, default=HOUSE / "build" / "release")
    parser.add_argument("--without-amx", action="store_true")
    parser.add_argument("models", type=pathlib.Path, nargs="*")
    arguments = parser.parse_args()
    if arguments.without_amx:
        refuse_amx()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-arguments.threads:])
    call_ns = cost_of_call(arguments.build / "bin" / "bench-rounds")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("ai-edge-litert", "onnxruntime", "ncnn"))
    print(f"{cpu_name()}{', without AMX' if arguments.without_amx else ''}; {versions}; {arguments.threads} thread(s), "
          f"{arguments.rounds} rounds; a call of LiteRT from Python costs {call_ns / 1000:.2f} us, taken off\n")
    print("| model | Primer, us | XNNPACK, us | ours / XNNPACK's | ONNX Runtime, us | ncnn, us | LiteRT without delegate, us | init, us | first run, us | memory, KB | of it own, KB (file) |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        groups = [("these", arguments.models)] if arguments.models else list(zip(("public", "own"), default_models(arguments.build, folder)))
        means, answers = [], 0
        for name, models in groups:
            rows = [compare(path, arguments, call_ns) for path in models]
            answers = max([answers, *(row.pop("answers", 0) for row in rows)])
            for other in OTHERS:
                ratios = [row[other] for row in rows if other in row]
                if ratios:
                    means.append(f"{name} models / {other} {geometric_mean(ratios):.2f}")
    print("\nTimes are least / median. Init, first run and memory: Primer / " + " / ".join(OTHERS) + ". Geometric means of the ratios: "
          f"{', '.join(means)}. ONNX Runtime's first 64 answers are within {answers} of XNNPACK's.")


if __name__ == "__main__":
    main()
