#include "hints.h"

#include "primer/maths/rulebook.h"

namespace primer::maths {

namespace {

constexpr std::size_t kLongest = 160;

bool startsCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

std::string fitted(const std::string& text) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!startsCharacter(text[i])) continue;
    if (++characters > kLongest - 1) {
      // The place is kept only where the whole text is too long.
      std::size_t all = characters;
      for (std::size_t k = i + 1; k < text.size(); ++k) all += startsCharacter(text[k]) ? 1 : 0;
      if (all > kLongest) return text.substr(0, i) + "…";
      return text;
    }
  }
  return text;
}

std::array<std::string, 3> finishedHints() {
  return {"Look back over your lines: is everything there that was asked for?",
          "Check your answer: put it back into the problem, or work it out another way.",
          "You are done. Go on to the next problem."};
}

std::array<std::string, 3> stepHints(const std::vector<Step>& ahead) {
  if (ahead.empty()) {
    return {"Look at your last right line again.",
            "Do one thing at a time, and write each step in its own line.",
            "Write the answer in the form that is asked for."};
  }
  const auto& step = ahead.front();
  const auto& words = wordsOf(step.kind);
  return {std::string(words.point), std::string(words.teach), "Next, write: " + step.text};
}

}  // namespace

std::array<std::string, 3> hintsFor(const LineVerdict& verdict, const std::vector<Step>& ahead,
                                    const HintContext& context) {
  const bool right = verdict.state == LineState::kRight || verdict.state == LineState::kOffPath;
  // Where all was done before, an unfinished or unreadable line changes nothing.
  const bool wrong =
      !right && verdict.state != LineState::kIncomplete && verdict.state != LineState::kUnreadable;
  auto hints = context.finished && !wrong ? finishedHints() : stepHints(ahead);
  if (verdict.state == LineState::kUnreadable) {
    hints[0] = "Write this line again, a little larger and clearer.";
  } else if (verdict.state == LineState::kIncomplete) {
    hints[0] = "Something is still missing in this line. Look at its end.";
  } else if (verdict.state == LineState::kOffPath) {
    hints[0] = "This is right, but it leads away. Look at the line before it.";
  } else if (verdict.follows_error) {
    hints[0] = "This step is fine by itself. Look at the line before it.";
  } else if (context.one_of_more) {
    hints[0] = "You have found one. Try other numbers as well, below zero too.";
    hints[1] =
        "An equation can be true for more than one number: 3 × 3 and (-3) × (-3) are both 9.";
  } else if (verdict.state == LineState::kSlip) {
    hints[0] =
        "Your way is right. Look at each number and sign again: was it copied and worked out well?";
  } else if (const auto* known = findMisconception(verdict.misconception)) {
    hints[0] = known->point;
    hints[1] = known->teach;
    if (context.signs_of_product) {
      hints[0] = "Look at the signs of the two numbers: are they alike?";
      hints[1] =
          "In a product or a division, two signs that are alike make plus, two that differ make "
          "minus.";
    }
  }
  for (auto& hint : hints) hint = fitted(hint);
  if (hints[1] == hints[0])
    hints[1] = "Go back to the last line that is right, and take one small step from it.";
  return hints;
}

namespace {

// Two sentences: notes of the parser are but a clause.
std::string followedBy(const std::string& first, const std::string& note) {
  if (note.empty()) return first;
  std::string second = note;
  const auto c = static_cast<unsigned char>(second[0]);
  if (c >= 'a' && c <= 'z') second[0] = static_cast<char>(c - 'a' + 'A');
  const char end = second.back();
  if (end != '.' && end != '?' && end != '!') second += '.';
  return first + " " + second;
}

}  // namespace

std::string explanationFor(const LineVerdict& verdict, const std::string& note) {
  switch (verdict.state) {
    case LineState::kRight:
      return verdict.explanation.empty() ? "Right." : verdict.explanation;
    case LineState::kOffPath:
      return "This is right. It is a detour: there is a shorter way from the line before.";
    case LineState::kIncomplete:
      return followedBy("This line is not finished yet.", note);
    case LineState::kUnreadable:
      return note.empty() ? "This line cannot be read."
                          : followedBy("This line cannot be checked.", note);
    case LineState::kSlip:
      return "Your way is right. One number or sign in this line is not.";
    case LineState::kMisconception:
      if (const auto* known = findMisconception(verdict.misconception))
        return std::string(known->explanation);
      break;
    case LineState::kWrong:
      break;
  }
  if (verdict.follows_error)
    return "This follows well from the line before. The mistake is further up.";
  return note.empty() ? "This line does not agree with what stood before it." : note;
}

}  // namespace primer::maths
