// What makes a lesson usable, for sources and packs alike.

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

#include "check_quiz.h"
#include "check_recordings.h"
#include "check_spoken.h"
#include "primer/content/lesson.h"
#include "primer/maths/exercises.h"
#include "template.h"
#include "text_rules.h"

namespace primer::content {

namespace {

constexpr std::size_t kMaxFaults = 100;
constexpr std::size_t kMaxSkills = 200;
constexpr std::size_t kMaxLevels = 20;
constexpr std::size_t kFewestSums = 8;  // a set of the usual length without a repeat
constexpr std::size_t kMostSteps = 5;   // of a worked example
constexpr std::size_t kMaxLine = 40;    // of one of its lines
constexpr std::size_t kSamples = 400;   // sums of a level on which templates are tried
constexpr std::array<const char*, 3> kHintNames = {"point", "teach", "tell"};

// A text to be filled with the numbers of sums, and how long it may become.
struct Tried {
  std::string field;
  Template text;
  std::size_t most = kMaxWords;
};

class Checker {
 public:
  explicit Checker(const Lesson& lesson) : lesson_(lesson) {}

  std::vector<Fault> run() {
    checkHead();
    checkKindWords("right", lesson_.right, Template::Given::kForbidden);
    checkKindWords("not_yet", lesson_.not_yet, Template::Given::kAllowed);
    checkKindWords("laid_aside", lesson_.laid_aside, Template::Given::kForbidden);
    if (lesson_.skills.empty()) add("skill", "a lesson needs at least one [[skill]]");
    if (lesson_.skills.size() > kMaxSkills) {
      add("skill", "more than 200 skills");
      return std::move(faults_);
    }
    for (std::size_t i = 0; i < lesson_.skills.size(); ++i) checkSkill(i);
    checkNeeds();
    for (auto& fault : checkRecordings(lesson_)) add(fault.field, fault.what);
    return std::move(faults_);
  }

 private:
  void add(const std::string& field, const std::string& what) {
    if (faults_.size() < kMaxFaults) faults_.push_back({field, what});
  }

  // Returns false where the text cannot be used further.
  bool checkText(const std::string& field, const std::string& text, std::size_t most) {
    const auto fault = faultOfText(text, most);
    if (!fault.empty()) add(field, fault);
    return fault.empty();
  }

  void checkHead() {
    if (!isId(lesson_.id)) {
      add("id", "the folder's name \"" + lesson_.id +
                    "\" must be made of small letters, digits and dashes");
    }
    checkText("title", lesson_.title, kMaxTitle);
    checkText("about", lesson_.about, 400);
    checkText("request", lesson_.request, kMaxTitle);
    const auto& language = lesson_.language;
    if (language.size() < 2 || language.size() > 12 ||
        !std::all_of(language.begin(), language.end(), [](char c) {
          return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-';
        })) {
      add("language", "must be a language tag like \"en\"");
    }
    if (lesson_.youngest < 4 || lesson_.oldest > 18 || lesson_.youngest > lesson_.oldest) {
      add("ages", "must be two ages from 4 to 18, the younger first");
    }
  }

  void checkKindWords(const std::string& name, const std::vector<std::string>& words,
                      Template::Given given) {
    if (words.empty()) add("words, " + name, "is missing or empty");
    if (words.size() > 50) add("words, " + name, "more than 50 wordings");
    for (std::size_t i = 0; i < std::min<std::size_t>(words.size(), 50); ++i) {
      const auto field = "words, " + name + ", number " + std::to_string(i + 1);
      if (!checkText(field, words[i], kMaxWords)) continue;
      const auto parsed = Template::parse(words[i], given);
      if (!parsed) {
        add(field, parsed.error().message);
      } else if (name == "not_yet" && parsed->namesAnswer()) {
        add(field, "must not give {answer} away");
      }
    }
  }

  std::string skillField(std::size_t index) const {
    const auto& id = lesson_.skills[index].id;
    return id.empty() ? "skill " + std::to_string(index + 1) : "skill '" + id + "'";
  }

  void checkSkill(std::size_t index) {
    const auto& skill = lesson_.skills[index];
    const auto field = skillField(index);
    if (!isId(skill.id)) {
      add(field + ", id", "must be made of small letters, digits and dashes");
    } else if (!ids_.emplace(skill.id, index).second) {
      add(field + ", id", "stands twice");
    }
    checkText(field + ", title", skill.title, kMaxTitle);
    checkText(field + ", did", skill.did, 80);
    switch (skill.kind) {
      case Kind::kNumber:
        checkNumber(field, skill);
        break;
      case Kind::kWorking:
        checkWorked(field, skill);
        break;
      case Kind::kQuiz:
        for (auto& fault : checkQuiz(field, skill)) add(fault.field, fault.what);
        break;
      case Kind::kSaying:
      case Kind::kStory:
        for (auto& fault : checkSpoken(field, skill)) add(fault.field, fault.what);
        break;
    }
  }

