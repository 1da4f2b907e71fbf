#include "check_spoken.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "primer/content/pictures.h"
#include "text_rules.h"

namespace primer::content {

namespace {

constexpr std::size_t kMaxLevels = 20;
constexpr std::size_t kFewestSayings = 6;  // most of a set without a repeat
constexpr std::size_t kMostSayings = 200;
constexpr std::size_t kLongestSaying = 120;  // characters: one sentence
constexpr std::size_t kMostStories = 40;
constexpr std::size_t kMostParagraphs = 20;
constexpr std::size_t kLongestParagraph = 1200;
constexpr std::size_t kMostQuestions = 6;
constexpr std::size_t kLongestQuestion = 120;
constexpr std::size_t kLongestAnswer = 60;
constexpr std::size_t kMostWrong = 3;
constexpr std::size_t kFewestWords = 20, kMostWords = 600;  // of a story

constexpr std::array<std::string_view, 39> kSounds = {
    "AA", "AE", "AH", "AO", "AW", "AY", "B",  "CH", "D", "DH", "EH", "ER", "EY",
    "F",  "G",  "HH", "IH", "IY", "JH", "K",  "L",  "M", "N",  "NG", "OW", "OY",
    "P",  "R",  "S",  "SH", "T",  "TH", "UH", "UW", "V", "W",  "Y",  "Z",  "ZH"};

// A letter or digit of any script: else nobody can say it.
bool canBeSaid(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0;
  });
}

std::size_t wordsIn(const std::vector<std::string>& paragraphs) {
  std::size_t words = 0;
  for (const auto& paragraph : paragraphs) {
    bool inside = false;
    for (const char c : paragraph) {
      if (c != ' ' && !inside) ++words;
      inside = c != ' ';
    }
  }
  return words;
}

class SpokenChecker {
 public:
  SpokenChecker(const std::string& field, const Skill& skill) : field_(field), skill_(skill) {}

  std::vector<Fault> run() {
    text(field_ + ", request", skill_.request, kMaxTitle);
    text(field_ + ", explain", skill_.explain, kMaxWords);
    if (skill_.kind == Kind::kSaying) checkSound();
    if (skill_.levels.empty()) {
      add(field_ + ", level", "a skill needs at least one [[skill.level]]");
    }
    if (skill_.levels.size() > kMaxLevels) {
      add(field_ + ", level", "more than 20 levels");
      return std::move(faults_);
    }
    for (std::size_t i = 0; i < skill_.levels.size(); ++i) {
      const auto at = field_ + ", level " + std::to_string(i + 1);
      checkDifficulty(at, i);
      skill_.kind == Kind::kSaying ? checkSayings(at, skill_.levels[i])
                                   : checkStories(at, skill_.levels[i]);
    }
    return std::move(faults_);
  }

 private:
  void add(const std::string& field, const std::string& what) { faults_.push_back({field, what}); }

  bool text(const std::string& field, const std::string& text, std::size_t most) {
    auto fault = faultOfText(text, most);
    if (fault.empty()) return true;
    add(field, fault);
    return false;
  }

  void checkSound() {
    if (std::find(kSounds.begin(), kSounds.end(), skill_.sound) != kSounds.end()) return;
    std::string names;
    for (const auto name : kSounds) names += (names.empty() ? "" : ", ") + std::string(name);
    add(field_ + ", sound", "\"" + skill_.sound + "\" is no sound; known are " + names);
  }

  void checkDifficulty(const std::string& at, std::size_t index) {
    const int difficulty = skill_.levels[index].difficulty;
    if (difficulty < 0 || difficulty > 1000) {
      add(at + ", difficulty", "must be from 0 (nobody misses it) to 1 (everybody does)");
    } else if (index > 0 && difficulty < skill_.levels[index - 1].difficulty) {
      add(at + ", difficulty", "is less than that of the level before: easiest first");
    }
  }

  void checkName(const std::string& at, const std::string& name) {
    if (name.empty() || !names_.insert(name).second) {
      add(at, "stands twice in this skill: \"" + name + "\"");
    }
  }

  void checkSayings(const std::string& at, const Level& level) {
    const auto count = level.sayings.size();
    if (count < kFewestSayings || count > kMostSayings) {
      add(at, std::to_string(count) + " things to say; 6 to 200 are needed");
    }
    for (std::size_t i = 0; i < std::min(count, kMostSayings); ++i) {
      const auto& saying = level.sayings[i];
      const auto field = at + (saying.other.empty() ? ", say, number " : ", pairs, number ") +
                         std::to_string(i + 1);
      if (!text(field, saying.text, kLongestSaying)) continue;
      if (!canBeSaid(saying.text)) add(field, "has no letter: nobody can say it");
      if (!saying.other.empty()) {
        if (!text(field, saying.other, kLongestSaying)) continue;
        if (slugOf(saying.text) == slugOf(saying.other)) {
          add(field, "both words of the pair are the same");
        }
      }
      checkName(field, slugOf(saying));
    }
  }

  void checkStories(const std::string& at, const Level& level) {
    if (level.stories.empty() || level.stories.size() > kMostStories) {
      add(at + ", story", "a level needs 1 to 40 [[skill.level.story]]");
    }
    for (std::size_t i = 0; i < std::min(level.stories.size(), kMostStories); ++i) {
      checkStory(at + ", story " + std::to_string(i + 1), level.stories[i]);
    }
  }

  void checkStory(const std::string& at, const Story& story) {
    if (!isId(story.id)) {
      add(at + ", id", "must be made of small letters, digits and dashes");
    } else {
      checkName(at + ", id", story.id);
    }
    text(at + ", title", story.title, kMaxTitle);
    if (!story.picture.empty() && !isPicture(story.picture)) {
      add(at + ", picture", "there is no picture of that name; there are " + pictureList());
    }
    if (story.paragraphs.empty() || story.paragraphs.size() > kMostParagraphs) {
      add(at + ", text", "must have 1 to 20 paragraphs");
    }
    for (std::size_t i = 0; i < std::min(story.paragraphs.size(), kMostParagraphs); ++i) {
      text(at + ", text, number " + std::to_string(i + 1), story.paragraphs[i], kLongestParagraph);
    }
    const auto words = wordsIn(story.paragraphs);
    if (words < kFewestWords || words > kMostWords) {
      add(at + ", text", std::to_string(words) + " words; 20 to 600 can be read aloud");
    }
    if (story.questions.size() > kMostQuestions) add(at, "more than 6 questions");
    for (std::size_t i = 0; i < std::min(story.questions.size(), kMostQuestions); ++i) {
      checkQuestion(at + ", question " + std::to_string(i + 1), story.questions[i]);
    }
  }

  void checkQuestion(const std::string& at, const StoryQuestion& question) {
    text(at + ", ask", question.ask, kLongestQuestion);
    text(at + ", right", question.right, kLongestAnswer);
    if (question.wrong.empty() || question.wrong.size() > kMostWrong) {
      add(at + ", wrong", "must be one to three answers");
    }
    std::set<std::string> answers = {question.right};
    for (const auto& wrong : question.wrong) {
      text(at + ", wrong", wrong, kLongestAnswer);
      if (!answers.insert(wrong).second) {
        add(at + ", wrong", "\"" + wrong + "\" stands twice");
      }
    }
  }

  const std::string& field_;
  const Skill& skill_;
  std::vector<Fault> faults_;
  std::set<std::string> names_;
};

}  // namespace

std::vector<Fault> checkSpoken(const std::string& field, const Skill& skill) {
  return SpokenChecker(field, skill).run();
}

}  // namespace primer::content
