#pragma once

#include <type_traits>

namespace primer::inference::reference {

// operation(a, b) of any numbers; integers wrap, as in two's complement. Small ones may not be
// multiplied as int: the products of two of 16 bits are beyond it.
template <typename T, typename Operation>
T wrapping(T a, T b, Operation operation) {
  if constexpr (std::is_integral_v<T>) {
    using Unsigned = std::make_unsigned_t<T>;
    static_assert(sizeof(T) >= sizeof(int), "would be promoted to int");
    return static_cast<T>(operation(static_cast<Unsigned>(a), static_cast<Unsigned>(b)));
  } else {
    return operation(a, b);
  }
}

}  // namespace primer::inference::reference
