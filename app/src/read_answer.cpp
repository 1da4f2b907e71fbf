#include "read_answer.h"

#include <QCoreApplication>
#include <algorithm>

namespace primer::app {

namespace {

// A second reading that is less likely than this is not asked about: the pupil would be asked
// about every wrong answer, and asking would give answers away.
constexpr float kWorthAsking = 0.02F;
constexpr std::size_t kMaxAlternatives = 3;
constexpr double kSurestReading = 0.999;

bool isDigit(const std::string& symbol) {
  return symbol.size() == 1 && symbol[0] >= '0' && symbol[0] <= '9';
}

InkBox boxOf(const handwriting::Box& box) { return {box.left, box.top, box.right, box.bottom}; }

QString say(const char* text) { return QCoreApplication::translate("Reading", text); }

}  // namespace

bool sameNumber(const std::string& left, const std::string& right) {
  const auto without_zeros = [](const std::string& digits) {
    const auto first = digits.find_first_not_of('0');
    return first == std::string::npos ? std::string("0") : digits.substr(first);
  };
  return !left.empty() && !right.empty() && without_zeros(left) == without_zeros(right);
}

ReadAnswer::Digit ReadAnswer::digitFrom(const handwriting::ReadDigit& read) {
  Digit digit;
  digit.symbol = read.reading.candidates.front().symbol;
  for (std::size_t i = 1; i < read.reading.candidates.size(); ++i) {
    const auto& other = read.reading.candidates[i];
    if (isDigit(other.symbol) && other.symbol != digit.symbol) digit.others.push_back(other);
  }
  digit.doubtful = read.reading.unsure;
  digit.mirrored = read.reading.mirrored;
  digit.strokes = read.strokes;
  digit.box = read.box;
  return digit;
}

ReadAnswer::ReadAnswer(const handwriting::NumberReading& reading, Ink ink) : ink_(std::move(ink)) {
  if (reading.text.empty()) return;
  for (const auto& read : reading.digits) {
    // A part that is no digit makes the whole unreadable, whatever the reader says of the rest.
    if (read.reading.candidates.empty() || !isDigit(read.reading.candidates.front().symbol)) {
      digits_.clear();
      return;
    }
    digits_.push_back(digitFrom(read));
  }
  confidence_ = std::clamp<double>(reading.confidence, 0, kSurestReading);
  const bool a_digit_is_doubtful = std::any_of(digits_.begin(), digits_.end(),
                                               [](const Digit& digit) { return digit.doubtful; });
  // The doubt may be about where one digit ends and the next begins: then it is about them all.
  if (reading.unsure && !a_digit_is_doubtful) {
    for (auto& digit : digits_) digit.doubtful = true;
  }
}

bool ReadAnswer::chooseAlternative(int digit, int alternative) {
  if (digit < 0 || static_cast<std::size_t>(digit) >= digits_.size()) return false;
  auto& chosen = digits_[static_cast<std::size_t>(digit)];
  const auto shown = std::min(chosen.others.size(), kMaxAlternatives);
  if (alternative < -1 || (alternative >= 0 && static_cast<std::size_t>(alternative) >= shown)) {
    return false;
  }
  if (alternative >= 0) {
    auto& other = chosen.others[static_cast<std::size_t>(alternative)];
    std::swap(chosen.symbol, other.symbol);
  }
  chosen.confirmed = true;
  return true;
}

void ReadAnswer::confirmAll() {
  for (auto& digit : digits_) digit.confirmed = true;
}

std::vector<Confirmed> ReadAnswer::confirmed() const {
  std::vector<Confirmed> said;
  for (const auto& digit : digits_) {
    if (digit.confirmed) said.push_back({digit.strokes, boxOf(digit.box), digit.symbol});
  }
  return said;
}

void ReadAnswer::remember(const std::vector<Confirmed>& said) {
  for (auto& digit : digits_) {
    const auto about = std::find_if(said.begin(), said.end(), [&digit](const Confirmed& one) {
      return one.isAbout(digit.strokes, boxOf(digit.box));
    });
    if (about == said.end()) continue;
    const auto other = std::find_if(
        digit.others.begin(), digit.others.end(),
        [&about](const handwriting::Candidate& one) { return one.symbol == about->text; });
    if (other != digit.others.end()) std::swap(digit.symbol, other->symbol);
    digit.confirmed = digit.symbol == about->text;
  }
}

bool ReadAnswer::unsure() const {
  return digits_.empty() || std::any_of(digits_.begin(), digits_.end(), [](const Digit& digit) {
           return digit.doubtful && !digit.confirmed;
         });
}

std::string ReadAnswer::text() const {
  std::string text;
  for (const auto& digit : digits_) text += digit.symbol;
  return text;
}

double ReadAnswer::confidence() const {
  const bool all =
      !digits_.empty() && std::all_of(digits_.begin(), digits_.end(),
                                      [](const Digit& digit) { return digit.confirmed; });
  return all ? 1.0 : confidence_;
}

Verdict ReadAnswer::judge(const std::string& answer) {
  if (digits_.empty()) return Verdict::kCannotRead;
  if (unsure()) return Verdict::kAsk;
  const auto read = text();
  if (sameNumber(read, answer)) return Verdict::kRight;
  for (std::size_t i = 0; i < digits_.size(); ++i) {
    if (digits_[i].confirmed) continue;
    auto& others = digits_[i].others;
    for (std::size_t k = 0; k < others.size(); ++k) {
      auto second_reading = read;
      second_reading[i] = others[k].symbol[0];
      if (others[k].probability < kWorthAsking || !sameNumber(second_reading, answer)) continue;
      digits_[i].doubtful = true;
      // It must be among those that are shown.
      if (k >= kMaxAlternatives) std::swap(others[k], others[kMaxAlternatives - 1]);
      return Verdict::kAsk;
    }
  }
  return Verdict::kNotYet;
}

ReadingView ReadAnswer::view() const {
  ReadingView view;
  view.text = QString::fromStdString(text());
  view.confidence = confidence();
  view.unsure = unsure();
  for (const auto& digit : digits_) {
    DigitView shown;
    shown.symbol = QString::fromStdString(digit.symbol);
    for (const auto& other : digit.others) {
      if (static_cast<std::size_t>(shown.alternatives.size()) == kMaxAlternatives) break;
      shown.alternatives.append(QString::fromStdString(other.symbol));
    }
    shown.doubtful = digit.doubtful && !digit.confirmed;
    shown.confirmed = digit.confirmed;
    shown.mirrored = digit.mirrored;
    shown.strokes = digit.strokes;
    shown.box = boxOf(digit.box);
    view.digits.append(shown);
  }
  if (digits_.empty()) {
    view.words = ink_.empty() ? say(QT_TRANSLATE_NOOP("Reading", "Write your answer in the box."))
                              : say(QT_TRANSLATE_NOOP("Reading", "I cannot read this yet."));
  } else if (view.unsure) {
    view.words =
        say(QT_TRANSLATE_NOOP("Reading", "I think this is %1. Did you write that?")).arg(view.text);
  } else {
    view.words = say(QT_TRANSLATE_NOOP("Reading", "You wrote %1.")).arg(view.text);
  }
  return view;
}

}  // namespace primer::app
