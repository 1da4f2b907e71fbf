#include "primer/maths/line.h"

#include <algorithm>
#include <map>
#include <utility>

#include "measured.h"
#include "parser.h"
#include "units.h"

namespace primer::maths {

namespace {

using Part = std::vector<Token>;

// ? between two values asks for a sign; elsewhere it is a place to fill.
void settleQuestions(std::vector<Token>& tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != Tok::kQuestion) continue;
    const bool before = i > 0 && endsOperand(tokens[i - 1]);
    const bool after = i + 1 < tokens.size() && startsOperand(tokens[i + 1]);
    if (before && after) {
      tokens[i].kind = Tok::kRelation;
      tokens[i].relation = Relation::kAsk;
    } else if (before) {
      tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i));  // 3 + 4?
      --i;
    }
  }
}

bool hasKind(const Part& part, Tok kind) {
  return std::any_of(part.begin(), part.end(), [kind](const Token& t) { return t.kind == kind; });
}

// The part with ± taken as one of its signs.
Part withSign(Part part, bool upper) {
  for (auto& t : part) {
    if (t.kind == Tok::kPlusMinus) t.kind = upper ? Tok::kPlus : Tok::kMinus;
    if (t.kind == Tok::kMinusPlus) t.kind = upper ? Tok::kMinus : Tok::kPlus;
  }
  return part;
}

// Leading words ("Answer:", "cost =") are labels.
void dropLabels(Part& part) {
  std::size_t words = 0;
  while (words < part.size() && part[words].kind == Tok::kWord) ++words;
  if (words > 0) {
    // "Divide by 2: x = 4"
    std::size_t colon = words;
    while (colon < part.size() && part[colon].kind != Tok::kColon &&
           part[colon].kind != Tok::kRelation) {
      ++colon;
    }
    if (colon < part.size() && part[colon].kind == Tok::kColon) words = colon + 1;
  }
  part.erase(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(words));
}

// 3 m = 300 cm as 300 = 300, where all members have units of one kind.
void toSmallestUnit(Chain& chain) {
  std::string smallest = chain.units.front();
  for (std::size_t i = 0; i < chain.members.size(); ++i) {
    const auto factor = unitFactor(smallest, chain.units[i]);
    if (!factor || chain.members[i]->has_letters) return;
    if (*factor > Rational(1)) smallest = chain.units[i];
  }
  toUnit(chain, smallest);
}

class LineReader {
 public:
  LineReader(std::string_view text, const ReadOptions& options)
      : options_(options), tokens_(tokenize(text, options)) {}

  ReadLine read() {
    try {
      readParts();
    } catch (const Trouble& trouble) {
      result_.state = trouble.state;
      result_.message = trouble.message;
    }
    return std::move(result_);
  }

 private:
  void readParts() {
    if (!tokens_.problem.empty()) unreadable(tokens_.problem);
    result_.saw_comma_group = tokens_.saw_comma_group;
    result_.saw_list_comma = tokens_.saw_list_comma;
    result_.saw_bang = tokens_.saw_bang;
    result_.saw_times_x = tokens_.saw_times_x;
    auto& all = tokens_.all;
    for (const auto& t : all) {
      if (t.kind == Tok::kWord) result_.words.push_back(t.text);
    }
    result_.line.no_solution = tokens_.no_solution;
    result_.line.every_number = tokens_.every_number;
    if (tokens_.no_solution || tokens_.every_number) {
      result_.state = ReadState::kRead;
      return;
    }
    if (all.size() == 1 && all[0].kind == Tok::kRelation) {
      result_.line.bare_relation = true;
      result_.line.relation_alone = all[0].relation;
      result_.state = ReadState::kRead;
      return;
    }
    const bool sentence = result_.words.size() > 1 && !hasKind(all, Tok::kNumber) &&
                          !hasKind(all, Tok::kRelation) && !hasKind(all, Tok::kPlus);
    if (sentence) unreadable("there is no maths in this line");
    settleQuestions(all);
    openSideCalculation();
    spreadSet();
    if (result_.line.no_solution) {
      result_.state = ReadState::kRead;
      return;
    }
    spreadPairs();
    split();
    if (result_.line.chains.empty()) {
      if (!result_.words.empty()) unreadable("there is no maths in this line");
      incomplete("the line is empty");
    }
    repeatSubjects();
    result_.state = ReadState::kRead;
  }

