#include "src/variable_memory.h"

#include <fmt/format.h>

#include <cstring>

#include "planner/lives.h"

namespace primer::inference {

const VariableMemory::Place* VariableMemory::findName(const std::string& name) const {
  const auto found = by_name_.find(name);
  if (found != by_name_.end()) return &found->second;
  return other_ == nullptr ? nullptr : other_->findName(name);
}

Status VariableMemory::find(const Graph& graph) {
  if (other_ == nullptr) return {};
  for (std::size_t t = 0; t < graph.tensors.size(); ++t) {
    const auto& tensor = graph.tensors[t];
    if (!tensor.is_variable || tensor.variable.empty()) continue;
    const auto* place = other_->findName(tensor.variable);
    if (place == nullptr) continue;
    if (place->type != tensor.info.type || place->bytes != tensor.info.bytes) {
      return fail(ErrorCode::kUnsupported,
                  fmt::format("variable-shared: '{}' has another type or size where it is shared",
                              printable(tensor.info.name)));
    }
    borrowed_.emplace(static_cast<int>(t), *place);
  }
  return {};
}

std::uint64_t VariableMemory::ownBytes(const Graph& graph) const {
  std::uint64_t bytes = 0;
  for (std::size_t t = 0; t < graph.tensors.size(); ++t) {
    const auto& tensor = graph.tensors[t];
    if (tensor.is_variable && !isBorrowed(static_cast<int>(t))) {
      bytes += arenaAligned(tensor.info.bytes);
    }
  }
  return bytes;
}

void VariableMemory::place(const Graph& graph, AlignedBlock block,
                           std::vector<std::byte*>& places) {
  block_ = std::move(block);
  if (block_.size() > 0) std::memset(block_.data(), 0, block_.size());
  std::uint64_t offset = 0;
  for (std::size_t t = 0; t < graph.tensors.size(); ++t) {
    const auto& tensor = graph.tensors[t];
    if (!tensor.is_variable) continue;
    if (const auto found = borrowed_.find(static_cast<int>(t)); found != borrowed_.end()) {
      places[t] = found->second.data;
      continue;
    }
    const auto& info = tensor.info;
    places[t] = block_.data() + offset;
    if (info.type == ElementType::kInt8 && info.bytes > 0) {
      std::memset(places[t], static_cast<int>(info.quantization.zeroPoint()), info.bytes);
    }
    offset += arenaAligned(info.bytes);
    if (!tensor.variable.empty()) {
      by_name_.emplace(tensor.variable, Place{places[t], info.type, info.bytes});
    }
  }
}

void VariableMemory::reset() const noexcept {
  if (!first_.empty()) std::memcpy(block_.data(), first_.data(), first_.size());
  if (other_ != nullptr) other_->reset();
}

}  // namespace primer::inference
