// Models changed as trees of objects: what libFuzzer keeps are sound FlatBuffers throughout.

#include <algorithm>
#include <cstring>

#include "fuzz/drive.h"
#include "fuzz/tree.h"

namespace fuzz = primer::inference::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::drive(std::as_bytes(std::span(data, size)));
  return 0;
}

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned int seed) {
  auto model = fuzz::unpack({data, size});
  if (!model) return LLVMFuzzerMutate(data, size, most);
  fuzz::Choices choices(seed);
  const auto bytes = fuzz::mutate(std::move(*model), choices);
  if (bytes.size() > most) return size;
  std::memcpy(data, bytes.data(), bytes.size());
  return bytes.size();
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* data1, std::size_t size1,
                                                 const std::uint8_t* data2, std::size_t size2,
                                                 std::uint8_t* out, std::size_t most,
                                                 unsigned int seed) {
  auto first = fuzz::unpack({data1, size1});
  const auto second = fuzz::unpack({data2, size2});
  if (!first || !second) return 0;
  fuzz::Choices choices(seed);
  const auto bytes = fuzz::pack(fuzz::join(std::move(*first), *second, choices));
  if (bytes.size() > most) return 0;
  std::memcpy(out, bytes.data(), bytes.size());
  return bytes.size();
}
