#!/usr/bin/env python3
"""LiteRT loads every file that our quantiser writes, and its reference kernels give our engine's bytes.

    python3 -m venv venv && venv/bin/pip install ai-edge-litert numpy
    mkdir quantised
    PRIMER_DATA=... PRIMER_QUANTISED=quantised build/release/tests/toolkit-test --gtest_filter='FloatModels.*'
    venv/bin/python bench/toolkit/check_litert.py quantised

A file `NAME.MODE.tflite` comes with `.in`, raw inputs of some runs, and `.out`, what our engine gave. Integers must be equal;
floats within 1e-5 of the greatest. Exit 1 where a file does not load or differs.
"""
import pathlib
import sys
from collections import Counter

import numpy
from ai_edge_litert.interpreter import Interpreter, OpResolverType


def load(path):
    interpreter = Interpreter(
        model_path=str(path), experimental_op_resolver_type=OpResolverType.BUILTIN_REF, num_threads=1
    )
    interpreter.allocate_tensors()
    return interpreter


def difference(interpreter, inputs, outputs):
    """What differs, or nothing."""
    takes, gives = interpreter.get_input_details(), interpreter.get_output_details()
    size = lambda details: sum(int(numpy.prod(d["shape"])) * numpy.dtype(d["dtype"]).itemsize for d in details)
    if len(inputs) % size(takes) or len(outputs) % size(gives):
        return "other sizes of inputs or outputs"
    at_in = at_out = 0
    while at_in < len(inputs):
        for detail in takes:
            count = int(numpy.prod(detail["shape"]))
            values = numpy.frombuffer(inputs, detail["dtype"], count, at_in)
            interpreter.set_tensor(detail["index"], values.reshape(detail["shape"]))
            at_in += values.nbytes
        interpreter.invoke()
        for detail in gives:
            theirs = interpreter.get_tensor(detail["index"]).ravel()
            ours = numpy.frombuffer(outputs, detail["dtype"], theirs.size, at_out)
            at_out += ours.nbytes
            if theirs.dtype == numpy.float32:
                finite = numpy.isfinite(theirs)
                bound = 1e-5 * max(1.0, float(numpy.abs(theirs[finite]).max(initial=0)))
                if not numpy.allclose(ours, theirs, rtol=0, atol=bound, equal_nan=True):
                    return f"floats differ by {float(numpy.abs(ours - theirs)[finite].max()):.3g}"
            elif not numpy.array_equal(ours, theirs):
                off = numpy.abs(ours.astype(numpy.int64) - theirs.astype(numpy.int64))
                return f"{int((off > 0).sum())} of {off.size} differ, by {int(off.max())} at most"
    return None


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    counts, bad = Counter(), []
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.tflite")):
        mode = path.stem.rsplit(".", 1)[1]
        counts[mode, "files"] += 1
        try:
            interpreter = load(path)
            counts[mode, "loaded"] += 1
            problem = difference(
                interpreter, path.with_suffix(".in").read_bytes(), path.with_suffix(".out").read_bytes()
            )
        except (RuntimeError, ValueError) as error:
            problem = f"refused: {str(error).splitlines()[0][:150]}"
        counts[mode, "equal"] += problem is None
        if problem:
            bad.append(f"{path.stem}: {problem}")
    print(f"{'mode':10}{'files':>7}{'loaded':>8}{'equal':>7}")
    for mode in sorted({key[0] for key in counts}):
        print(f"{mode:10}{counts[mode, 'files']:7}{counts[mode, 'loaded']:8}{counts[mode, 'equal']:7}")
    print("\n".join(bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
