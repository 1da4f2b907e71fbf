// Models of other people's tools with the outputs of the format's reference kernels: what we can
// open we must compute alike, integers to the byte. Reads $PRIMER_DATA/tflite.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "primer/inference/session.h"

namespace primer::inference {
namespace {

namespace fs = std::filesystem;

// The least that must be right: what these kernels are known to run. More is welcome.
constexpr int kKnownRight = 390;
constexpr float kFloatTolerance = 1e-5f;

std::vector<std::byte> readAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

std::vector<fs::path> modelsIn(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".tflite") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// Empty where all is well, else what differs first.
std::string compare(const TensorInfo& info, std::span<const std::byte> ours,
                    std::span<const std::byte> theirs) {
  if (info.type != ElementType::kFloat32) {
    const auto [a, b] = std::mismatch(ours.begin(), ours.end(), theirs.begin());
    if (a == ours.end()) return {};
    return "byte " + std::to_string(a - ours.begin()) + ": " +
           std::to_string(std::to_integer<int>(*a)) + " is not " +
           std::to_string(std::to_integer<int>(*b));
  }
  for (std::size_t i = 0; i + sizeof(float) <= ours.size(); i += sizeof(float)) {
    float a = 0;
    float b = 0;
    std::memcpy(&a, &ours[i], sizeof(a));
    std::memcpy(&b, &theirs[i], sizeof(b));
    if (std::isnan(a) && std::isnan(b)) continue;
    if (a == b) continue;  // infinities
    if (!(std::abs(a - b) <= kFloatTolerance * std::max(1.0f, std::abs(b)))) {
      return "element " + std::to_string(i / sizeof(float)) + ": " + std::to_string(a) +
             " is not " + std::to_string(b);
    }
  }
  return {};
}

std::string runCase(Session& session, const fs::path& path) {
  const auto& model = session.model();
  const auto inputs = readAll(fs::path(path).replace_extension(".in"));
  const auto outputs = readAll(fs::path(path).replace_extension(".ref"));
  std::size_t in_bytes = 0;
  std::size_t out_bytes = 0;
  for (std::size_t i = 0; i < model.inputCount(); ++i) in_bytes += model.input(i).bytes;
  for (std::size_t i = 0; i < model.outputCount(); ++i) out_bytes += model.output(i).bytes;
  const std::size_t runs = in_bytes > 0    ? inputs.size() / in_bytes
                           : out_bytes > 0 ? outputs.size() / out_bytes
                                           : 0;
  if (runs * in_bytes != inputs.size() || runs * out_bytes != outputs.size()) {
    return "sizes: " + std::to_string(inputs.size()) + " bytes in for " + std::to_string(in_bytes) +
           ", " + std::to_string(outputs.size()) + " out for " + std::to_string(out_bytes);
  }
  std::size_t in = 0;
  std::size_t out = 0;
  for (std::size_t run = 0; run < runs; ++run) {
    for (std::size_t i = 0; i < model.inputCount(); ++i) {
      const auto bytes = session.inputBytes(i);
      if (!bytes.empty()) std::memcpy(bytes.data(), &inputs[in], bytes.size());
      in += bytes.size();
    }
    if (const auto ran = session.run(); !ran) return ran.error().message;
    for (std::size_t i = 0; i < model.outputCount(); ++i) {
      const auto bytes = session.outputBytes(i);
      const auto difference =
          compare(model.output(i), bytes, std::span(outputs).subspan(out, bytes.size()));
      if (!difference.empty()) {
        return "run " + std::to_string(run) + ", output " + std::to_string(i) + ", " + difference;
      }
      out += bytes.size();
    }
  }
  return {};
}

TEST(SharedCases, WhatOpensIsRight) {
  const char* data = std::getenv("PRIMER_DATA");
  if (data == nullptr) GTEST_SKIP() << "PRIMER_DATA is not set";
  int right = 0;
  int different = 0;
  int refused = 0;
  std::map<std::string, int> reasons;
  for (const auto* set : {"unit", "whole"}) {
    const auto folder = fs::path(data) / "tflite" / set;
    if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not there";
    for (const auto& path : modelsIn(folder)) {
      const auto model = Model::open(path);
      if (!model) {
        EXPECT_NE(model.error().code, ErrorCode::kInternal) << model.error().message;
        if (std::getenv("PRIMER_TEST_VERBOSE") != nullptr) {
          std::printf("refused %s\n", model.error().message.c_str());
        }
        ++reasons[std::string(errorCodeName(model.error().code))];
        ++refused;
        continue;
      }
      auto session = Session::create(*model);
      ASSERT_TRUE(session) << session.error().message;
      const auto difference = runCase(*session, path);
      if (!difference.empty()) {
        ADD_FAILURE() << path.filename() << ": " << difference;
        ++different;
      } else {
        ++right;
      }
    }
  }
  std::printf("right %d, different %d, refused %d\n", right, different, refused);
  for (const auto& [reason, count] : reasons)
    std::printf("  refused as %s: %d\n", reason.c_str(), count);
  EXPECT_EQ(different, 0);
  EXPECT_GE(right, kKnownRight);
}

}  // namespace
}  // namespace primer::inference
