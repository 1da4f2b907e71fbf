#include "primer/inference/tensor_view.h"

#include <fmt/format.h>

namespace primer::inference {
namespace {

// Calls `use` with a value of the C++ type that an element type stands for; false where its
// elements are not numbers.
template <typename Use>
bool withElementType(ElementType type, Use use) {
  switch (type) {
    case ElementType::kFloat32:
      use(float());
      return true;
    case ElementType::kInt8:
      use(std::int8_t());
      return true;
    case ElementType::kUint8:
      use(std::uint8_t());
      return true;
    case ElementType::kInt16:
      use(std::int16_t());
      return true;
    case ElementType::kInt32:
      use(std::int32_t());
      return true;
    case ElementType::kInt64:
      use(std::int64_t());
      return true;
    case ElementType::kBool:
      use(bool());
      return true;
    default:
      return false;
  }
}

Status checkCount(const TensorInfo& tensor, std::size_t count) {
  if (count == tensor.elements()) return {};
  return fail(ErrorCode::kInvalidArgument,
              fmt::format("tensor '{}' is {}: has {} elements, not {}", tensor.name,
                          describe(tensor), tensor.elements(), count));
}

tl::unexpected<Error> notNumbers(const TensorInfo& tensor) {
  return fail(ErrorCode::kUnsupported,
              fmt::format("tensor '{}' is {}: its elements are not numbers", tensor.name,
                          describe(tensor)));
}

}  // namespace

Status writeReals(std::span<const float> reals, const TensorInfo& tensor,
                  std::span<std::byte> bytes) {
  PRIMER_TRY(checkCount(tensor, reals.size()));
  const bool written = withElementType(tensor.type, [&](auto element) {
    using T = decltype(element);
    const TensorView<T> view(tensor, {reinterpret_cast<T*>(bytes.data()), reals.size()});
    for (std::size_t i = 0; i < reals.size(); ++i) view.setReal(i, reals[i]);
  });
  if (!written) return notNumbers(tensor);
  return {};
}

Status readReals(const TensorInfo& tensor, std::span<const std::byte> bytes,
                 std::span<float> reals) {
  PRIMER_TRY(checkCount(tensor, reals.size()));
  const bool read = withElementType(tensor.type, [&](auto element) {
    using T = decltype(element);
    const TensorView<const T> view(tensor,
                                   {reinterpret_cast<const T*>(bytes.data()), reals.size()});
    for (std::size_t i = 0; i < reals.size(); ++i) reals[i] = view.real(i);
  });
  if (!read) return notNumbers(tensor);
  return {};
}

}  // namespace primer::inference
