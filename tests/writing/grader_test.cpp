// The grader as it ships: what it must never reward, what it must always take, and anything at all.

#include "primer/writing/grader.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "answer_sets.h"
#include "time_bound.h"
#include "tricks.h"

namespace primer::writing {
namespace {

struct Asked {
  std::string question;
  std::vector<std::string> references;
  std::string right;
  std::string wrong;
};

// Questions of our own that no model learned from.
const std::vector<Asked>& questions() {
  static const std::vector<Asked> all = {
      {"Why do we see lightning before we hear the thunder?",
       {"Light travels much faster than sound."},
       "Because light moves faster than the sound does.",
       "Because the clouds are far up and it rains."},
      {"What do plants need to make their own food?",
       {"Plants need sunlight, water and carbon dioxide from the air."},
       "They need light from the sun, water and carbon dioxide.",
       "They eat bugs with their roots."},
      {"Why does ice float on water?",
       {"Ice is less dense than liquid water, so it is lighter for its size."},
       "Because ice is less dense than the water.",
       "The cold makes it swim around in the cup."},
      {"What happens to the pitch when a guitar string is made shorter?",
       {"The pitch becomes higher because the shorter string vibrates faster."},
       "A shorter string vibrates faster so the pitch gets higher.",
       "It breaks and you have to buy one."},
      {"How can you separate iron filings from sand?",
       {"Use a magnet, because it attracts the iron and does not attract the sand."},
       "With a magnet. It attracts the iron but not the sand.",
       "Shake the jar for a long time."},
      {"Why is it colder at the top of a mountain?",
       {"The air is thinner at the top and holds less heat."},
       "The thin air up there holds less heat.",
       "Nobody lives there to light a fire."}};
  return all;
}

class ShippedGrader : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto opened = Grader::openShipped();
    ASSERT_TRUE(opened) << opened.error().message;
    grader_ = new Grader(std::move(*opened));
  }
  static void TearDownTestSuite() { delete grader_; }

  static GradedShortAnswer grade(const Asked& asked, const std::string& answer) {
    return grader_->grade({asked.question, asked.references, answer});
  }

  // Share of tries of a trick that are called right.
  static double rewarded(const std::function<std::string(const Asked&, toolkit::Random&)>& trick) {
    toolkit::Random random(11);
    int right = 0;
    int tries = 0;
    for (const auto& asked : questions()) {
      for (int i = 0; i < 5; ++i) {
        const auto answer = trick(asked, random);
        ++tries;
        right += grade(asked, answer).verdict == Verdict::kRight ? 1 : 0;
      }
    }
    return static_cast<double>(right) / tries;
  }

  static inline const Grader* grader_ = nullptr;
};

TEST_F(ShippedGrader, TellsRightFromWrong) {
  for (const auto& asked : questions()) {
    const auto right = grade(asked, asked.right);
    const auto wrong = grade(asked, asked.wrong);
    EXPECT_EQ(right.verdict, Verdict::kRight) << asked.right << " " << right.score;
    EXPECT_NE(wrong.verdict, Verdict::kRight) << asked.wrong << " " << wrong.score;
    EXPECT_GT(right.score, wrong.score + 0.2f);
    EXPECT_FALSE(wrong.missing.empty());
  }
}

TEST_F(ShippedGrader, TricksAreNotRewarded) {
  EXPECT_EQ(rewarded([](const Asked&, toolkit::Random&) { return std::string(" "); }), 0);
  EXPECT_EQ(rewarded([](const Asked& a, toolkit::Random&) { return a.question; }), 0);
  EXPECT_LE(rewarded([](const Asked& a, toolkit::Random& random) {
              return workshop::shuffled(a.references[0], random);
            }),
            0.1);
  EXPECT_LE(rewarded([](const Asked& a, toolkit::Random& random) {
              return workshop::repeatedWord(grader_->vocabulary(), a.references[0], random);
            }),
            0.1);
  EXPECT_LE(rewarded([](const Asked& a, toolkit::Random& random) {
              return workshop::withNot(a.references[0], random);
            }),
            0.1);
}

TEST_F(ShippedGrader, ReferencesAreRightHoweverTheyAreSpelt) {
  EXPECT_EQ(rewarded([](const Asked& a, toolkit::Random&) { return a.references[0]; }), 1);
  EXPECT_EQ(rewarded([](const Asked& a, toolkit::Random&) {
              std::string shouted;
              for (const char c : a.references[0]) shouted += static_cast<char>(std::toupper(c));
              return "  " + shouted + "!! ";
            }),
            1);
  EXPECT_GE(rewarded([](const Asked& a, toolkit::Random& random) {
              return workshop::misspelt(a.references[0], 2, random);
            }),
            0.96);
}

