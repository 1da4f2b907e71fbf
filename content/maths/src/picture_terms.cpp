#include <algorithm>

#include "picture_parts.h"

namespace primer::maths {

namespace {

constexpr std::size_t kMostBoxes = 10;
constexpr std::size_t kMostWeights = 8;
constexpr int kMostAlike = 5;   // weights of one letter
constexpr int kMostTiles = 12;  // on one heap

std::optional<int> smallInt(const std::optional<Rational>& value) {
  const auto n = value ? value->toInt() : std::nullopt;
  if (!n || *n > 1000 || *n < -1000) return std::nullopt;
  return static_cast<int>(*n);
}

std::string inBrackets(const std::string& text) {
  return text.rfind('-', 0) == 0 ? "(" + text + ")" : text;
}

std::string factorText(const Expr& e) {
  const bool open = e->kind == Kind::kSum && !e->bracketed;
  return open ? "(" + toText(e) + ")" : inBrackets(toText(e));
}

std::vector<std::string> textsOf(const std::vector<Expr>& terms) {
  std::vector<std::string> out;
  for (const auto& term : terms) out.push_back(toText(term));
  return out;
}

std::optional<Picture> areaOf(std::vector<std::string> down, std::vector<std::string> across) {
  if (across.size() * down.size() > static_cast<std::size_t>(kMostCells)) return std::nullopt;
  AreaModel area{std::move(across), std::move(down), {}};
  for (const auto& side : area.down) {
    std::vector<std::string> row;
    for (const auto& top : area.across) row.push_back(inBrackets(side) + " × " + inBrackets(top));
    area.cells.push_back(std::move(row));
  }
  return area;
}

// Terms as weights; two x as x and x. A term that is taken away cannot be laid on a pan: then the
// whole side is one weight.
std::optional<std::vector<std::string>> weightsOf(const Expr& side) {
  std::vector<std::string> weights;
  for (const auto& term : termsOf(side)) {
    const Term t = termOf(term);
    if (t.coefficient.sign() < 0) return std::vector<std::string>{toText(side)};
    const auto count = smallInt(t.coefficient);
    const bool alike = t.letters && count && *count > 1 && *count <= kMostAlike;
    for (int i = 0; i < (alike ? *count : 1); ++i) {
      weights.push_back(toText(alike ? t.letters : term));
    }
  }
  if (weights.size() > kMostWeights) return std::nullopt;
  return weights;
}

// 2:3 or 2/3.
bool isRatio(const Expr& e) { return e->kind == Kind::kQuotient; }

std::string entry(const Expr& e) { return e->has_letters ? "?" : toText(e); }

}  // namespace

std::optional<Picture> jumpsOf(const Expr& sum) {
  if (sum->kind != Kind::kSum) return std::nullopt;
  NumberLine line;
  int at = 0;
  int low = 0;
  int high = 0;
  for (const auto& term : sum->children) {
    const auto value = smallInt(term->value);
    if (!value) return std::nullopt;
    const bool first = &term == &sum->children.front();
    at += *value;
    if (first) {
      line.start = at;
    } else if (*value != 0) {
      line.jumps.push_back(*value);
    }
    low = std::min(low, at);
    high = std::max(high, at);
  }
  line.from = low - 1;
  line.to = high + 1;
  if (line.to - line.from > kMostTicks) return std::nullopt;
  line.marks = {line.start};
  if (line.start != 0 && at != 0) line.marks.push_back(0);
  std::sort(line.marks.begin(), line.marks.end());
  return line;
}

std::optional<Picture> boxesInOrder(const Expr& e) {
  const bool chain = e->kind == Kind::kSum || e->kind == Kind::kProduct;
  if (!chain || e->children.size() > kMostBoxes) return std::nullopt;
  Boxes picture;
  bool composite = false;
  for (const auto& child : e->children) {
    const bool minus = e->kind == Kind::kSum && child->kind == Kind::kNegate;
    const Expr& part = minus ? child->children[0] : child;
    composite = composite || !part->children.empty();
    if (&child != &e->children.front()) {
      picture.signs.emplace_back(e->kind == Kind::kProduct ? "×" : minus ? "-" : "+");
    } else if (minus) {
      picture.before = "-";
    }
    picture.boxes.push_back(toText(part));
  }
  if (!composite) return std::nullopt;
  return picture;
}

std::optional<Picture> boxesOfPower(const Expr& e) {
  const bool minus = e->kind == Kind::kNegate;
  const Expr& power = minus ? e->children[0] : e;
  if (power->kind != Kind::kPower) return std::nullopt;
  const auto n = smallInt(power->children[1]->value);
  if (!n || *n < 2 || *n > static_cast<int>(kMostBoxes)) return std::nullopt;
  Boxes picture;
  if (minus) picture.before = "-";
  picture.boxes.assign(static_cast<std::size_t>(*n), factorText(power->children[0]));
  picture.signs.assign(static_cast<std::size_t>(*n - 1), "×");
  return picture;
}

std::optional<Picture> boxesOfQuotient(const Expr& e) {
  if (e->kind != Kind::kQuotient || e->children[0]->kind != Kind::kSum) return std::nullopt;
  const auto& terms = e->children[0]->children;
  if (terms.size() > 4) return std::nullopt;
  const Expr& bottom = e->children[1];
  Boxes picture;
  for (const auto& term : terms) {
    const bool minus = term->kind == Kind::kNegate;
    if (&term != &terms.front()) {
      picture.signs.emplace_back(minus ? "-" : "+");
    } else if (minus) {
      picture.before = "-";
    }
    picture.boxes.push_back(factorText(minus ? term->children[0] : term) + " ÷ " +
                            factorText(bottom));
  }
  return picture;
}

std::optional<Picture> areaOfBracket(const Expr& e) {
  // A minus before a bracket, by itself or behind other terms, is a factor of -1.
  if (e->kind == Kind::kSum) {
    for (const auto& term : e->children) {
      if (auto area = areaOfBracket(term)) return area;
    }
    return std::nullopt;
  }
  if (e->kind == Kind::kNegate && e->children[0]->kind == Kind::kSum) {
    return areaOf({"-1"}, textsOf(e->children[0]->children));
  }
  const bool minus = e->kind == Kind::kNegate;
  const Expr& product_of = minus ? e->children[0] : e;
  if (product_of->kind != Kind::kProduct) return std::nullopt;
  std::vector<std::vector<std::string>> brackets;
  std::vector<Expr> others;
  for (const auto& factor : product_of->children) {
    if (factor->kind == Kind::kSum) {
      brackets.push_back(textsOf(factor->children));
    } else {
      others.push_back(factor);
    }
  }
  if (brackets.empty() || brackets.size() + (others.empty() ? 0 : 1) != 2) return std::nullopt;
  if (others.empty()) return minus ? std::nullopt : areaOf(brackets[0], brackets[1]);
  const Expr outside = others.size() == 1 ? others[0] : product(others, product_of->mark);
  return areaOf({(minus ? "-" : "") + toText(outside)}, brackets[0]);
}

std::optional<Picture> areaOfSquare(const Expr& e) {
  if (e->kind != Kind::kPower || e->children[0]->kind != Kind::kSum) return std::nullopt;
  if (smallInt(e->children[1]->value) != 2) return std::nullopt;
  const auto terms = textsOf(e->children[0]->children);
  return areaOf(terms, terms);
}

std::optional<Picture> tilesOf(const Expr& e) {
  if (e->kind != Kind::kSum) return std::nullopt;
  Tiles tiles;
  for (const auto& term : e->children) {
    const Term t = termOf(term);
    const auto count = smallInt(t.coefficient);
    if (!count || *count < 1 || *count > kMostTiles) return std::nullopt;
    tiles.heaps.emplace_back(*count, t.letters ? toText(t.letters) : "1");
  }
  const bool letters = e->has_letters && tiles.heaps.size() <= 4;
  return letters ? std::optional<Picture>(tiles) : std::nullopt;
}

std::optional<Picture> balanceOf(const Link& statement) {
  if (!statement.left->has_letters && !statement.right->has_letters) return std::nullopt;
  const auto left = weightsOf(statement.left);
  const auto right = weightsOf(statement.right);
  if (!left || !right) return std::nullopt;
  return Balance{*left, *right, statement.relation};
}

std::optional<Picture> balanceToCheck(const Link& claim) {
  return Balance{{toText(claim.left)}, {toText(claim.right)}, Relation::kAsk};
}

std::optional<Picture> ratioTable(const Link& proportion) {
  const Expr& a = proportion.left;
  const Expr& b = proportion.right;
  if (!isRatio(a) || !isRatio(b) || (!a->has_letters && !b->has_letters)) return std::nullopt;
  RatioTable table;
  for (const auto& side : {a, b}) {
    table.columns.emplace_back(entry(side->children[0]), entry(side->children[1]));
  }
  return table;
}

std::optional<Picture> ratioInWords(const Problem& problem) {
  if (problem.task != Task::kWords || problem.numbers.size() != 3) return std::nullopt;
  const auto& answer = problem.line.chains.back().members.back()->value;
  if (!answer) return std::nullopt;
  const auto& n = problem.numbers;
  const auto text = [](const Rational& value) { return valueText(value, true); };
  RatioTable table;
  table.columns.emplace_back(text(n[0]), text(n[1]));
  // Which of the two the third number goes with, the answer tells.
  if (*answer * n[0] == n[1] * n[2]) {
    table.columns.emplace_back(text(n[2]), "?");
  } else if (*answer * n[1] == n[0] * n[2]) {
    table.columns.emplace_back("?", text(n[2]));
  } else {
    return std::nullopt;
  }
  return table;
}

std::optional<Picture> valuesToTry(const Problem& problem) {
  if (problem.task != Task::kWords || problem.letters.size() != 2) return std::nullopt;
  const std::string first = *problem.letters.begin();
  const std::string second = *problem.letters.rbegin();
  return RatioTable{first, second, {{"1", "?"}, {"2", "?"}}};
}

}  // namespace primer::maths
