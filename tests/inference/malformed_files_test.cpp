// Files of other people that are broken or degenerate: each is refused in one line, at once and
// without taking memory for it, or runs. Reads $PRIMER_DATA/tflite/malformed.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "inference/capped_process.h"
#include "primer/inference/session.h"

namespace primer::inference {
namespace {

namespace fs = std::filesystem;

// What becomes of each file: empty where it runs, else the rule that it breaks.
const std::map<std::string, std::string> kFates = {
    {"0_subgraphs.bin", "subgraph-missing"},   {"2_subgraphs.bin", ""},
    {"add_shared_tensors.bin", "write-input"}, {"conv3d_huge_im2col.bin", "tensor-bytes"},
    {"conv_huge_im2col.bin", "tensor-bytes"},  {"empty_model.bin", ""},
    {"invalid_model.bin", "identifier"},       {"model_invoking_error.tflite", "operator-known"},
    {"multi_subgraphs_while.bin", ""},         {"nested_while.bin", "loop-turns"},
    {"no_subgraphs.bin", "subgraph-missing"},  {"segment_sum_invalid_buffer.bin", "read-unwritten"},
    {"test_model_broken.bin", "identifier"},   {"test_model_versioned_ops.bin", "operator-"},
    {"topo_sort_fork_violation.tflite", ""},   {"zero_size_constant.bin", ""},
};

// Opens, plans and runs a file as a program would: exits with 0, or 3 and what the refusal says.
int open(const fs::path& path, std::string& said) {
  const auto model = Model::open(path);
  if (!model) {
    said = model.error().message;
    return 3;
  }
  auto session = Session::create(*model);
  if (!session) {
    said = session.error().message;
    return 3;
  }
  if (const auto ran = session->run(); !ran) {
    said = ran.error().message;
    return 3;
  }
  return 0;
}

TEST(MalformedFiles, AreRefusedAtOnceOrRun) {
  const char* data = std::getenv("PRIMER_DATA");
  if (data == nullptr) GTEST_SKIP() << "PRIMER_DATA is not set";
  const auto folder = fs::path(data) / "tflite" / "malformed";
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not there";
  constexpr std::uint64_t kMostBytes = 64u << 20;  // far below the limit of an arena
  for (const auto& [name, rule] : kFates) {
    SCOPED_TRACE(name);
    const auto ended = testing::inCappedProcess(
        kMostBytes, [&](std::string& said) { return open(folder / name, said); });
    EXPECT_EQ(ended.exit_code, rule.empty() ? 0 : 3) << "signal " << ended.signal;
    EXPECT_LT(ended.cpu_seconds, 1.0);
    EXPECT_EQ(ended.said.find('\n'), std::string::npos) << ended.said;
    EXPECT_NE(ended.said.find(rule), std::string::npos) << ended.said;
    if (!rule.empty()) {
      EXPECT_EQ(ended.said.rfind(name + ": ", 0), 0u) << ended.said;
    }
  }
}

}  // namespace
}  // namespace primer::inference
