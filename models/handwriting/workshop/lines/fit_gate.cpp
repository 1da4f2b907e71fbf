#include "lines/fit_gate.h"

#include <algorithm>

#include "lines/line_figures.h"
#include "primer/handwriting/lines/group_context.h"
#include "primer/handwriting/lines/line_strokes.h"

namespace primer::handwriting::workshop {

GateCases gateCases(const LineComposer& composer, const ColumnComposer& columns, std::size_t count,
                    std::uint64_t seed) {
  GateCases found;
  for (std::size_t i = 0; i < count; ++i) {
    toolkit::Random random(seed, i);
    const auto made = i % 7 == 6 ? withoutRules(columns.make(random)) : composer.make(random);
    const auto line = lines::takeStrokes(made.ink);
    if (line.count() == 0) continue;
    const auto groups = nearGroups(line);
    const auto targets = targetsOf(made, line, groups);
    std::size_t several = 0;
    for (const auto& symbol : made.symbols) several += symbol.strokes.size() > 1 ? 1 : 0;
    std::size_t held = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (groups[g].members.size() < 2) continue;
      const bool one = targets[g] != lines::kNotOne;
      held += one ? 1 : 0;
      found.cases.push_back({contextOf(line, groups[g]), one});
    }
    found.lost += several - std::min(held, several);
  }
  return found;
}

GateFigures measureGate(const std::vector<GateCase>& cases, const lines::GateNet& gate,
                        float odds) {
  std::size_t dropped = 0;
  std::size_t symbols = 0;
  std::size_t lost = 0;
  for (const auto& one : cases) {
    const bool out = gate.odds(one.x) < odds;
    dropped += out ? 1 : 0;
    symbols += one.yes ? 1 : 0;
    lost += out && one.yes ? 1 : 0;
  }
  const auto percent = [](std::size_t part, std::size_t whole) {
    return whole == 0 ? 0.0 : 100 * static_cast<double>(part) / static_cast<double>(whole);
  };
  return {percent(dropped, cases.size()), percent(lost, symbols)};
}

}  // namespace primer::handwriting::workshop
