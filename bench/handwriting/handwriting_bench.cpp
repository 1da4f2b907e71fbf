// From pen-up to reading: features, one symbol, whole numbers, lines of notation and pages of
// lines, and the worst ink that a box or a line can hold.

#include <benchmark/benchmark.h>

#include <optional>
#include <string>

#include "primer/handwriting/drawn_digits.h"
#include "primer/handwriting/ink_features.h"
#include "primer/handwriting/line_reader.h"
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

// A line of 20 digits, about 30 strokes, `row` line heights down the page.
Ink lineOfTwenty(int row) {
  PenStyle style;
  style.seed = static_cast<std::uint32_t>(row + 1);
  return drawNumber("45170829364571829340", 0, 180 * static_cast<float>(row), style);
}

void readWholeLine(benchmark::State& state) {
  auto reader = LineReader::openShipped();
  if (!reader) {
    state.SkipWithError(reader.error().message.c_str());
    return;
  }
  // Every time another hand, so that nothing is kept from the time before.
  int row = 0;
  for (auto _ : state) benchmark::DoNotOptimize(reader->read(lineOfTwenty(row++)));
}
BENCHMARK(readWholeLine)->Unit(benchmark::kMillisecond);

// The last stroke of a line of 20 symbols was just written.
void readLineAfterPenUp(benchmark::State& state) {
  auto reader = LineReader::openShipped();
  if (!reader) {
    state.SkipWithError(reader.error().message.c_str());
    return;
  }
  int row = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const Ink whole = lineOfTwenty(row++);
    Ink before = whole;
    before.strokes.pop_back();
    reader->read(before);
    state.ResumeTiming();
    benchmark::DoNotOptimize(reader->read(whole));
  }
}
BENCHMARK(readLineAfterPenUp)->Unit(benchmark::kMillisecond);

// A page of lines, of so many strokes in all: read at once, and after one more stroke (only its
// line is read again).
void readPage(benchmark::State& state) {
  auto reader = LineReader::openShipped();
  if (!reader) {
    state.SkipWithError(reader.error().message.c_str());
    return;
  }
  const auto strokes = static_cast<std::size_t>(state.range(0));
  int row = 0;
  for (auto _ : state) {
    for (std::size_t read = 0; read < strokes;) {
      Ink line = lineOfTwenty(row++);
      if (line.strokes.size() > strokes - read) line.strokes.resize(strokes - read);
      read += line.strokes.size();
      benchmark::DoNotOptimize(reader->read(line));
    }
  }
}
BENCHMARK(readPage)->Arg(20)->Arg(100)->Arg(250)->Arg(500)->Unit(benchmark::kMillisecond);

void readWorstLine(benchmark::State& state) {
  auto reader = LineReader::openShipped();
  if (!reader) {
    state.SkipWithError(reader.error().message.c_str());
    return;
  }
  // As many strokes as are read at all, each near many others, and never the same twice.
  float shift = 0;
  for (auto _ : state) {
    Ink ink;
    for (std::size_t i = 0; i < LineReader::kMaxStrokes; ++i) {
      const float x = static_cast<float>(i * 37 % 96) + shift;
      ink.strokes.push_back({{x, 0, 0, 1}, {24 - x, 100, 9, 1}});
    }
    shift += 0.01f;
    benchmark::DoNotOptimize(reader->read(ink));
  }
}
BENCHMARK(readWorstLine)->Unit(benchmark::kMillisecond);

}  // namespace
