#include "shipped_sheet_reader.h"

#include <optional>

#include "primer/gesture/gesture_reader.h"

namespace primer::app {

namespace {

// A stroke lies beneath a scratch-out where most of its points are within the scratch's box.
constexpr double kCovered = 0.6;
// Where something does, parts of it that stick out (the bar of a 5, a dot) go with it: what lies in
// the box made this part of its height higher and lower. The next line is further away.
constexpr float kSticksOut = 0.25F;

struct Extent {
  float left = 0, top = 0, right = 0, bottom = 0;
};

Extent extentOf(const Stroke& stroke) {
  Extent box{stroke[0].x, stroke[0].y, stroke[0].x, stroke[0].y};
  for (const auto& point : stroke) {
    box.left = std::min(box.left, point.x);
    box.right = std::max(box.right, point.x);
    box.top = std::min(box.top, point.y);
    box.bottom = std::max(box.bottom, point.y);
  }
  return box;
}

bool liesBeneath(const Stroke& stroke, const Extent& box) {
  std::size_t within = 0;
  for (const auto& point : stroke) {
    if (point.x >= box.left && point.x <= box.right && point.y >= box.top &&
        point.y <= box.bottom) {
      ++within;
    }
  }
  return static_cast<double>(within) >= kCovered * static_cast<double>(stroke.size());
}

std::vector<std::size_t> strokesIn(const Ink& ink, const Extent& box) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < ink.strokes.size(); ++i) {
    if (!ink.strokes[i].empty() && liesBeneath(ink.strokes[i], box)) found.push_back(i);
  }
  return found;
}

class ShippedSheetReader final : public SheetReader {
 public:
  ShippedSheetReader(handwriting::WorkReader sheets, std::optional<gesture::GestureReader> gestures)
      : sheets_(std::move(sheets)), gestures_(std::move(gestures)) {}

  std::vector<handwriting::WorkPiece> read(const Ink& ink,
                                           const handwriting::WorkContext& context) override {
    return sheets_.read(ink, context);
  }

  std::vector<std::size_t> scratchedByLast(const Ink& ink) override {
    if (!gestures_ || ink.strokes.size() < 2 || ink.strokes.back().empty()) return {};
    Ink beneath = ink;
    const Stroke last = std::move(beneath.strokes.back());
    beneath.strokes.pop_back();
    if (gestures_->read(last, beneath).gesture != gesture::Gesture::kScratchOut) return {};
    Extent box = extentOf(last);
    if (strokesIn(beneath, box).empty()) return {};
    const float more = kSticksOut * (box.bottom - box.top);
    box.top -= more;
    box.bottom += more;
    auto scratched = strokesIn(beneath, box);
    scratched.push_back(beneath.strokes.size());
    return scratched;
  }

 private:
  handwriting::WorkReader sheets_;
  std::optional<gesture::GestureReader> gestures_;
};

}  // namespace

Result<std::unique_ptr<SheetReader>> openShippedSheetReader() {
  PRIMER_ASSIGN(auto sheets, handwriting::WorkReader::openShipped());
  auto gestures = gesture::GestureReader::openShipped();
  std::optional<gesture::GestureReader> known;
  if (gestures) known.emplace(*std::move(gestures));
  return std::make_unique<ShippedSheetReader>(std::move(sheets), std::move(known));
}

}  // namespace primer::app
