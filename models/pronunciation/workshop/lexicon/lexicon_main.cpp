// pronunciation-lexicon: letter-to-sound rules and exceptions from the CMU dictionary, one file.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "lexicon/letter_alignment.h"
#include "primer/base/command_line.h"
#include "primer/base/file_system.h"
#include "primer/base/program.h"
#include "primer/pronunciation/letter_rules.h"
#include "primer/pronunciation/lexicon_format.h"

namespace {

using primer::Job;
using primer::Result;
using primer::Status;
using namespace primer::pronunciation;            // NOLINT: this program is of the room
using namespace primer::pronunciation::workshop;  // NOLINT

using Bytes = std::vector<std::uint8_t>;

// One letter of one word.
struct Case {
  const std::string* word;
  std::size_t at;
  std::uint8_t stands_for;  // number of a class
};

std::uint8_t letterAt(const Case& one, std::size_t depth) {
  const auto place = static_cast<std::ptrdiff_t>(one.at) + kLetterPlaces[depth];
  const bool inside = place >= 0 && place < static_cast<std::ptrdiff_t>(one.word->size());
  return inside ? letterCode((*one.word)[static_cast<std::size_t>(place)]) : std::uint8_t{0};
}

std::uint8_t majority(std::span<const Case> cases) {
  std::map<std::uint8_t, int> counts;
  for (const auto& one : cases) ++counts[one.stands_for];
  return std::max_element(counts.begin(), counts.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

// The node for some cases, which it sorts; children that say what it says are left out.
Bytes grow(std::span<Case> cases, std::size_t depth) {
  const auto most = majority(cases);
  Bytes node = {most, 0};
  const bool pure = std::all_of(cases.begin(), cases.end(),
                                [most](const Case& c) { return c.stands_for == most; });
  if (pure || depth == kLetterPlaces.size()) return node;
  std::stable_sort(cases.begin(), cases.end(), [depth](const Case& a, const Case& b) {
    return letterAt(a, depth) < letterAt(b, depth);
  });
  for (std::size_t first = 0; first < cases.size();) {
    const auto letter = letterAt(cases[first], depth);
    std::size_t last = first;
    while (last < cases.size() && letterAt(cases[last], depth) == letter) ++last;
    const auto child = grow(cases.subspan(first, last - first), depth + 1);
    first = last;
    if (child[1] == 0 && child[0] == most) continue;
    ++node[1];
    if (child[1] == 0) {
      node.push_back(letter | 0x80u);
      node.push_back(child[0]);
      continue;
    }
    node.push_back(letter);
    for (int shift = 0; shift < 24; shift += 8) {
      node.push_back(static_cast<std::uint8_t>(child.size() >> shift & 0xffu));
    }
    node.insert(node.end(), child.begin(), child.end());
  }
  return node;
}

void put(Bytes& bytes, const Pronunciation& phones) {
  bytes.push_back(static_cast<std::uint8_t>(phones.size()));
  bytes.insert(bytes.end(), phones.begin(), phones.end());
}

struct Rules {
  LetterClasses classes;
  Bytes tree;
};

// Classes that are too rare for a byte are left to the table of exceptions.
Rules learnRules(const std::vector<SpelledWord>& words) {
  // As texts: GCC 12 warns wrongly of the order of vectors of bytes.
  const auto text = [](const Pronunciation& phones) {
    return std::string(phones.begin(), phones.end());
  };
  std::map<std::string, int> counts;
  for (const auto& word : words) {
    for (const auto& phones : word.letters) ++counts[text(phones)];
  }
  std::vector<std::pair<int, std::string>> frequent;
  for (const auto& [phones, count] : counts) frequent.emplace_back(-count, phones);
  std::sort(frequent.begin(), frequent.end());
  if (frequent.size() > 250) frequent.resize(250);
  Rules rules;
  std::map<std::string, std::uint8_t> numbers;
  for (const auto& [count, phones] : frequent) {
    numbers[phones] = static_cast<std::uint8_t>(rules.classes.size());
    rules.classes.emplace_back(phones.begin(), phones.end());
  }
  std::vector<Case> cases;
  for (const auto& word : words) {
    for (std::size_t i = 0; i < word.letters.size(); ++i) {
      const auto number = numbers.find(text(word.letters[i]));
      if (number != numbers.end()) cases.push_back({&word.word, i, number->second});
    }
  }
  rules.tree = grow(cases, 0);
  return rules;
}

// What the rules alone make of words that they were not learned from: every twentieth.
double rightOnUnseen(const std::vector<SpelledWord>& words) {
  std::vector<SpelledWord> seen, unseen;
  for (std::size_t i = 0; i < words.size(); ++i) (i % 20 == 0 ? unseen : seen).push_back(words[i]);
  const auto rules = learnRules(seen);
  double right = 0;
  for (const auto& word : unseen) {
    Pronunciation phones;
    for (const auto& some : word.letters) phones.insert(phones.end(), some.begin(), some.end());
    right += soundOut(rules.tree, rules.classes, word.word) == phones ? 1 : 0;
  }
  return 100 * right / static_cast<double>(unseen.size());
}

bool spelledOut(const std::string& word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return letterCode(c) != 0; });
}

Result<Bytes> makeLexicon(const std::filesystem::path& data) {
  PRIMER_ASSIGN(const auto dictionary, readDictionary(data));
  const auto words = alignLetters(dictionary, 6);
  std::fprintf(stderr, "%zu words, %zu aligned; rules alone say %.1f %% of unseen words right\n",
               dictionary.size(), words.size(), rightOnUnseen(words));
  const auto rules = learnRules(words);
  Bytes classes, exceptions;
  for (const auto& phones : rules.classes) put(classes, phones);
  std::size_t count = 0;
  std::string before;
  for (const auto& [word, ways] : dictionary) {
    if (!spelledOut(word) || word.size() > 60) continue;
    if (ways.size() == 1 && soundOut(rules.tree, rules.classes, word) == ways[0]) continue;
    std::size_t shared = 0;
    if (count++ % kLexiconBlock != 0) {
      while (shared < before.size() && shared < word.size() && before[shared] == word[shared]) {
        ++shared;
      }
    }
    exceptions.push_back(static_cast<std::uint8_t>(shared));
    exceptions.push_back(static_cast<std::uint8_t>(word.size() - shared));
    exceptions.insert(exceptions.end(), word.begin() + static_cast<std::ptrdiff_t>(shared),
                      word.end());
    exceptions.push_back(static_cast<std::uint8_t>(ways.size()));
    for (const auto& phones : ways) put(exceptions, phones);
    before = word;
  }
  std::fprintf(stderr, "rules %zu bytes, %zu exceptions %zu bytes\n", rules.tree.size(), count,
               exceptions.size());
  Bytes file(kLexiconMagic.begin(), kLexiconMagic.end());
  for (const auto size : {classes.size(), rules.tree.size(), exceptions.size(), count}) {
    for (int shift = 0; shift < 32; shift += 8) {
      file.push_back(static_cast<std::uint8_t>(size >> shift & 0xffu));
    }
  }
  for (const Bytes* part :
       std::initializer_list<const Bytes*>{&classes, &rules.tree, &exceptions}) {
    file.insert(file.end(), part->begin(), part->end());
  }
  PRIMER_ASSIGN(const auto licence,
                primer::realFileSystem().read(data / "speech" / "cmudict" / "LICENSE", 1 << 16));
  const std::string credit = "\nLearned from the CMU Pronouncing Dictionary. Its licence:\n";
  file.insert(file.end(), credit.begin(), credit.end());
  for (const auto byte : licence) file.push_back(static_cast<std::uint8_t>(byte));
  return file;
}

}  // namespace

int main(int argc, char** argv) {
  const char* const program = "pronunciation-lexicon";
  std::filesystem::path data, output;
  return primer::runCommandLine(
      program, "Makes the lexicon from the CMU dictionary.", argc, argv, [&](CLI::App& app) -> Job {
        app.add_option("--data", data, "folder of data sets")->envname("PRIMER_DATA")->required();
        app.add_option("-o", output, "the lexicon's file")->required();
        return [&] {
          const auto file = makeLexicon(data);
          if (!file) return primer::reportError(program, file.error());
          const auto written = primer::realFileSystem().writeAtomically(
              output, std::as_bytes(std::span(*file)), primer::FileAccess::kAsUsual);
          return written ? int(primer::kExitOk) : primer::reportError(program, written.error());
        };
      });
}
