#include "lines/line_figures.h"

#include <algorithm>

#include "primer/handwriting/lines/group_scorer.h"

namespace primer::handwriting::workshop {

std::vector<std::size_t> targetsOf(const MadeNotation& made, const lines::LineStrokes& line,
                                   const std::vector<lines::LineGroup>& groups) {
  std::vector<std::size_t> place(made.ink.strokes.size(), lines::kMostLineStrokes);
  for (std::size_t i = 0; i < line.indices.size(); ++i) place[line.indices[i]] = i;
  std::vector<std::size_t> targets(groups.size(), lines::kNotOne);
  for (const auto& symbol : made.symbols) {
    lines::StrokeSet strokes;
    for (const auto s : symbol.strokes) {
      if (place[s] < lines::kMostLineStrokes) strokes.add(place[s]);
    }
    const auto found = std::find_if(groups.begin(), groups.end(), [&strokes](const auto& group) {
      return group.strokes == strokes;
    });
    if (found != groups.end()) {
      targets[static_cast<std::size_t>(found - groups.begin())] = symbol.label;
    }
  }
  return targets;
}

void LineTally::add(const std::vector<lines::FoundReading>& readings, std::string_view truth) {
  std::vector<std::string> latex;
  for (std::size_t i = 0; i < std::min<std::size_t>(readings.size(), 3); ++i) {
    latex.push_back(readings[i].latex);
  }
  add(latex, truth);
}

void LineTally::add(const std::vector<std::string>& latex, std::string_view truth) {
  ++all_;
  for (std::size_t i = 0; i < std::min<std::size_t>(latex.size(), 3); ++i) {
    if (latex[i] != truth) continue;
    exact_ += i == 0 ? 1 : 0;
    ++within_three_;
    return;
  }
}

}  // namespace primer::handwriting::workshop
