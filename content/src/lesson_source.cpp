#include "primer/content/lesson_source.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

// Parsed here only, without exceptions.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace primer::content {

namespace {

constexpr std::uint64_t kMaxSourceBytes = 1 << 20;
constexpr const char* kFileName = "lesson.toml";

int lineOf(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

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

// The table "hints" of a skill or a level, where it is there or must be.
std::optional<Hints> readHints(TableReader& in, Notes& notes) {
  const auto* table = in.table("hints");
  if (table == nullptr) return std::nullopt;
  TableReader hints(*table, in.name("hints"), notes);
  Hints read = {hints.text("point"), hints.text("teach"), hints.text("tell")};
  hints.refuseTheRest();
  return read;
}

Level readWorkedLevel(const toml::table& table, const std::string& field, Notes& notes) {
  TableReader in(table, field, notes);
  Level level;
  level.difficulty = in.thousandths("difficulty");
  level.hardness = in.smallNumber("hardness");
  in.refuseTheRest();
  return level;
}

Level readLevel(const toml::table& table, const std::string& field, Notes& notes) {
  TableReader in(table, field, notes);
  Level level;
  level.difficulty = in.thousandths("difficulty");
  level.a = in.numbers("a");
  level.b = in.numbers("b");
  level.answer = in.numbers("answer");
  if (const auto crosses = in.yesOrNo("crosses_ten")) {
    level.crosses_ten = *crosses ? Crossing::kAlways : Crossing::kNever;
  }
  level.either_order = in.yesOrNo("either_order").value_or(false);
  if (in.has("hints")) level.hints = readHints(in, notes);
  in.refuseTheRest();
  return level;
}

std::string fieldOfSkill(const toml::table& table, std::size_t number) {
  const auto id = table["id"].value<std::string>();
  return id && !id->empty() ? "skill '" + *id + "'" : "skill " + std::to_string(number);
}

Skill readSkill(const toml::table& table, std::size_t number, Notes& notes) {
  TableReader in(table, fieldOfSkill(table, number), notes);
  Skill skill;
  skill.id = in.text("id");
  skill.title = in.text("title");
  skill.did = in.text("did");
  const auto make = in.text("make");
  const bool worked = make == "working";
  if (worked) {
    skill.exercise = in.text("exercise");
    skill.request = in.text("request");
    skill.explain = in.text("explain");
  } else if (const auto operation = operationFromName(make)) {
    skill.operation = *operation;
  } else if (in.has("make")) {
    in.refuse("make", "\"" + make +
                          "\" is not known; known are add, subtract, multiply, divide and working");
  }
  skill.needs = in.texts("needs", false);
  if (!worked) {
    skill.prompt = in.text("prompt");
    skill.spoken = in.text("spoken");
    skill.hints = readHints(in, notes).value_or(Hints());
  }
  for (const auto* level : in.tables("level")) {
    const auto field = in.name("level " + std::to_string(skill.levels.size() + 1));
    skill.levels.push_back(worked ? readWorkedLevel(*level, field, notes)
                                  : readLevel(*level, field, notes));
  }
  in.refuseTheRest();
  return skill;
}

Lesson readLesson(std::string_view id, const toml::table& root, Notes& notes) {
  TableReader in(root, "", notes);
  Lesson lesson;
  lesson.id = id;
  lesson.title = in.text("title");
  lesson.about = in.text("about");
  lesson.language = in.text("language");
  lesson.request = in.text("request");
  if (const auto ages = in.twoNumbers("ages")) {
    lesson.youngest = ages->first;
    lesson.oldest = ages->second;
  }
  if (const auto* words_table = in.table("words")) {
    TableReader words(*words_table, "words", notes);
    lesson.right = words.texts("right", true);
    lesson.not_yet = words.texts("not_yet", true);
    lesson.laid_aside = words.texts("laid_aside", true);
    words.refuseTheRest();
  }
  for (const auto* skill : in.tables("skill")) {
    lesson.skills.push_back(readSkill(*skill, lesson.skills.size() + 1, notes));
  }
  in.refuseTheRest();
  return lesson;
}

}  // namespace

std::string SourceFault::text(std::string_view file) const {
  std::string text(file);
  if (line > 0) text += ":" + std::to_string(line);
  text += ": ";
  if (!fault.field.empty()) text += fault.field + ": ";
  return text + fault.what;
}

LessonSource parseLesson(std::string_view id, std::string_view text) {
  LessonSource source;
  const auto parsed = toml::parse(text);
  if (!parsed) {
    const auto& error = parsed.error();
    const int line = static_cast<int>(error.source().begin.line);
    source.faults.push_back({line, {"", "is not TOML: " + std::string(error.description())}});
    return source;
  }
  Notes notes;
  source.lesson = readLesson(id, parsed.table(), notes);
  source.faults = std::move(notes.faults);
  // A field that could not be read has its fault already; the checks would only repeat it.
  for (auto& fault : checkLesson(source.lesson)) {
    const auto told = [&fault](const SourceFault& other) {
      const auto& field = other.fault.field;
      return fault.field == field || fault.field.rfind(field + ", ", 0) == 0 ||
             field.rfind(fault.field + ", ", 0) == 0;
    };
    if (std::any_of(source.faults.begin(), source.faults.end(), told)) continue;
    const int line = notes.lineFor(fault.field);
    source.faults.push_back({line, std::move(fault)});
  }
  std::stable_sort(source.faults.begin(), source.faults.end(),
                   [](const SourceFault& l, const SourceFault& r) { return l.line < r.line; });
  return source;
}

Result<LessonSource> readLessonFolder(const std::filesystem::path& folder, FileSystem& files) {
  const auto path = folder / kFileName;
  PRIMER_ASSIGN(const auto bytes, files.read(path, kMaxSourceBytes));
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  // "lessons/x/" and "lessons/x" and "." name the same folder.
  std::error_code ignored;
  auto absolute = std::filesystem::absolute(folder, ignored).lexically_normal();
  if (!absolute.has_filename()) absolute = absolute.parent_path();
  return parseLesson(absolute.filename().string(), text);
}

}  // namespace primer::content
