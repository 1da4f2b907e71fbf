// The installed engine as a stranger meets it: the programs of docs/inference-api.md, word for
// word, in a project of their own.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "inference/model_builder.h"
#include "test_folder.h"

namespace primer::inference {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::string textOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The code blocks of a page that begin with a comment "// name" or "# name", by that name.
std::map<std::string, std::string> filesOnPage(const std::string& page) {
  std::map<std::string, std::string> files;
  for (const std::string fence : {"```cpp\n// ", "```cmake\n# "}) {
    for (auto at = page.find(fence); at != std::string::npos; at = page.find(fence, at + 1)) {
      const auto begin = page.find('\n', at) + 1;
      const auto name_begin = at + fence.size();
      const auto name = page.substr(name_begin, page.find('\n', name_begin) - name_begin);
      files[name] = page.substr(begin, page.find("\n```\n", begin) + 1 - begin);
    }
  }
  return files;
}

struct Outcome {
  int exit_code = -1;
  std::string output;  // both streams
};

class InferencePackage : public ::testing::Test {
 protected:
  Outcome shell(const std::string& command) const {
    const auto log = folder_ / "log";
    const int status = std::system(
        ("cd '" + folder_.path().string() + "' && (" + command + ") >'" + log.string() + "' 2>&1")
            .c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, textOf(log)};
  }

  fs::path prefix() const { return folder_ / "prefix"; }

  void install() const {
    const auto installed =
        shell("cmake --install '" PRIMER_BUILD_DIR "' --component inference --prefix '" +
              prefix().string() + "'");
    ASSERT_EQ(installed.exit_code, 0) << installed.output;
  }

  const test::TestFolder folder_;
};

TEST_F(InferencePackage, HoldsPublicHeadersOnly) {
  install();
  std::set<std::string> headers;
  for (const auto& entry : fs::recursive_directory_iterator(prefix() / "include")) {
    if (entry.is_regular_file()) {
      headers.insert(entry.path().lexically_relative(prefix() / "include").string());
    }
  }
  std::set<std::string> expected = {"primer/base/result.h"};
  const fs::path source = fs::path(PRIMER_SOURCE_DIR) / "inference/include";
  for (const auto& entry : fs::directory_iterator(source / "primer/inference")) {
    expected.insert(entry.path().lexically_relative(source).string());
  }
  EXPECT_EQ(headers, expected);
}

TEST_F(InferencePackage, TheProgramsOfThePageBuildAndRun) {
  install();
  const auto files = filesOnPage(textOf(PRIMER_SOURCE_DIR "/docs/inference-api.md"));
  for (const auto* name : {"CMakeLists.txt", "recognise.cpp", "threshold.cpp"}) {
    ASSERT_TRUE(files.count(name)) << name << " is not on the page";
  }
  for (const auto& [name, text] : files) std::ofstream(folder_ / name) << text;
  const auto built = shell(
      "cmake -G Ninja -B build -DCMAKE_BUILD_TYPE=Release "
      "-DCMAKE_CXX_COMPILER='" PRIMER_COMPILER
      "' -DCMAKE_CXX_FLAGS='-Wall -Wextra -Werror' -DCMAKE_PREFIX_PATH='" +
      prefix().string() + "' . && cmake --build build");
  ASSERT_EQ(built.exit_code, 0) << built.output;

  const auto read =
      shell("build/recognise '" PRIMER_SOURCE_DIR "/models/handwriting/models/mnist.tflite'");
  EXPECT_EQ(read.exit_code, 0) << read.output;
  EXPECT_THAT(read.output, HasSubstr("image: int8 1x28x28x1, scale "));
  EXPECT_THAT(read.output, HasSubstr("this is a 7\n"));
  EXPECT_THAT(read.output, HasSubstr("CONV_2D"));
  EXPECT_THAT(textOf(folder_ / "recognise-trace.json"), HasSubstr("\"traceEvents\""));
  const auto none = shell("build/recognise none.tflite");
  EXPECT_EQ(none.exit_code, 3);
  EXPECT_THAT(none.output, HasSubstr("recognise: "));

  testing::ModelBuilder builder;
  const int x = builder.input("x", tflite::TensorType::FLOAT32, {4});
  const int y = builder.tensor("y", tflite::TensorType::FLOAT32, {4});
  builder.addCustom("Threshold", {x}, {y}, {0, 0, 0, 0x3f});  // 0.5f, little-endian
  builder.output(y);
  const auto bytes = builder.build();
  std::ofstream(folder_ / "threshold.tflite", std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  const auto own = shell("build/threshold threshold.tflite");
  EXPECT_EQ(own.exit_code, 0);
  EXPECT_EQ(own.output, "0 1 0 1 \n");
}

}  // namespace
}  // namespace primer::inference
