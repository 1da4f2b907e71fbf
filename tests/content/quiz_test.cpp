// Questions of a quiz: what is right in an answer, what is said about it, and the shipped lesson.

#include "primer/content/quiz.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "primer/content/generator.h"
#include "primer/content/lesson_source.h"
#include "primer/content/pack.h"
#include "small_lesson.h"

namespace primer::content {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Question asked(Answering answering) {
  Question question;
  question.answering = answering;
  return question;
}

TEST(Quiz, OneChoiceIsRightAndTheOthersHaveTheirWord) {
  auto question = asked(Answering::kChooseOne);
  question.options = {{"3", true, "", ""}, {"4", false, "", "That is a square."}};
  EXPECT_TRUE(judge(question, {{0}, 0, ""}).right);
  const auto wrong = judge(question, {{1}, 0, ""});
  EXPECT_FALSE(wrong.right);
  EXPECT_EQ(wrong.says, "That is a square.");
  EXPECT_THAT(wrong.fits, ElementsAre(false));
  EXPECT_FALSE(judge(question, {{}, 0, ""}).right);
  EXPECT_FALSE(judge(question, {{7}, 0, ""}).right) << "no such option";
}

TEST(Quiz, AllThatFitMustBeChosen) {
  auto question = asked(Answering::kChooseMany);
  question.options = {{"2", true, "", ""}, {"3", false, "", "odd"}, {"4", true, "", ""}};
  EXPECT_TRUE(judge(question, {{2, 0}, 0, ""}).right);
  const auto some = judge(question, {{0}, 0, ""});
  EXPECT_FALSE(some.right);
  EXPECT_EQ(some.says, "These are right. There are more.");
  const auto one_wrong = judge(question, {{0, 1}, 0, ""});
  EXPECT_THAT(one_wrong.fits, ElementsAre(true, false));
  EXPECT_EQ(one_wrong.says, "odd");
}

TEST(Quiz, TheFlagStandsOnSteps) {
  auto question = asked(Answering::kLine);
  question.line = {0, 2, 6, 5};
  EXPECT_TRUE(judge(question, {{}, 5, ""}).right);
  EXPECT_EQ(judge(question, {{}, 6, ""}).says, "Very near: one step back.");
  EXPECT_EQ(judge(question, {{}, 1, ""}).says, "That is not far enough.");
  EXPECT_EQ(inWords(question, rightAnswer(question)), "5/6");
  EXPECT_EQ(inWords(question, {{}, 4, ""}), "2/3");
  EXPECT_EQ(inWords(question, {{}, 12, ""}), "2");
}

TEST(Quiz, EqualWordsMayChangePlaces) {
  auto question = asked(Answering::kGaps);
  question.text = "___ and ___ make 4.";
  question.options = {{"2", false, "", ""}, {"2", false, "", ""}, {"5", false, "", ""}};
  EXPECT_EQ(question.gaps(), 2U);
  EXPECT_TRUE(judge(question, {{1, 0}, 0, ""}).right);
  const auto wrong = judge(question, {{0, 2}, 0, ""});
  EXPECT_THAT(wrong.fits, ElementsAre(true, false));
  EXPECT_EQ(wrong.says, "1 of 2 is in the right place.");
}

TEST(Quiz, PairsAndOrdersAreJudgedPlaceByPlace) {
  auto match = asked(Answering::kMatch);
  match.options = {{"one", false, "1", ""}, {"two", false, "2", ""}, {"three", false, "3", ""}};
  EXPECT_TRUE(judge(match, {{0, 1, 2}, 0, ""}).right);
  EXPECT_THAT(judge(match, {{0, 2, 1}, 0, ""}).fits, ElementsAre(true, false, false));
  EXPECT_EQ(inWords(match, rightAnswer(match)), "one: 1, two: 2, three: 3");
  auto order = asked(Answering::kOrder);
  order.options = match.options;
  EXPECT_TRUE(judge(order, {{0, 1, 2}, 0, ""}).right);
  EXPECT_FALSE(judge(order, {{0, 1}, 0, ""}).right) << "one is missing";
}

TEST(Quiz, ANumberIsRightInAnyUnitOfItsKind) {
  auto question = asked(Answering::kNumber);
  question.number = "1.5";
  question.unit = "m";
  for (const char* right : {"1.5", "1,5 m", "150 cm", "3/2", " 1.50m "}) {
    EXPECT_TRUE(judge(question, {{}, 0, right}).right) << right;
  }
  for (const char* wrong : {"15", "1.5 kg", "150", "-1.5", "", "m", "1/0", "one"}) {
    const auto verdict = judge(question, {{}, 0, wrong});
    EXPECT_FALSE(verdict.right) << wrong;
    EXPECT_FALSE(verdict.says.empty()) << wrong;
  }
  EXPECT_EQ(judge(question, {{}, 0, "1.5 kg"}).says, "The answer is asked in m.");
  question.tolerance = "0.1";
  EXPECT_TRUE(judge(question, {{}, 0, "1.6"}).right);
  EXPECT_FALSE(judge(question, {{}, 0, "1.61"}).right);
}

TEST(Quiz, ASpellingIsToldByItsLetters) {
  auto question = asked(Answering::kSpell);
  question.references = {"ship"};
  EXPECT_TRUE(judge(question, {{}, 0, "ship"}).right);
  EXPECT_TRUE(judge(question, {{}, 0, " Ship "}).right);
  const auto toldOf = [&question](const char* text) {
    const auto verdict = judge(question, {{}, 0, text});
    EXPECT_FALSE(verdict.right) << text;
    return verdict.says;
  };
  EXPECT_EQ(toldOf("shp"), "One letter is missing.");
  EXPECT_EQ(toldOf("sp"), "Some letters are missing.");
  EXPECT_EQ(toldOf("shipp"), "There is one letter too many.");
  EXPECT_EQ(toldOf("shipped"), "There are some letters too many.");
  EXPECT_EQ(toldOf("chip"), "One letter is another one.");
  EXPECT_EQ(toldOf("hsip"), "All its letters are there, in another order.");
  EXPECT_EQ(toldOf("boat"), "") << "the lesson's own kind words";
  EXPECT_EQ(toldOf(""), "");
  EXPECT_THAT(judge(question, {{}, 0, "chip"}).fits, ElementsAre(false, true, true, true));
  EXPECT_THAT(judge(question, {{}, 0, "shop"}).fits, ElementsAre(true, true, false, true));
  EXPECT_LE(judge(question, {{}, 0, std::string(100'000, 's')}).fits.size(), 64U);
  EXPECT_EQ(rightAnswer(question).text, "ship");
}

TEST(Quiz, AnAnswerThatIsSaidIsJudgedAsAChoice) {
  auto question = asked(Answering::kSay);
  question.options = {{"twelve", true, "", ""}, {"eleven", false, "", "One more."}};
  EXPECT_TRUE(judge(question, {{0}, 0, ""}).right);
  EXPECT_EQ(judge(question, {{1}, 0, ""}).says, "One more.");
  EXPECT_FALSE(judge(question, {{}, 0, ""}).right);
}

class NumberSense : public testing::Test {
 protected:
  void SetUp() override {
    auto pack = openPack(std::filesystem::path(PRIMER_TEST_SHARE) / "lessons/number-sense.pack",
                         realFileSystem());
    ASSERT_TRUE(pack) << pack.error().message;
    lesson_ = *std::move(pack);
  }
  Lesson lesson_;
};

TEST_F(NumberSense, EveryQuestionIsFoundAgainAndItsOwnAnswerIsRight) {
  EXPECT_GE(lesson_.skills.size(), 8U);
  std::set<Answering> met;
  for (std::size_t s = 0; s < lesson_.skills.size(); ++s) {
    EXPECT_FALSE(lesson_.skills[s].example.steps.empty());
    for (std::size_t level = 0; level < lesson_.skills[s].levels.size(); ++level) {
      const auto& questions = lesson_.skills[s].levels[level].questions;
      for (std::size_t q = 0; q < questions.size(); ++q) {
        const auto item = makeQuizItem(lesson_, s, level, q);
        const auto again = itemFromId(lesson_, item.id);
        ASSERT_TRUE(again) << item.id;
        EXPECT_EQ(again->question, item.question);
        EXPECT_FALSE(item.answer.empty()) << item.id;
        met.insert(questions[q].answering);
        if (questions[q].answering == Answering::kText) continue;
        EXPECT_TRUE(judge(questions[q], rightAnswer(questions[q])).right) << item.id;
        // Every option that is wrong says why.
        if (questions[q].answering != Answering::kChooseOne) continue;
        for (const auto& option : questions[q].options) {
          EXPECT_NE(option.right, !option.says.empty()) << item.id << " " << option.text;
        }
      }
    }
  }
  EXPECT_EQ(met.size(), 9U)
      << "each way of answering is met; what is heard or said has lessons of its own";
}

TEST_F(NumberSense, ALevelIsDealtOnceThroughBeforeAQuestionComesAgain) {
  ItemDealer dealer(lesson_, 0, 0, 5);
  std::set<std::string> dealt;
  const auto count = lesson_.skills[0].levels[0].questions.size();
  for (std::size_t i = 0; i < count; ++i) dealt.insert(dealer.next().id);
  EXPECT_EQ(dealt.size(), count);
  EXPECT_TRUE(dealt.count(dealer.next().id));
}

TEST_F(NumberSense, ThePackKeepsEveryField) {
  const auto pack = compilePack(lesson_);
  ASSERT_TRUE(pack) << pack.error().message;
  EXPECT_EQ(*openPack(*pack), lesson_);
}

constexpr const char* kQuestion =
    " why = \"w\" , hints = { point = \"p\", teach = \"t\", tell = \"l\" } },\n";

// Four questions, the first as given.
std::string quizWith(const std::string& first) {
  std::string text = kQuizHead + "question = [\n{ id = \"a\", " + first + kQuestion;
  for (const char* id : {"b", "c", "d"}) {
    text += std::string("{ id = \"") + id +
            "\", ask = \"Q?\", answer = \"number\", number = \"1\"," + kQuestion;
  }
  text += "]\n";
  std::string all;
  for (const auto& fault : parseLesson("t", text).faults) all += fault.text("lesson.toml") + "\n";
  return all;
}

TEST(QuizSource, ASpellingNeedsNoMoreThanItsWordAndASentence) {
  const auto source =
      parseLesson("t", kQuizHead +
                           "question = [{ id = \"a\", ask = \"I see a ___.\", answer = \"spell\", "
                           "word = \"ship\" }]\n");
  const auto& question = source.lesson.skills.at(0).levels.at(0).questions.at(0);
  EXPECT_EQ(question.spoken, "ship. I see a ship. ship.");
  EXPECT_EQ(question.hints[1], "It begins with sh.");
  EXPECT_EQ(question.hints[2], "Write s-h-i-p.");
  EXPECT_EQ(question.why, "The word ship is written s-h-i-p.");
}

TEST(QuizSource, FaultsAreToldWithTheirQuestion) {
  EXPECT_EQ(
      quizWith(R"(ask = "Q?", answer = "choose", options = [{ text = "1", right = true }, "2"],)"),
      "");
  EXPECT_THAT(quizWith(R"(ask = "Q?", answer = "chose",)"), HasSubstr("\"chose\" is not known"));
  EXPECT_THAT(quizWith(R"(ask = "Q?", answer = "choose", options = ["1", "2"],)"),
              HasSubstr("question 'a', options: one option must be right"));
  EXPECT_THAT(
      quizWith(
          R"(ask = "Q?", answer = "choose-all", options = [{ text = "1", right = true }, { text = "2", right = true }],)"),
      HasSubstr("not all of them"));
  EXPECT_THAT(quizWith(R"(ask = "Q?", answer = "gaps", options = ["1", "2"],)"), HasSubstr("___"));
  EXPECT_EQ(quizWith(R"(ask = "I see a ___.", answer = "spell", word = "ship",)"), "");
  EXPECT_THAT(quizWith(R"(ask = "I see a ship.", answer = "spell", word = "ship",)"),
              HasSubstr("ask: must have one gap for the word"));
  EXPECT_THAT(quizWith(R"(ask = "I see a ___.", answer = "spell", word = "two words",)"),
              HasSubstr("word: must be one word"));
  EXPECT_THAT(quizWith(R"(ask = "I see a ___.", answer = "spell",)"), HasSubstr("word"));
  EXPECT_THAT(
      quizWith(
          R"(ask = "Q?", answer = "say", options = [{ text = "4", right = true }, { text = "five" }],)"),
      HasSubstr("of letters only"));
  EXPECT_THAT(quizWith(R"(ask = "Q?", answer = "match", options = ["1", "2"],)"),
              HasSubstr("is missing or empty"));
  EXPECT_THAT(quizWith(R"(ask = "Q?", answer = "line", from = 0, to = 4, at = 9,)"),
              HasSubstr("must lie on the line"));
  EXPECT_THAT(quizWith(R"(ask = "Q?", answer = "line", from = 0, to = 900, at = 9,)"),
              HasSubstr("at most 40 in all"));
  EXPECT_THAT(quizWith(R"(ask = "Q?", answer = "number", number = "x",)"),
              HasSubstr("must be digits"));
  EXPECT_THAT(quizWith(R"(ask = "Q?", answer = "text", references = [],)"),
              HasSubstr("references: is missing"));
}

}  // namespace
}  // namespace primer::content
