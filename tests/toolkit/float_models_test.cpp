// The float models of $PRIMER_DATA/tflite (69 of ai-edge-quantizer, and the whole float models)
// under every mode: which quantise, run on the engine and stay near. Prints the table of
// models/toolkit/README.md. PRIMER_QUANTISED names a folder to keep the files in, with inputs and
// our outputs, for bench/toolkit/check_litert.py.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "primer/base/file_system.h"
#include "primer/toolkit/quantize.h"
#include "primer/toolkit/random.h"
#include "src/engine_runner.h"
#include "src/model_file.h"
#include "src/quantizer/float_model.h"

namespace primer::toolkit {
namespace {

constexpr double kNear = 0.99;
constexpr QuantizeMode kModes[] = {QuantizeMode::kInt8,     QuantizeMode::kInt16x8,
                                   QuantizeMode::kDynamic,  QuantizeMode::kFloat16,
                                   QuantizeMode::kWeights8, QuantizeMode::kWeights4};

struct Case {
  std::string name;
  std::vector<std::byte> bytes;
};

std::vector<Case> floatModels(const std::filesystem::path& folder) {
  std::vector<Case> cases;
  const auto index = realFileSystem().read(folder / "index.json", 1 << 24);
  if (!index) return cases;
  // The index says NaN where a figure is none; JSON has no such word.
  std::string text(reinterpret_cast<const char*>(index->data()), index->size());
  for (std::size_t at = 0; (at = text.find(": NaN", at)) != std::string::npos;) {
    text.replace(at, 5, ": null");
  }
  for (const auto& one : Json::parse(text)) {
    const auto name = one["name"].get<std::string>();
    const auto set = one["set"].get<std::string>();
    const bool whole = set == "whole" && one["kind"] == "float32";
    if (!whole && name.rfind("ai-edge-quantizer__", 0) != 0) continue;
    auto bytes = readFile(folder / set / (name + ".tflite"));
    if (bytes) cases.push_back({name.substr(name.rfind("models_") + 7), std::move(*bytes)});
  }
  return cases;
}

// Numbers of -1..1 (or their sizes), indices of 0..3, true or false.
CalibrationSet samplesFor(const inference::Model& model, std::size_t count, std::uint64_t seed,
                          bool positive) {
  Random random(seed);
  CalibrationSet set(count);
  for (auto& sample : set) {
    for (std::size_t i = 0; i < model.inputCount(); ++i) {
      const auto input = model.input(i);
      auto& values = sample.emplace_back(input.elements());
      for (auto& value : values) {
        const double drawn = random.uniform(-1, 1);
        value = static_cast<float>(positive ? std::abs(drawn) + 0.01 : drawn);
        if (input.type == inference::ElementType::kBool) value = drawn > 0 ? 1.0f : 0.0f;
        const bool index = input.type == inference::ElementType::kInt32 ||
                           input.type == inference::ElementType::kInt64;
        if (index) value = static_cast<float>(std::floor(2 * drawn + 2));
      }
    }
  }
  return set;
}

Result<CalibrationSet> samplesAt(const tflite::ModelT& model, std::size_t subgraph,
                                 std::size_t count, std::uint64_t seed, bool positive) {
  PRIMER_ASSIGN(auto bytes, beginningAt(model, subgraph));
  PRIMER_ASSIGN(const auto opened,
                inference::Model::fromBytes(std::move(bytes), "the float model"));
  return samplesFor(*opened, count, seed, positive);
}

struct Outcome {
  Quantized quantized;
  double cosine = 1;  // the least of the outputs', of all signatures
};

Result<Outcome> tryMode(const Case& one, QuantizeMode mode, bool positive) {
  PRIMER_ASSIGN(const auto model, plainFloatModel(one.bytes, "the model"));
  CalibrationData data;
  for (const auto& entry : entriesOf(*model)) {
    auto& set = entry.subgraph == 0 ? data.samples : data.signatures[entry.signature];
    PRIMER_ASSIGN(set, samplesAt(*model, entry.subgraph, 32, 7, positive));
  }
  QuantizeOptions options;
  options.mode = mode;
  Outcome outcome;
  PRIMER_ASSIGN(outcome.quantized, quantize(one.bytes, data, options));
  PRIMER_ASSIGN(const auto written, parseModel(outcome.quantized.bytes, "the written model"));
  for (const auto& entry : entriesOf(*model)) {
    PRIMER_ASSIGN(const auto fresh, samplesAt(*model, entry.subgraph, 8, 99, positive));
    PRIMER_ASSIGN(const auto before, beginningAt(*model, entry.subgraph));
    PRIMER_ASSIGN(const auto after, beginningAt(*written, entry.subgraph));
    PRIMER_ASSIGN(const auto errors, compareOutputs(after, before, fresh));
    for (const auto& error : errors) outcome.cosine = std::min(outcome.cosine, error.cosine);
  }
  return outcome;
}

void append(std::vector<std::byte>& to, std::span<const std::byte> from) {
  to.insert(to.end(), from.begin(), from.end());
}

// The file, four runs' inputs in its types, and what the engine gives for them.
void keep(const std::filesystem::path& folder, const std::string& name,
          const std::vector<std::byte>& bytes, bool positive) {
  auto runner = EngineRunner::fromBytes(bytes, name);
  if (!runner) return;
  std::vector<std::byte> inputs, outputs;
  for (const auto& sample : samplesFor(runner->model(), 4, 5, positive)) {
    for (std::size_t i = 0; i < sample.size(); ++i) {
      runner->setInput(i, sample[i]);
      append(inputs, runner->session().inputBytes(i));
    }
    runner->session().run();
    for (std::size_t i = 0; i < runner->model().outputCount(); ++i) {
      append(outputs, runner->session().outputBytes(i));
    }
  }
  const auto write = [&](const char* suffix, std::span<const std::byte> content) {
    std::ofstream file(folder / (name + suffix), std::ios::binary);
    file.write(reinterpret_cast<const char*>(content.data()),
               static_cast<std::streamsize>(content.size()));
  };
  write(".tflite", bytes);
  write(".in", inputs);
  write(".out", outputs);
}

TEST(FloatModels, QuantiseAndStayNear) {
  const char* data = std::getenv("PRIMER_DATA");
  if (data == nullptr) GTEST_SKIP() << "PRIMER_DATA is not set";
  const auto cases = floatModels(std::filesystem::path(data) / "tflite");
  if (cases.empty()) GTEST_SKIP() << "no .tflite models in PRIMER_DATA";
  const char* kept = std::getenv("PRIMER_QUANTISED");
  std::map<QuantizeMode, std::size_t> near, far, refused;
  for (const auto mode : kModes) {
    std::map<std::string, std::vector<std::string>> reasons;
    for (const auto& one : cases) {
      bool positive = false;
      auto outcome = tryMode(one, mode, positive);
      // A square root of numbers below zero is none.
      const std::string none = "something that is not a number";
      if (!outcome && outcome.error().message.find(none) != std::string::npos) {
        positive = true;
        outcome = tryMode(one, mode, positive);
      }
      if (!outcome) {
        ++refused[mode];
        reasons[outcome.error().message].push_back(one.name);
        continue;
      }
      ++(outcome->cosine >= kNear ? near : far)[mode];
      if (outcome->cosine < kNear) {
        char cosine[32];
        std::snprintf(cosine, sizeof(cosine), "cosine %.4f", outcome->cosine);
        reasons[cosine].push_back(one.name);
      }
      if (kept != nullptr) {
        keep(kept, one.name + "." + std::string(modeName(mode)), outcome->quantized.bytes,
             positive);
      }
    }
    std::printf("%-9s of %zu: %zu near, %zu far, %zu refused\n",
                std::string(modeName(mode)).c_str(), cases.size(), near[mode], far[mode],
                refused[mode]);
    for (const auto& [reason, names] : reasons) {
      std::string list;
      for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
      std::printf("  %s: %s\n", reason.c_str(), list.c_str());
    }
  }
  EXPECT_EQ(cases.size(), 75u);
  EXPECT_GE(near[QuantizeMode::kInt8], 40u);
  EXPECT_GE(near[QuantizeMode::kInt16x8], 30u);
  EXPECT_GE(near[QuantizeMode::kDynamic], 60u);
  EXPECT_GE(near[QuantizeMode::kFloat16], 60u);
}

}  // namespace
}  // namespace primer::toolkit
