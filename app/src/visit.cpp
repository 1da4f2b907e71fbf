#include "visit.h"

#include <QCoreApplication>
#include <algorithm>

#include "item_view.h"

namespace primer::app {

namespace {

constexpr int kUnreadBeforeKeypad = 2;
constexpr qsizetype kMaxTypedDigits = 12;

QString say(const char* text) { return QCoreApplication::translate("Visit", text); }
QString fromUtf8(const std::string& text) { return QString::fromStdString(text); }

Try::Outcome outcomeOf(bool right) { return right ? Try::Outcome::kRight : Try::Outcome::kNotYet; }

knowledge::RecommendationPolicy policyOf(const VisitOptions& options) {
  auto policy = options.policy;
  policy.placement = policy.placement && options.first_walk;
  return policy;
}

storage::Verdict recorded(Try::Outcome outcome) {
  switch (outcome) {
    case Try::Outcome::kRight:
      return storage::Verdict::kRight;
    case Try::Outcome::kPartly:
      return storage::Verdict::kPartly;
    case Try::Outcome::kForTeacher:
      return storage::Verdict::kAskTeacher;
    case Try::Outcome::kQuiet:
      return storage::Verdict::kNotJudged;
    case Try::Outcome::kNotYet:
      break;
  }
  return storage::Verdict::kWrong;
}

// A question that needs an ear or a voice.
bool heardOrSaid(const content::Question& question) {
  return question.answering == Answering::kSpell || question.answering == Answering::kSay;
}

bool heardOrSaid(const content::Skill& skill) {
  if (skill.kind != content::Kind::kQuiz) {
    return skill.kind == content::Kind::kSaying || skill.kind == content::Kind::kStory;
  }
  return std::all_of(skill.levels.begin(), skill.levels.end(), [](const content::Level& level) {
    return std::all_of(level.questions.begin(), level.questions.end(),
                       [](const auto& question) { return heardOrSaid(question); });
  });
}

bool heardOrSaid(const content::Lesson& lesson) {
  return std::all_of(lesson.skills.begin(), lesson.skills.end(),
                     [](const auto& skill) { return heardOrSaid(skill); });
}

// A tablet without other lessons has one path through all of them.
std::size_t firstAloud(const Course& course) {
  const auto& lessons = course.lessons();
  const auto first = std::find_if(lessons.begin(), lessons.end(),
                                  [](const auto& lesson) { return heardOrSaid(*lesson); });
  return first == lessons.begin() ? lessons.size()
                                  : static_cast<std::size_t>(first - lessons.begin());
}

Course::Lessons part(const Course::Lessons& lessons, std::size_t first, std::size_t last) {
  return {lessons.begin() + static_cast<std::ptrdiff_t>(first),
          lessons.begin() + static_cast<std::ptrdiff_t>(last)};
}

}  // namespace

Visit::Visit(std::shared_ptr<const Course> course,
             std::shared_ptr<const knowledge::KnowledgeModel> model, PupilHistory history,
             const VisitOptions& options)
    : course_(std::move(course)),
      first_aloud_(firstAloud(*course_)),
      path_(part(course_->lessons(), 0, first_aloud_), model, history.first_tries,
            policyOf(options)),
      due_words_(std::move(history.due_words)),
      practice_lesson_(course_->lessons().size()),
      missed_sounds_(std::move(history.missed_sounds)),
      right_answers_by_skill_(std::move(history.right_answers_by_skill)),
      news_(history.news),
      random_(options.seed),
      guest_(options.guest),
      sums_in_a_set_(std::max(1, options.sums_in_a_set)),
      speaker_(history.speaker ? std::move(history.speaker) : std::make_shared<const Speaker>()) {
  const auto count = course_->lessons().size();
  if (first_aloud_ < count) addPracticeLesson();
  right_answers_by_skill_.resize(course_->size(), 0);
  right_before_set_ = right_answers_by_skill_;
  if (first_aloud_ == count) return;
  auto tries = history.first_tries;
  std::erase_if(tries, [this](const FirstTry& one) { return !isAloud(one.lesson); });
  for (auto& one : tries) one.lesson -= first_aloud_;
  knowledge::RecommendationPolicy policy;
  policy.placement = false;
  aloud_.emplace(part(course_->lessons(), first_aloud_, count), std::move(model), tries, policy);
}

void Visit::startSet() {
  shown_in_set_ = 0;
  set_.clear();
  shown_prompts_.clear();
  right_before_set_ = right_answers_by_skill_;
  // Today's words are said: what comes is chosen as from home.
  if (chosen_skill_ && !drill_level_ && !mayChoose(*chosen_skill_)) chosen_skill_.reset();
  words_in_set_ = wordsAhead();
  walk_ = !chosen_skill_ && path_.chooser().isPlacing();
  open_ = false;
}

bool Visit::setIsOver() const {
  if (open_) return false;
  return walk_ ? shown_in_set_ > 0 && !path_.chooser().isPlacing() : shown_in_set_ >= setLength();
}

content::Item Visit::dealItem(const Choice& choice) {
  const auto& lesson = course_->lesson(choice.lesson);
  if (isPractice(choice.lesson)) return content::makeSpokenItem(lesson, 0, 0, next_word_++);
  const auto key = std::pair(course_->at(choice.place()), choice.level);
  auto dealer = dealers_.find(key);
  if (dealer == dealers_.end()) {
    dealer =
        dealers_
            .emplace(key, content::ItemDealer(lesson, choice.skill, choice.level, random_.next()))
            .first;
  }
  // Levels and skills may share items: look for one that this set has not shown.
  content::Item item;
  for (int tries = 0; tries < 8; ++tries) {
    item = dealer->second.next();
    if (std::find(shown_prompts_.begin(), shown_prompts_.end(), item.prompt) ==
        shown_prompts_.end())
      break;
  }
  return item;
}

ItemView Visit::startItem(std::chrono::milliseconds now, WallTime wall_time) {
  const auto choice = choose(wall_time);
  item_ = dealItem(choice);
  lesson_ = choice.lesson;
  shown_prompts_.push_back(item_.prompt);
  reason_ = choice.reason;
  beginItem(now, wall_time);
  ++shown_in_set_;
  return itemView();
}

QList<Step> Visit::steps() const {
  QList<Step> steps;
  for (const auto& done : set_) {
    steps.append(done.for_teacher                ? Step::kForTeacher
                 : done.quiet                    ? Step::kRight
                 : done.right && done.tries == 1 ? Step::kRight
                                                 : Step::kNotYet);
  }
  if (open_) steps.append(Step::kNow);
  const int of = walk_ ? knowledge::Placement::kMostQuestions : setLength();
  while (steps.size() < of) steps.append(Step::kToCome);
  return steps;
}

void Visit::take(const handwriting::NumberReading& reading, Ink ink) {
  read_ = ReadAnswer(reading, std::move(ink));
  read_.remember(confirmed_);
  judged_.reset();
}

bool Visit::chooseAlternative(int digit, int alternative) {
  const auto before = read_.text();
  if (!read_.chooseAlternative(digit, alternative)) return false;
  if (read_.text() != before) judged_.reset();
  confirmed_ = read_.confirmed();
  return true;
}

void Visit::confirmReading() {
  read_.confirmAll();
  confirmed_ = read_.confirmed();
}

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
  auto judged = take(
      {outcomeOf(verdict == Verdict::kRight), read_.text(), read_.confidence(), {}, read_.ink()},
      now);
  judged_ = judged.view;
  return judged;
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
  auto judged =
      take({outcomeOf(sameNumber(typed, item_.answer)), typed, std::nullopt, {}, {}}, now);
  judged.view.reading.text = digits;
  judged.view.reading.unsure = false;
  judged.view.reading.confidence = 1;
  judged.view.reading.words = say(QT_TRANSLATE_NOOP("Visit", "You typed %1.")).arg(digits);
  return judged;
}

