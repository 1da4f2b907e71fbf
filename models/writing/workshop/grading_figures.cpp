#include "grading_figures.h"

#include <algorithm>
#include <map>
#include <memory>

#include "answer_sets.h"
#include "primer/toolkit/chances.h"
#include "primer/writing/grader.h"
#include "share_counter.h"
#include "tricks.h"

namespace primer::writing::workshop {

namespace {

void measureAnswers(const Grader& grader, const std::vector<GradedAnswer>& answers,
                    toolkit::Metrics& metrics) {
  std::vector<toolkit::Judged> judged;
  Share correct, asked, told, blamed;
  for (const auto& answer : answers) {
    const auto grade =
        grader.grade({answer.question->text, answer.question->references, answer.text});
    const bool right = answer.grade == Grade::kRight;
    const bool says_right = grade.score >= Grader::kRightFrom;
    correct.add(says_right == right);
    asked.add(grade.verdict == Verdict::kAskTeacher);
    if (grade.verdict != Verdict::kAskTeacher) told.add(says_right == right);
    if (right) blamed.add(grade.verdict == Verdict::kNotYet);
    judged.push_back({grade.score, right});
  }
  metrics["accuracy"] = correct.value();
  metrics["asks_teacher"] = asked.value();
  metrics["accuracy_of_the_rest"] = told.value();
  metrics["right_answers_told_not_yet"] = blamed.value();
  metrics["ece"] = toolkit::calibrationError(judged);
}

void measureTricks(const Grader& grader, const std::vector<GradedAnswer>& answers,
                   toolkit::Metrics& metrics) {
  std::map<std::string, std::shared_ptr<const Question>> questions;
  std::vector<std::string> references;
  for (const auto& answer : answers) {
    if (questions.emplace(answer.question->id, answer.question).second) {
      references.insert(references.end(), answer.question->references.begin(),
                        answer.question->references.end());
    }
  }
  Random random(0x6e0, 9);  // other tricks than those that were learned
  std::map<std::string, Share> unrewarded;
  Share exact, misspelt_right;
  const auto isRight = [&](const Question& question, const std::string& text) {
    return grader.grade({question.text, question.references, text}).verdict == Verdict::kRight;
  };
  for (const auto& [id, question] : questions) {
    const auto trick = [&, &question = *question](const char* name, const std::string& text) {
      if (!text.empty() || std::string(name) == "empty") {
        unrewarded[name].add(!isRight(question, text));
      }
    };
    trick("empty", "");
    trick("copied_question", question->text);
    for (const auto& reference : question->references) {
      exact.add(isRight(*question, reference));
      misspelt_right.add(isRight(*question, misspelt(reference, 2, random)));
      trick("shuffled_reference", shuffled(reference, random));
      trick("repeated_word", repeatedWord(grader.vocabulary(), reference, random));
      trick("not_inserted", withNot(reference, random));
    }
    trick("word_salad", wordSalad(references, 6 + random.below(14), random));
  }
  for (const auto& [name, share] : unrewarded) metrics["unrewarded_" + name] = share.value();
  metrics["exact_reference_right"] = exact.value();
  metrics["misspelt_reference_right"] = misspelt_right.value();
}

}  // namespace

Result<toolkit::ChainFigures> measureGrading(const std::filesystem::path& data,
                                             toolkit::Split split) {
  PRIMER_ASSIGN(const auto grader, Grader::openShipped());
  const bool development = split == toolkit::Split::kDevelopment;
  PRIMER_ASSIGN(const auto science, readSemEval(data, "sciEntsBank"));
  PRIMER_ASSIGN(const auto feedback, readShortAnswerFeedback(data));
  toolkit::ChainFigures figures;
  figures.count = development ? feedback.size() : science.size();
  measureAnswers(grader, development ? feedback : science, figures.metrics);
  measureTricks(grader, science, figures.metrics);
  return figures;
}

}  // namespace primer::writing::workshop
