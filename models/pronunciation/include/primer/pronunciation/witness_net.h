#pragma once

// A small int8 net that weighs a row of witnesses: of so many numbers it makes one answer or more.

#include <filesystem>
#include <span>
#include <string_view>
#include <utility>

#include "primer/base/result.h"
#include "primer/inference/session.h"

namespace primer::pronunciation {

// How many numbers a tensor holds.
std::size_t elements(const inference::TensorInfo& tensor);

// One thread at a time.
class WitnessNet {
 public:
  struct Shape {
    std::size_t witnesses = 0;
    std::size_t answers = 1;
  };
  // kUnsupported for a file that is no net of that shape: `does` says what it cannot do, for the
  // message ("does not tell which words were left out").
  static Result<WitnessNet> open(const std::filesystem::path& file, Shape shape,
                                 std::string_view does);
  // Of those that ship.
  static Result<WitnessNet> openShipped(std::string_view name, Shape shape, std::string_view does);

  // Both of the shape that it was opened with.
  Status weigh(std::span<const float> witnesses, std::span<float> answers);
  // Of a net with one answer.
  Result<float> weigh(std::span<const float> witnesses);

 private:
  explicit WitnessNet(inference::Session session) : session_(std::move(session)) {}

  inference::Session session_;
};

}  // namespace primer::pronunciation