  // 4x = 8 (11 - 3 = 8): what stands in brackets at the end is a line of its own.
  void openSideCalculation() {
    auto& all = tokens_.all;
    if (all.size() < 4 || all.back().kind != Tok::kClose || all.back().text != ")") return;
    std::size_t open = all.size() - 1;
    int depth = 0;
    bool relation = false;
    for (std::size_t i = all.size(); i-- > 0;) {
      if (all[i].kind == Tok::kClose) ++depth;
      if (depth == 1 && all[i].kind == Tok::kRelation) relation = true;
      if (all[i].kind == Tok::kOpen && --depth == 0) {
        open = i;
        break;
      }
    }
    if (depth != 0 || !relation || open == 0 || !endsOperand(all[open - 1])) return;
    all.pop_back();
    all[open].kind = Tok::kSeparator;
    all[open].joint = Joint::kComma;
  }

  // x ∈ {2; 3} and L = {2; 3}: x = 2 or x = 3. Nothing in the braces: no solution.
  void spreadSet() {
    auto& all = tokens_.all;
    if (all.size() < 4 || all[0].kind != Tok::kLetter || all[2].text != "{" ||
        all[2].kind != Tok::kOpen || all.back().kind != Tok::kClose || all.back().text != "}") {
      return;
    }
    const bool known = options_.letters.count(all[0].text) != 0;
    const bool element = all[1].kind == Tok::kElement;
    const bool named = !known && all[1].kind == Tok::kRelation &&
                       all[1].relation == Relation::kEqual && !options_.letters.empty();
    if (!element && !named) return;
    Part inner(all.begin() + 3, all.end() - 1);
    if (inner.empty()) {
      result_.line.no_solution = true;
      return;
    }
    if (options_.letters.size() > 1 && !element) {  // of pairs
      all = std::move(inner);
      return;
    }
    const std::string name = element ? all[0].text : *options_.letters.begin();
    Part spread;
    const auto begin = [&] {
      Token t;
      t.kind = Tok::kLetter;
      t.text = name;
      spread.push_back(t);
      t = {};
      t.kind = Tok::kRelation;
      spread.push_back(t);
    };
    begin();
    int depth = 0;
    for (auto& t : inner) {
      if (t.kind == Tok::kOpen) ++depth;
      if (t.kind == Tok::kClose) --depth;
      const bool between = t.kind == Tok::kSeparator && depth == 0;
      if (between) t.joint = Joint::kOr;
      spread.push_back(std::move(t));
      if (between) begin();
    }
    all = std::move(spread);
  }

  // (2, 3) for a system in x and y: x = 2, y = 3.
  void spreadPairs() {
    auto& all = tokens_.all;
    if (options_.letters.size() != 2) return;
    int depth = 0;
    std::size_t open = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].kind == Tok::kOpen && ++depth == 1) open = i;
      if (all[i].kind == Tok::kClose) --depth;
      if (depth != 1 || all[i].kind != Tok::kSeparator) continue;
      if (all.back().kind != Tok::kClose || i + 2 >= all.size()) return;
      if (all[open + 1].kind == Tok::kLetter && all[i + 1].kind == Tok::kLetter) {
        // (x, y) = (2, 3): the left side only names.
        const auto equal = i + 3;
        if (equal >= all.size() || all[equal].kind != Tok::kRelation) return;
        all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(equal + 1));
        depth = 0;
        i = static_cast<std::size_t>(-1);
        continue;
      }
      if (open != 0) return;
      const auto name = [&](bool first) {
        Token t;
        t.kind = Tok::kLetter;
        t.text = first ? *options_.letters.begin() : *options_.letters.rbegin();
        return t;
      };
      Token equals;
      equals.kind = Tok::kRelation;
      Part spread = {name(true), equals};
      spread.insert(spread.end(), all.begin() + 1,
                    all.begin() + static_cast<std::ptrdiff_t>(i + 1));
      spread.push_back(name(false));
      spread.push_back(equals);
      spread.insert(spread.end(), all.begin() + static_cast<std::ptrdiff_t>(i + 1), all.end() - 1);
      all = std::move(spread);
      return;
    }
  }

  void split() {
    Part part;
    int depth = 0;
    Joint joint = Joint::kComma;
    for (const auto& t : tokens_.all) {
      if (t.kind == Tok::kOpen) ++depth;
      if (t.kind == Tok::kClose) --depth;
      if (t.kind == Tok::kSeparator && depth <= 0) {
        addPart(std::move(part), joint);
        part.clear();
        joint = t.joint;
      } else {
        part.push_back(t);
      }
    }
    const bool open_end = part.empty() && !tokens_.all.empty() && joint != Joint::kComma;
    if (open_end && joint != Joint::kArrow) incomplete("something is missing at the end");
    addPart(std::move(part), joint);
  }

  void addPart(Part part, Joint joint) {
    dropLabels(part);
    if (part.empty()) return;
    if (hasKind(part, Tok::kPlusMinus) || hasKind(part, Tok::kMinusPlus)) {
      parse(withSign(part, true), joint);
      parse(withSign(std::move(part), false), Joint::kOr);
    } else {
      parse(std::move(part), joint);
    }
  }

  void parse(Part part, Joint joint) {
    ParsedChain parsed = parseChain(std::move(part), options_.tight_product);
    toSmallestUnit(parsed.chain);
    result_.saw_loose_product = result_.saw_loose_product || parsed.saw_loose_product;
    result_.saw_bare_term = result_.saw_bare_term || parsed.saw_bare_term;
    if (!result_.line.chains.empty()) result_.line.joints.push_back(joint);
    result_.line.chains.push_back(std::move(parsed.chain));
  }

  // x = 2 or -2
  void repeatSubjects() {
    auto& chains = result_.line.chains;
    for (std::size_t i = 1; i < chains.size(); ++i) {
      const Chain& before = chains[i - 1];
      const bool same = result_.line.joints[i - 1] != Joint::kArrow;
      if (same && chains[i].relations.empty() && !chains[i].continues &&
          !before.relations.empty() && isSymbol(before.members[0]) &&
          !chains[i].members[0]->has_letters) {
        chains[i].members.insert(chains[i].members.begin(), before.members[0]);
        chains[i].relations.push_back(before.relations[0]);
      }
    }
  }

  const ReadOptions& options_;
  Tokens tokens_;
  ReadLine result_;
};

}  // namespace

