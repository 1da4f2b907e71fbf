#!/usr/bin/env python3
"""The table of a float model and its quantised forms, as in models/README.md.

mode_table.py PRIMER_MODEL FLOAT.tflite FIGURE [--qat RECIPE.json] [MODE...]

Quantises with every mode (default: all), evaluates on the engine, times a run, and prints Markdown. PRIMER_DATA names
the folder of data sets; the quantised files lie beside the float one.
"""
import argparse
import json
import pathlib
import subprocess
import sys

MODES = ["int8", "int16x8", "dynamic", "float16", "weights8", "weights4"]


def told(*command):
    """The JSON that a command prints, or None and its complaint on standard error."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.stderr.write(done.stderr.splitlines()[-1] + "\n")
        return None
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("figure")
    parser.add_argument("--qat", help="recipe of the fine-tuning: adds a row 'int8, trained on'")
    parser.add_argument("modes", nargs="*")
    arguments = parser.parse_args()

    rows = [("float", arguments.model)]
    for mode in arguments.modes or MODES:
        output = arguments.model.with_name(f"{arguments.model.stem}-{mode}.tflite")
        if told(arguments.program, "quantize", str(arguments.model), "--mode", mode, "-o", str(output)):
            rows.append((mode, output))
    if arguments.qat:
        output = arguments.model.with_name(f"{arguments.model.stem}-qat.tflite")
        if told(arguments.program, "quantize", str(arguments.model), "--mode", "int8", "--qat", arguments.qat,
                "-o", str(output)):
            rows.append(("int8, trained on", output))

    print(f"| | {arguments.figure} | bytes | median us | arena, bytes |\n|---|---:|---:|---:|---:|")
    for name, path in rows:
        figures = told(arguments.program, "evaluate", str(path))
        time = told(arguments.program, "benchmark", str(path))
        if figures and time:
            print(f"| {name} | {figures['metrics'][arguments.figure]:.2f} | {time['file_bytes']:,} | "
                  f"{time['latency_us']['median']:.0f} | {time['arena_bytes']:,} |")


if __name__ == "__main__":
    main()
