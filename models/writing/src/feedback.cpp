#include "src/feedback.h"

#include <algorithm>

namespace primer::writing {

namespace {

constexpr std::size_t kMostNamed = 2;

std::string quoted(const std::string& word) { return "\"" + word + "\""; }

// "salt" and "water", as they are named to a pupil.
std::string named(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < std::min(words.size(), kMostNamed); ++i) {
    text += (i == 0 ? "" : " and ") + quoted(words[i]);
  }
  return text;
}

// Points at what is missing and does not say it: a word of the question where the missing idea is
// in it, a lesser one of several missing words, or how the one that is missing begins.
std::string pointer(const AnswerFeatures& features) {
  const auto& missed = features.missed;
  if (missed.empty()) return "Say a little more: how do you know, or why is it so?";
  const auto asked =
      std::find_if(missed.begin(), missed.end(), [](const MissedWord& word) { return word.asked; });
  if (asked != missed.end() && missed.size() > 1) {
    return "Think about " + quoted(asked->text) + ": what have you not said about it yet?";
  }
  if (missed.size() >= 3) {
    return "One idea is not there yet. It has to do with " +
           quoted(missed[missed.size() / 2].text) + ".";
  }
  const auto& word = missed.front().text;
  const bool plain = static_cast<unsigned char>(word[0]) < 0x80;
  if (word.size() >= 3 && plain) {
    return std::string("One idea is not there yet. Look for a word that begins with \"") + word[0] +
           "\".";
  }
  return "One idea is not there yet. Read the question again and say exactly what it asks.";
}

std::string begun(const AnswerFeatures& features) {
  std::vector<std::string> words;
  for (const auto& met : features.met) {
    if (!met.other_word) words.push_back(met.text);
  }
  return words.empty() ? std::string()
                       : "You wrote about " + named(words) + ", and that belongs here. ";
}

std::string praise(const AnswerFeatures& features) {
  std::vector<std::string> words;
  for (const auto& met : features.met) words.push_back(met.text);
  return words.empty() ? "Yes, that answers the question."
                       : "Yes. You said what matters about " + named(words) + ".";
}

std::string forRemark(Remark remark) {
  switch (remark) {
    case Remark::kEmpty:
      return "There is no answer here yet. Write what you think, even if you are not sure.";
    case Remark::kNoReference:
      return "Your answer is kept. Your teacher will read it.";
    case Remark::kOtherScript:
      return "I cannot read this writing, so your teacher will look at it.";
    case Remark::kCopied:
      return "That is the question again. Now say your own answer to it.";
    case Remark::kRepeated:
      return "One word is not an answer yet. Make a sentence of it: what happens, and why?";
    case Remark::kNotSentences:
      return "The words are there, but not yet a sentence. Put them in order, so that a friend "
             "would understand.";
    case Remark::kNegated:
      return "Read your sentence again slowly. Do you mean that it is so, or that it is not so?";
    case Remark::kOtherWords:
      return "I am not sure that this says what it should, so your teacher will read it. Until "
             "then, read the question and your answer once more.";
    case Remark::kContradicts:
    case Remark::kNone:
      break;
  }
  return {};
}

}  // namespace

std::string feedbackFor(const GradedShortAnswer& grade, const AnswerFeatures& features) {
  if (auto text = forRemark(grade.remark); !text.empty()) return text;
  switch (grade.verdict) {
    case Verdict::kRight:
      return praise(features);
    case Verdict::kPartly:
      return begun(features) + pointer(features);
    case Verdict::kAskTeacher:
      return begun(features) +
             "I am not sure about the rest, so your teacher will read it. Until "
             "then you can add how you know.";
    case Verdict::kNotYet:
      break;
  }
  if (grade.remark == Remark::kContradicts) {
    return begun(features) +
           "Check which way round it is: one of your words says the opposite of what happens.";
  }
  const auto start = begun(features);
  return (start.empty() ? "Not yet. " : start) + pointer(features);
}

}  // namespace primer::writing
