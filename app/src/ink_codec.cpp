#include "primer/app/ink_codec.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <string>

#include "varint.h"

namespace primer::app {

namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kMaxPoints = 100'000;
constexpr float kMaxCoordinate = 1e6F;
constexpr float kUnitsPerStep = 16;
constexpr float kPressureSteps = 255;

using Steps = std::array<std::int64_t, 4>;  // x, y, t, pressure

std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

bool credible(float value) { return std::isfinite(value) && std::fabs(value) <= kMaxCoordinate; }

Result<Steps> stepsOf(const InkPoint& point) {
  // A visit may leave a page open for long; time alone may be large, up to eleven days.
  if (!credible(point.x) || !credible(point.y) || !std::isfinite(point.t) ||
      std::fabs(point.t) > 1e9F || !std::isfinite(point.pressure)) {
    return fail(ErrorCode::kInvalidArgument, "an ink point lies beyond all bounds");
  }
  const float pressure = std::fmin(std::fmax(point.pressure, 0.F), 1.F);
  return Steps{std::llround(point.x * kUnitsPerStep), std::llround(point.y * kUnitsPerStep),
               std::llround(point.t), std::llround(pressure * kPressureSteps)};
}

InkPoint pointOf(const Steps& steps) {
  return {static_cast<float>(steps[0]) / kUnitsPerStep,
          static_cast<float>(steps[1]) / kUnitsPerStep, static_cast<float>(steps[2]),
          static_cast<float>(steps[3]) / kPressureSteps};
}

}  // namespace

Result<std::vector<std::byte>> encodeInk(const Ink& ink) {
  std::vector<std::byte> out{static_cast<std::byte>(kVersion)};
  putVarint(out, ink.strokes.size());
  Steps last{};
  std::size_t points = 0;
  for (const auto& stroke : ink.strokes) {
    points += stroke.size() + 1;  // an empty stroke costs as well
    if (points > kMaxPoints) {
      return fail(ErrorCode::kLimitExceeded,
                  "an ink holds more than " + std::to_string(kMaxPoints) + " points");
    }
    putVarint(out, stroke.size());
    for (const auto& point : stroke) {
      PRIMER_ASSIGN(const Steps steps, stepsOf(point));
      for (std::size_t i = 0; i < steps.size(); ++i) putVarint(out, zigzag(steps[i] - last[i]));
      last = steps;
    }
  }
  return out;
}

Result<Ink> decodeInk(std::span<const std::byte> bytes) {
  if (bytes.empty()) return fail(ErrorCode::kDamaged, "ink is empty", "ink.damaged");
  const auto version = std::to_integer<int>(bytes[0]);
  if (version > kVersion) {
    return fail(ErrorCode::kNewerVersion,
                "ink has version " + std::to_string(version) + "; this program reads up to 1",
                "ink.newer");
  }
  VarintReader in(bytes.subspan(1), "ink");
  if (version < 1) return in.damaged("has version 0");
  PRIMER_ASSIGN(const std::uint64_t strokes, in.varint());
  if (strokes > in.left()) return in.damaged("promises more strokes than it has bytes");
  Ink ink;
  ink.strokes.reserve(static_cast<std::size_t>(strokes));
  Steps last{};
  std::size_t points = 0;
  for (std::uint64_t s = 0; s < strokes; ++s) {
    PRIMER_ASSIGN(const std::uint64_t count, in.varint());
    if (count > in.left() / last.size()) return in.damaged("promises more points than it has");
    points += static_cast<std::size_t>(count) + 1;
    if (points > kMaxPoints) return in.damaged("holds too many points");
    Stroke stroke;
    stroke.reserve(static_cast<std::size_t>(count));
    for (std::uint64_t p = 0; p < count; ++p) {
      for (auto& step : last) {
        PRIMER_ASSIGN(const std::uint64_t change, in.varint());
        step += unzigzag(change);
      }
      stroke.push_back(pointOf(last));
    }
    ink.strokes.push_back(std::move(stroke));
  }
  if (in.left() != 0) return in.damaged("goes on after its last stroke");
  return ink;
}

}  // namespace primer::app
