#pragma once

// Whether a stroke is writing, or a gesture of the pen that asks for something.
//
// What a stroke means hangs on what lies beneath it: a circle to ask goes round ink, a strike
// across it, a scratch-out over it, a caret stands between two symbols. So the reader takes the
// stroke and the ink that was there before. It is careful: a gesture that is not seen costs the
// pupil a second try, writing that is taken for one costs work; below `sure` a stroke is writing.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "primer/base/ink.h"
#include "primer/base/result.h"

namespace primer::gesture {

enum class Gesture : std::uint8_t {
  kWriting,     // ink like other ink
  kScratchOut,  // to and fro over ink: take it away
  kCircle,      // round ink: I have a question about this
  kStrike,      // one line across ink: this is struck out, and stays to be seen
  kInsert,      // a caret between symbols: something goes in here
};
inline constexpr std::size_t kGestureCount = 5;

// "writing", "scratch-out", "circle", "strike", "insert".
std::string_view gestureName(Gesture gesture);

struct GestureReading {
  Gesture gesture = Gesture::kWriting;  // what it is to be taken for
  Gesture likeliest = Gesture::kWriting;
  float probability = 1;  // of the likeliest, calibrated
};

// Thread-compatible: one reader is used by one thread at a time; readers made of the same model
// share its weights.
class GestureReader {
 public:
  // Errors are those of inference::Model::open, and kUnsupported where the file is a sound model of
  // another task.
  static Result<GestureReader> open(const std::filesystem::path& model);
  static Result<GestureReader> openShipped();
  static std::filesystem::path shippedModel();

  Result<GestureReader> another() const;

  ~GestureReader();
  GestureReader(GestureReader&&) noexcept;
  GestureReader& operator=(GestureReader&&) noexcept;

  // `stroke` as it was written (a stroke that several fingers cut in pieces is several), `beneath`
  // the ink that was on the page before. Never fails: a stroke without points, with none beneath or
  // not finite is writing. Takes bounded time whatever the ink (gesture_features.h).
  GestureReading read(const Stroke& stroke, const Ink& beneath);

 private:
  struct Impl;
  explicit GestureReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace primer::gesture