void toUnit(Chain& chain, const std::string& unit) {
  for (std::size_t i = 0; i < chain.members.size(); ++i) {
    const auto factor = unitFactor(chain.units[i], unit);
    if (!factor) continue;
    chain.members[i] = scaled(chain.members[i], *factor);
    chain.units[i] = unit;
  }
  chain.unit = chain.units.back();
}

const char* relationText(Relation relation) {
  switch (relation) {
    case Relation::kEqual:
      return "=";
    case Relation::kNotEqual:
      return "≠";
    case Relation::kLess:
      return "<";
    case Relation::kLessEqual:
      return "≤";
    case Relation::kGreater:
      return ">";
    case Relation::kGreaterEqual:
      return "≥";
    case Relation::kAbout:
      return "≈";
    case Relation::kAsk:
      return "?";
  }
  return "";
}

Relation mirrored(Relation relation) {
  switch (relation) {
    case Relation::kLess:
      return Relation::kGreater;
    case Relation::kLessEqual:
      return Relation::kGreaterEqual;
    case Relation::kGreater:
      return Relation::kLess;
    case Relation::kGreaterEqual:
      return Relation::kLessEqual;
    default:
      return relation;
  }
}

bool isOrder(Relation relation) {
  return relation == Relation::kLess || relation == Relation::kLessEqual ||
         relation == Relation::kGreater || relation == Relation::kGreaterEqual;
}

ReadLine readLine(std::string_view text, const ReadOptions& options) {
  return LineReader(text, options).read();
}

std::string toText(const Chain& chain) {
  std::string out = chain.continues ? std::string(relationText(chain.opening)) + " " : "";
  for (std::size_t i = 0; i < chain.members.size(); ++i) {
    if (i > 0) out += std::string(" ") + relationText(chain.relations[i - 1]) + " ";
    out += toText(chain.members[i]);
  }
  return out;
}

std::string toLatex(const Chain& chain) {
  static const std::map<Relation, std::string> kNames = {
      {Relation::kEqual, "="},        {Relation::kNotEqual, "\\neq"},
      {Relation::kLess, "<"},         {Relation::kLessEqual, "\\leq"},
      {Relation::kGreater, ">"},      {Relation::kGreaterEqual, "\\geq"},
      {Relation::kAbout, "\\approx"}, {Relation::kAsk, "?"}};
  std::string out = chain.continues ? kNames.at(chain.opening) + " " : "";
  for (std::size_t i = 0; i < chain.members.size(); ++i) {
    if (i > 0) out += " " + kNames.at(chain.relations[i - 1]) + " ";
    out += toLatex(chain.members[i]);
  }
  return out;
}

std::string toText(const Line& line) {
  if (line.no_solution) return "no solution";
  if (line.every_number) return "every number";
  std::string out;
  for (std::size_t i = 0; i < line.chains.size(); ++i) {
    if (i > 0) {
      const Joint joint = line.joints[i - 1];
      out += joint == Joint::kOr ? " or " : joint == Joint::kArrow ? " → " : ", ";
    }
    out += toText(line.chains[i]);
  }
  return out;
}

}  // namespace primer::maths