  void checkNumber(const std::string& field, const Skill& skill) {
    const auto prompt = checkTemplate(field + ", prompt", skill.prompt);
    if (prompt && prompt->namesAnswer()) add(field + ", prompt", "must not give {answer} away");
    const auto spoken = checkTemplate(field + ", spoken", skill.spoken);
    if (spoken && spoken->namesAnswer()) add(field + ", spoken", "must not give {answer} away");
    if (!skill.explain.empty()) checkText(field + ", explain", skill.explain, kMaxWords);
    std::vector<Tried> always;
    if (prompt) always.push_back({field + ", prompt", *prompt});
    if (spoken) always.push_back({field + ", spoken", *spoken});
    const auto hints = triedHints(field, skill.hints);
    const auto example = triedSteps(field, skill.example);
    if (skill.explain.empty() != skill.example.steps.empty()) {
      add(field + ", explain", "explain and example belong together: one of them is missing");
    }
    if (skill.levels.empty()) add(field + ", level", "a skill needs at least one [[skill.level]]");
    if (skill.levels.size() > kMaxLevels) {
      add(field + ", level", "more than 20 levels");
      return;
    }
    for (std::size_t i = 0; i < skill.levels.size(); ++i) {
      const auto level_field = field + ", level " + std::to_string(i + 1);
      const auto& level = skill.levels[i];
      auto tried = always;
      const auto add_all = [&tried](const std::vector<Tried>& more) {
        tried.insert(tried.end(), more.begin(), more.end());
      };
      add_all(level.hints ? triedHints(level_field, *level.hints) : hints);
      add_all(level.example.steps.empty() ? example : triedSteps(level_field, level.example));
      checkLevel(level_field, skill, i, tried);
    }
  }

  void checkWorked(const std::string& field, const Skill& skill) {
    checkText(field + ", request", skill.request, kMaxTitle);
    checkText(field + ", explain", skill.explain, kMaxWords);
    const auto& kinds = maths::exerciseKinds();
    const bool known = std::any_of(kinds.begin(), kinds.end(), [&skill](const auto& kind) {
      return kind.name == skill.exercise;
    });
    if (!known) {
      std::string names;
      for (const auto& kind : kinds) names += (names.empty() ? "" : ", ") + std::string(kind.name);
      add(field + ", exercise", "\"" + skill.exercise + "\" is not known; known are " + names);
      return;
    }
    if (skill.levels.empty()) add(field + ", level", "a skill needs at least one [[skill.level]]");
    if (skill.levels.size() > static_cast<std::size_t>(maths::kHardest)) {
      add(field + ", level", "more levels than exercises have");
      return;
    }
    for (std::size_t i = 0; i < skill.levels.size(); ++i) {
      const auto& level = skill.levels[i];
      const auto level_field = field + ", level " + std::to_string(i + 1);
      if (level.difficulty < 0 || level.difficulty > 1000) {
        add(level_field + ", difficulty",
            "must be from 0 (nobody misses it) to 1 (everybody does)");
      }
      if (level.hardness < 1 || level.hardness > maths::kHardest) {
        add(level_field + ", hardness", "must be 1, 2 or 3");
        continue;
      }
      if (i > 0 && (level.hardness <= skill.levels[i - 1].hardness ||
                    level.difficulty < skill.levels[i - 1].difficulty)) {
        add(level_field, "is not harder than the level before: easiest first");
      }
    }
  }

  // Checks three hints and gives what can be tried on sums.
  std::vector<Tried> triedHints(const std::string& field, const Hints& hints) {
    std::vector<Tried> tried;
    for (std::size_t i = 0; i < hints.size(); ++i) {
      const auto hint_field = field + ", hints, " + kHintNames[i];
      const auto hint = checkTemplate(hint_field, hints[i]);
      if (!hint) continue;
      if (i == 0 && hint->namesAnswer()) add(hint_field, "must not give {answer} away");
      if (i == 2 && !hint->namesAnswer()) add(hint_field, "must tell the {answer}");
      tried.push_back({hint_field, *hint});
    }
    return tried;
  }

