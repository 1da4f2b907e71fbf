#include "visit.h"

#include <QCoreApplication>
#include <algorithm>

namespace primer::app {

namespace {

constexpr int kRungs = 3;
constexpr int kUnreadBeforeKeypad = 2;
constexpr qsizetype kMaxTypedDigits = 12;

QString say(const char* text) { return QCoreApplication::translate("Visit", text); }
QString fromUtf8(const std::string& text) { return QString::fromStdString(text); }

knowledge::RecommendationPolicy policyOf(const VisitOptions& options) {
  auto policy = options.policy;
  policy.placement = policy.placement && options.first_walk;
  return policy;
}

}  // namespace

Visit::Visit(std::shared_ptr<const content::Lesson> lesson,
             std::shared_ptr<const knowledge::KnowledgeModel> model, PupilHistory history,
             const VisitOptions& options)
    : lesson_(std::move(lesson)),
      path_(lesson_, std::move(model), history.first_tries, policyOf(options)),
      right_answers_by_skill_(std::move(history.right_answers_by_skill)),
      random_(options.seed),
      sums_in_a_set_(std::max(1, options.sums_in_a_set)) {
  right_answers_by_skill_.resize(lesson_->skills.size(), 0);
  right_before_set_ = right_answers_by_skill_;
}

void Visit::startSet() {
  shown_in_set_ = 0;
  set_.clear();
  shown_prompts_.clear();
  right_before_set_ = right_answers_by_skill_;
  walk_ = !chosen_skill_ && path_.chooser().isPlacing();
  open_ = false;
}

bool Visit::setIsOver() const {
  if (open_) return false;
  return walk_ ? shown_in_set_ > 0 && !path_.chooser().isPlacing()
               : shown_in_set_ >= sums_in_a_set_;
}

content::Item Visit::dealItem(const Choice& choice) {
  if (lesson_->skills[choice.skill].isWorked()) {
    const auto seed = static_cast<std::uint32_t>(random_.next() >> 32);
    return content::makeExerciseItem(*lesson_, choice.skill, choice.level, seed);
  }
  const auto key = std::pair(choice.skill, choice.level);
  auto dealer = dealers_.find(key);
  if (dealer == dealers_.end()) {
    const auto& skill = lesson_->skills[choice.skill];
    auto sums = content::sumsOf(skill.operation, skill.levels[choice.level]);
    // A checked lesson has sums on every level.
    dealer = dealers_
                 .emplace(key, content::SumDealer(
                                   sums ? *std::move(sums) : std::vector<content::Sum>{{1, 1, 2}},
                                   random_.next()))
                 .first;
  }
  // Levels and skills may share sums: look for one that this set has not shown.
  content::Item item;
  for (int tries = 0; tries < 8; ++tries) {
    item = content::makeItem(*lesson_, choice.skill, choice.level, dealer->second.next());
    if (std::find(shown_prompts_.begin(), shown_prompts_.end(), item.prompt) ==
        shown_prompts_.end())
      break;
  }
  return item;
}

ItemView Visit::startItem(std::chrono::milliseconds now, WallTime wall_time) {
  const auto choice = choose(wall_time);
  item_ = dealItem(choice);
  shown_prompts_.push_back(item_.prompt);
  reason_ = choice.reason;
  shown_at_ = now;
  shown_on_ = wall_time;
  tries_ = 0;
  rung_ = 0;
  unread_running_ = 0;
  read_ = {};
  judged_.reset();
  sheet_.start();
  help_row_ = -1;
  over_words_.clear();
  last_text_.clear();
  open_ = true;
  ++shown_in_set_;

  ItemView view;
  view.number = shown_in_set_;
  view.of = walk_ ? knowledge::Placement::kMostQuestions : sums_in_a_set_;
  view.walk = walk_;
  view.lesson_title = fromUtf8(lesson_->title);
  view.skill = fromUtf8(lesson_->skills[item_.skill].title);
  view.request = fromUtf8(lesson_->request);
  if (item_.problem) {
    view.worked = true;
    view.lesson_title = view.skill;
    view.request = fromUtf8(lesson_->skills[item_.skill].request);
    view.explain = fromUtf8(lesson_->skills[item_.skill].explain);
  }
  view.prompt = item_.problem ? printed(item_.prompt) : fromUtf8(item_.prompt);
  view.spoken = fromUtf8(item_.spoken);
  view.reason = reason_;
  return view;
}

void Visit::take(const handwriting::NumberReading& reading, Ink ink) {
  read_ = ReadAnswer(reading, std::move(ink));
  judged_.reset();
}

bool Visit::chooseAlternative(int digit, int alternative) {
  const auto before = read_.text();
  if (!read_.chooseAlternative(digit, alternative)) return false;
  if (read_.text() != before) judged_.reset();
  return true;
}

void Visit::confirmReading() { read_.confirmAll(); }

JudgementView Visit::unreadable(const QString& words) {
  JudgementView view;
  view.verdict = Verdict::kCannotRead;
  view.words = words;
  view.reading = read_.view();
  view.attempt = tries_;
  view.offer_keypad = unread_running_ >= kUnreadBeforeKeypad;
  return view;
}

Visit::Judged Visit::check(std::chrono::milliseconds now) {
  if (judged_) return {*judged_, std::nullopt};
  const auto verdict = read_.judge(item_.answer);
  if (verdict == Verdict::kCannotRead) {
    if (read_.ink().empty()) {
      return {unreadable(say(QT_TRANSLATE_NOOP("Visit", "Write your answer in the box first."))),
              std::nullopt};
    }
    ++unread_running_;
    return {unreadable(say(QT_TRANSLATE_NOOP(
                "Visit", "I cannot read this yet. Please write it once more, big and clear."))),
            std::nullopt};
  }
  if (verdict == Verdict::kAsk) {
    JudgementView view;
    view.verdict = Verdict::kAsk;
    view.reading = read_.view();
    view.words = say(QT_TRANSLATE_NOOP("Visit", "I am not sure what I read. Did you write %1?"))
                     .arg(view.reading.text);
    view.attempt = tries_;
    view.offer_keypad = unread_running_ >= kUnreadBeforeKeypad;
    return {view, std::nullopt};
  }
  return grade(verdict == Verdict::kRight, read_.text(), read_.confidence(), read_.ink(), now);
}

Visit::Judged Visit::checkTyped(const QString& text, std::chrono::milliseconds now) {
  const auto digits = text.trimmed();
  const bool number =
      !digits.isEmpty() && digits.size() <= kMaxTypedDigits &&
      std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
  if (!number) {
    return {unreadable(say(QT_TRANSLATE_NOOP("Visit", "Type your answer as a number."))),
            std::nullopt};
  }
  read_ = {};
  const auto typed = digits.toStdString();
  auto judged = grade(sameNumber(typed, item_.answer), typed, std::nullopt, {}, now);
  judged.view.reading.text = digits;
  judged.view.reading.unsure = false;
  judged.view.reading.confidence = 1;
  judged.view.reading.words = say(QT_TRANSLATE_NOOP("Visit", "You typed %1.")).arg(digits);
  judged_.reset();  // the next Done is about new ink
  return judged;
}

Visit::Judged Visit::grade(bool right, const std::string& text, std::optional<double> confidence,
                           Ink ink, std::chrono::milliseconds now) {
  ++tries_;
  unread_running_ = 0;
  GradedAnswer graded;
  graded.item = item_;
  graded.reason = reason_.toStdString();
  graded.verdict = right ? storage::Verdict::kRight : storage::Verdict::kWrong;
  graded.attempt = tries_;
  graded.hints = rung_;
  graded.text = text;
  last_text_ = fromUtf8(text);
  graded.confidence = confidence;
  graded.taken = std::max(now - shown_at_, std::chrono::milliseconds(0));
  graded.ink = std::move(ink);
  if (tries_ == 1) countFirstTry(right, graded.taken);
  if (right) ++right_answers_by_skill_[item_.skill];

  JudgementView view;
  view.verdict = right ? Verdict::kRight : Verdict::kNotYet;
  view.reading = read_.view();
  view.attempt = tries_;
  // A walk asks each thing once: what is too hard now is for another day.
  const bool told = rung_ >= kRungs || walk_;
  if (right) {
    view.words = kindWords(lesson_->right, text);
    view.item_over = true;
  } else if (told) {
    view.words = kindWords(lesson_->laid_aside, text);
    view.item_over = true;
  } else {
    view.words = kindWords(lesson_->not_yet, text);
    ++rung_;
    view.hint = hint();
  }
  if (view.item_over) endItem(right);
  judged_ = view;
  return {view, std::move(graded)};
}

void Visit::countFirstTry(bool right, std::chrono::milliseconds taken) {
  const WallTime at{shown_on_.unix_ms + taken.count()};
  path_.observe({item_.skill, item_.difficulty, right, at, item_.id});
}

void Visit::endItem(bool right) {
  open_ = false;
  DoneItem shown;
  shown.prompt = item_.problem ? printed(item_.prompt) : fromUtf8(item_.prompt);
  shown.right = right;
  shown.tries = tries_;
  if (item_.problem) {
    QStringList lines;
    for (const auto& line : sheet_.view().lines) lines += line.text;
    shown.answer = lines.join(QLatin1Char('\n'));
    shown.ink = sheet_.ink();
  } else {
    shown.answer = last_text_;
    shown.ink = read_.ink();
  }
  set_.push_back({item_.skill, tries_, rung_, right, std::move(shown)});
}

HintView Visit::hint() const {
  HintView view;
  view.rung = rung_;
  if (rung_ < 1) return view;
  view.title = rung_ == 1   ? say(QT_TRANSLATE_NOOP("Visit", "A nudge"))
               : rung_ == 2 ? say(QT_TRANSLATE_NOOP("Visit", "The idea"))
                            : say(QT_TRANSLATE_NOOP("Visit", "The answer"));
  view.text = fromUtf8(item_.hints[static_cast<std::size_t>(rung_) - 1]);
  return view;
}

HintView Visit::nextHint() {
  rung_ = std::min(rung_ + 1, kRungs);
  return hint();
}

QString Visit::kindWords(const std::vector<std::string>& words, const std::string& given) {
  auto pick = static_cast<std::size_t>(random_.below(static_cast<std::uint32_t>(words.size())));
  const auto last = last_words_.find(&words);
  if (last != last_words_.end() && last->second == pick) pick = (pick + 1) % words.size();
  last_words_[&words] = pick;
  return fromUtf8(content::fillWords(words[pick], *lesson_, item_, given));
}

}  // namespace primer::app