GradedAnswer Visit::graded(storage::Verdict verdict, std::chrono::milliseconds now) const {
  GradedAnswer answer;
  answer.lesson = lesson_;
  answer.item = item_;
  answer.reason = reason_.toStdString();
  answer.verdict = verdict;
  answer.attempt = std::max(1, tries_);
  answer.hints = rung_;
  answer.taken = std::max(now - shown_at_, std::chrono::milliseconds(0));
  return answer;
}

Visit::Judged Visit::take(Try tried, std::chrono::milliseconds now) {
  ++tries_;
  unread_running_ = 0;
  judged_.reset();
  const bool right = tried.outcome == Try::Outcome::kRight;
  const bool for_teacher = tried.outcome == Try::Outcome::kForTeacher;
  auto answer = graded(recorded(tried.outcome), now);
  answer.misconception = tried.misconception;
  answer.text = tried.text;
  answer.confidence = tried.confidence;
  answer.ink = std::move(tried.ink);
  answer.evidence = std::move(tried.evidence);
  last_text_ = fromUtf8(tried.text);
  const bool judged = !for_teacher && tried.outcome != Try::Outcome::kQuiet;
  if (tries_ == 1 && judged) countFirstTry(right, answer.taken);
  if (right) ++right_answers_by_skill_[place()];

  JudgementView view;
  view.verdict = right ? Verdict::kRight : for_teacher ? Verdict::kForTeacher : Verdict::kNotYet;
  view.reading = read_.view();
  view.attempt = tries_;
  // A walk asks each thing once: what is too hard now is for another day.
  const bool told = rung_ >= kRungs || walk_;
  view.item_over = right || !judged || told;
  const auto& words = right ? lesson().right : told ? lesson().laid_aside : lesson().not_yet;
  view.words = tried.words.isEmpty() ? kindWords(words, tried.text) : tried.words;
  if (view.item_over) {
    endItem(tried.outcome);
  } else {
    ++rung_;
    view.hint = hint();
  }
  return {view, std::move(answer)};
}

