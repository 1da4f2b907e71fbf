#include "answer_sets.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include "archives.h"
#include "primer/base/share.h"

namespace primer::writing::workshop {

namespace {

// A cell as it was before it was written into the table: without the quotes around it, doubled ones
// single.
std::string unquoted(std::string_view cell) {
  std::string text(cell);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  for (std::size_t at = 0; (at = text.find("\"\"", at)) != std::string::npos; ++at) {
    text.erase(at, 1);
  }
  return text;
}

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  const auto end = text.find_last_not_of(" \t\r\n");
  return std::string(text.substr(begin, end - begin + 1));
}

// What stands between `open` and `close` from `at` on, which moves behind it; false at the end. The
// set's files are flat enough for that.
bool nextBetween(std::string_view text, std::string_view open, std::string_view close,
                 std::size_t& at, std::string_view& inside) {
  const auto begin = text.find(open, at);
  if (begin == std::string_view::npos) return false;
  const auto end = text.find(close, begin + open.size());
  if (end == std::string_view::npos) return false;
  inside = text.substr(begin + open.size(), end - begin - open.size());
  at = end + close.size();
  return true;
}

std::string firstBetween(std::string_view text, std::string_view open, std::string_view close) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEntities = {
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}}};
  std::size_t at = 0;
  std::string_view inside;
  if (!nextBetween(text, open, close, at, inside)) return {};
  auto plain = trimmed(inside);
  for (const auto& [entity, sign] : kEntities) {
    for (std::size_t i = 0; (i = plain.find(entity, i)) != std::string::npos; ++i) {
      plain.replace(i, entity.size(), sign);
    }
  }
  return plain;
}

}  // namespace

Result<std::vector<GradedAnswer>> readSemEval(const std::filesystem::path& data,
                                              const std::string& corpus) {
  const auto path = data / "learning" / "shortanswer-semeval2013" / "train.tsv.gz";
  PRIMER_ASSIGN(const std::string text, readGzip(path));
  std::map<std::string, std::shared_ptr<const Question>, std::less<>> questions;
  std::vector<GradedAnswer> answers;
  for (const auto line : linesOf(text)) {
    const auto cells = cellsOf(line);
    if (cells.size() != 9) {
      return fail(ErrorCode::kDamaged, path.string() + ": a line has not nine cells");
    }
    if (cells[0] != corpus) continue;
    const std::string id(cells[2]);
    auto& question = questions[id];
    if (question == nullptr) {
      auto made = std::make_shared<Question>();
      made->id = corpus + "/" + id;
      made->domain = corpus + "/" + std::string(cells[3]);
      made->text = unquoted(cells[4]);
      const auto references = unquoted(cells[5]);
      for (const auto part : cellsOf(references, "|||")) {
        if (auto reference = trimmed(part); !reference.empty()) {
          made->references.push_back(std::move(reference));
        }
      }
      question = std::move(made);
    }
    answers.push_back(
        {question, unquoted(cells[7]), cells[8] == "correct" ? Grade::kRight : Grade::kWrong});
  }
  if (answers.empty()) return fail(ErrorCode::kDamaged, path.string() + ": no " + corpus);
  return answers;
}

Result<std::vector<GradedAnswer>> readShortAnswerFeedback(const std::filesystem::path& data) {
  const auto path = data / "learning" / "shortanswer-saf" / "train.tar.gz";
  PRIMER_ASSIGN(const auto files, readTarGzip(path));
  std::vector<GradedAnswer> answers;
  for (const auto& file : files) {
    if (file.name.find("/english/") == std::string::npos) continue;
    auto question = std::make_shared<Question>();
    question->id = "saf/" + firstBetween(file.text, "<question id=\"", "\"");
    question->domain = "saf/" + firstBetween(file.text, "module=\"", "\"");
    question->text = firstBetween(file.text, "<questionText>", "</questionText>");
    std::size_t at = 0;
    std::string_view part;
    while (nextBetween(file.text, "<referenceAnswer id=", "</referenceAnswer>", at, part)) {
      part.remove_prefix(std::min(part.find('>') + 1, part.size()));
      question->references.push_back(trimmed(part));
    }
    at = 0;
    while (nextBetween(file.text, "<studentAnswer id=", "</studentAnswer>", at, part)) {
      const auto verdict =
          firstBetween(part, "<verification_feedback>", "</verification_feedback>");
      const auto grade = verdict == "Correct"               ? Grade::kRight
                         : verdict.rfind("Partial", 0) == 0 ? Grade::kPartly
                                                            : Grade::kWrong;
      answers.push_back({question, firstBetween(part, "<response>", "</response>"), grade});
    }
  }
  if (answers.empty()) return fail(ErrorCode::kDamaged, path.string() + ": no English answers");
  return answers;
}

Result<std::vector<GradedAnswer>> schoolAnswersOf(std::string_view text) {
  std::vector<GradedAnswer> answers;
  std::shared_ptr<Question> question;
  std::size_t number = 0;
  for (const auto line : linesOf(text)) {
    ++number;
    const auto damaged = [&](const char* what) {
      return fail(ErrorCode::kDamaged,
                  "school-answers.txt:" + std::to_string(number) + ": " + what);
    };
    if (line.empty() || line[0] == '#') continue;
    const auto rest = line.size() > 2 && line[1] == ' ' ? trimmed(line.substr(2)) : std::string();
    if (rest.empty()) return damaged("not a letter, a space and a text");
    if (line[0] == 'Q') {
      question = std::make_shared<Question>();
      question->id = "school/" + rest;
      question->domain = question->id;
      question->text = rest;
      continue;
    }
    if (question == nullptr) return damaged("comes before any question");
    switch (line[0]) {
      case 'R':
        question->references.push_back(rest);
        break;
      case '+':
        answers.push_back({question, rest, Grade::kRight});
        break;
      case '~':
        answers.push_back({question, rest, Grade::kPartly});
        break;
      case '-':
        answers.push_back({question, rest, Grade::kWrong});
        break;
      default:
        return damaged("must begin with Q, R, +, ~ or -");
    }
  }
  for (const auto& answer : answers) {
    if (answer.question->references.empty()) {
      return fail(ErrorCode::kDamaged,
                  "school-answers.txt: no reference for \"" + answer.question->text + "\"");
    }
  }
  return answers;
}

Result<std::vector<GradedAnswer>> readSchoolAnswers() {
  const auto path = shareFolder() / "workshop" / "school-answers.txt";
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::kIo, path.string() + ": cannot be read");
  return schoolAnswersOf(std::string(std::istreambuf_iterator<char>(file), {}));
}

}  // namespace primer::writing::workshop
