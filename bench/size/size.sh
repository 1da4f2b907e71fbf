#!/usr/bin/env bash
# What the engine's code takes: links a program that opens a file and runs it against the engine alone, strips it, and
# prints its size and what the engine's folders give to it, in KB.
#
#    bench/size/size.sh [BUILD]          (build/release; build/arm64 with CXX=aarch64-linux-gnu-g++)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=${1:-$root/build/release}
prefix=${CXX:-g++}
tools=${prefix%g++}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat > "$folder/run.cpp" <<'CPP'
#include "primer/inference/inference.h"
int main(int, char** arguments) {
  auto model = primer::inference::Model::open(arguments[1]);
  if (!model) return 1;
  auto session = primer::inference::Session::create(*model);
  return session && session->run() ? 0 : 1;
}
CPP
"$prefix" -std=c++20 -O2 -I"$root/inference/include" -I"$root/base/include" "$folder/run.cpp" -o "$folder/run" \
  "$build/inference/libprimer-inference.a" "$build/base/libprimer-base.a" -lfmt -lpthread -Wl,--gc-sections
"${tools}strip" "$folder/run"
"${tools}size" "$folder/run" | awk 'NR == 2 { printf "code and constants %d, data %d, zeroed %d\n", $1 / 1024, $2 / 1024, $3 / 1024 }'
objects=$build/inference/CMakeFiles/primer-inference.dir
for part in src ops planner planner/passes accelerators kernels kernels/packed kernels/reference kernels/x86 kernels/arm; do
  compgen -G "$objects/$part/*.o" > /dev/null || continue
  "${tools}size" -t "$objects/$part"/*.o | awk -v part="$part" 'END { printf "  %-18s %5d\n", part, $1 / 1024 }'
done
