// `primer-model` on broken files, as whoever plugs in a USB stick meets it: each command ends with
// 0, or with 3 and one line; nothing else ever.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/alter_bytes.h"
#include "fuzz/corpus.h"
#include "fuzz/tree.h"
#include "primer/inference/tflite_schema.h"
#include "test_folder.h"

extern char** environ;

namespace primer::inference::fuzz {
namespace {

namespace fs = std::filesystem;

void writeTo(const fs::path& path, std::span<const std::byte> bytes) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

std::string textOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Ended {
  int exit_code = -1;  // -1: by a signal
  std::string complaint;
};

// No shell between: hundreds of processes are to take seconds.
Ended runProgram(std::vector<std::string> arguments, const fs::path& complaints) {
  arguments.insert(arguments.begin(), std::string(std::getenv("PRIMER_BIN")) + "/primer-model");
  std::vector<char*> words;
  for (auto& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, 2, complaints.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                   0600);
  pid_t child = 0;
  const int spawned = ::posix_spawn(&child, words[0], &files, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (spawned != 0) return {};
  int status = 0;
  ::waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, textOf(complaints)};
}

class Program : public ::testing::Test {
 protected:
  // Every third file is run, inspected, or quantised.
  Ended meet(int turn, std::span<const std::byte> model) {
    const auto file = (folder_ / "model.tflite").string();
    writeTo(file, model);
    std::vector<std::string> arguments = {"inspect", file};
    if (turn % 3 == 1) {
      arguments = {"run", file, "--input", input_.string(), "--output", (folder_ / "out").string()};
    } else if (turn % 3 == 2) {
      arguments = {"quantize", file, "--mode", "dynamic", "-o", (folder_ / "small").string()};
    }
    return runProgram(std::move(arguments), folder_ / "complaints");
  }

  void SetUp() override {
    input_ = folder_ / "in";
    writeTo(input_, std::vector<std::byte>(1 << 12));
  }

  const test::TestFolder folder_;
  fs::path input_;
};

TEST_F(Program, EndsWith0Or3OnAlteredFiles) {
  const auto models = corpus();
  Choices choices(200);
  std::array<int, 2> counts{};  // of 0, of 3
  constexpr int kTrials = 300;
  for (int trial = 0; trial < kTrials; ++trial) {
    const auto& model = choices.in(models);
    SCOPED_TRACE(model.name + ", trial " + std::to_string(trial));
    auto bytes = model.bytes;
    if (trial % 2 == 0) {
      alterBytes(bytes, choices);
    } else {  // a sound FlatBuffer, as few mutations of bytes are
      const auto* begin = reinterpret_cast<const std::uint8_t*>(bytes.data());
      const auto changed = mutate(*unpack({begin, bytes.size()}), choices);
      const auto view = std::as_bytes(std::span(changed));
      bytes.assign(view.begin(), view.end());
    }
    const auto ended = meet(trial / 2, bytes);
    EXPECT_TRUE(ended.exit_code == 0 || ended.exit_code == 3)
        << ended.exit_code << ": " << ended.complaint;
    if (ended.exit_code == 3) {
      EXPECT_EQ(std::count(ended.complaint.begin(), ended.complaint.end(), '\n'), 1)
          << ended.complaint;
    }
    ++counts[ended.exit_code == 0 ? 0 : 1];
  }
  EXPECT_GT(counts[0], kTrials / 20);
  EXPECT_GT(counts[1], kTrials / 5);
}

// The same model whose operators name a kind of options and have none: sound for the FlatBuffers
// verifier.
std::vector<std::byte> withoutOptions(std::vector<std::byte> bytes) {
  const auto* graph = tflite::GetModel(bytes.data())->subgraphs()->Get(0);
  for (const auto* node : *graph->operators()) {
    const auto* vtable = reinterpret_cast<const flatbuffers::Table*>(node)->GetVTable();
    flatbuffers::WriteScalar<flatbuffers::voffset_t>(
        const_cast<std::uint8_t*>(vtable) + tflite::Operator::VT_BUILTIN_OPTIONS, 0);
  }
  return bytes;
}

TEST_F(Program, RefusesOptionsThatAreNotThere) {
  const auto sound = corpus().front().bytes;
  const auto hollow = withoutOptions(sound);
  for (int turn = 0; turn < 3; ++turn) {
    EXPECT_NE(meet(turn, sound).exit_code, -1) << turn;
    const auto ended = meet(turn, hollow);
    EXPECT_EQ(ended.exit_code, 3) << turn;
    EXPECT_NE(ended.complaint.find("options"), std::string::npos) << ended.complaint;
  }
}

}  // namespace
}  // namespace primer::inference::fuzz
