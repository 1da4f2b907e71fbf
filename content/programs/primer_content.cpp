// primer-content: compile, check and list lessons, and try their sums. See content/README.md.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "primer/base/command_line.h"
#include "primer/base/program.h"
#include "primer/base/share.h"
#include "primer/content/generator.h"
#include "primer/content/lesson_source.h"
#include "primer/content/pack.h"

namespace primer::content {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kProgram = "primer-content";

int complain(const Error& error) {
  // Whatever is wrong with a file is exit 3; a usage error never comes from a file.
  reportError(kProgram, error);
  return kExitUnusable;
}

// Every fault on a line of its own; the lesson where there are none.
std::optional<Lesson> lessonFromFolder(const fs::path& folder) {
  auto source = readLessonFolder(folder, realFileSystem());
  if (!source) {
    reportError(kProgram, source.error());
    return std::nullopt;
  }
  const auto file = (folder / "lesson.toml").string();
  for (const auto& fault : source->faults) {
    std::fprintf(stderr, "%s\n", fault.text(file).c_str());
  }
  if (!source->faults.empty()) return std::nullopt;
  return std::move(source->lesson);
}

// A folder or a pack.
std::optional<Lesson> lessonFrom(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return lessonFromFolder(path);
  auto lesson = openPack(path, realFileSystem());
  if (lesson) return *std::move(lesson);
  reportError(kProgram, lesson.error());
  return std::nullopt;
}

// Sums, or the questions of a quiz. Exercises are made from a seed, without end: they do not count.
std::size_t countOfSums(const Skill& skill, const Level& level) {
  if (skill.kind == Kind::kWorking) return 0;
  if (skill.kind == Kind::kQuiz) return level.questions.size();
  const auto sums = sumsOf(skill.operation, level);
  return sums ? sums->size() : 0;
}

// What stands after `make =`.
std::string makeOf(const Skill& skill) {
  switch (skill.kind) {
    case Kind::kNumber:
      break;
    case Kind::kWorking:
      return skill.exercise;
    case Kind::kQuiz:
      return "quiz";
    case Kind::kSaying:
      return "say";
    case Kind::kStory:
      return "story";
  }
  return std::string(operationName(skill.operation));
}

// What is said or read, in so many words and sentences or stories.
std::size_t countOfTexts(const Level& level) { return level.sayings.size() + level.stories.size(); }

Json summaryOf(const Lesson& lesson) {
  std::size_t levels = 0;
  std::size_t sums = 0;
  std::size_t texts = 0;
  for (const auto& skill : lesson.skills) {
    levels += skill.levels.size();
    for (const auto& level : skill.levels) {
      sums += countOfSums(skill, level);
      texts += countOfTexts(level);
    }
  }
  return {{"lesson", lesson.id},
          {"title", lesson.title},
          {"language", lesson.language},
          {"ages", {lesson.youngest, lesson.oldest}},
          {"skills", lesson.skills.size()},
          {"levels", levels},
          {"sums", sums},
          {"texts", texts},
          {"recordings", lesson.recordings.size()}};
}

int compile(const std::string& folder, const std::string& output) {
  const auto lesson = lessonFromFolder(folder);
  if (!lesson) return kExitUnusable;
  const auto pack = compilePack(*lesson);
  if (!pack) return complain(pack.error());
  if (auto written = realFileSystem().writeAtomically(output, *pack, FileAccess::kAsUsual);
      !written) {
    return complain(written.error());
  }
  auto summary = summaryOf(*lesson);
  summary["bytes"] = pack->size();
  std::cout << summary.dump() << "\n";
  return kExitOk;
}

int check(const std::string& path) {
  const auto lesson = lessonFrom(path);
  if (!lesson) return kExitUnusable;
  std::cout << summaryOf(*lesson).dump() << "\n";
  return kExitOk;
}

int list(const std::string& path) {
  const auto lesson = lessonFrom(path);
  if (!lesson) return kExitUnusable;
  for (const auto& skill : lesson->skills) {
    for (std::size_t i = 0; i < skill.levels.size(); ++i) {
      const auto& level = skill.levels[i];
      const Json line = {{"generator", lesson->id + "/" + skill.id + "/" + std::to_string(i + 1)},
                         {"skill", skill.title},
                         {"make", makeOf(skill)},
                         {"difficulty", level.difficulty / 1000.0},
                         {"sums", countOfSums(skill, level)},
                         {"texts", countOfTexts(level)},
                         {"needs", skill.needs}};
      std::cout << line.dump() << "\n";
    }
  }
  return kExitOk;
}

// ---- generate ---------------------------------------------------------------------------------

struct GenerateOptions {
  std::string generator;
  std::string pack;  // where LESSON is looked for; empty: the shipped lessons
  int count = 10;
  std::uint64_t seed = 1;
  std::string a, b, answer;
};

// "add" and the others: a lesson of one level made up on the spot.
Result<Lesson> plainLesson(Operation operation, const GenerateOptions& options) {
  const bool divides = operation == Operation::kDivide;
  const auto limit = [](const std::string& given, const char* otherwise) {
    return NumberSet::parse(given.empty() ? otherwise : given);
  };
  Level level;
  level.difficulty = 200;
  if (!divides || !options.a.empty()) {
    PRIMER_ASSIGN(level.a,
                  limit(options.a, operation == Operation::kMultiply ? "2 to 10" : "1 to 20"));
  }
  PRIMER_ASSIGN(
      level.b,
      limit(options.b, operation == Operation::kMultiply || divides ? "2 to 10" : "1 to 20"));
  if (divides || !options.answer.empty()) {
    PRIMER_ASSIGN(level.answer, limit(options.answer, "1 to 10"));
  }
  PRIMER_TRY(sumsOf(operation, level));
  Lesson lesson;
  lesson.id = "plain";
  Skill skill;
  skill.id = operationName(operation);
  skill.operation = operation;
  skill.prompt = "{a} {sign} {b} =";
  skill.spoken = "{a} {sign} {b}";
  skill.levels.push_back(level);
  lesson.skills.push_back(skill);
  return lesson;
}

struct Chosen {
  Lesson lesson;
  std::size_t skill = 0;
  std::size_t level = 0;
  bool has_words = true;
};

Error unknown(const std::string& generator) {
  return Error(ErrorCode::kInvalidArgument,
               "no generator \"" + generator +
                   "\": give add, subtract, multiply, divide or LESSON/SKILL/LEVEL as `list` "
                   "prints them");
}

Result<Chosen> choose(const GenerateOptions& options) {
  if (const auto operation = operationFromName(options.generator)) {
    PRIMER_ASSIGN(auto lesson, plainLesson(*operation, options));
    return Chosen{std::move(lesson), 0, 0, false};
  }
  const auto first = options.generator.find('/');
  if (first == std::string::npos) return fail(unknown(options.generator));
  if (!options.a.empty() || !options.b.empty() || !options.answer.empty()) {
    return fail(ErrorCode::kInvalidArgument,
                "--a, --b and --answer belong to add, subtract, multiply and divide; a lesson's "
                "levels have limits of their own");
  }
  const auto lesson_id = options.generator.substr(0, first);
  if (options.pack.empty() &&
      lesson_id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) {
    return fail(unknown(options.generator));
  }
  const fs::path path = options.pack.empty() ? shareFolder() / "lessons" / (lesson_id + ".pack")
                                             : fs::path(options.pack);
  PRIMER_ASSIGN(auto lesson, openPack(path, realFileSystem()));
  const auto second = options.generator.find('/', first + 1);
  const auto skill = lesson.skillNamed(options.generator.substr(first + 1, second - first - 1));
  if (lesson.id != lesson_id || !skill) return fail(unknown(options.generator));
  const auto number = second == std::string::npos ? "1" : options.generator.substr(second + 1);
  for (std::size_t i = 0; i < lesson.skills[*skill].levels.size(); ++i) {
    if (number == std::to_string(i + 1)) return Chosen{std::move(lesson), *skill, i, true};
  }
  return fail(unknown(options.generator));
}

int generate(const GenerateOptions& options) {
  const auto chosen = choose(options);
  if (!chosen) return reportError(kProgram, chosen.error());
  ItemDealer dealer(chosen->lesson, chosen->skill, chosen->level, options.seed);
  for (int i = 0; i < options.count; ++i) {
    const auto item = dealer.next();
    Json line = {{"id", item.id},         {"skill", chosen->lesson.skills[item.skill].id},
                 {"prompt", item.prompt}, {"spoken", item.spoken},
                 {"answer", item.answer}, {"difficulty", item.difficulty}};
    if (chosen->has_words && item.kind == Kind::kNumber) line["hints"] = item.hints;
    std::cout << line.dump() << "\n";
  }
  return kExitOk;
}

struct Arguments {
  std::string input;
  std::string output;
  GenerateOptions generate;
};

Job declare(CLI::App& app, Arguments& arguments) {
  app.require_subcommand(1);
  auto& [input, output, options] = arguments;

  auto* compile_command = app.add_subcommand("compile", "Make a pack of a lesson's folder");
  compile_command->add_option("DIR", input, "folder with a lesson.toml")->required();
  compile_command->add_option("-o,--output", output, "the pack to write")->required();

  auto* check_command = app.add_subcommand("check", "Say everything that is wrong with a lesson");
  check_command->add_option("PACK|DIR", input, "a pack or a lesson's folder")->required();

  auto* list_command = app.add_subcommand("list", "Skills and levels, one JSON object a line");
  list_command->add_option("PACK", input, "a pack or a lesson's folder")->required();

  auto* generate_command = app.add_subcommand("generate", "Items, one JSON object a line");
  generate_command
      ->add_option("GENERATOR", options.generator,
                   "add, subtract, multiply, divide, or LESSON/SKILL/LEVEL as `list` prints them")
      ->required();
  generate_command->add_option("--count", options.count, "how many")
      ->check(CLI::Range(0, 1'000'000));
  generate_command->add_option("--seed", options.seed, "the same seed gives the same items");
  generate_command->add_option("--pack", options.pack, "take LESSON from this pack");
  generate_command->add_option("--a", options.a, "limits like \"2 to 9\" or \"2, 5, 10\"");
  generate_command->add_option("--b", options.b, "limits of the second number");
  generate_command->add_option("--answer", options.answer, "limits of the answer");

  for (const char* verb : {"import-qti", "export-qti"}) addLaterVerb(app, verb);

  return [&arguments, compile_command, check_command, list_command] {
    if (compile_command->parsed()) return compile(arguments.input, arguments.output);
    if (check_command->parsed()) return check(arguments.input);
    if (list_command->parsed()) return list(arguments.input);
    return generate(arguments.generate);
  };
}

}  // namespace
}  // namespace primer::content

int main(int argc, char** argv) {
  primer::content::Arguments arguments;
  return primer::runCommandLine(
      primer::content::kProgram,
      "Lessons for Primer: compile, check and list them, and try their sums.", argc, argv,
      [&arguments](CLI::App& app) { return primer::content::declare(app, arguments); });
}
