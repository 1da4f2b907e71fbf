#include "primer/pronunciation/lexicon.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <optional>
#include <span>

#include "primer/base/file_system.h"
#include "primer/base/share.h"
#include "primer/pronunciation/letter_rules.h"
#include "primer/pronunciation/lexicon_format.h"

namespace primer::pronunciation {

namespace {

using Bytes = std::span<const std::uint8_t>;

// Reads small numbers off the front; false at the end.
class Cursor {
 public:
  explicit Cursor(Bytes bytes) : bytes_(bytes) {}
  std::optional<std::uint8_t> byte() {
    if (at_ >= bytes_.size()) return std::nullopt;
    return bytes_[at_++];
  }
  std::optional<Bytes> take(std::size_t count) {
    if (count > bytes_.size() - at_) return std::nullopt;
    at_ += count;
    return bytes_.subspan(at_ - count, count);
  }
  std::optional<Pronunciation> phones() {
    const auto count = byte();
    const auto some = count ? take(*count) : std::nullopt;
    if (!some || std::any_of(some->begin(), some->end(), [](auto p) { return p >= kPhones; })) {
      return std::nullopt;
    }
    return Pronunciation(some->begin(), some->end());
  }
  bool done() const { return at_ == bytes_.size(); }
  std::size_t at() const { return at_; }

 private:
  Bytes bytes_;
  std::size_t at_ = 0;
};

struct Entry {
  std::string word;
  std::vector<Pronunciation> ways;
};

// The next exception; `entry` holds the one before.
bool next(Cursor& cursor, Entry& entry) {
  const auto shared = cursor.byte();
  const auto more = cursor.byte();
  if (!shared || !more || *shared > entry.word.size()) return false;
  const auto letters = cursor.take(*more);
  const auto ways = cursor.byte();
  if (!letters || !ways || *ways == 0) return false;
  entry.word.resize(*shared);
  entry.word.append(letters->begin(), letters->end());
  entry.ways.clear();
  for (int i = 0; i < *ways; ++i) {
    auto phones = cursor.phones();
    if (!phones || phones->empty()) return false;
    entry.ways.push_back(std::move(*phones));
  }
  return true;
}

std::string lowerCase(std::string_view word) {
  std::string lower(word);
  for (auto& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

std::size_t number(Bytes bytes, std::size_t at) {
  std::size_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | bytes[at + i];
  return value;
}

}  // namespace

struct Lexicon::Table {
  std::vector<std::uint8_t> bytes;
  LetterClasses classes;
  Bytes tree;
  Bytes exceptions;
  struct Block {
    std::string first;
    std::size_t at;
  };
  std::vector<Block> blocks;

  bool find(const std::string& word, Entry& entry) const {
    auto block = std::upper_bound(
        blocks.begin(), blocks.end(), word,
        [](const std::string& wanted, const Block& b) { return wanted < b.first; });
    if (block == blocks.begin()) return false;
    --block;
    Cursor cursor(exceptions.subspan(block->at));
    entry = Entry();
    for (std::size_t i = 0; i < kLexiconBlock && !cursor.done(); ++i) {
      if (!next(cursor, entry) || entry.word > word) return false;
      if (entry.word == word) return true;
    }
    return false;
  }
};

Lexicon::Lexicon(std::shared_ptr<const Table> table) : table_(std::move(table)) {}

Result<Lexicon> Lexicon::open(const std::filesystem::path& path) {
  PRIMER_ASSIGN(const auto bytes, realFileSystem().read(path, 16u << 20));
  std::vector<std::uint8_t> numbers(bytes.size());
  std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return fromBytes(std::move(numbers), path.string());
}

Result<Lexicon> Lexicon::openShipped() {
  return open(shareFolder() / "models" / "pronunciation-lexicon.bin");
}

Result<Lexicon> Lexicon::fromBytes(std::vector<std::uint8_t> bytes, const std::string& name) {
  const auto refuse = [&name](const char* why) {
    return fail(ErrorCode::kDamaged, name + ": no lexicon: " + why);
  };
  auto table = std::make_shared<Table>();
  table->bytes = std::move(bytes);
  const Bytes all(table->bytes);
  if (all.size() < kLexiconHeader ||
      !std::equal(kLexiconMagic.begin(), kLexiconMagic.end(), all.begin())) {
    return refuse("it does not begin like one");
  }
  const auto classes = number(all, 8), tree = number(all, 12), exceptions = number(all, 16);
  if (classes + tree + exceptions > all.size() - kLexiconHeader) return refuse("it is cut short");
  Cursor cursor(all.subspan(kLexiconHeader, classes));
  while (!cursor.done()) {
    auto phones = cursor.phones();
    if (!phones) return refuse("its classes are damaged");
    table->classes.push_back(std::move(*phones));
  }
  table->tree = all.subspan(kLexiconHeader + classes, tree);
  table->exceptions = all.subspan(kLexiconHeader + classes + tree, exceptions);
  Cursor list(table->exceptions);
  Entry entry;
  std::string before;
  for (std::size_t i = 0; !list.done(); ++i) {
    const auto at = list.at();
    if (!next(list, entry) || (i > 0 && entry.word <= before)) {
      return refuse("its table is damaged");
    }
    if (i % kLexiconBlock == 0) table->blocks.push_back({entry.word, at});
    before = entry.word;
  }
  return Lexicon(std::move(table));
}

std::vector<Pronunciation> Lexicon::ways(std::string_view word) const {
  std::string lower = lowerCase(word);
  lower.erase(std::remove_if(lower.begin(), lower.end(), [](char c) { return letterCode(c) == 0; }),
              lower.end());
  while (!lower.empty() && lower.back() == '\'') lower.pop_back();
  if (lower.empty()) return {};
  Entry entry;
  if (table_->find(lower, entry)) return entry.ways;
  auto phones = soundOut(table_->tree, table_->classes, lower);
  // A word of silent letters only ("h"): its letters one by one would be, too.
  if (phones.empty()) phones = {*phoneNamed("AH")};
  return {std::move(phones)};
}

std::vector<Pronunciation> Lexicon::soundsOfLetters(std::string_view word) const {
  std::vector<Pronunciation> sounds;
  const auto lower = lowerCase(word);
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const auto number = letterClass(table_->tree, lower, i);
    const bool said = letterCode(lower[i]) != 0 && number < table_->classes.size();
    sounds.push_back(said ? table_->classes[number] : Pronunciation());
  }
  return sounds;
}

bool Lexicon::lists(std::string_view word) const {
  Entry entry;
  return table_->find(std::string(word), entry);
}

}  // namespace primer::pronunciation