void Visit::countFirstTry(bool right, std::chrono::milliseconds taken) {
  const WallTime at{shown_on_.unix_ms + taken.count()};
  if (isPractice(lesson_)) return;
  if (isAloud(lesson_)) {
    aloud_->observe({item_.skill, item_.difficulty, right, at, item_.id, lesson_ - first_aloud_});
  } else {
    path_.observe({item_.skill, item_.difficulty, right, at, item_.id, lesson_});
  }
}

void Visit::endItem(Try::Outcome outcome) {
  open_ = false;
  const bool right = outcome == Try::Outcome::kRight;
  DoneItem shown;
  shown.prompt = viewOf(lesson(), item_).prompt;
  shown.right = right;
  shown.tries = tries_;
  if (item_.kind == ItemKind::kWorking) {
    QStringList lines;
    for (const auto& line : sheet_.view().lines) lines += line.text;
    shown.answer = lines.join(QLatin1Char('\n'));
    shown.ink = sheet_.ink();
  } else {
    shown.answer = last_text_;
    shown.ink = read_.ink();
  }
  set_.push_back({place(), tries_, rung_, right, outcome == Try::Outcome::kForTeacher,
                  outcome == Try::Outcome::kQuiet, std::move(shown)});
}

HintView Visit::hint() const {
  HintView view;
  view.rung = rung_;
  if (rung_ < 1) return view;
  view.title = rung_ == 1   ? say(QT_TRANSLATE_NOOP("Visit", "A nudge"))
               : rung_ == 2 ? say(QT_TRANSLATE_NOOP("Visit", "The idea"))
                            : say(QT_TRANSLATE_NOOP("Visit", "The answer"));
  view.text = fromUtf8(item_.hints[static_cast<std::size_t>(rung_) - 1]);
  view.shows = shownPlaces();
  return view;
}

HintView Visit::nextHint() {
  if (item_.kind == ItemKind::kWorking) return nextWorkHint();
  rung_ = std::min(rung_ + 1, kRungs);
  return hint();
}

QString Visit::kindWords(const std::vector<std::string>& words, const std::string& given) {
  auto pick = static_cast<std::size_t>(random_.below(static_cast<std::uint32_t>(words.size())));
  const auto last = last_words_.find(&words);
  if (last != last_words_.end() && last->second == pick) pick = (pick + 1) % words.size();
  last_words_[&words] = pick;
  return fromUtf8(content::fillWords(words[pick], lesson(), item_, given));
}

}  // namespace primer::app
