#pragma once

// Graded short answers that weights may be learned from.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "primer/base/result.h"

namespace primer::writing::workshop {

enum class Grade : std::uint8_t { kWrong, kPartly, kRight };

struct Question {
  std::string id;
  std::string domain;  // the unit of lessons that it is from; a name of its own for every set
  std::string text;
  std::vector<std::string> references;
};

struct GradedAnswer {
  std::shared_ptr<const Question> question;
  std::string text;
  Grade grade = Grade::kWrong;
};

// SciEntsBank and Beetle (SemEval-2013 task 7), CC BY-SA 3.0; `corpus` "sciEntsBank" or "beetle".
// What contradicts the reference is wrong. Folder learning/shortanswer-semeval2013 of the data.
Result<std::vector<GradedAnswer>> readSemEval(const std::filesystem::path& data,
                                              const std::string& corpus);

// Short Answer Feedback, its English part, MIT. Folder learning/shortanswer-saf.
Result<std::vector<GradedAnswer>> readShortAnswerFeedback(const std::filesystem::path& data);

// Primer's own questions (school-answers.txt, whose head has the format): school questions
// with right answers in other words and wrong ones in the reference's. kDamaged names the line that
// is not so.
Result<std::vector<GradedAnswer>> readSchoolAnswers();
Result<std::vector<GradedAnswer>> schoolAnswersOf(std::string_view text);

}  // namespace primer::writing::workshop
