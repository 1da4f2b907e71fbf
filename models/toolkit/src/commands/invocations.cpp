#include "src/commands/invocations.h"

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>

namespace primer::toolkit {

Result<std::size_t> countInvocations(const inference::Model& model,
                                     std::span<const std::byte> input,
                                     std::string_view input_name) {
  constexpr std::uint64_t kMostOutput = 1u << 30;
  std::size_t each = 0;
  for (std::size_t i = 0; i < model.inputCount(); ++i) each += model.input(i).bytes;
  std::size_t out = 0;
  for (std::size_t i = 0; i < model.outputCount(); ++i) out += model.output(i).bytes;
  const std::size_t count = each == 0 ? 1 : input.size() / each;
  if (count == 0) {
    return fail(ErrorCode::kDamaged, std::string(input_name) + " holds " +
                                         std::to_string(input.size()) +
                                         " bytes; one invocation takes " + std::to_string(each));
  }
  if (out != 0 && count > kMostOutput / out) {
    return fail(ErrorCode::kLimitExceeded, std::string(input_name) + " holds " +
                                               std::to_string(count) + " invocations of " +
                                               std::to_string(out) + " bytes of output; at most " +
                                               std::to_string(kMostOutput) + " bytes in all");
  }
  const std::size_t left_over = input.size() - count * each;
  if (left_over != 0) {
    std::fprintf(stderr, "primer-model: %zu bytes at the end of %.*s are left over\n", left_over,
                 static_cast<int>(input_name.size()), input_name.data());
  }
  return count;
}

std::size_t feed(inference::Session& session, std::span<const std::byte> input) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < session.model().inputCount(); ++i) {
    const auto to = session.inputBytes(i);
    if (!to.empty()) std::memcpy(to.data(), input.data() + at, to.size());
    at += to.size();
  }
  return at;
}

void collect(const inference::Session& session, std::vector<std::byte>& output) {
  for (std::size_t i = 0; i < session.model().outputCount(); ++i) {
    const auto from = session.outputBytes(i);
    output.insert(output.end(), from.begin(), from.end());
  }
}

}  // namespace primer::toolkit
