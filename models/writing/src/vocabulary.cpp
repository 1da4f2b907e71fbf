#include "primer/writing/vocabulary.h"

#include <algorithm>
#include <charconv>

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

std::string pair(std::string_view a, std::string_view b) {
  std::string key(a);
  key += ' ';
  key += b;
  return key;
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

Status Vocabulary::readSenses(std::string_view text) {
  return forLines(text, "senses", [&](std::string_view line) {
    std::vector<std::vector<std::string>> sides;
    for (const auto side : split(line, '|')) {
      auto& stems = sides.emplace_back();
      for (const auto word : split(side, ' ')) stems.push_back(stemOf(word));
    }
    if (sides.size() > 2) return false;
    for (const auto& side : sides) {
      for (const auto& a : side) {
        for (const auto& b : side) {
          if (a != b) same_.insert(pair(a, b));
        }
      }
    }
    if (sides.size() == 2) {
      for (const auto& a : sides[0]) {
        for (const auto& b : sides[1]) {
          opposite_.insert(pair(a, b));
          opposite_.insert(pair(b, a));
        }
      }
    }
    return true;
  });
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

int Vocabulary::level(std::string_view word) const {
  const auto found = levels_.find(std::string(word));
  return found == levels_.end() ? kUnknownLevel : found->second;
}

int Vocabulary::levelOfStem(std::string_view stem) const {
  const auto found = stem_levels_.find(std::string(stem));
  return found == stem_levels_.end() ? kUnknownLevel : found->second;
}

bool Vocabulary::nearlySame(std::string_view stem, std::string_view other) const {
  return same_.count(pair(stem, other)) > 0;
}

bool Vocabulary::opposite(std::string_view stem, std::string_view other) const {
  return opposite_.count(pair(stem, other)) > 0;
}

}  // namespace primer::writing
