#include "primer/content/lesson_source.h"

#include <algorithm>
#include <array>
#include <string>

#include "recording_source.h"
#include "table_reader.h"

namespace primer::content {

namespace {

constexpr std::uint64_t kMaxSourceBytes = 1 << 20;
constexpr const char* kFileName = "lesson.toml";

Level readWorkedLevel(const toml::table& table, const std::string& field, Notes& notes) {
  TableReader in(table, field, notes);
  Level level;
  level.difficulty = in.thousandths("difficulty");
  level.hardness = in.smallNumber("hardness");
  in.refuseTheRest();
  return level;
}

Level readQuizLevel(const toml::table& table, const std::string& field, Notes& notes) {
  TableReader in(table, field, notes);
  Level level;
  level.difficulty = in.thousandths("difficulty");
  level.questions = readQuestions(in, notes);
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
  level.example = readSumExample(in, notes);
  in.refuseTheRest();
  return level;
}

std::string fieldOfSkill(const toml::table& table, std::size_t number) {
  const auto id = table["id"].value<std::string>();
  return id && !id->empty() ? "skill '" + *id + "'" : "skill " + std::to_string(number);
}

// The word after `make =`: a kind, or one of the operations.
constexpr std::array<std::pair<std::string_view, Kind>, 4> kMakes = {{{"working", Kind::kWorking},
                                                                      {"quiz", Kind::kQuiz},
                                                                      {"say", Kind::kSaying},
                                                                      {"story", Kind::kStory}}};

void readMake(TableReader& in, Skill& skill) {
  const auto make = in.text("make");
  std::string known = "add, subtract, multiply, divide";
  for (const auto& [word, kind] : kMakes) {
    known += ", " + std::string(word);
    if (make != word) continue;
    skill.kind = kind;
    return;
  }
  if (const auto operation = operationFromName(make)) {
    skill.operation = *operation;
  } else if (in.has("make")) {
    in.refuse("make", "\"" + make + "\" is not known; known are " + known);
  }
}

Level readLevelOf(Kind kind, const toml::table& table, const std::string& field, Notes& notes) {
  switch (kind) {
    case Kind::kNumber:
      break;
    case Kind::kWorking:
      return readWorkedLevel(table, field, notes);
    case Kind::kQuiz:
      return readQuizLevel(table, field, notes);
    case Kind::kSaying:
      return readSayingLevel(table, field, notes);
    case Kind::kStory:
      return readStoryLevel(table, field, notes);
  }
  return readLevel(table, field, notes);
}

Skill readSkill(const toml::table& table, std::size_t number, Notes& notes) {
  TableReader in(table, fieldOfSkill(table, number), notes);
  Skill skill;
  skill.id = in.text("id");
  skill.title = in.text("title");
  skill.did = in.text("did");
  readMake(in, skill);
  if (skill.kind != Kind::kNumber) {
    skill.request = in.text("request");
    skill.explain = in.text("explain");
  }
  skill.needs = in.texts("needs", false);
  switch (skill.kind) {
    case Kind::kNumber:
      skill.prompt = in.text("prompt");
      skill.spoken = in.text("spoken");
      skill.hints = readHints(in, notes).value_or(Hints());
      skill.explain = in.mayText("explain");
      skill.example = readSumExample(in, notes);
      break;
    case Kind::kWorking:
      skill.exercise = in.text("exercise");
      break;
    case Kind::kQuiz:
      skill.example = readExample(in, notes);
      break;
    case Kind::kSaying:
      skill.sound = in.text("sound");
      break;
    case Kind::kStory:
      break;
  }
  for (const auto* level : in.tables("level")) {
    const auto field = in.name("level " + std::to_string(skill.levels.size() + 1));
    skill.levels.push_back(readLevelOf(skill.kind, *level, field, notes));
  }
  in.refuseTheRest();
  return skill;
}

Lesson readLesson(std::string_view id, const toml::table& root, Notes& notes,
                  const FolderReader& read) {
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
  lesson.recordings = readRecordings(in, notes, read);
  in.refuseTheRest();
  return lesson;
}

LessonSource parse(std::string_view id, std::string_view text, const FolderReader& read) {
  LessonSource source;
  const auto parsed = toml::parse(text);
  if (!parsed) {
    const auto& error = parsed.error();
    const int line = static_cast<int>(error.source().begin.line);
    source.faults.push_back({line, {"", "is not TOML: " + std::string(error.description())}});
    return source;
  }
  Notes notes;
  source.lesson = readLesson(id, parsed.table(), notes, read);
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

// A link may lead anywhere: what is read must lie in the folder itself.
Result<std::vector<std::byte>> readInside(const std::filesystem::path& folder,
                                          const std::string& file, std::uint64_t most,
                                          FileSystem& files) {
  std::error_code problem;
  const auto home = std::filesystem::weakly_canonical(folder, problem);
  const auto path = std::filesystem::weakly_canonical(folder / file, problem);
  const auto from_home = path.lexically_relative(home);
  if (problem || from_home.empty() || *from_home.begin() == "..") {
    return fail(ErrorCode::kDenied, "it does not lie in the lesson's folder");
  }
  return files.read(path, most);
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
  return parse(id, text, [](const std::string& file, std::uint64_t) {
    return Result<std::vector<std::byte>>(fail(ErrorCode::kNotFound, file));
  });
}

Result<LessonSource> readLessonFolder(const std::filesystem::path& folder, FileSystem& files) {
  const auto path = folder / kFileName;
  PRIMER_ASSIGN(const auto bytes, files.read(path, kMaxSourceBytes));
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  // "lessons/x/" and "lessons/x" and "." name the same folder.
  std::error_code ignored;
  auto absolute = std::filesystem::absolute(folder, ignored).lexically_normal();
  if (!absolute.has_filename()) absolute = absolute.parent_path();
  return parse(absolute.filename().string(), text,
               [&](const std::string& file, std::uint64_t most) {
                 return readInside(folder, file, most, files);
               });
}

}  // namespace primer::content
