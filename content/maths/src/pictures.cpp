#include "pictures.h"

#include <algorithm>
#include <functional>

#include "picture_parts.h"

namespace primer::maths {

namespace {

using Maybe = std::optional<Picture>;

constexpr int kMostPlaces = 100;  // of a tree that are looked at

// The nodes of a tree, the whole before its parts.
bool anyNode(const Expr& e, int& left, const std::function<bool(const Expr&)>& visit) {
  if (--left < 0) return false;
  if (visit(e)) return true;
  return std::any_of(e->children.begin(), e->children.end(),
                     [&](const Expr& c) { return anyNode(c, left, visit); });
}

std::vector<Expr> wholesOf(const Scene& scene, const Problem& problem) {
  std::vector<Expr> wholes = scene.expressions;
  for (const auto& link : scene.statements) {
    wholes.push_back(link.left);
    wholes.push_back(link.right);
  }
  for (const auto& chain : problem.line.chains) {
    wholes.insert(wholes.end(), chain.members.begin(), chain.members.end());
  }
  return wholes;
}

// Whether the wrong procedure can have been followed just here.
bool fires(const Expr& node, std::string_view key) {
  bool found = false;
  for (const auto rule : expressionRules()) {
    rule(node, [&](const Expr&, std::string_view first, std::string_view second) {
      found = found || first == key || second == key;
    });
  }
  return found;
}

// The first picture that a maker gives for a node where the procedure fires; else for any node.
Maybe atPlace(std::string_view key, const std::vector<Expr>& wholes,
              const std::function<Maybe(const Expr&)>& make) {
  Maybe picture;
  for (const bool strict : {true, false}) {
    for (const auto& whole : wholes) {
      int left = kMostPlaces;
      const bool done = anyNode(whole, left, [&](const Expr& node) {
        if (strict && !fires(node, key)) return false;
        picture = make(node);
        return picture.has_value();
      });
      if (done) return picture;
    }
  }
  return picture;
}

// Bars of what stands in the node, and of what was written for it.
Maybe barsWithYours(const Expr& node, const Scene& scene) {
  Maybe picture = barsOf(node);
  if (!picture) return picture;
  const bool whole = !scene.expressions.empty() && sameShape(scene.expressions.front(), node);
  if (!whole || !scene.written) return picture;
  if (const auto yours = barOf(scene.written)) {
    auto& bars = std::get<FractionBars>(*picture).bars;
    bars.push_back(*yours);
    bars.back().is_yours = true;
  }
  return picture;
}

Maybe ofStatement(const Scene& scene, Maybe (*make)(const Link&)) {
  for (const auto& link : scene.statements) {
    if (auto picture = make(link)) return picture;
  }
  return std::nullopt;
}

// The two numbers of a comparison, as they were written or as they were given.
Maybe compared(const Scene& scene, const Problem& problem,
               Maybe (*make)(const Expr&, const Expr&)) {
  for (const auto& link : scene.statements) {
    if (auto picture = make(link.left, link.right)) return picture;
  }
  const auto& given = problem.line.chains.front().members;
  return given.size() == 2 ? make(given[0], given[1]) : std::nullopt;
}

bool in(std::string_view key, std::initializer_list<std::string_view> keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

std::optional<Picture> pictureFor(std::string_view key, const Scene& scene,
                                  const Problem& problem) {
  const auto wholes = wholesOf(scene, problem);
  const auto at = [&](const std::function<Maybe(const Expr&)>& make) {
    return atPlace(key, wholes, make);
  };
  if (in(key, {"add-no-carry", "add-carry-dropped", "add-misaligned", "decimal-point-separate"})) {
    return at(blocksTogether);
  }
  if (key.substr(0, 9) == "subtract-") return at(blocksTakenAway);
  if (key == "divide-zero-omitted") return at(blocksShared);
  if (key == "divide-remainder-as-decimal") return at(platesToShare);
  if (key == "multiply-zero-identity") {
    auto plates = at(emptyPlates);
    return plates ? plates : at(areaOfNumbers);
  }
  if (key.substr(0, 9) == "multiply-") return at(areaOfNumbers);
  if (key == "decimal-multiply-point") {
    auto square = at(squareOfTenths);
    return square ? square : at(areaOfNumbers);
  }
  if (in(key,
         {"numeral-longer-is-larger", "decimal-longer-is-larger", "decimal-shorter-is-larger"})) {
    return compared(scene, problem, blocksCompared);
  }
  if (key == "fraction-natural-number-bias") return compared(scene, problem, barsToShade);
  if (key == "percent-one-formula") {
    auto bar = at(percentBar);
    return bar ? bar : percentInWords(problem);
  }
  if (key.substr(0, 9) == "fraction-" || key == "mixed-smaller-from-larger") {
    return at([&](const Expr& node) {
      const bool calculates = !isFraction(node) || key == "fraction-cancel-one";
      return calculates ? barsWithYours(node, scene) : std::nullopt;
    });
  }
  if (in(key, {"integer-two-negatives-positive", "integer-sign-guessed"})) return at(jumpsOf);
  if (key == "order-acronym") {
    auto jumps = at(jumpsOf);
    return jumps ? jumps : at(boxesInOrder);
  }
  if (key == "order-left-to-right") return at(boxesInOrder);
  if (in(key, {"power-as-product", "power-of-negative"})) return at(boxesOfPower);
  if (in(key, {"distribute-partial", "distribute-negative"})) return at(areaOfBracket);
  if (key == "linearity-power-root") return at(areaOfSquare);
  if (key == "cancel-terms") return at(boxesOfQuotient);
  if (key == "algebra-conjoin") return at(tilesOf);
  if (key == "equals-running") return ofStatement(scene, balanceToCheck);
  if (key.substr(0, 9) == "equation-") return ofStatement(scene, balanceOf);
  if (key == "ratio-additive") {
    auto table = ofStatement(scene, ratioTable);
    return table ? table : ratioInWords(problem);
  }
  if (key == "algebra-reversal") return valuesToTry(problem);
  return std::nullopt;  // a letter for a thing is a matter of words
}

}  // namespace primer::maths