TEST_F(ShippedGrader, AVerdictFitsItsScoreAndIsNeverBare) {
  std::vector<std::string> answers = {"", "?", "yes", "I don't know", "12", "the the the the the"};
  for (const auto& asked : questions()) {
    answers.push_back(asked.right);
    answers.push_back(asked.wrong);
    answers.push_back(asked.references[0]);
  }
  for (const auto& asked : questions()) {
    for (const auto& answer : answers) {
      const auto result = grade(asked, answer);
      EXPECT_GE(result.score, 0);
      EXPECT_LE(result.score, 1);
      EXPECT_GE(result.feedback.size(), 10u) << answer;
      if (result.verdict != Verdict::kAskTeacher) {
        EXPECT_EQ(result.verdict == Verdict::kRight, result.score >= Grader::kRightFrom) << answer;
      }
    }
  }
}

// What is missing is pointed at; the reference answer is not given away.
TEST_F(ShippedGrader, FeedbackDoesNotSayTheAnswer) {
  for (const auto& asked : questions()) {
    const auto result = grade(asked, asked.wrong);
    std::size_t said = 0;
    for (const auto& word : result.missing) {
      said += result.feedback.find("\"" + word + "\"") != std::string::npos ? 1 : 0;
    }
    EXPECT_LE(said, 1u) << result.feedback;
    EXPECT_EQ(result.feedback.find(asked.references[0]), std::string::npos);
  }
}

// Names of people, letters in pictures and words that say nothing are not what is missing.
TEST_F(ShippedGrader, PointsAtWhatCanBeThoughtAbout) {
  const std::vector<std::string> references = {
      "Susan should use the bag with the most gas, because pan A gets warm."};
  for (const char* answer : {"I do not know it", "the balloon", "the cup was full of it"}) {
    const auto grade =
        grader_->grade({"Susan has two bags. What does Susan get?", references, answer});
    for (const char* silly : {"susan", "label", "use", "get"}) {
      EXPECT_EQ(grade.feedback.find('"' + std::string(silly)), std::string::npos) << grade.feedback;
    }
  }
}

// A word of the pupil's is named once, and not praised where it only resembles what belongs there.
TEST_F(ShippedGrader, PraisesWhatWasSaid) {
  const std::vector<std::string> iron = {
      "The paper clip is made of iron or steel, which is attracted to magnets."};
  const auto right = grader_->grade({"Why does a magnet pick up a paper clip?", iron,
                                     "because the clip is made of steel and magnets pull steel"});
  EXPECT_EQ(right.verdict, Verdict::kRight);
  const auto first = right.feedback.find("\"steel\"");
  ASSERT_NE(first, std::string::npos) << right.feedback;
  EXPECT_EQ(right.feedback.find("\"steel\"", first + 1), std::string::npos) << right.feedback;

  const std::vector<std::string> food = {"Plants make food from sunlight."};
  const auto wrong = grader_->grade({"How do plants get energy?", food, "they eat soil"});
  EXPECT_EQ(wrong.verdict, Verdict::kNotYet);
  EXPECT_EQ(wrong.feedback.find("belongs"), std::string::npos) << wrong.feedback;
}

// The reference's words, each said of the other thing, are not called right.
TEST_F(ShippedGrader, WhatIsTurnedRoundGoesToTheTeacher) {
  struct Turned {
    const char* question;
    const char* reference;
    std::vector<std::string> turned;
    std::vector<std::string> straight;
  };
  const Turned all[] = {
      {"Why does ice float?",
       "Ice is less dense than water.",
       {"water is less dense than ice", "Because water is less dense than the ice."},
       {"it is less dense than water", "ice is less dense than the water is"}},
      {"Why is it better to wear light colours in summer?",
       "Light colours reflect sunlight and heat, while dark colours absorb them.",
       {"light colours absorb more heat", "dark colours reflect the sunlight and heat"},
       {"light colours reflect the heat"}},
      {"How is a bat different from a bird?",
       "A bat is a mammal and has fur; a bird has feathers and lays eggs.",
       {"a bat has feathers and lays eggs", "a bird is a mammal and has fur"},
       {"the bat is a mammal and the bird lays eggs"}},
  };
  for (const auto& one : all) {
    const std::vector<std::string> references = {one.reference};
    for (const auto& answer : one.turned) {
      EXPECT_NE(grader_->grade({one.question, references, answer}).verdict, Verdict::kRight)
          << answer;
    }
    for (const auto& answer : one.straight) {
      EXPECT_EQ(grader_->grade({one.question, references, answer}).verdict, Verdict::kRight)
          << answer;
    }
  }
}

// What is said in another order than the reference's is no blame, even where it looks odd.
TEST_F(ShippedGrader, AnotherOrderIsNotCalledNoSentence) {
  const std::vector<std::string> references = {
      "Light colours reflect sunlight and heat, while dark colours absorb them."};
  const auto grade =
      grader_->grade({"Why is it better to wear light colours in summer?", references,
                      "dark colours absorb the heat and light colours reflect it"});
  EXPECT_NE(grade.verdict, Verdict::kNotYet) << grade.feedback;
}

// A word chosen from the question is an answer; the question over again is none.
TEST_F(ShippedGrader, AChoiceFromTheQuestionIsNoCopy) {
  const std::vector<std::string> references = {"The steel ball, because it is heavier."};
  const std::string question = "Which falls harder, the steel ball or the paper ball?";
  EXPECT_NE(grader_->grade({question, references, "The steel ball."}).remark, Remark::kCopied);
  EXPECT_EQ(grader_->grade({question, references, question}).remark, Remark::kCopied);
}

