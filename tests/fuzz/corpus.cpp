#include "fuzz/corpus.h"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <span>

#include "inference/flow_models.h"
#include "inference/small_models.h"

namespace primer::inference::fuzz {

std::vector<CorpusModel> corpus() {
  std::vector<CorpusModel> models;
  models.push_back({"small-net", testing::SmallNet().builder.build()});
  models.push_back({"loop", testing::Fibonacci().builder.build()});
  models.push_back({"branches", testing::Squares().builder.build()});
  models.push_back({"variables", testing::Counter().builder.build()});
  // Four fields a recording, each after its length: name, model, inputs, outputs.
  std::ifstream file(PRIMER_RECORDINGS, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  std::size_t at = 0;
  const auto field = [&] {
    std::uint32_t length = 0;
    std::memcpy(&length, text.data() + at, sizeof(length));
    at += sizeof(length) + length;
    return text.substr(at - length, length);
  };
  while (at < text.size()) {
    CorpusModel model;
    model.name = field();
    const auto bytes = field();
    field();
    field();
    const auto view = std::as_bytes(std::span(bytes));
    model.bytes.assign(view.begin(), view.end());
    models.push_back(std::move(model));
  }
  return models;
}

}  // namespace primer::inference::fuzz
