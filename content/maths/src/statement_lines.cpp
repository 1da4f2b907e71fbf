#include "statement_lines.h"

#include <algorithm>

#include "judge.h"

namespace primer::maths {

namespace {

std::optional<RealSet> unionOf(const std::optional<RealSet>& a, const std::optional<RealSet>& b) {
  return a && b ? std::optional(a->unite(*b)) : std::nullopt;
}

// A letter stands below a fraction bar.
bool hasLetterBelow(const Expr& e) {
  if (e->kind == Kind::kQuotient && e->children[1]->has_letters) return true;
  return std::any_of(e->children.begin(), e->children.end(), hasLetterBelow);
}

}  // namespace

std::set<std::string> lettersIn(const Chain& chain) {
  std::set<std::string> letters;
  for (const auto& m : chain.members) letters.merge(lettersOf(m));
  return letters;
}

bool related(const Chain& chain) { return !chain.relations.empty(); }

std::vector<Link> linksOf(const Chain& chain) {
  std::vector<Link> links;
  for (std::size_t i = 0; i < chain.relations.size(); ++i) {
    links.push_back({chain.members[i], chain.relations[i], chain.members[i + 1]});
  }
  return links;
}

Line statementsOf(const Line& line, const std::string& letter) {
  Line out;
  for (std::size_t i = 0; i < line.chains.size(); ++i) {
    if (!related(line.chains[i]) || lettersIn(line.chains[i]).count(letter) == 0) continue;
    if (!out.chains.empty()) out.joints.push_back(line.joints[i - 1]);
    out.chains.push_back(line.chains[i]);
  }
  return out;
}

Line lastStep(const Line& line) {
  std::size_t from = 0;
  for (std::size_t i = 0; i < line.joints.size(); ++i) {
    if (line.joints[i] == Joint::kArrow) from = i + 1;
  }
  Line out;
  out.chains.assign(line.chains.begin() + static_cast<std::ptrdiff_t>(from), line.chains.end());
  if (out.chains.size() > 1) {
    out.joints.assign(line.joints.begin() + static_cast<std::ptrdiff_t>(from), line.joints.end());
  }
  return out;
}

std::vector<Link> linksOf(const Line& line) {
  std::vector<Link> links;
  for (const auto& chain : line.chains) {
    for (std::size_t i = 0; i < chain.relations.size(); ++i) {
      links.push_back({chain.members[i], chain.relations[i], chain.members[i + 1]});
    }
  }
  return links;
}

std::optional<RealSet> setOf(const Line& line, const std::string& letter, Budget& budget) {
  std::optional<RealSet> total;
  for (std::size_t i = 0; i < line.chains.size(); ++i) {
    const auto part = solve(line.chains[i], letter, budget);
    if (!part) return std::nullopt;
    if (!total) {
      total = part;
    } else if (line.joints[i - 1] == Joint::kOr || (part->onlyPoints() && total->onlyPoints())) {
      total = total->unite(*part);
    } else {
      total = total->intersect(*part);
    }
  }
  return total;
}

std::optional<RealSet> unionOfChains(const Line& line, const std::string& letter, Budget& budget) {
  std::optional<RealSet> total;
  for (const auto& chain : line.chains) {
    const auto part = solve(chain, letter, budget);
    total = total ? unionOf(total, part) : part;
    if (!total) return std::nullopt;
  }
  return total;
}

std::optional<bool> holdsAt(const RealSet& points, const std::vector<Link>& links,
                            const std::string& letter, Budget& budget) {
  for (const auto& part : points.parts) {
    const Expr value = part.low->toExpr();
    for (const auto& link : links) {
      const auto held = holds(substitute(link.left, letter, value), link.relation,
                              substitute(link.right, letter, value), budget);
      if (held != true) return held;
    }
  }
  return true;
}

bool isRounded(const Line& line, const RealSet& set, const Form& form, Budget& budget) {
  if (!set.onlyPoints() || set.parts.size() != line.chains.size()) return false;
  std::vector<bool> used(set.parts.size(), false);
  for (const auto& chain : line.chains) {
    if (!isSymbol(chain.members[0])) return false;
    bool found = false;
    for (std::size_t i = 0; i < used.size() && !found; ++i) {
      const Expr exact = set.parts[i].low->toExpr();
      const auto relation =
          chain.relations.back() == Relation::kAbout ? Relation::kAbout : Relation::kEqual;
      if (used[i] || !chain.members.back()->value) continue;
      found = truthOf(exact, relation, chain.members.back(), form, budget) == Truth::kTrue;
      used[i] = found;
    }
    if (!found) return false;
  }
  return true;
}

bool isAnswer(const Line& statements, const std::string& letter, const Form& form) {
  return std::all_of(statements.chains.begin(), statements.chains.end(), [&](const Chain& chain) {
    int letters = 0;
    for (std::size_t i = 0; i < chain.members.size(); ++i) {
      const auto& m = chain.members[i];
      if (isSymbol(m) && m->text == letter) {
        ++letters;
      } else if (m->has_letters) {
        return false;
      }
    }
    if (letters != 1) return false;
    // x = 8/2 = 4: the last one counts; 4 = x and 1 < x < 4 have theirs elsewhere.
    const auto& end = chain.members.back();
    if (!end->has_letters && !isAnswerForm(end, form)) return false;
    return !end->has_letters || isAnswerForm(chain.members.front(), form);
  });
}

bool mayGrow(const Line& problem) {
  for (const auto& chain : problem.chains) {
    for (const auto& m : chain.members) {
      if (containsKind(m, Kind::kRoot) || hasLetterBelow(m)) return true;
    }
  }
  return false;
}

bool isUnturned(const Line& line, const RealSet& right, const std::string& letter, Budget& budget) {
  Line turned = line;
  for (auto& chain : turned.chains) {
    for (auto& relation : chain.relations) {
      if (!isOrder(relation)) return false;
      relation = mirrored(relation);
    }
  }
  const auto set = setOf(turned, letter, budget);
  return set && *set == right;
}

bool repeatsFilledIn(const Line& line, const Chain& problem, const std::string& letter,
                     const RealSet& points) {
  for (const auto& part : points.parts) {
    const Expr value = part.low->toExpr();
    for (const auto& chain : line.chains) {
      bool same = chain.members.size() == problem.members.size();
      for (std::size_t i = 0; same && i < chain.members.size(); ++i) {
        same = sameShape(substitute(problem.members[i], letter, value), chain.members[i]);
      }
      if (same) return true;
    }
  }
  return false;
}

}  // namespace primer::maths