TEST_F(ShippedGrader, WhatItCannotJudgeGoesToTheTeacher) {
  const auto& asked = questions()[0];
  EXPECT_EQ(
      grade(asked, "\u0441\u0432\u0435\u0442 \u0431\u044b\u0441\u0442\u0440\u0435\u0435").verdict,
      Verdict::kAskTeacher);
  EXPECT_EQ(grade(asked, "\u5149\u6bd4\u58f0\u97f3\u5feb").verdict, Verdict::kAskTeacher);
  const Asked without = {"Why?", {}, "", ""};
  EXPECT_EQ(grade(without, "because").verdict, Verdict::kAskTeacher);
  const Asked blank = {"Why?", {"", " ... "}, "", ""};
  EXPECT_EQ(grade(blank, "because").verdict, Verdict::kAskTeacher);
  // In the reference's own script it can be compared.
  const Asked greek = {
      "\u0393\u03b9\u03b1\u03c4\u03af;", {"\u03c4\u03bf \u03c6\u03c9\u03c2"}, "", ""};
  EXPECT_EQ(grade(greek, "\u03c4\u03bf \u03c6\u03c9\u03c2").verdict, Verdict::kRight);
}

TEST_F(ShippedGrader, TakesAnyBytesInBoundedTime) {
  const auto& asked = questions()[1];
  std::vector<std::string> answers(5);
  for (int i = 0; i < 10'000; ++i) {
    answers[0] += 'a';
    answers[1] += i % 2 == 0 ? 'b' : ' ';
    answers[2] += static_cast<char>(i * 37 % 256);
    answers[3] += static_cast<char>(i % 32);
  }
  for (int i = 0; answers[4].size() < 10'000; ++i) answers[4] += "word" + std::to_string(i) + " ";
  for (const auto& answer : answers) {
    GradedShortAnswer result;
    EXPECT_LT(test::threadMilliseconds([&] { result = grade(asked, answer); }),
              60 * test::kSlowBuild);
    EXPECT_FALSE(result.feedback.empty());
    EXPECT_NE(result.verdict, Verdict::kRight);
  }
}

TEST_F(ShippedGrader, IsTheSameEveryTime) {
  const auto& asked = questions()[2];
  const auto first = grade(asked, asked.right);
  grade(asked, asked.wrong);
  const auto second = grade(asked, asked.right);
  EXPECT_EQ(first.score, second.score);
  EXPECT_EQ(first.feedback, second.feedback);
}

TEST(Grader, RefusesAnotherModel) {
  auto vocabulary = Vocabulary::openShipped();
  ASSERT_TRUE(vocabulary);
  EXPECT_FALSE(Grader::open("/nowhere.tflite", std::move(*vocabulary)));
}

// Overlap with a reference is not what makes an answer right.
TEST_F(ShippedGrader, OtherWordsInTheReferencesPlacesAreNotRewarded) {
  const auto answer = [&](const char* question, const char* reference, const char* text) {
    const std::vector<std::string> references = {reference};
    return grader_->grade({question, references, text});
  };
  const auto ice = answer("What happens to water at 100 degrees?", "It boils and turns into steam.",
                          "It freezes and turns into ice.");
  EXPECT_NE(ice.verdict, Verdict::kRight);
  EXPECT_EQ(ice.feedback.find("turns"), std::string::npos) << ice.feedback;
  EXPECT_NE(answer("Why does ice float?", "Ice is less dense than water.",
                   "Ice is more dense than water.")
                .verdict,
            Verdict::kRight);
  EXPECT_EQ(answer("Why does ice float?", "Ice is less dense than water.",
                   "because it is not as dense as water")
                .verdict,
            Verdict::kRight);
}

TEST_F(ShippedGrader, IsFairOnSchoolQuestionsThatItNeverMet) {
  std::ifstream file(SCHOOL_TRIAL);
  const auto trial =
      workshop::schoolAnswersOf(std::string(std::istreambuf_iterator<char>(file), {}));
  ASSERT_TRUE(trial) << trial.error().message;
  int right = 0, taken = 0, blamed = 0, wrong = 0, rewarded = 0;
  for (const auto& answer : *trial) {
    const auto verdict =
        grader_->grade({answer.question->text, answer.question->references, answer.text}).verdict;
    if (answer.grade == workshop::Grade::kRight) {
      ++right;
      taken += verdict == Verdict::kRight ? 1 : 0;
      blamed += verdict == Verdict::kNotYet ? 1 : 0;
    } else {
      ++wrong;
      rewarded += verdict == Verdict::kRight ? 1 : 0;
    }
  }
  RecordProperty("right_called_right", taken);
  RecordProperty("right_called_not_yet", blamed);
  RecordProperty("wrong_called_right", rewarded);
  ASSERT_EQ(right, 80);
  ASSERT_EQ(wrong, 80);
  EXPECT_GE(taken, 68);  // as shipped: see the README
  EXPECT_LE(blamed, 8);
  EXPECT_LE(rewarded, 18);
}

}  // namespace
}  // namespace primer::writing
