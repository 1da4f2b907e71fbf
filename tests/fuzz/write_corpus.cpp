// fuzz-corpus DIR: writes the corpus as files for libFuzzer, small ones only, as mutations of large
// ones are slow and say nothing more.

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "fuzz/corpus.h"
#include "fuzz/tree.h"

int main(int argc, char** argv) {
  namespace fuzz = primer::inference::fuzz;
  if (argc != 2) {
    std::fprintf(stderr, "usage: fuzz-corpus DIR\n");
    return 2;
  }
  constexpr std::size_t kMostBytes = 6000;
  std::filesystem::create_directories(argv[1]);
  int written = 0;
  for (const auto& model : fuzz::corpus()) {
    const auto view =
        std::span(reinterpret_cast<const std::uint8_t*>(model.bytes.data()), model.bytes.size());
    const auto tree = fuzz::unpack(view);
    if (!tree) continue;
    const auto bytes = fuzz::pack(*tree);  // as the tree target writes them
    if (bytes.size() > kMostBytes) continue;
    std::ofstream(std::filesystem::path(argv[1]) / (std::to_string(written++) + ".tflite"),
                  std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }
  std::printf("%d models\n", written);
  return written > 0 ? 0 : 1;
}
