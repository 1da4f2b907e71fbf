#include "notation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "characters.h"

namespace primer::maths {

namespace {

// Signs and LaTeX commands that stand for something simpler. Longer ones come first where one is
// the beginning of another.
using Pair = std::pair<std::string_view, std::string_view>;
constexpr std::array kSigns = std::to_array<Pair>({
    {"\\left", ""},
    {"\\right", ""},
    {"\\Leftrightarrow", "⇒"},
    {"\\leftrightarrow", "⇒"},
    {"\\Longrightarrow", "⇒"},
    {"\\Rightarrow", "⇒"},
    {"\\rightarrow", "⇒"},
    {"\\implies", "⇒"},
    {"\\therefore", "⇒"},
    {"\\iff", "⇒"},
    {"\\to", "⇒"},
    {"\\dfrac", "\\frac"},
    {"\\tfrac", "\\frac"},
    {"\\cdot", "×"},
    {"\\times", "×"},
    {"\\ast", "×"},
    {"\\div", "÷"},
    {"\\leqslant", "≤"},
    {"\\geqslant", "≥"},
    {"\\leq", "≤"},
    {"\\geq", "≥"},
    {"\\neq", "≠"},
    {"\\approx", "≈"},
    {"\\le", "≤"},
    {"\\ge", "≥"},
    {"\\ne", "≠"},
    {"\\lt", "<"},
    {"\\gt", ">"},
    {"\\pm", "±"},
    {"\\mp", "∓"},
    {"\\pi", "π"},
    {"\\%", "%"},
    {"\\degree", "°"},
    {"^{\\circ}", "°"},
    {"^\\circ", "°"},
    {"\\circ", "°"},
    {"\\square", "□"},
    {"\\Box", "□"},
    {"\\emptyset", "∅"},
    {"\\infty", "∞"},
    {"\\in", "∈"},
    {"\\mathbb{R}", "∞"},
    {"ℝ", "∞"},
    {"\\vert", "|"},
    {"\\lvert", "|"},
    {"\\rvert", "|"},
    {"\\mid", "|"},
    {"\\varnothing", "∅"},
    {"\\quad", " "},
    {"\\,", " "},
    {"\\;", " "},
    {"\\:", " "},
    {"\\!", ""},
    {"\\ ", " "},
    {"\\$", "$"},
    {"\\_", "□"},
    {"\\lbrace", "("},
    {"\\rbrace", ")"},
    {"\\\\", ";"},
    {"−", "-"},
    {"–", "-"},
    {"‐", "-"},
    {"‑", "-"},
    {"﹣", "-"},
    {"－", "-"},
    {"—", "-"},
    {"·", "×"},
    {"⋅", "×"},
    {"∙", "×"},
    {"✕", "×"},
    {"✖", "×"},
    {"**", "^"},
    {"*", "×"},
    {"∶", ":"},
    {"⁄", "/"},
    {"∕", "/"},
    {"<=>", "⇒"},
    {"==>", "⇒"},
    {"-->", "⇒"},
    {"=>", "⇒"},
    {"->", "⇒"},
    {"⇔", "⇒"},
    {"→", "⇒"},
    {"⟹", "⇒"},
    {"∴", "⇒"},
    {"<=", "≤"},
    {">=", "≥"},
    {"=<", "≤"},
    {"⩽", "≤"},
    {"⩾", "≥"},
    {"!=", "≠"},
    {"~=", "≈"},
    {"+/-", "±"},
    {"√", "√"},
    {"∛", "∛"},
    {"½", "\\frac{1}{2}"},
    {"⅓", "\\frac{1}{3}"},
    {"⅔", "\\frac{2}{3}"},
    {"¼", "\\frac{1}{4}"},
    {"¾", "\\frac{3}{4}"},
    {"⅕", "\\frac{1}{5}"},
    {"⅖", "\\frac{2}{5}"},
    {"⅗", "\\frac{3}{5}"},
    {"⅘", "\\frac{4}{5}"},
    {"⅙", "\\frac{1}{6}"},
    {"⅚", "\\frac{5}{6}"},
    {"⅛", "\\frac{1}{8}"},
    {"⅜", "\\frac{3}{8}"},
    {"⅝", "\\frac{5}{8}"},
    {"⅞", "\\frac{7}{8}"},
    {"✓", " "},
    {"✔", " "},
    {"\n", ";"},
    {"\u00a0", " "},
    {"\u2009", " "},
    {"\u202f", " "},
    {"▢", "□"},
    {"☐", "□"},
    {"_____", "□"},
    {"____", "□"},
    {"___", "□"},
    {"__", "□"},
    {"₁", "_1"},
    {"₂", "_2"},
    {"⟨", "("},
    {"×", "×"},
});

// Words that are signs. Phrases before their beginnings.
constexpr std::array kPhrases = std::to_array<Pair>({
    {"is greater than or equal to", "≥"},
    {"is less than or equal to", "≤"},
    {"is greater than", ">"},
    {"is bigger than", ">"},
    {"is larger than", ">"},
    {"is more than", ">"},
    {"is less than", "<"},
    {"is smaller than", "<"},
    {"is equal to", "="},
    {"divided by", "÷"},
    {"per cent", "%"},
    {"percent", "%"},
    {"no real solutions", "∅"},
    {"no real solution", "∅"},
    {"no solutions", "∅"},
    {"no solution", "∅"},
    {"no answer", "∅"},
    {"not defined", "∅"},
    {"undefined", "∅"},
    {"has no value", "∅"},
    {"no value", "∅"},
    {"not possible", "∅"},
    {"impossible", "∅"},
    {"all real numbers", "∞"},
    {"all numbers", "∞"},
    {"all values", "∞"},
    {"for all x", "∞"},
    {"all x", "∞"},
    {"any x", "∞"},
    {"every x", "∞"},
    {"any value", "∞"},
    {"every value", "∞"},
    {"any number", "∞"},
    {"every number", "∞"},
    {"infinitely many solutions", "∞"},
    {"infinitely many", "∞"},
    {"infinite solutions", "∞"},
    {"always true", "∞"},
    {"multiplied by", "×"},
    {"remainder", "rem"},
    {"therefore", "⇒"},
    {"equals", "="},
    {"hence", "⇒"},
    {"times", "×"},
    {"minus", "-"},
    {"plus", "+"},
    {"thus", "⇒"},
    {"then", "⇒"},
    {"so", "⇒"},
    {"is", "="},
});

// The end of what \text{...} and its like hold, which stands from `i` on.
std::size_t endOfText(std::string_view text, std::size_t& i) {
  for (const std::string_view command : {"\\text{", "\\mathrm{", "\\textrm{", "\\mbox{"}) {
    if (!begins(text, i, command)) continue;
    i += command.size();
    return std::min(text.find('}', i), text.size());
  }
  return 0;
}

std::string replaceSigns(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (const auto end = endOfText(text, i); end > 0) {
      out += ' ';
      out += text.substr(i, end - i);
      out += ' ';
      i = std::min(end + 1, text.size());
      continue;
    }
    if (letter(text[i]) || digit(text[i]) || text[i] == ' ') {
      out += text[i++];
      continue;
    }
    const Pair* found = nullptr;
    for (const auto& pair : kSigns) {
      if (begins(text, i, pair.first)) {
        // A command ends where its letters end: \to is not the beginning of \total.
        const auto next = i + pair.first.size();
        const bool command = pair.first[0] == '\\' && letter(pair.first.back());
        if (command && next < text.size() && letter(text[next]) && letter(pair.first[1])) continue;
        found = &pair;
        break;
      }
    }
    if (found == nullptr) {
      out += text[i++];
    } else {
      out += found->second;
      i += found->first.size();
    }
  }
  return out;
}

std::string replacePhrases(const std::string& text) {
  std::string out;
  const std::string small = lower(text);
  for (std::size_t i = 0; i < text.size();) {
    const bool starts =
        letter(text[i]) && (i == 0 || (!letter(text[i - 1]) && text[i - 1] != '\\'));
    const Pair* found = nullptr;
    for (const auto& pair : kPhrases) {
      const auto end = i + pair.first.size();
      if (starts && begins(small, i, pair.first) && (end >= text.size() || !letter(text[end]))) {
        found = &pair;
        break;
      }
    }
    if (found == nullptr) {
      out += text[i++];
    } else {
      out += ' ';
      out += found->second;
      out += ' ';
      i += found->first.size();
    }
  }
  return out;
}

// Whether a bar stands where a number would begin: |-3|.
bool opensAbsolute(std::string_view text, std::size_t bar) {
  while (bar > 0 && text[bar - 1] == ' ') --bar;
  if (bar == 0) return true;
  for (const std::string_view sign : {"(", "+", "-", "−", "×", "·", "*", ":", "÷", "/", "=", "<",
                                      ">", "≤", "≥", "\\cdot", "\\times"}) {
    if (bar >= sign.size() && text.substr(bar - sign.size(), sign.size()) == sign) return true;
  }
  return false;
}

// A note in the margin of what is done to both sides: "2x + 3 = 11 | -3", "2x = 8 |:2".
std::string_view withoutMarginNote(std::string_view text) {
  const auto bar = text.rfind('|');
  if (bar == std::string_view::npos || opensAbsolute(text, text.find('|'))) return text;
  auto note = text.substr(bar + 1);
  while (!note.empty() && note.front() == ' ') note.remove_prefix(1);
  for (const std::string_view sign : {"+", "-", "−", "×", "·", "*", ":", "÷", "/"}) {
    if (note.substr(0, sign.size()) != sign) continue;
    text = text.substr(0, bar);
    while (!text.empty() && (text.back() == '|' || text.back() == ' ')) text.remove_suffix(1);
    return text;
  }
  return text;
}

// A mark of a list: "1) ", "b) ", "2. ".
std::string_view withoutListMark(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() && text[i] == ' ') ++i;
  std::size_t end = i;
  while (end < text.size() && digit(text[end]) && end - i < 2) ++end;
  if (end == i && i < text.size() && letter(text[i])) ++end;
  if (end > i && end + 1 < text.size() && text[end] == ')' && text[end + 1] == ' ') {
    text.remove_prefix(end + 2);
  }
  return text;
}

}  // namespace

std::string plainNotation(std::string_view text) {
  return replacePhrases(replaceSigns(withoutListMark(withoutMarginNote(text))));
}

}  // namespace primer::maths
