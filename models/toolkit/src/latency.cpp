#include "src/latency.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "primer/toolkit/random.h"

namespace primer::toolkit {

void fillInputs(inference::Session& session) {
  Random random(12345);
  for (std::size_t i = 0; i < session.model().inputCount(); ++i) {
    switch (session.model().input(i).type) {
      case inference::ElementType::kFloat32:
        for (auto& value : session.input<float>(i)) {
          value = static_cast<float>(random.uniform(-1, 1));
        }
        break;
      case inference::ElementType::kBool:
        for (auto& value : session.input<bool>(i)) value = (random.bits() >> 63) != 0;
        break;
      // Most often indices: small ones lie inside.
      case inference::ElementType::kInt32:
        for (auto& value : session.input<std::int32_t>(i)) {
          value = static_cast<std::int32_t>(random.bits() >> 62);
        }
        break;
      case inference::ElementType::kInt64:
        for (auto& value : session.input<std::int64_t>(i)) {
          value = static_cast<std::int64_t>(random.bits() >> 62);
        }
        break;
      default:
        for (auto& byte : session.inputBytes(i)) byte = static_cast<std::byte>(random.bits() >> 56);
    }
  }
}

Result<Latency> measureLatency(inference::Session& session, int runs) {
  using Clock = std::chrono::steady_clock;
  constexpr auto kLongEnough = std::chrono::milliseconds(500);
  constexpr std::size_t kFewest = 10, kMost = 10'000;
  PRIMER_TRY(session.run());  // warms the caches
  std::vector<double> times;
  const auto start = Clock::now();
  const auto enough = [&] {
    if (runs > 0) return times.size() >= static_cast<std::size_t>(runs);
    return times.size() >= kMost || (times.size() >= kFewest && Clock::now() - start > kLongEnough);
  };
  while (!enough()) {
    const auto before = Clock::now();
    PRIMER_TRY(session.run());
    times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - before).count());
  }
  std::sort(times.begin(), times.end());
  return Latency{times.front(), times[times.size() / 2], times[times.size() * 99 / 100],
                 static_cast<int>(times.size())};
}

}  // namespace primer::toolkit
