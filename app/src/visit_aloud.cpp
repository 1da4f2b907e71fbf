// An item that is said or read aloud within the visit.

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "primer/app/mouth.h"
#include "spoken_evidence.h"
#include "visit.h"

namespace primer::app {

namespace {

constexpr std::size_t kUtterances = 10;  // of which a mean is told
constexpr double kSmooth = 0.75, kSteady = 0.5;
constexpr int kWordsOfASet = 6, kWordsBeforeAStory = 3;
constexpr double kChanceOfAWord = 0.7;
constexpr int kMostOtherTexts = 2;

QString say(const char* text) { return QCoreApplication::translate("Speaking", text); }

QString flowWords(double fluency) {
  if (fluency >= kSmooth) return say(QT_TRANSLATE_NOOP("Speaking", "smooth"));
  if (fluency >= kSteady) return say(QT_TRANSLATE_NOOP("Speaking", "steady"));
  return say(QT_TRANSLATE_NOOP("Speaking", "taking its time"));
}

// For the teacher: what was said, and what was not clear in it.
std::string recordOf(const SaidView& said) {
  QStringList words;
  for (const auto& word : said.words) {
    words.append(word.said ? word.written : QLatin1Char('(') + word.written + QLatin1Char(')'));
  }
  auto text = words.join(QLatin1Char(' '));
  for (const auto& sound : said.to_try) {
    text += QStringLiteral(" · %1 (%2)").arg(sound.letters, sound.in_word);
    if (!sound.heard.isEmpty()) text += QStringLiteral(" → %1").arg(sound.heard);
  }
  return text.toStdString();
}

}  // namespace

bool Visit::itemIsAloud() const {
  return item_.kind == ItemKind::kSaying || item_.kind == ItemKind::kStory;
}

bool Visit::isOpen(std::size_t skill) const {
  const auto lesson = course_->placeOf(skill).lesson;
  if (isPractice(lesson)) return wordsLeft() > 0;
  if (!isAloud(lesson)) return path_.chooser().isOpen(skill);
  return aloud_->chooser().isOpen(skill - course_->at({first_aloud_, 0}));
}

double Visit::chanceOf(std::size_t skill, std::size_t level, double now) const {
  const auto lesson = course_->placeOf(skill).lesson;
  if (isPractice(lesson)) return kChanceOfAWord;
  if (!isAloud(lesson)) return path_.chooser().chance(skill, level, now);
  return aloud_->chooser().chance(skill - course_->at({first_aloud_, 0}), level, now);
}

// One story is a set of its own, behind a few words of earlier ones.
int Visit::setLength() const {
  if (!chosen_skill_) return sums_in_a_set_;
  if (isPractice(course_->placeOf(*chosen_skill_).lesson)) return words_in_set_;
  const bool story = course_->skill(*chosen_skill_).kind == content::Kind::kStory;
  return story ? words_in_set_ + 1 : sums_in_a_set_;
}

// ---- Words of earlier stories

void Visit::addPracticeLesson() {
  if (due_words_.empty()) return;
  auto lessons = course_->lessons();
  lessons.push_back(std::make_shared<const content::Lesson>(practiceLesson(due_words_)));
  course_ = std::make_shared<const Course>(std::move(lessons));
}

int Visit::wordsAhead() const {
  if (!chosen_skill_) return 0;
  if (isPractice(course_->placeOf(*chosen_skill_).lesson)) {
    return std::min(wordsLeft(), kWordsOfASet);
  }
  const bool story = course_->skill(*chosen_skill_).kind == content::Kind::kStory;
  return story ? std::min(wordsLeft(), kWordsBeforeAStory) : 0;
}

Choice Visit::nextWord(WallTime now) const {
  return {0, 0, kChanceOfAWord, practiceReason(due_words_[next_word_], now), practice_lesson_};
}

std::optional<Visit::Judged> Visit::takeOtherText(std::chrono::milliseconds now) {
  if (!open_ || !isPractice(lesson_) || ++other_texts_ < kMostOtherTexts) return std::nullopt;
  rung_ = kRungs;
  return take({Try::Outcome::kNotYet, {}, std::nullopt, {}, {}}, now);
}

std::vector<std::byte> Visit::evidenceOf(const SaidView& said) const {
  if (!said.evidence) return {};
  auto evidence = *said.evidence;
  if (item_.kind == ItemKind::kStory && said.record) {
    for (const auto& word : said.record->hard_words) {
      evidence.hard_words.push_back(word.toStdString());
    }
  }
  return encodeEvidence(evidence);
}

// What is recorded is known of the speaker from now on, as it will be in the next visit.
void Visit::remember(const SaidView& said) {
  if (!said.evidence) return;
  auto now = std::make_shared<Speaker>(*speaker_);
  now->prior.add(said.evidence->sounds);
  speaker_ = std::move(now);
}

Visit::Judged Visit::takeSaid(SaidView& said, std::chrono::milliseconds now) {
  utterances_.push_back({said.fluency, static_cast<double>(said.words_per_minute.value_or(0))});
  if (utterances_.size() > kUtterances) utterances_.pop_front();
  Utterance mean;
  int paced = 0;
  for (const auto& one : utterances_) {
    mean.fluency += one.fluency / static_cast<double>(utterances_.size());
    mean.words_per_minute += one.words_per_minute;
    paced += one.words_per_minute > 0 ? 1 : 0;
  }
  said.flow = said.words.size() > 1 ? flowWords(mean.fluency) : QString();
  if (said.words_per_minute && paced > 0) {
    said.words_per_minute = static_cast<int>(std::lround(mean.words_per_minute / paced));
  }
  if (open_) remember(said);
  if (item_.kind == ItemKind::kSaying) offerDrill(said);
  if (item_.kind == ItemKind::kStory && said.record) return takeStory(said, now);
  Try tried;
  // A word that was read rightly was read, however it sounded.
  const bool clear =
      (said.to_try.isEmpty() || isPractice(lesson_)) && said.words_said == said.words.size();
  tried.outcome = clear ? Try::Outcome::kRight : Try::Outcome::kPartly;
  tried.text = recordOf(said);
  tried.evidence = evidenceOf(said);
  if (!said.to_try.isEmpty()) {
    tried.misconception = "sound-" + said.to_try.first().phone.toLower().toStdString();
  }
  return takeAloud(std::move(tried), now);
}

// A story is read once: whatever came of it, it is over, and the next one may be another level.
Visit::Judged Visit::takeStory(const SaidView& said, std::chrono::milliseconds now) {
  const auto& record = *said.record;
  Try tried;
  tried.outcome = record.too_hard ? Try::Outcome::kPartly : Try::Outcome::kRight;
  tried.text = QCoreApplication::translate("Speaking", "%1 of %2 words")
                   .arg(record.right)
                   .arg(record.words)
                   .toStdString();
  if (said.words_per_minute) {
    tried.text += QCoreApplication::translate("Speaking", ", %1 a minute")
                      .arg(*said.words_per_minute)
                      .toStdString();
  }
  if (!record.marks.isEmpty()) tried.text += "; " + record.marks.toStdString();
  if (record.easy) {
    tried.words = say(QT_TRANSLATE_NOOP("Speaking", "That went well. A longer one may come next."));
  }
  rung_ = kRungs;
  tried.evidence = evidenceOf(said);
  return takeAloud(std::move(tried), now);
}

std::optional<Visit::Judged> Visit::takeQuietly(std::chrono::milliseconds now) {
  if (!open_ || item_.kind != ItemKind::kStory) return std::nullopt;
  Try tried;
  tried.outcome = Try::Outcome::kQuiet;
  tried.text = QCoreApplication::translate("Speaking", "read quietly").toStdString();
  tried.words = say(QT_TRANSLATE_NOOP("Speaking", "You read it to yourself."));
  return take(std::move(tried), now);
}

GradedAnswer Visit::saidAgain(const SaidView& said, std::chrono::milliseconds now) const {
  auto answer = graded(storage::Verdict::kNotJudged, now);
  answer.attempt = tries_ + 1;
  answer.text = said.record ? said.record->marks.toStdString() : recordOf(said);
  return answer;
}

std::optional<GradedAnswer> Visit::answerQuestion(int question, const QString& answer,
                                                  std::chrono::milliseconds now) const {
  if (!item_.story || question < 0) return std::nullopt;
  const auto& questions = item_.story->questions;
  const auto at = static_cast<std::size_t>(question);
  if (at >= questions.size()) return std::nullopt;
  const bool right = answer.toStdString() == questions[at].right;
  auto graded_one = graded(right ? storage::Verdict::kRight : storage::Verdict::kWrong, now);
  graded_one.item.id += "." + std::to_string(question + 1);
  graded_one.attempt = 1;
  graded_one.hints = 0;
  graded_one.text = answer.toStdString();
  return graded_one;
}

Visit::Judged Visit::takeChosen(const ChosenView& chosen, SaidView& said,
                                std::chrono::milliseconds now) {
  const auto text = QString::fromStdString(item_.prompt);
  const auto other = QString::fromStdString(item_.other);
  const auto sound = QString::fromStdString(skill().sound);
  const bool right = chosen.choice == 0;
  said.words = {
      {text, true, {{text, sound, right ? SoundMark::kClear : SoundMark::kToTry}}, -1, -1}};
  said.words_said = 1;
  if (!right) said.to_try = {{sound, lettersOf(sound), 0, text, {}, mouthWords(sound)}};
  Try tried;
  tried.outcome = right ? Try::Outcome::kRight : Try::Outcome::kNotYet;
  tried.text = (right ? text : other).toStdString();
  tried.words = right ? say(QT_TRANSLATE_NOOP("Speaking", "That was %1, not %2.")).arg(text, other)
                      : say(QT_TRANSLATE_NOOP("Speaking", "I heard %1.")).arg(other);
  if (!right) tried.misconception = "sound-" + skill().sound;
  std::transform(tried.misconception.begin(), tried.misconception.end(),
                 tried.misconception.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return takeAloud(std::move(tried), now);
}

Visit::Judged Visit::takeAloud(Try tried, std::chrono::milliseconds now) {
  if (open_) return take(std::move(tried), now);
  const bool right = tried.outcome == Try::Outcome::kRight;
  JudgementView view;
  view.verdict = right ? Verdict::kRight : Verdict::kNotYet;
  view.item_over = true;
  view.words = right ? kindWords(lesson().right, tried.text)
                     : say(QT_TRANSLATE_NOOP("Speaking", "Once more, just for you."));
  return {view, std::nullopt};
}

}  // namespace primer::app
