// The questions of a quiz in a lesson's source.

#include "placing_source.h"
#include "primer/content/quiz.h"
#include "table_reader.h"

namespace primer::content {

namespace {

Option readOption(const toml::node& node, const std::string& field, Notes& notes) {
  if (const auto* text = node.as_string()) return {text->get(), false, {}, {}};
  TableReader in(*node.as_table(), field, notes);
  Option option;
  option.text = in.text("text");
  option.right = in.yesOrNo("right").value_or(false);
  option.partner = in.mayText("partner");
  option.says = in.mayText("says");
  in.refuseTheRest();
  return option;
}

// What can be said about the spelling of any word, where its author says nothing else.
void fillSpelling(Question& question) {
  const auto& word = question.references.front();
  std::string letters;
  for (const char c : word) letters += (letters.empty() ? "" : "-") + std::string(1, c);
  std::string sentence = question.text;
  if (const auto gap = sentence.find("___"); gap != std::string::npos) {
    sentence.replace(gap, 3, word);
  }
  if (question.spoken.empty()) question.spoken = word + ". " + sentence + " " + word + ".";
  question.why = "The word " + word + " is written " + letters + ".";
  question.hints = {"Say it slowly, one sound after the other.",
                    "It begins with " + word.substr(0, (word.size() + 1) / 2) + ".",
                    "Write " + letters + "."};
}

Question readQuestion(const toml::table& table, const std::string& field, Notes& notes) {
  TableReader in(table, field, notes);
  Question question;
  question.id = in.text("id");
  question.text = in.text("ask");
  question.spoken = in.mayText("spoken");
  const auto answer = in.text("answer");
  if (const auto answering = answeringFromName(answer)) {
    question.answering = *answering;
  } else if (in.has("answer")) {
    in.refuse("answer", "\"" + answer +
                            "\" is not known; known are choose, choose-all, line, gaps, match, "
                            "order, number, text, spell, say and place");
  }
  switch (question.answering) {
    case Answering::kChooseOne:
    case Answering::kChooseMany:
    case Answering::kGaps:
    case Answering::kMatch:
    case Answering::kOrder:
    case Answering::kSay:
      for (const auto* option : in.elements("options")) {
        const auto place = std::to_string(question.options.size() + 1);
        question.options.push_back(
            readOption(*option, in.name("options") + ", number " + place, notes));
      }
      break;
    case Answering::kLine:
      question.line.low = in.wholeNumber("from");
      question.line.high = in.wholeNumber("to");
      question.line.parts = in.has("parts") ? in.smallNumber("parts") : 1;
      question.line.at = in.wholeNumber("at");
      break;
    case Answering::kNumber:
      question.number = in.text("number");
      question.tolerance = in.mayText("tolerance");
      question.unit = in.mayText("unit");
      break;
    case Answering::kText:
      question.references = in.texts("references", true);
      break;
    case Answering::kSpell:
      question.references = {in.text("word")};
      fillSpelling(question);
      break;
    case Answering::kPlace:
      readPlacing(in, notes, question);
      break;
  }
  const bool spelt = question.answering == Answering::kSpell;
  if (!spelt || in.has("why")) question.why = in.text("why");
  if (!spelt || in.has("hints")) question.hints = readHints(in, notes).value_or(Hints());
  in.refuseTheRest();
  return question;
}

std::string fieldOf(const toml::table& table, std::size_t number) {
  const auto id = table["id"].value<std::string>();
  return id && !id->empty() ? "question '" + *id + "'" : "question " + std::to_string(number);
}

// "what is written | what was done"
std::vector<Example::Step> readSteps(TableReader& in) {
  std::vector<Example::Step> steps;
  for (const auto& step : in.texts("steps", true)) {
    const auto bar = step.find(" | ");
    const bool has_words = bar != std::string::npos;
    steps.push_back({step.substr(0, bar), has_words ? step.substr(bar + 3) : ""});
  }
  return steps;
}

}  // namespace

std::vector<Question> readQuestions(TableReader& level, Notes& notes) {
  std::vector<Question> questions;
  for (const auto* table : level.tables("question")) {
    const auto field = level.name(fieldOf(*table, questions.size() + 1));
    questions.push_back(readQuestion(*table, field, notes));
  }
  return questions;
}

Example readExample(TableReader& skill, Notes& notes) {
  Example example;
  const auto* table = skill.table("example");
  if (table == nullptr) return example;
  TableReader in(*table, skill.name("example"), notes);
  example.problem = in.text("problem");
  example.steps = readSteps(in);
  in.refuseTheRest();
  return example;
}

Example readSumExample(TableReader& in, Notes& notes) {
  Example example;
  const auto* table = in.has("example") ? in.table("example") : (in.mayText("example"), nullptr);
  if (table == nullptr) return example;
  TableReader inside(*table, in.name("example"), notes);
  example.steps = readSteps(inside);
  inside.refuseTheRest();
  return example;
}

}  // namespace primer::content
