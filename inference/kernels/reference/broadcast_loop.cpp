#include "kernels/reference/broadcast_loop.h"

#include <algorithm>
#include <cstring>

namespace primer::inference::reference {
namespace {

constexpr std::int64_t kLaidOut = 64;  // elements of an operand that is repeated
constexpr std::int64_t kMostElementBytes = 8;

class PairWalk {
 public:
  PairWalk(const PairLoop& loop, PairRow row, const void* params, std::byte* out)
      : loop_(loop), row_(row), params_(params), out_(out) {}

  void walk(std::size_t loop, const std::byte* a, const std::byte* b) {
    const auto& here = loop_.broadcast.loops[loop];
    if (loop + 1 == loop_.broadcast.loops.size()) return run(here, a, b);
    for (std::int64_t i = 0; i < here.count; ++i) {
      walk(loop + 1, a, b);
      a += here.step_a * loop_.operand_bytes;
      b += here.step_b * loop_.operand_bytes;
    }
  }

 private:
  void run(const Broadcast::Loop& here, const std::byte* a, const std::byte* b) {
    alignas(64) std::byte all_a[kLaidOut * kMostElementBytes];
    alignas(64) std::byte all_b[kLaidOut * kMostElementBytes];
    const bool repeats = here.step_a == 0 || here.step_b == 0;
    const std::int64_t at_once = repeats ? std::min(here.count, kLaidOut) : here.count;
    if (at_once == 0) return;
    if (here.step_a == 0) a = layOut(a, at_once, all_a);
    if (here.step_b == 0) b = layOut(b, at_once, all_b);
    for (std::int64_t first = 0; first < here.count; first += at_once) {
      const std::int64_t count = std::min(at_once, here.count - first);
      row_(params_, a, b, out_, count);
      a += here.step_a * count * loop_.operand_bytes;
      b += here.step_b * count * loop_.operand_bytes;
      out_ += count * loop_.result_bytes;
    }
  }

  const std::byte* layOut(const std::byte* element, std::int64_t count, std::byte* to) const {
    const std::int64_t all = count * loop_.operand_bytes;
    std::memcpy(to, element, static_cast<std::size_t>(loop_.operand_bytes));
    for (std::int64_t done = loop_.operand_bytes; done < all; done *= 2) {
      std::memcpy(to + done, to, static_cast<std::size_t>(std::min(done, all - done)));
    }
    return to;
  }

  const PairLoop& loop_;
  PairRow row_;
  const void* params_;
  std::byte* out_;
};

}  // namespace

void runPairs(const PairLoop& loop, PairRow row, const void* params, const KernelIo& io) {
  PairWalk(loop, row, params, io.outputs[0]).walk(0, io.inputs[0], io.inputs[1]);
}

}  // namespace primer::inference::reference
