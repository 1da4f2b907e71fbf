// From pen-up to reading: features, one symbol, whole numbers, and the worst ink that a box can
// hold.

#include <benchmark/benchmark.h>

#include <optional>
#include <string>

#include "primer/handwriting/drawn_digits.h"
#include "primer/handwriting/ink_features.h"
#include "primer/handwriting/number_reader.h"
#include "primer/handwriting/symbol_reader.h"

namespace {

using namespace primer;
using namespace primer::handwriting;

void makeFeatures(benchmark::State& state) {
  FlatInk flat;
  flatten(drawNumber("8", 0, 0), flat);
  FeatureMaker maker;
  InkFeatures features;
  for (auto _ : state) {
    maker.make(flat, std::nullopt, features);
    benchmark::DoNotOptimize(features);
  }
}
BENCHMARK(makeFeatures);

void readSymbol(benchmark::State& state) {
  auto reader = SymbolReader::openShipped();
  if (!reader) {
    state.SkipWithError(reader.error().message.c_str());
    return;
  }
  const auto ink = drawNumber("4", 0, 0);
  const auto digits = SymbolSet::digits();
  for (auto _ : state) benchmark::DoNotOptimize(reader->read(ink, digits));
}
BENCHMARK(readSymbol)->Unit(benchmark::kMicrosecond);

void readInk(benchmark::State& state, const Ink& ink) {
  auto reader = NumberReader::openShipped();
  if (!reader) {
    state.SkipWithError(reader.error().message.c_str());
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(reader->read(ink));
}

void readNumber(benchmark::State& state, const std::string& text) {
  readInk(state, drawNumber(text, 0, 0));
}
BENCHMARK_CAPTURE(readNumber, one_digit, std::string("7"))->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(readNumber, two_digits, std::string("45"))->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(readNumber, four_digits, std::string("4554"))->Unit(benchmark::kMicrosecond);

void readWorst(benchmark::State& state) {
  // As many strokes as are read at all, each near all others.
  Ink ink;
  for (std::size_t i = 0; i < NumberReader::kMaxStrokes; ++i) {
    const float x = static_cast<float>(i * 37 % 24);
    ink.strokes.push_back({{x, 0, 0, 1}, {24 - x, 100, 9, 1}});
  }
  readInk(state, ink);
}
BENCHMARK(readWorst)->Unit(benchmark::kMillisecond);

}  // namespace