  // The same of a worked example's steps.
  std::vector<Tried> triedSteps(const std::string& field, const Example& example) {
    std::vector<Tried> tried;
    if (example.steps.size() > kMostSteps) add(field + ", example, steps", "more than 5 steps");
    for (std::size_t i = 0; i < example.steps.size(); ++i) {
      const auto step = field + ", example, steps, number " + std::to_string(i + 1);
      const auto line = checkTemplate(step, example.steps[i].line);
      const auto words = checkTemplate(step, example.steps[i].words);
      if (line) tried.push_back({step, *line, kMaxLine});
      if (words) tried.push_back({step, *words});
    }
    return tried;
  }

  std::optional<Template> checkTemplate(const std::string& field, const std::string& text) {
    if (!checkText(field, text, 2 * kMaxWords)) return std::nullopt;
    auto parsed = Template::parse(text, Template::Given::kForbidden);
    if (!parsed) {
      add(field, parsed.error().message);
      return std::nullopt;
    }
    return std::move(*parsed);
  }

  void checkLevel(const std::string& field, const Skill& skill, std::size_t index,
                  const std::vector<Tried>& templates) {
    const auto& level = skill.levels[index];
    if (level.difficulty < 0 || level.difficulty > 1000) {
      add(field + ", difficulty", "must be from 0 (nobody misses it) to 1 (everybody does)");
    }
    if (index > 0 && level.difficulty < skill.levels[index - 1].difficulty) {
      add(field + ", difficulty", "is less than that of the level before: easiest first");
    }
    const bool turns =
        skill.operation == Operation::kAdd || skill.operation == Operation::kMultiply;
    if (level.either_order && !turns) {
      add(field + ", either_order", "only adding and multiplying can be turned round");
      return;
    }
    const bool ones = skill.operation == Operation::kAdd || skill.operation == Operation::kSubtract;
    if (level.crosses_ten != Crossing::kEither && !ones) {
      add(field + ", crosses_ten", "is only for adding and subtracting");
      return;
    }
    const auto sums = sumsOf(skill.operation, level);
    if (!sums) {
      add(field, sums.error().message);
      return;
    }
    if (sums->size() < kFewestSums) {
      add(field, "only " + std::to_string(sums->size()) + " sums fit the limits; at least " +
                     std::to_string(kFewestSums) + " are needed");
    }
    tryTemplates(field, skill.operation, *sums, templates);
  }

  void tryTemplates(const std::string& level_field, Operation operation,
                    const std::vector<Sum>& sums, const std::vector<Tried>& templates) {
    const auto step = std::max<std::size_t>(1, sums.size() / kSamples);
    for (const auto& [field, text, most] : templates) {
      for (std::size_t i = 0; i < sums.size(); i += step) {
        const auto& sum = sums[i];
        const auto where = " (" + level_field + ": " + std::to_string(sum.a) + " " +
                           std::string(operationSign(operation)) + " " + std::to_string(sum.b) +
                           ")";
        const auto rendered = text.render({sum, operation, {}});
        if (!rendered) {
          add(field, rendered.error().message + where);
          break;
        }
        if (characters(*rendered) > most) {
          add(field, "grows to more than " + std::to_string(most) + " characters" + where);
          break;
        }
      }
    }
  }

  // Needs must name skills of this lesson and not go round in a circle.
  void checkNeeds() {
    std::map<std::string, int> open;  // 1: being walked, 2: done
    for (std::size_t i = 0; i < lesson_.skills.size(); ++i) {
      for (const auto& need : lesson_.skills[i].needs) {
        const auto slash = need.find('/');
        if (slash != std::string::npos) {  // of another lesson, which need not be here
          if (!isId(need.substr(0, slash)) || !isId(need.substr(slash + 1))) {
            add(skillField(i) + ", needs", "'" + need + "' is not of the form lesson/skill");
          }
          continue;
        }
        if (ids_.count(need) == 0) {
          add(skillField(i) + ", needs", "there is no skill '" + need + "' in this lesson");
        }
      }
    }
    for (const auto& [id, index] : ids_) {
      if (goesRound(index, open)) {
        add(skillField(index) + ", needs", "goes round in a circle");
        return;
      }
    }
  }

  bool goesRound(std::size_t index, std::map<std::string, int>& open) {
    const auto& skill = lesson_.skills[index];
    auto& state = open[skill.id];
    if (state != 0) return state == 1;
    state = 1;
    for (const auto& need : skill.needs) {
      const auto found = ids_.find(need);
      if (found != ids_.end() && goesRound(found->second, open)) return true;
    }
    open[skill.id] = 2;
    return false;
  }

  const Lesson& lesson_;
  std::map<std::string, std::size_t> ids_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> checkLesson(const Lesson& lesson) { return Checker(lesson).run(); }

}  // namespace primer::content
