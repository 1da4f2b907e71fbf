#include "primer/writing/vocabulary.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <iterator>

#include "primer/base/file_system.h"
#include "primer/base/share.h"

namespace primer::writing {

namespace {

constexpr std::uint64_t kLargestFile = 4u << 20;

std::vector<std::string_view> split(std::string_view text, char between) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const auto end = std::min(text.find(between, begin), text.size());
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> some) {
  return std::find(some.begin(), some.end(), text) != some.end();
}

std::uint64_t pairOf(std::uint32_t a, std::uint32_t b) {
  return std::uint64_t{std::min(a, b)} << 32 | std::max(a, b);
}

// Hands every line that is not a comment to `take`, which says whether it could be read.
template <typename Take>
Status forLines(std::string_view text, const char* what, Take take) {
  std::size_t number = 0;
  for (const auto line : split(text, '\n')) {
    ++number;
    if (line[0] == '#') continue;
    if (!take(line)) {
      return fail(ErrorCode::kDamaged,
                  std::string(what) + ": entry " + std::to_string(number) + " cannot be read");
    }
  }
  return {};
}

Result<std::string> readText(const std::filesystem::path& path) {
  PRIMER_ASSIGN(const auto bytes, realFileSystem().read(path, kLargestFile));
  return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

}  // namespace

Status Vocabulary::readWords(std::string_view text) {
  return forLines(text, "words", [&](std::string_view line) {
    const auto space = line.find(' ');
    if (space == 0 || space == std::string_view::npos) return false;
    int level = 0;
    const auto* end = line.data() + line.size();
    const auto [stop, error] = std::from_chars(line.data() + space + 1, end, level);
    if (error != std::errc() || stop != end || level < 0 || level >= kUnknownLevel) return false;
    const auto word = line.substr(0, space);
    const auto small = static_cast<std::uint8_t>(level);
    levels_.emplace(word, small);
    auto& of_stem = stem_levels_.try_emplace(stemOf(word), small).first->second;
    of_stem = std::min(of_stem, small);
    return true;
  });
}

Vocabulary::Stems Vocabulary::stemsOf(std::string_view words) {
  Stems stems;
  for (const auto word : split(words, ' ')) {
    const auto next = static_cast<std::uint32_t>(sense_stems_.size());
    stems.push_back(sense_stems_.try_emplace(stemOf(word), next).first->second);
  }
  return stems;
}

void Vocabulary::relate(const Stems& some, const Stems& others, Relation relation) {
  for (const auto a : some) {
    for (const auto b : others) {
      if (a != b) relations_.emplace_back(pairOf(a, b), relation);
    }
  }
}

Status Vocabulary::readSenses(std::string_view text) {
  const auto status = forLines(text, "senses", [&](std::string_view line) {
    const auto cut = [&line](char before) {
      const auto at = std::min(line.rfind(before), line.size());
      const auto rest = at < line.size() ? line.substr(at + 1) : std::string_view();
      line = line.substr(0, at);
      return rest;
    };
    const auto is_separator = [](char c) { return c == '=' || c == '|' || c == ';'; };
    std::string separators;
    std::copy_if(line.begin(), line.end(), std::back_inserter(separators), is_separator);
    if (!isOneOf(separators, {"", "|", "=", "=|", "=;", "=|;"})) return false;
    const bool headed = !separators.empty() && separators[0] == '=';
    const auto kind = stemsOf(cut(';'));
    const auto opposites = stemsOf(cut('|'));
    const auto same = stemsOf(cut('='));
    const auto heads = stemsOf(line);
    if (heads.empty()) return false;
    relate(heads, heads, kSame);
    relate(heads, same, kSame);
    relate(heads, opposites, kOpposite);
    relate(heads, kind, kOneKind);
    relate(kind, kind, kOneKind);
    if (!headed) relate(opposites, opposites, kSame);
    return true;
  });
  std::sort(relations_.begin(), relations_.end());
  std::size_t kept = 0;
  for (const auto& [pair, relation] : relations_) {
    if (kept > 0 && relations_[kept - 1].first == pair) {
      relations_[kept - 1].second |= relation;
    } else {
      relations_[kept++] = {pair, relation};
    }
  }
  relations_.resize(kept);
  relations_.shrink_to_fit();
  return status;
}

bool Vocabulary::related(std::string_view stem, std::string_view other, Relation relation) const {
  const auto a = sense_stems_.find(std::string(stem));
  const auto b = sense_stems_.find(std::string(other));
  if (a == sense_stems_.end() || b == sense_stems_.end()) return false;
  const auto pair = pairOf(a->second, b->second);
  const auto found =
      std::lower_bound(relations_.begin(), relations_.end(), std::pair(pair, std::uint8_t{0}));
  return found != relations_.end() && found->first == pair && (found->second & relation) != 0;
}

Result<Vocabulary> Vocabulary::fromText(std::string_view words, std::string_view senses) {
  Vocabulary vocabulary;
  PRIMER_TRY(vocabulary.readWords(words));
  PRIMER_TRY(vocabulary.readSenses(senses));
  return vocabulary;
}

Result<Vocabulary> Vocabulary::open(const std::filesystem::path& words,
                                    const std::filesystem::path& senses) {
  PRIMER_ASSIGN(const auto words_text, readText(words));
  PRIMER_ASSIGN(const auto senses_text, readText(senses));
  return fromText(words_text, senses_text);
}

Result<Vocabulary> Vocabulary::openShipped() {
  const auto folder = shareFolder() / "models";
  return open(folder / "writing-words.txt", folder / "writing-senses.txt");
}

std::vector<std::string> Vocabulary::words() const {
  std::vector<std::string> words;
  words.reserve(levels_.size());
  for (const auto& [word, level] : levels_) words.push_back(word);
  std::sort(words.begin(), words.end());
  return words;
}

int Vocabulary::level(std::string_view word) const {
  const auto found = levels_.find(std::string(word));
  return found == levels_.end() ? kUnknownLevel : found->second;
}

int Vocabulary::levelOfStem(std::string_view stem) const {
  const auto found = stem_levels_.find(std::string(stem));
  return found == stem_levels_.end() ? kUnknownLevel : found->second;
}

bool Vocabulary::nearlySame(std::string_view stem, std::string_view other) const {
  return related(stem, other, kSame);
}

bool Vocabulary::opposite(std::string_view stem, std::string_view other) const {
  return related(stem, other, kOpposite);
}

bool Vocabulary::ofOneKind(std::string_view stem, std::string_view other) const {
  return related(stem, other, kOneKind) && !related(stem, other, kSame);
}

}  // namespace primer::writing
