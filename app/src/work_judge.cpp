#include "work_judge.h"

#include <QCoreApplication>
#include <algorithm>

#include "primer/maths/problem.h"
#include "primer/maths/short_division.h"
#include "primer/maths/steps.h"
#include "primer/maths/worked_example.h"

namespace primer::app {

namespace {

bool isRight(maths::LineState state) {
  return state == maths::LineState::kRight || state == maths::LineState::kOffPath;
}

bool isWrong(maths::LineState state) {
  return state == maths::LineState::kSlip || state == maths::LineState::kMisconception ||
         state == maths::LineState::kWrong;
}

std::string withoutBlanks(const std::string& text) {
  std::string tight;
  std::copy_if(text.begin(), text.end(), std::back_inserter(tight),
               [](char c) { return c != ' '; });
  return tight;
}

// A step with its signs as a hand writes them.
std::string asWritten(std::string text) {
  text = withoutBlanks(text);
  for (const auto& [from, to] :
       {std::pair<std::string, std::string>{"\u2212", "-"}, {"\u00b7", "\u00d7"}}) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from)) {
      text.replace(at, from.size(), to);
    }
  }
  return text;
}

// The steps on from what stands there: `last_right` is empty before the first right line.
std::vector<maths::Step> stepsFrom(const maths::ProblemSource& problem,
                                   const std::string& last_right) {
  if (!last_right.empty()) {
    const auto going_on = maths::readProblem({last_right, problem.task, problem.answer});
    if (going_on) {
      auto solution = maths::solveInSteps(*going_on);
      if (!solution.steps.empty()) return std::move(solution.steps);
    }
  }
  const auto whole = maths::readProblem(problem);
  if (!whole) return {};
  return maths::solveInSteps(*whole).steps;
}

// What differs from the step that the line is most like.
std::optional<std::pair<std::size_t, std::size_t>> wrongPart(
    const std::string& line, const std::vector<maths::Step>& steps) {
  std::optional<std::pair<std::size_t, std::size_t>> best;
  std::size_t most_alike = 0;
  for (const auto& step : steps) {
    const auto right = asWritten(step.text);
    const auto shorter = std::min(line.size(), right.size());
    std::size_t before = 0;
    while (before < shorter && line[before] == right[before]) ++before;
    std::size_t after = 0;
    while (after < shorter - before &&
           line[line.size() - 1 - after] == right[right.size() - 1 - after]) {
      ++after;
    }
    // Digits of one number go together.
    const auto digit = [&line](std::size_t at) { return line[at] >= '0' && line[at] <= '9'; };
    while (before > 0 && before < line.size() && digit(before) && digit(before - 1)) --before;
    while (after > 0 && after < line.size() && digit(line.size() - after) &&
           digit(line.size() - after - 1)) {
      --after;
    }
    if (before + after <= most_alike || before + after >= line.size()) continue;
    most_alike = before + after;
    best = std::pair(before, line.size() - after);
  }
  return best;
}

// What the columns say goes before what the line says: it knows the place and the small digits.
void judgeColumns(const std::vector<std::optional<maths::ColumnWork>>& columns,
                  JudgedWork& judged) {
  judged.columns.resize(judged.lines.size());
  for (std::size_t i = 0; i < std::min(columns.size(), judged.lines.size()); ++i) {
    if (!columns[i]) continue;
    const auto verdict = maths::checkColumns(*columns[i]);
    if (!verdict) continue;
    judged.columns[i] = *verdict;
    auto& line = judged.lines[i];
    if (!isWrong(verdict->state)) continue;
    line.state = verdict->state;
    line.misconception = verdict->misconception;
    line.explanation = verdict->explanation;
    if (!verdict->hints[0].empty()) line.hints = verdict->hints;
  }
}

bool isFilledIn(const std::optional<maths::ColumnWork>& work,
                const maths::ShortDivision& division) {
  return work && work->method == maths::ColumnMethod::kShortDivision &&
         work->operands == std::vector{division.dividend, std::to_string(division.divisor)};
}

// The columns know all that there is to say: the digit, and the help with it.
void takeDivision(const maths::ColumnVerdict& columns, maths::LineVerdict& line) {
  line.state = columns.state;
  if (columns.state == maths::LineState::kRight && !columns.finished) {
    line.state = maths::LineState::kIncomplete;
  }
  line.misconception = columns.misconception;
  line.also = columns.also;
  line.explanation = columns.explanation;
  line.hints = columns.hints;
  line.picture = columns.picture;
}

}  // namespace

std::string asLine(const maths::ColumnWork& work, bool blanks) {
  std::string result;
  for (const char c : work.result) {
    if (c == ' ' && !result.empty() && !blanks) return {};  // a column is still empty
    if (c != ' ') result += c;
    if (c == ' ' && !result.empty()) result += '_';
  }
  if (result.empty() && blanks) result = "_";
  if (result.empty() || work.operands.size() < 2) return {};
  const char* sign = work.method == maths::ColumnMethod::kAdd        ? "+"
                     : work.method == maths::ColumnMethod::kSubtract ? "-"
                     : work.method == maths::ColumnMethod::kMultiply ? "×"
                                                                     : "÷";
  std::string line;
  for (const auto& operand : work.operands) line += (line.empty() ? "" : sign) + operand;
  line += "=" + result;
  if (!work.remainder.empty()) line += " r " + work.remainder;
  return line;
}

