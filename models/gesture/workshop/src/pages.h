#pragma once

// Pages of real ink with one more stroke: what the gesture model learns from.
//
// The ink beneath is real: glyphs of one writer set side by side, or whole words. The stroke is the
// next one of that ink (writing), a stroke that mathematics puts on or around other ink (a bar, a
// root over what stands there, a slash through an equals sign, a box, a tick, a stroke traced
// again: writing too), or a gesture drawn over it by code.

#include <string_view>
#include <vector>

#include "primer/gesture/gesture_reader.h"
#include "primer/handwriting-workshop/samples.h"
#include "primer/toolkit/random.h"

namespace primer::gesture::workshop {

// A stroke and what lay beneath it.
struct Page {
  handwriting::FlatInk beneath;
  handwriting::FlatInk stroke;  // one stroke
};

// How writing is come by, and where figures are told apart.
enum class Writing : std::uint8_t { kGlyph, kWord, kBar, kOver, kRetouch, kTick };
inline constexpr std::array<std::string_view, 6> kWritingNames = {"glyph", "word",    "bar",
                                                                  "over",  "retouch", "tick"};

// The ink of one side of the split.
class PageMaker {
 public:
  // Both must outlive this.
  PageMaker(const handwriting::workshop::SampleStore& glyphs,
            const std::vector<handwriting::FlatInk>& words, bool development);

  void makeWriting(Writing kind, toolkit::Random& random, Page& page) const;
  // `gesture` is not kWriting.
  void makeGesture(Gesture gesture, toolkit::Random& random, Page& page) const;

 private:
  struct Glyph {
    std::uint8_t symbol = 0;
    std::size_t first_stroke = 0;
    std::size_t last_stroke = 0;  // one past
    handwriting::Extent box;
  };
  struct Line {
    handwriting::FlatInk ink;
    std::vector<Glyph> glyphs;
    float size = 1;  // the writer's median longest side
  };

  // `count` glyphs of one writer; with some chance ink of other lines above and below.
  Line makeLine(std::size_t count, toolkit::Random& random) const;
  void appendWord(toolkit::Random& random, Line& line) const;
  const std::vector<std::uint32_t>& someWriter(toolkit::Random& random) const;

  void writeGlyph(toolkit::Random& random, Page& page) const;
  void writeWord(toolkit::Random& random, Page& page) const;
  void writeBar(toolkit::Random& random, Page& page) const;
  void writeOver(toolkit::Random& random, Page& page) const;
  void writeRetouch(toolkit::Random& random, Page& page) const;
  void writeTick(toolkit::Random& random, Page& page) const;

  const handwriting::workshop::SampleStore& glyphs_;
  const std::vector<handwriting::FlatInk>& words_;
  std::vector<std::vector<std::uint32_t>> by_writer_;
};

// The words of UNIPEN's training or development writers, about one in five of them.
Result<std::vector<handwriting::FlatInk>> readWords(const std::filesystem::path& data,
                                                    bool development);

}  // namespace primer::gesture::workshop
