#include "primer/base/id.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

namespace primer::internal {

std::array<std::uint8_t, 16> randomIdBytes() {
  std::array<std::uint8_t, 16> bytes{};
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got = getrandom(bytes.data() + filled, bytes.size() - filled, 0);
    if (got > 0) {
      filled += static_cast<std::size_t>(got);
    } else if (errno != EINTR) {
      std::abort();  // Linux has had getrandom since 3.17; without randomness no id may be made
    }
  }
  return bytes;
}

std::string idToHex(const std::array<std::uint8_t, 16>& bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

Result<std::array<std::uint8_t, 16>> idFromHex(std::string_view text) {
  std::array<std::uint8_t, 16> bytes{};
  const auto bad = [&] {
    return fail(ErrorCode::kInvalidArgument,
                "an id is 32 hex digits, not '" + std::string(text) + "'");
  };
  if (text.size() != 2 * bytes.size()) return bad();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    int digit = 0;
    if (c >= '0' && c <= '9') {
      digit = c - '0';
    } else if (c >= 'a' && c <= 'f') {
      digit = c - 'a' + 10;
    } else if (c >= 'A' && c <= 'F') {
      digit = c - 'A' + 10;
    } else {
      return bad();
    }
    bytes[i / 2] = static_cast<std::uint8_t>(bytes[i / 2] << 4 | digit);
  }
  return bytes;
}

}  // namespace primer::internal