JudgedWork judgeWork(const maths::ProblemSource& problem,
                     const std::vector<maths::WrittenLine>& lines,
                     const std::vector<std::optional<maths::ColumnWork>>& columns) {
  JudgedWork judged;
  const auto division = maths::shortDivisionOf(problem.text);
  const auto filledIn = [&](std::size_t i) {
    return division && i < columns.size() && isFilledIn(columns[i], *division);
  };
  std::vector<maths::WrittenLine> in_rows;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!filledIn(i)) in_rows.push_back(lines[i]);
  }
  auto verdict = maths::checkWorking(problem, in_rows);
  if (!verdict) {
    judged.lines.resize(lines.size());
    judged.wrong_part.resize(lines.size());
    return judged;
  }
  judged.finished = verdict->finished;
  for (std::size_t i = 0, row = 0; i < lines.size(); ++i) {
    judged.lines.push_back(filledIn(i) ? maths::LineVerdict{} : verdict->lines[row++]);
  }
  std::string last_right;
  bool wrong = false;
  for (std::size_t i = 0; i < judged.lines.size(); ++i) {
    judged.wrong_part.emplace_back();
    const auto& line = judged.lines[i];
    if (isRight(line.state)) {
      last_right = lines[i].text;
      wrong = false;
    } else if (isWrong(line.state) && !line.follows_error) {
      judged.wrong_part.back() =
          wrongPart(withoutBlanks(lines[i].text), stepsFrom(problem, last_right));
      wrong = true;
    }
  }
  judgeColumns(columns, judged);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!filledIn(i) || !judged.columns[i]) continue;
    takeDivision(*judged.columns[i], judged.lines[i]);
    wrong = wrong || isWrong(judged.lines[i].state);
    judged.finished = judged.finished || judged.columns[i]->finished;
    if (judged.lines[i].state != maths::LineState::kIncomplete) continue;
    judged.next_step = judged.lines[i].hints;
    judged.next_picture = judged.lines[i].picture;
    judged.next_is_line = false;
  }
  if (!wrong && !judged.finished && division && lines.empty()) {
    const auto first = maths::divisionSteps(*division).front();
    judged.next_step = maths::helpWith(*division, first);
    judged.next_picture = maths::drawnBefore(*division, first.column);
    judged.next_is_line = false;
  }
  if (!wrong && !judged.finished && judged.next_step[0].empty()) {
    const auto steps = stepsFrom(problem, last_right);
    if (!steps.empty()) {
      const auto& words = maths::wordsOf(steps.front().kind);
      judged.next_step = {std::string(words.point), std::string(words.teach), steps.front().text};
    }
  }
  return judged;
}

std::optional<ExampleView> exampleLike(const maths::ProblemSource& problem, std::uint64_t seed) {
  if (const auto division = maths::shortDivisionOf(problem.text)) {
    const auto worked = maths::workedDivision(*division, seed);
    ExampleView view;
    view.problem =
        printed(worked.division.dividend + "÷" + std::to_string(worked.division.divisor));
    for (const auto& step : worked.steps) {
      view.steps.append({QString::fromStdString(maths::toText(step.drawn)),
                         QString::fromStdString(step.words),
                         QString::fromStdString(maths::toSvg(step.drawn))});
    }
    return view;
  }
  const auto example = maths::workedExample(problem, seed);
  if (!example) return std::nullopt;
  ExampleView view;
  view.problem = printed(example->problem.text);
  for (const auto& step : example->steps) {
    // What was worked out says more than how one works; both where there is one step only.
    std::string words = step.said;
    if (words.empty() || example->steps.size() == 1) {
      if (!words.empty()) words += ' ';
      words += maths::wordsOf(step.kind).teach;
    }
    view.steps.append({printed(step.text), QString::fromStdString(words), {}});
  }
  return view;
}

QString printed(const std::string& text) {
  const QString tight = QString::fromStdString(text).remove(QLatin1Char(' '));
  QString out;
  for (qsizetype i = 0; i < tight.size(); ++i) {
    QChar c = tight[i];
    if (c == u'-') c = u'\u2212';
    if (c == u'*') c = u'\u00d7';
    static const QString kBetween = QStringLiteral("+\u2212\u00d7\u00f7=<>\u2264\u2265");
    static const QString kOpening = QStringLiteral("+-*\u2212\u00d7\u00f7=<>\u2264\u2265(/^");
    const bool sign_of_number =
        c == u'\u2212' && (out.isEmpty() || kOpening.contains(tight[i - 1]));
    if (kBetween.contains(c) && !sign_of_number) {
      out += QLatin1Char(' ') + QString(c) + QLatin1Char(' ');
    } else {
      out += c;
    }
  }
  return out.simplified();
}

}  // namespace primer::app
