#pragma once

// Reading one table of a lesson's source, with a fault and its line for all that is not as it
// should be.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Parsed here only, without exceptions.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "primer/content/lesson_source.h"

namespace primer::content {

inline int lineOf(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

// Faults and the lines of the fields that were read, for the whole lesson.
struct Notes {
  std::vector<SourceFault> faults;
  std::map<std::string, int> lines;

  void add(int line, const std::string& field, const std::string& what) {
    faults.push_back({line, {field, what}});
  }
  // The line of a field, or of the nearest thing around it.
  int lineFor(std::string field) const {
    while (true) {
      const auto found = lines.find(field);
      if (found != lines.end()) return found->second;
      const auto comma = field.rfind(", ");
      if (comma == std::string::npos) return 0;
      field.resize(comma);
    }
  }
};

// One table of the source. Every key that is asked for is noted; what nobody asked for is a fault.
class TableReader {
 public:
  TableReader(const toml::table& table, std::string field, Notes& notes)
      : table_(table), field_(std::move(field)), notes_(notes) {
    if (!field_.empty()) notes_.lines.emplace(field_, lineOf(table_));
  }

  std::string text(const char* key) {
    const auto* node = find(key, Need::kMust);
    if (node == nullptr) return {};
    if (const auto* value = node->as_string()) return value->get();
    wrongKind(*node, key, "text in quotes");
    return {};
  }

  std::vector<std::string> texts(const char* key, bool must) {
    std::vector<std::string> found;
    const auto* node = find(key, must ? Need::kMust : Need::kMay);
    if (node == nullptr) return found;
    const auto* array = node->as_array();
    if (array == nullptr) {
      wrongKind(*node, key, "a list of texts: [\"...\", \"...\"]");
      return found;
    }
    for (const auto& element : *array) {
      const auto* value = element.as_string();
      if (value == nullptr) {
        wrongKind(element, key, "a list of texts: [\"...\", \"...\"]");
        return found;
      }
      found.push_back(value->get());
      notes_.lines.emplace(name(key) + ", number " + std::to_string(found.size()), lineOf(element));
    }
    return found;
  }

  // 0 where it is not usable, and then there is a fault.
  int smallNumber(const char* key) {
    const auto* node = find(key, Need::kMust);
    if (node == nullptr) return 0;
    const auto* value = node->as_integer();
    if (value != nullptr && value->get() > 0 && value->get() < 100) {
      return static_cast<int>(value->get());
    }
    wrongKind(*node, key, "a small whole number");
    return 0;
  }

  // Two texts each: [["thin", "fin"], ...]; empty where it is not there.
  std::vector<std::pair<std::string, std::string>> pairs(const char* key) {
    std::vector<std::pair<std::string, std::string>> found;
    const auto* node = find(key, Need::kMay);
    if (node == nullptr) return found;
    const auto* array = node->as_array();
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
      const auto* pair = (*array)[i].as_array();
      const auto* first = pair != nullptr && pair->size() == 2 ? (*pair)[0].as_string() : nullptr;
      const auto* second = first != nullptr ? (*pair)[1].as_string() : nullptr;
      if (second == nullptr) {
        wrongKind((*array)[i], key, "pairs of texts: [[\"thin\", \"fin\"], ...]");
        return found;
      }
      found.emplace_back(first->get(), second->get());
    }
    if (array == nullptr) wrongKind(*node, key, "pairs of texts: [[\"thin\", \"fin\"], ...]");
    return found;
  }

  std::optional<bool> yesOrNo(const char* key) {
    const auto* node = find(key, Need::kMay);
    if (node == nullptr) return std::nullopt;
    if (const auto* value = node->as_boolean()) return value->get();
    wrongKind(*node, key, "true or false");
    return std::nullopt;
  }

  // From 0 to 1, kept in thousandths; -1 where it is not usable, and then there is a fault.
  int thousandths(const char* key) {
    const auto* node = find(key, Need::kMust);
    if (node == nullptr) return -1;
    const auto value = node->value<double>();
    if (node->is_number() && value && *value >= 0 && *value <= 1) {
      return static_cast<int>(std::lround(*value * 1000));
    }
    wrongKind(*node, key, "a number from 0 (nobody misses it) to 1 (everybody does)");
    return -1;
  }

  std::optional<std::pair<int, int>> twoNumbers(const char* key) {
    const auto* node = find(key, Need::kMust);
    if (node == nullptr) return std::nullopt;
    const auto* array = node->as_array();
    if (array != nullptr && array->size() == 2) {
      const auto* first = (*array)[0].as_integer();
      const auto* second = (*array)[1].as_integer();
      if (first != nullptr && second != nullptr && std::abs(first->get()) < 1000 &&
          std::abs(second->get()) < 1000) {
        return std::pair(static_cast<int>(first->get()), static_cast<int>(second->get()));
      }
    }
    wrongKind(*node, key, "two whole numbers: [6, 10]");
    return std::nullopt;
  }

  NumberSet numbers(const char* key) {
    const auto* node = find(key, Need::kMay);
    if (node == nullptr) return {};
    const auto* value = node->as_string();
    if (value == nullptr) {
      wrongKind(*node, key, "numbers in quotes: \"2 to 9\" or \"2, 5, 10\"");
      return {};
    }
    auto set = NumberSet::parse(value->get());
    if (set) return *std::move(set);
    notes_.add(lineOf(*node), name(key), set.error().message);
    return {};
  }

  // Elements that are texts or sections of their own; nothing else.
  std::vector<const toml::node*> elements(const char* key) {
    std::vector<const toml::node*> found;
    const auto* node = find(key, Need::kMay);
    if (node == nullptr) return found;
    const auto* array = node->as_array();
    if (array == nullptr) {
      wrongKind(*node, key, "a list");
      return found;
    }
    for (const auto& element : *array) {
      if (element.is_string() || element.is_table()) {
        found.push_back(&element);
      } else {
        wrongKind(element, key, "a list of texts or of { text = \"...\" }");
      }
    }
    return found;
  }

  // From -10000 to 10000; 0 where it is not usable, and then there is a fault.
  int wholeNumber(const char* key) {
    const auto* node = find(key, Need::kMust);
    if (node == nullptr) return 0;
    const auto* value = node->as_integer();
    if (value != nullptr && std::abs(value->get()) <= 10'000) {
      return static_cast<int>(value->get());
    }
    wrongKind(*node, key, "a whole number");
    return 0;
  }

  std::string mayText(const char* key) { return has(key) ? text(key) : note(key); }

  const toml::table* table(const char* key) {
    const auto* node = find(key, Need::kMust);
    if (node == nullptr) return nullptr;
    if (const auto* value = node->as_table()) return value;
    wrongKind(*node, key, "a section: [" + std::string(key) + "]");
    return nullptr;
  }

  std::vector<const toml::table*> tables(const char* key) {
    std::vector<const toml::table*> found;
    const auto* node = find(key, Need::kMay);
    if (node == nullptr) return found;
    const auto* array = node->as_array();
    if (array == nullptr || !array->is_homogeneous<toml::table>()) {
      wrongKind(*node, key, "one or more sections: [[" + std::string(key) + "]]");
      return found;
    }
    for (const auto& element : *array) found.push_back(element.as_table());
    return found;
  }

  // A value that only this lesson format knows.
  void refuse(const char* key, const std::string& what) {
    const auto* node = table_.get(key);
    notes_.add(node != nullptr ? lineOf(*node) : lineOf(table_), name(key), what);
  }

  bool has(const char* key) const { return table_.contains(key); }

  // Call last: what is left over was misspelt or belongs elsewhere.
  void refuseTheRest() {
    for (const auto& [key, node] : table_) {
      const std::string spelt(key.str());
      if (std::find(known_.begin(), known_.end(), spelt) != known_.end()) continue;
      std::string known;
      for (const auto& word : known_) known += (known.empty() ? "" : ", ") + word;
      notes_.add(lineOf(node), name(spelt), "is not known here; known are: " + known);
    }
  }

  std::string name(const std::string& key) const {
    return field_.empty() ? key : field_ + ", " + key;
  }

 private:
  enum class Need { kMust, kMay };

  std::string note(const char* key) {
    known_.emplace_back(key);
    return {};
  }

  const toml::node* find(const char* key, Need need) {
    known_.emplace_back(key);
    const auto* node = table_.get(key);
    if (node == nullptr) {
      if (need == Need::kMust) notes_.add(lineOf(table_), name(key), "is missing");
      return nullptr;
    }
    notes_.lines.emplace(name(key), lineOf(*node));
    return node;
  }

  void wrongKind(const toml::node& node, const char* key, const std::string& wanted) {
    notes_.add(lineOf(node), name(key), "must be " + wanted);
  }

  const toml::table& table_;
  std::string field_;
  Notes& notes_;
  std::vector<std::string> known_;
};

inline std::optional<Hints> readHints(TableReader& in, Notes& notes) {
  const auto* table = in.table("hints");
  if (table == nullptr) return std::nullopt;
  TableReader hints(*table, in.name("hints"), notes);
  Hints read = {hints.text("point"), hints.text("teach"), hints.text("tell")};
  hints.refuseTheRest();
  return read;
}

// The questions of a quiz's level, and its example (quiz_source.cpp).
std::vector<Question> readQuestions(TableReader& level, Notes& notes);
Example readExample(TableReader& skill, Notes& notes);
// Of sums: there need not be one, and the generator makes its problem.
Example readSumExample(TableReader& in, Notes& notes);

// A level of what is said or read aloud (spoken_source.cpp).
Level readSayingLevel(const toml::table& table, const std::string& field, Notes& notes);
Level readStoryLevel(const toml::table& table, const std::string& field, Notes& notes);

}  // namespace primer::content
