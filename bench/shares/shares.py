#!/usr/bin/env python3
"""What share of the CPU's products each layer of a model reaches, on one thread.

    bench/shares/shares.py [--build build/release] [--rounds N] [--by-kind] MODEL.tflite...

Times are the least of several profiles (`primer-model benchmark --per-op`), each the mean of its runs; the peak is what `bench-peak`
says before and after. Prints a table in Markdown: layers of one kind and size are one row, or all of a kind (--by-kind).
"""
import argparse
import json
import pathlib
import subprocess


def run(*command):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, text=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2] / "build" / "release")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--by-kind", action="store_true")
    parser.add_argument("models", type=pathlib.Path, nargs="+")
    arguments = parser.parse_args()
    peak = lambda: float(run(arguments.build / "bin" / "bench-peak"))
    highest = peak()
    for model in arguments.models:
        least = None
        for _ in range(arguments.rounds):
            report = json.loads(run(arguments.build / "bin" / "primer-model", "benchmark", model, "--per-op", "--runs", arguments.runs))
            times = [op["us"] for op in report["ops"]]
            least = times if least is None else [min(a, b) for a, b in zip(least, times)]
        highest = max(highest, peak())
        rows = {}
        for op, us in zip(report["ops"], least):
            row = rows.setdefault(op["op"] if arguments.by_kind else (op["op"], op["macs"], op["bytes"]), [op["op"], 0, 0, 0.0])
            row[1] += 1
            row[2] += op["macs"]
            row[3] += us
        total = sum(least)
        print(f"\n{model.name}, {report['cpu']}, peak {highest:.0f} GMAC/s\n")
        print("| layers | MAC each | us each | of the time | GMAC/s | of the peak |\n|---|---:|---:|---:|---:|---:|")
        for op, count, macs, us in sorted(rows.values(), key=lambda row: -row[3]):
            speed = f"{macs / us / 1000:.0f} | {macs / us / 10 / highest:.0f} %" if macs else "|"
            print(f"| {count} x {op} | {macs // count:,} | {us / count:.2f} | {100 * us / total:.0f} % | {speed} |")
        macs = sum(op["macs"] for op in report["ops"])
        print(f"| all | {macs:,} | {total:.1f} | | {macs / total / 1000:.0f} | {macs / total / 10 / highest:.0f} % |")


if __name__ == "__main__":
    main()
