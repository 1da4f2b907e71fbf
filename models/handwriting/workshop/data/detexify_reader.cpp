#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "primer/handwriting-workshop/archives.h"
#include "primer/handwriting-workshop/json_ink.h"
#include "primer/handwriting-workshop/readers.h"
#include "primer/handwriting/symbol_set.h"

namespace primer::handwriting::workshop {

namespace {

const std::map<std::string, std::string>& symbolsOfIds() {
  static const std::map<std::string, std::string> kSymbols = {
      {"latex:latex2e:times", "×"},       {"latex:textcomp:texttimes", "×"},
      {"latex:latex2e:div", "÷"},         {"latex:textcomp:textdiv", "÷"},
      {"latex:amssymb:leq", "≤"},         {"latex:amssymb:leqslant", "≤"},
      {"latex:amssymb:geq", "≥"},         {"latex:amssymb:geqslant", "≥"},
      {"latex:amssymb:neq", "≠"},         {"latex:latex2e:sqrt-lbrace-rbrace", "√"},
      {"latex:latex2e:pi", "π"},          {"latex:gensymb:degree", "°"},
      {"latex:textcomp:textdegree", "°"}, {"latex:latex2e:pounds", "£"},
      {"latex:marvosym:EUR", "€"},        {"latex:marvosym:EURcr", "€"},
      {"latex:marvosym:EURdig", "€"},     {"latex:marvosym:EURhv", "€"},
      {"latex:marvosym:EURtm", "€"},      {"latex:textcomp:texteuro", "€"},
      {"latex:latex2e:percent", "%"},     {"latex:latex2e:ampersand", "&"},
      {"latex:latex2e:dollar", "$"},      {"latex:latex2e:hash", "#"},
      {"latex:latex2e:lbrace", "{"},      {"latex:latex2e:rbrace", "}"},
      {"latex:latex2e:lbracket", "["},    {"latex:latex2e:rbracket", "]"},
      {"latex:latex2e:backslash", "\\"},  {"latex:latex2e:sim", "~"},
  };
  return kSymbols;
}

using Names = std::set<std::string, std::less<>>;

// Pictures and signs that look like nothing that we read.
const Names& foreignSigns() {
  static const Names kSigns = {"marvosym:Sun",
                               "marvosym:Smiley",
                               "marvosym:Frowny",
                               "marvosym:Mobilefone",
                               "marvosym:Faxmachine",
                               "marvosym:Letter",
                               "marvosym:Lightning",
                               "marvosym:Yinyang",
                               "marvosym:Mundus",
                               "marvosym:Celtcross",
                               "marvosym:Heart",
                               "wasysym:smiley",
                               "wasysym:blacksmiley",
                               "wasysym:sun",
                               "wasysym:phone",
                               "wasysym:checked",
                               "wasysym:ataribox",
                               "wasysym:earth",
                               "wasysym:male",
                               "latex2e:heartsuit",
                               "latex2e:spadesuit",
                               "latex2e:copyright",
                               "latex2e:aleph",
                               "latex2e:bigotimes",
                               "latex2e:bigoplus",
                               "latex2e:Omega",
                               "amssymb:therefore",
                               "latex2e:infty",
                               "amssymb:bigstar",
                               "amssymb:maltese",
                               "amssymb:boxplus",
                               "amssymb:boxtimes",
                               "amssymb:boxdot",
                               "amssymb:circledR",
                               "amssymb:circledast",
                               "amssymb:because",
                               "esint:oiint",
                               "esint:iiint",
                               "textcomp:textmusicalnote",
                               "textcomp:textreferencemark"};
  return kSigns;
}

// Of these kinds nothing is trained on: they tell how other pictures would be read.
const Names& unseenSigns() {
  static const Names kSigns = {"marvosym:Bat",  "marvosym:Telefon", "marvosym:Email",
                               "skull:skull",   "wasysym:bell",     "wasysym:frownie",
                               "wasysym:clock", "latex2e:clubsuit"};
  return kSigns;
}

std::string_view withoutRoot(std::string_view id) {
  constexpr std::string_view kRoot = "latex:";
  return id.substr(0, kRoot.size()) == kRoot ? id.substr(kRoot.size()) : id;
}

bool isUnseen(const std::string& id) { return unseenSigns().count(withoutRoot(id)) != 0; }

// So do the double and curly arrows.
bool isForeign(const std::string& id) {
  if (foreignSigns().count(withoutRoot(id)) != 0 || isUnseen(id)) return true;
  return id.find("arrow") != std::string::npos && id.find("up") == std::string::npos &&
         id.find("down") == std::string::npos;
}

constexpr std::size_t kForeignPerId = 12;

}  // namespace

Status readDetexify(const std::filesystem::path& handwriting, SampleStore& store) {
  const auto path = handwriting / "detexify" / "detexify.jsonl.xz";
  PRIMER_ASSIGN(const std::string text, readXz(path));
  const auto writer = store.writerNumber("detexify");
  std::map<std::string, std::vector<FlatInk>> drawings;  // by id, in the order of the rows
  FlatInk ink;
  std::size_t number = 0;
  std::size_t bad = 0;
  visitLines(text, [&](std::string_view line) {
    ++number;
    const auto record = nlohmann::json::parse(line, nullptr, false);
    if (!record.is_object() || !record.contains("l") || !record.contains("i") ||
        !record.contains("s") || !record["l"].is_string()) {
      bad = bad == 0 ? number : bad;
      return;
    }
    const auto& id = record["l"].get_ref<const std::string&>();
    if (!record["i"].is_number()) return;  // without a stated licence
    if (symbolsOfIds().count(id) == 0 && !isForeign(id)) return;
    if (parseDeltaStrokes(record["s"], ink)) drawings[id].push_back(ink);
  });
  if (bad > 0 || drawings.empty()) {
    return fail(ErrorCode::kDamaged,
                path.string() + ": line " + std::to_string(bad) + " is not a drawing");
  }
  for (const auto& [id, inks] : drawings) {
    const auto known = symbolsOfIds().find(id);
    const bool junk = known == symbolsOfIds().end();
    const auto count = junk ? std::min(inks.size(), kForeignPerId) : inks.size();
    for (std::size_t i = 0; i < count; ++i) {
      Sample sample;
      sample.symbol = static_cast<std::uint8_t>(junk ? kJunk : *symbolIndex(known->second));
      sample.source = Source::kDetexify;
      sample.writer = writer;
      sample.development = i >= count * 4 / 5 || (junk && isUnseen(id));
      store.add(inks[i], sample);
    }
  }
  return {};
}

Result<SampleStore> readAllInk(const std::filesystem::path& data) {
  SampleStore store;
  const auto handwriting = data / "handwriting";
  PRIMER_TRY(readUnipen(handwriting, store));
  PRIMER_TRY(readPendigits(handwriting, store));
  PRIMER_TRY(readOmniglot(handwriting, store));
  PRIMER_TRY(readDetexify(handwriting, store));
  store.measureSizes();
  return store;
}

}  // namespace primer::handwriting::workshop
