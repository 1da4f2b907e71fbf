#pragma once

// SHA-1 (FIPS 180-4), by which a data set's articles are divided; for nothing that must be secure.

#include <array>
#include <cstdint>
#include <string_view>

namespace primer::writing::workshop {

std::array<std::uint8_t, 20> sha1(std::string_view text);

}  // namespace primer::writing::workshop
