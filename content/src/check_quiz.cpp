#include "check_quiz.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "check_placing.h"
#include "primer/maths/rational.h"
#include "text_rules.h"

namespace primer::content {

namespace {

constexpr std::size_t kFewestQuestions = 4;
constexpr std::size_t kMostQuestions = 100;
constexpr std::size_t kMaxLevels = 20;
constexpr std::size_t kMaxOption = 40;
constexpr std::size_t kMaxWord = 24;
constexpr int kMaxSteps = 40;  // of a number line: what a finger tells apart
constexpr std::array<const char*, 3> kHintNames = {"point", "teach", "tell"};

class QuizChecker {
 public:
  std::vector<Fault> run(const std::string& field, const Skill& skill) {
    text(field + ", request", skill.request, kMaxTitle);
    text(field + ", explain", skill.explain, kMaxWords);
    text(field + ", example, problem", skill.example.problem, kMaxWords);
    if (skill.example.steps.empty()) add(field + ", example, steps", "is missing or empty");
    for (std::size_t i = 0; i < skill.example.steps.size(); ++i) {
      const auto step = field + ", example, steps, number " + std::to_string(i + 1);
      text(step, skill.example.steps[i].line, kMaxOption);
      text(step, skill.example.steps[i].words, kMaxWords);
    }
    if (skill.levels.empty()) add(field + ", level", "a skill needs at least one [[skill.level]]");
    if (skill.levels.size() > kMaxLevels) {
      add(field + ", level", "more than 20 levels");
      return std::move(faults_);
    }
    for (std::size_t i = 0; i < skill.levels.size(); ++i) {
      const auto level_field = field + ", level " + std::to_string(i + 1);
      if (skill.levels[i].difficulty < 0 || skill.levels[i].difficulty > 1000) {
        add(level_field + ", difficulty",
            "must be from 0 (nobody misses it) to 1 (everybody does)");
      }
      if (i > 0 && skill.levels[i].difficulty < skill.levels[i - 1].difficulty) {
        add(level_field + ", difficulty", "is less than that of the level before: easiest first");
      }
      checkLevel(level_field, skill.levels[i]);
    }
    return std::move(faults_);
  }

 private:
  void add(const std::string& field, const std::string& what) { faults_.push_back({field, what}); }

  void text(const std::string& field, const std::string& given, std::size_t most) {
    const auto fault = faultOfText(given, most);
    if (!fault.empty()) add(field, fault);
  }

  void checkLevel(const std::string& field, const Level& level) {
    const auto count = level.questions.size();
    if (count < kFewestQuestions || count > kMostQuestions) {
      add(field + ", question", std::to_string(count) + " questions; a level has 4 to 100");
      return;
    }
    for (std::size_t i = 0; i < count; ++i) {
      const auto& question = level.questions[i];
      const auto name = field + ", question " +
                        (question.id.empty() ? std::to_string(i + 1) : "'" + question.id + "'");
      if (!isId(question.id)) {
        add(name + ", id", "must be made of small letters, digits and dashes");
      } else if (!ids_.insert(question.id).second) {
        add(name + ", id", "stands twice in this skill");
      }
      checkQuestion(name, question);
    }
  }

