// What the planner has made of a chain of operators on single bytes: a table of 256 results.

#include <cstring>

#include "kernels/reference/rows.h"

namespace primer::inference::reference {
namespace {

struct ByteMapParams {
  std::shared_ptr<const ByteMap> map;
  std::int64_t count = 0;
};

template <typename Word>
void runByteMap(const ByteMapParams& params, const KernelIo& io) noexcept {
  const auto* in = io.in<std::uint8_t>(0);
  auto* out = io.out<Word>(0);
  const std::byte* results = params.map->results.data();
  for (std::int64_t i = 0; i < params.count; ++i) {
    std::memcpy(&out[i], results + in[i] * sizeof(Word), sizeof(Word));
  }
}

[[gnu::cold]] Checked<PreparedNode> prepareByteMap(const NodeView& node) {
  const auto& map = node.node().joined.map;
  ByteMapParams params{map, static_cast<std::int64_t>(elementCount(node.input(0).shape))};
  switch (map->result_bytes) {
    case 1:
      return inPlace(makePrepared<runByteMap<std::uint8_t>>(std::move(params)));
    case 2:
      return makePrepared<runByteMap<std::uint16_t>>(std::move(params));
    case 4:
      return makePrepared<runByteMap<std::uint32_t>>(std::move(params));
    default:
      return makePrepared<runByteMap<std::uint64_t>>(std::move(params));
  }
}

}  // namespace

const KernelRow& byteMapRow() {
  static constexpr KernelRow kRow = {
      tflite::BuiltinOperator::CUSTOM, ElementType::kInt8, {}, ElementType::kInt8, prepareByteMap};
  return kRow;
}

}  // namespace primer::inference::reference
