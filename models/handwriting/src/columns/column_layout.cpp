#include "src/columns/column_layout.h"

#include <utility>

#include "src/columns/paper.h"

namespace primer::handwriting::columns {

// More than any work that is set out by hand; what it costs grows with their square.
constexpr std::size_t kMostSigns = 72;

std::optional<ColumnLayout> layOutColumns(const std::vector<PaperSign>& signs,
                                          const Rulings& rulings) {
  if (signs.size() > kMostSigns) return std::nullopt;
  Paper paper(signs, rulings);
  if (!paper.sortOut()) return std::nullopt;
  const bool division = paper.rulings.wall || paper.findSign(':') < paper.count();
  if (!(division ? layOutDivision(paper) : layOutStacked(paper))) return std::nullopt;
  for (std::size_t i = 0; i < paper.count(); ++i) {
    if (paper.result.roles[i] == ColumnRole::kNone && !paper.is_rule[i]) {
      paper.result.score -= kUnplaced;
    }
  }
  return std::move(paper.result);
}

}  // namespace primer::handwriting::columns
