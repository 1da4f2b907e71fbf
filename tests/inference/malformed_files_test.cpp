// Files of other people that are broken or degenerate: each is refused in one line and at once, or
// runs. Reads $PRIMER_DATA/tflite/malformed.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "primer/inference/session.h"

namespace primer::inference {
namespace {

namespace fs = std::filesystem;

// What becomes of each file: empty where it runs, else the rule that it breaks.
const std::map<std::string, std::string> kFates = {
    {"0_subgraphs.bin", "subgraph-missing"},   {"2_subgraphs.bin", ""},
    {"add_shared_tensors.bin", "write-input"}, {"conv3d_huge_im2col.bin", "operator-known"},
    {"conv_huge_im2col.bin", "tensor-bytes"},  {"empty_model.bin", ""},
    {"invalid_model.bin", "identifier"},       {"model_invoking_error.tflite", "operator-known"},
    {"multi_subgraphs_while.bin", ""},         {"nested_while.bin", "loop-turns"},
    {"no_subgraphs.bin", "subgraph-missing"},  {"segment_sum_invalid_buffer.bin", "read-unwritten"},
    {"test_model_broken.bin", "identifier"},   {"test_model_versioned_ops.bin", "operator-"},
    {"topo_sort_fork_violation.tflite", ""},   {"zero_size_constant.bin", ""},
};

// Opens, plans and runs a file; what the refusal says, or nothing.
std::string fateOf(const fs::path& path) {
  const auto model = Model::open(path);
  if (!model) return model.error().message;
  auto session = Session::create(*model);
  if (!session) return session.error().message;
  const auto ran = session->run();
  return ran ? std::string() : ran.error().message;
}

TEST(MalformedFiles, AreRefusedAtOnceOrRun) {
  const char* data = std::getenv("PRIMER_DATA");
  if (data == nullptr) GTEST_SKIP() << "PRIMER_DATA is not set";
  const auto folder = fs::path(data) / "tflite" / "malformed";
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not there";
  for (const auto& [name, rule] : kFates) {
    const auto begin = std::chrono::steady_clock::now();
    const auto fate = fateOf(folder / name);
    const auto seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    EXPECT_LT(seconds, 5.0) << name;
    EXPECT_EQ(fate.find('\n'), std::string::npos) << fate;
    if (rule.empty()) {
      EXPECT_EQ(fate, "") << name;
    } else {
      EXPECT_NE(fate.find(rule), std::string::npos) << name << ": " << fate;
      EXPECT_EQ(fate.rfind(name + ": ", 0), 0u) << fate;
    }
  }
}

}  // namespace
}  // namespace primer::inference