  void checkQuestion(const std::string& field, const Question& question) {
    text(field + ", ask", question.text, kMaxWords);
    if (!question.spoken.empty()) text(field + ", spoken", question.spoken, kMaxWords);
    text(field + ", why", question.why, kMaxWords);
    for (std::size_t i = 0; i < question.hints.size(); ++i) {
      text(field + ", hints, " + kHintNames[i], question.hints[i], kMaxWords);
    }
    for (std::size_t i = 0; i < question.options.size(); ++i) {
      if (question.answering == Answering::kPlace) break;  // things have rules of their own
      const auto option = field + ", options, number " + std::to_string(i + 1);
      text(option, question.options[i].text, kMaxOption);
      if (!question.options[i].says.empty()) text(option, question.options[i].says, kMaxWords);
    }
    switch (question.answering) {
      case Answering::kChooseOne:
      case Answering::kChooseMany:
        checkChoice(field, question);
        break;
      case Answering::kLine:
        checkLine(field, question.line);
        break;
      case Answering::kGaps:
        options(field, question, std::max<std::size_t>(2, question.gaps()), 8);
        if (question.gaps() < 1 || question.gaps() > 3) {
          add(field + ", ask", "must have one to three gaps, each written as ___");
        }
        break;
      case Answering::kMatch:
        options(field, question, 2, 5);
        for (const auto& option : question.options)
          text(field + ", options", option.partner, kMaxOption);
        break;
      case Answering::kOrder:
        options(field, question, 3, 6);
        break;
      case Answering::kNumber:
        checkNumber(field, question);
        break;
      case Answering::kSay:
        checkChoice(field, question);
        for (const auto& option : question.options) {
          if (!isOfLetters(option.text, " '")) {
            add(field + ", options",
                "\"" + option.text + "\" must be words as they are said, of letters only");
          }
        }
        break;
      case Answering::kSpell:
        checkSpelling(field, question);
        break;
      case Answering::kPlace:
        for (auto& fault : checkPlacing(field, question)) add(fault.field, fault.what);
        break;
      case Answering::kText:
        if (question.references.empty()) add(field + ", references", "is missing or empty");
        for (const auto& reference : question.references)
          text(field + ", references", reference, kMaxWords);
        break;
    }
  }

  void options(const std::string& field, const Question& question, std::size_t fewest,
               std::size_t most) {
    const auto count = question.options.size();
    if (count < fewest || count > most) {
      add(field + ", options", std::to_string(count) + " options; there must be " +
                                   std::to_string(fewest) + " to " + std::to_string(most));
    }
  }

  void checkChoice(const std::string& field, const Question& question) {
    options(field, question, 2, 6);
    const auto right =
        static_cast<std::size_t>(std::count_if(question.options.begin(), question.options.end(),
                                               [](const Option& option) { return option.right; }));
    if (question.answering != Answering::kChooseMany && right != 1) {
      add(field + ", options", "one option must be right, and one only");
    }
    if (question.answering == Answering::kChooseMany &&
        (right < 1 || right == question.options.size())) {
      add(field + ", options", "some options must be right, and not all of them");
    }
    std::set<std::string> seen;
    for (const auto& option : question.options) {
      if (!seen.insert(option.text).second) {
        add(field + ", options", "\"" + option.text + "\" stands twice");
      }
    }
  }

  void checkSpelling(const std::string& field, const Question& question) {
    const auto& word = question.references.empty() ? std::string() : question.references.front();
    if (word.size() < 2 || word.size() > kMaxWord || !isOfLetters(word, "'")) {
      add(field + ", word", "must be one word of 2 to 24 letters");
    }
    if (question.gaps() != 1)
      add(field + ", ask", "must have one gap for the word, written as ___");
  }

  static bool isOfLetters(const std::string& text, std::string_view others) {
    return std::all_of(text.begin(), text.end(), [others](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
             others.find(c) != std::string_view::npos;
    });
  }

  void checkLine(const std::string& field, const NumberLine& line) {
    if (line.low >= line.high || line.parts < 1 || line.parts > 12 || line.high > 10'000 ||
        line.low < -10'000 || line.steps() > kMaxSteps) {
      add(field + ", from",
          "a line goes up from one whole number to another, with 1 to 12 parts to each and at most "
          "40 in all");
    } else if (line.at < 0 || line.at > line.steps()) {
      add(field + ", at", "must lie on the line");
    }
  }

  void checkNumber(const std::string& field, const Question& question) {
    if (!maths::Rational::fromDigits(question.number)) {
      add(field + ", number", "must be digits with at most one point, in quotes");
    }
    if (!question.tolerance.empty() && !maths::Rational::fromDigits(question.tolerance)) {
      add(field + ", tolerance", "must be digits with at most one point, in quotes");
    }
    if (!question.unit.empty()) text(field + ", unit", question.unit, 8);
  }

  std::set<std::string> ids_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> checkQuiz(const std::string& field, const Skill& skill) {
  return QuizChecker().run(field, skill);
}

}  // namespace primer::content
