#!/usr/bin/env python3
"""What the inner loops of the ARM levels cost, by LLVM's models of the cores: there is no such core here to measure on.

    packaging/install build arm64 && cmake --preset arm64 && cmake --build --preset arm64 --target inference-test
    bench/arm/loops.py [--build build/arm64] [--mca llvm-mca-14] [--matrix-mca llvm-mca-16]

Takes the innermost loop of a tile of products out of a level's object file, and puts beside it the loops of the shapes that
XNNPACK publishes for the same cores (4x16 mlal_lane, 4x16c4 dot, 4x16c8 i8mm), written here in their plainest form.
Prints multiply-adds a cycle as a Markdown table. The first LLVM with a model of a core that has smmla is 16: that of Neoverse N2,
which is a Cortex-A710 for servers. (LLVM 14 takes the A710 for a Cortex-A57, and LLVM 16 the A510 for a Cortex-A55.)
"""
import argparse
import pathlib
import re
import subprocess

CORES = ("cortex-a53", "cortex-a55", "cortex-a76", "neoverse-n2")
NEWER_CORES = {"dotprod": CORES[1:], "i8mm": CORES[3:]}
# level, function, products in the loop's body, instructions that sum, and multiply-adds of each of those
LOOPS = (
    ("neon", "Vectors128, false, 2, 4>", "sadalp", 16),
    ("neon", "Vectors128, false, 4, 2>", "sadalp", 16),
    ("dotprod", "Vectors128, false, 4, 4>", "sdot", 16),
    ("dotprod", "Vectors128, false, 8, 2>", "sdot", 16),
    ("i8mm", "RowPairs, false, 6, 4>", "smmla", 32),
    ("i8mm", "RowPairs, false, 8, 2>", "smmla", 32),
)


def innermost_loop(listing, function, instruction):
    """The loop without another in it that has the most of an instruction: a list of lines of assembly."""
    best, body, name = [], [], ""
    for line in listing.splitlines():
        if label := re.match(r"^[0-9a-f]+ <(.*)>:$", line):
            name, body = label[1], []
        if function not in name or not (text := re.match(r"^\s*([0-9a-f]+):\s+([^/<]*)", line)):
            continue
        body.append((int(text[1], 16), text[2].strip()))
        jump = re.match(r"(?:b\.\w+|cbn?z\s+\w+,|tbn?z.*,)\s*([0-9a-f]+)", body[-1][1])
        if not jump:
            continue
        loop = [line for at, line in body if at >= int(jump[1], 16)]
        inner = not any(line.startswith("b.") for line in loop[:-1])
        if inner and sum(instruction in line for line in loop) > sum(instruction in line for line in best):
            best = loop
    return best[:-1]


def lane_loop():
    """4x16 mlal_lane: bytes are widened, each product is 16 bits by a lane. Eight steps of depth one."""
    lines = []
    for row in range(4):
        lines += [f"ldr d{row}, [x{row + 2}], #8", f"sxtl v{row}.8h, v{row}.8b"]
    for k in range(8):
        lines += ["ldp d4, d5, [x1], #16", "sxtl v4.8h, v4.8b", "sxtl v5.8h, v5.8b"]
        for row in range(4):
            for half, source in enumerate(("4", "5")):
                at = 16 + 4 * row + 2 * half
                lines += [f"smlal v{at}.4s, v{source}.4h, v{row}.h[{k}]", f"smlal2 v{at + 1}.4s, v{source}.8h, v{row}.h[{k}]"]
    return lines, 8 * 4 * 16


def dot_loop():
    """4x16c4 dot: sixteen bytes of depth."""
    lines = [f"ldr q{row}, [x{row + 2}], #16" for row in range(4)]
    for k in range(4):
        lines += ["ldp q4, q5, [x1], #32", "ldp q6, q7, [x1], #32"]
        for vector in range(4):
            lines += [f"sdot v{16 + 4 * row + vector}.4s, v{4 + vector}.16b, v{row}.4b[{k}]" for row in range(4)]
    return lines, 16 * 4 * 16


def matrix_loop():
    """4x16c8 i8mm: eight bytes of depth."""
    lines = [f"ldr d{row}, [x{row + 2}], #8" for row in (0, 2)]
    lines += [f"ld1 {{v{row - 1}.d}}[1], [x{row + 2}], x20" for row in (1, 3)]
    lines += [f"ldp q{4 + at}, q{5 + at}, [x1], #32" for at in range(0, 8, 2)]
    for at in range(8):
        lines += [f"smmla v{16 + 2 * at + pair}.4s, v{2 * pair}.16b, v{4 + at}.16b" for pair in range(2)]
    return lines, 16 * 32


def multiply_adds_a_cycle(mca, core, lines, count):
    turns = 200
    command = [mca, "-mtriple=aarch64", f"-mcpu={core}", "-mattr=+dotprod,+i8mm", f"-iterations={turns}"]
    report = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True).stdout
    return count * turns / int(re.search(r"Total Cycles:\s+(\d+)", report)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/arm64"))
    parser.add_argument("--mca", default="llvm-mca-14")
    parser.add_argument("--matrix-mca", default="llvm-mca-16")
    arguments = parser.parse_args()
    print(f"| loop | {' | '.join(CORES)} |\n|---|{'---:|' * len(CORES)}")

    def figure(core, lines, count):
        mca = arguments.matrix_mca if core == "neoverse-n2" else arguments.mca
        return f"{multiply_adds_a_cycle(mca, core, lines, count):.1f}"

    def row(name, lines, count, cores=CORES):
        figures = [figure(core, lines, count) if core in cores else "" for core in CORES]
        print(f"| {name} | {' | '.join(figures)} |")

    for level, function, instruction, products in LOOPS:
        library = arguments.build / "inference" / "CMakeFiles" / "primer-inference.dir" / "kernels" / "arm" / f"{level}.cpp.o"
        command = ["aarch64-linux-gnu-objdump", "-dC", "--no-show-raw-insn", library]
        listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        lines = innermost_loop(listing, function, instruction)
        count = sum(instruction in line for line in lines) * products
        rows, vectors = re.search(r"(\d+), (\d+)>", function).groups()
        row(f"`{level}`, {rows} rows x {4 * int(vectors)} channels", lines, count, NEWER_CORES.get(level, CORES))
    row("the published 4x16 mlal_lane", *lane_loop())
    row("the published 4x16c4 dot", *dot_loop(), NEWER_CORES["dotprod"])
    row("the published 4x16c8 i8mm", *matrix_loop(), NEWER_CORES["i8mm"])


if __name__ == "__main__":
    main()
