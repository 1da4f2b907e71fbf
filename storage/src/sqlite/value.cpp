#include "src/sqlite/value.h"

#include <sodium.h>

#include <cstring>
#include <string_view>

namespace primer::storage {

namespace {

void addNumber(Bytes& to, std::uint64_t number) {
  for (int i = 0; i < 8; ++i) to.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}

void addBytes(Bytes& to, const void* bytes, std::size_t size) {
  addNumber(to, size);
  const auto* first = static_cast<const std::uint8_t*>(bytes);
  to.insert(to.end(), first, first + size);
}

struct Adder {
  Bytes& to;
  void operator()(std::monostate) const { to.push_back(0); }
  void operator()(std::int64_t number) const {
    to.push_back(1);
    addNumber(to, static_cast<std::uint64_t>(number));
  }
  void operator()(double number) const {
    to.push_back(2);
    std::uint64_t bits = 0;
    std::memcpy(&bits, &number, sizeof(bits));
    addNumber(to, bits);
  }
  void operator()(const std::string& text) const {
    to.push_back(3);
    addBytes(to, text.data(), text.size());
  }
  void operator()(const Bytes& blob) const {
    to.push_back(4);
    addBytes(to, blob.data(), blob.size());
  }
};

}  // namespace

std::size_t TableShape::indexOf(std::string_view column) const {
  std::size_t index = 0;
  while (index < columns.size() && columns[index].name != column) ++index;
  return index;
}

RowCheck rowCheck(std::string_view table, const Row& row) {
  Bytes all;
  addBytes(all, table.data(), table.size());
  for (const auto& value : row) std::visit(Adder{all}, value);
  std::array<std::uint8_t, crypto_generichash_BYTES_MIN> hash{};
  crypto_generichash(hash.data(), hash.size(), all.data(), all.size(), nullptr, 0);
  RowCheck check{};
  std::memcpy(check.data(), hash.data(), check.size());
  return check;
}

}  // namespace primer::storage
