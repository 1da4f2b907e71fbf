#pragma once

// Reads single operators of a file: what they are, and the tensors that they name.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ops/verdict.h"
#include "primer/inference/custom_operator.h"
#include "primer/inference/model.h"
#include "src/graph.h"

namespace primer::inference {

// Where each tensor of a subgraph lies among the graph's.
using Places = std::vector<int>;

// `bytes`, `limits`, `custom` and `model`, which lies in `bytes`, outlive the reader; what
// custom operators are given of the file points into `bytes`.
class NodeReader : public Refuser {
 public:
  NodeReader(std::span<const std::byte> bytes, const tflite::Model& model, const Limits& limits,
             const CustomOperators& custom, Error* reason)
      : Refuser(reason), bytes_(bytes), model_(model), limits_(limits), custom_(custom) {}

  // Operator, version, options of a custom one, and tensors.
  Verdict read(const tflite::Operator& source, const Places& places, Node& node);

  // A list of tensors of a subgraph as the graph counts them. `optional` ones may be left out; the
  // rule is what a wrong one is refused by.
  Checked<std::vector<int>> readIndices(const flatbuffers::Vector<std::int32_t>* source,
                                        const Places& places, const char* rule, bool optional);

 private:
  Verdict readCustomNode(const tflite::Operator& source, const flatbuffers::String* name,
                         Node& node) const;

  std::span<const std::byte> bytes_;
  const tflite::Model& model_;
  const Limits& limits_;
  const CustomOperators& custom_;
  std::size_t operands_ = 0;  // read so far
};

}  // namespace primer::inference
