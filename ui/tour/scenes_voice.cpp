// Speaking: a sentence that is said with one sound to try, said again, and no microphone.

#include <QElapsedTimer>
#include <algorithm>

#include "pages/choose_page.h"
#include "pages/home_page.h"
#include "pages/reading_page.h"
#include "pages/speaking_page.h"
#include "primer/app/listener.h"
#include "tour/scenes.h"
#include "widgets/sound_letters.h"
#include "window/window.h"

namespace primer::ui {
namespace {

// Slips that a made voice can make, in sentences that begin so: one sound in the place of another
// throughout, since all else that it says is clear.
struct Slip {
  const char* of;
  const char* sound;
  const char* instead;
};
constexpr Slip kSlips[] = {{"she sells", "sh", "h"},
                           {"three thin", "th", "l"},
                           {"six sheep", "sh", "t"},
                           {"thirty", "r", "w"}};

}  // namespace

// Taps, listens until it is over, and measures how the words were followed.
app::SaidView Tour::sayIt(const QString& text) {
  must(voice_.say(text), "there is no voice");
  said_.reset();
  std::vector<double> lit;  // per word, ms from the beginning until it was lit
  QElapsedTimer clock;
  const auto heard = QObject::connect(&tutor().listener(), &app::Listener::heardNow, &window(),
                                      [&](const app::HeardNow& now) {
                                        if (!clock.isValid()) clock.start();
                                        lit.resize(now.words.size(), -1);
                                        for (std::size_t w = 0; w < now.words.size(); ++w) {
                                          if (lit[w] < 0 && now.words[w] == app::WordLight::kNow)
                                            lit[w] = double(clock.elapsed());
                                        }
                                      });
  const bool counts = tutor().steps().contains(app::Step::kNow);
  press(window().currentPage(), talk_word_);
  must(wait([this] { return said_.has_value(); }), "nothing was said of it");
  QObject::disconnect(heard);
  if (counts && said_->trouble == app::ListenTrouble::kNone) {
    ++graded_;
    ++typed_;
  }
  if (said_->trouble == app::ListenTrouble::kNone) talk_word_ = QStringLiteral("Say it again");
  marks_ms_.push_back(said_->thinking_ms);
  for (qsizetype w = 0; w < said_->words.size() && std::size_t(w) < lit.size(); ++w) {
    const int began = said_->words[w].begins_ms;
    if (began >= 0 && lit[std::size_t(w)] >= 0) light_ms_.push_back(lit[std::size_t(w)] - began);
  }
  pause(60);
  return *said_;
}

void Tour::speaking() {
  must(wait([this] { return window().currentPage() == window().homePage(); }), "home did not come");
  if (!voice_.say(QStringLiteral("hello"))) return;  // nobody to speak
  press(window().homePage(), "Choose for myself");
  must(wait([this] { return window().currentPage() == window().choosePage(); }),
       "free choice did not come");
  press(window().choosePage(), "Tongue twisters");
  const auto page = [this] { return window().speakingPage(); };
  must(wait([&] { return page() && window().currentPage() == page(); }), "nothing to say came");
  take("say-it", "Say it", "A sentence, how the mouth makes its sound, and a voice to listen to.",
       "pupil");
  const QString sentence = page()->item().spoken;

  voice_.beGone();
  said_.reset();
  press(page(), "Say it");
  must(wait([this] { return said_.has_value(); }), "a missing microphone was not told");
  should(said_->trouble == app::ListenTrouble::kNoMicrophone, "there should be no microphone");
  pause(60);
  take("no-microphone", "No microphone", "What is missing and what to do; nobody is to blame.",
       "pupil");

  // While it is heard.
  must(voice_.say(sentence), "there is no voice");
  said_.reset();
  press(page(), "Say it");
  pause(1500);
  if (!said_) take("listening", "While it is heard", "Words light up as they are said.", "pupil");
  must(wait([this] { return said_.has_value(); }), "nothing was said of it");
  pause(60);
  should(said_->words_said >= said_->words.size() - 1, "a clear voice was not understood");
  talk_word_ = QStringLiteral("Say it again");
  ++graded_;
  ++typed_;
  if (!said_->to_try.isEmpty()) {
    take("said", "What was heard", "Each sound under its letters.", "pupil");
  }
  if (tutor().steps().first() != app::Step::kNow) {  // it is over
    take("well-said", "Well said", "Every sound in one of three states, three shapes.", "pupil");
    press(page(), "Next");
    must(wait([&] { return page()->item().number == 2; }), "the next sentence did not come");
    talk_word_ = QStringLiteral("Say it");
  }

  // A made voice is clear even where it slips: until one is heard.
  QString slipped;
  for (int tries = 0; tries < 8 && (!said_ || said_->to_try.isEmpty()); ++tries) {
    if (tries > 0) {
      if (tutor().steps().contains(app::Step::kNow)) sayIt(page()->item().spoken);
      const int number = page()->item().number;
      press(page(), "Next");
      must(wait([&] { return page()->item().number != number; }), "the next did not come");
      talk_word_ = QStringLiteral("Say it");
    }
    slipped = page()->item().spoken.toLower();
    for (const Slip& slip : kSlips) {
      if (!slipped.startsWith(QLatin1String(slip.of))) continue;
      sayIt(slipped.replace(QLatin1String(slip.sound), QLatin1String(slip.instead)));
    }
  }
  should(said_ && !said_->to_try.isEmpty(), "no slip of the voice was heard");
  take("one-sound-to-try", "One sound to try",
       "At most two sounds; the mouth, the voice, and oneself beside it.", "pupil");
  sayIt(page()->item().spoken);
  take("it-grew", "What grew", "Said again: the sound that is clear now sparkles.", "pupil");
  // Heard once more, it is one to work on: the pupil takes up what is offered.
  sayIt(slipped);
  must(said_->drill.has_value(), "no pairs are offered for a sound that was missed again");
  press(page(), QStringLiteral("%1 or %2?").arg(said_->drill->word, said_->drill->other));
  must(wait([&] { return !page()->item().other.isEmpty(); }), "no pair of words came");
  take("pair", "Two words that are nearly alike", "For the sound that was missed most.", "pupil");
  talk_word_ = QStringLiteral("Say it");
  press(page(), "Home");
  must(wait([this] { return window().currentPage() == window().homePage(); }), "home did not come");
}

// A story is read with a word left out; then its questions.
void Tour::readingAloud() {
  if (!voice_.say(QStringLiteral("hello"))) return;
  press(window().homePage(), "Choose for myself");
  must(wait([this] { return window().currentPage() == window().choosePage(); }),
       "free choice did not come");
  press(window().choosePage(), "Short stories");
  const auto page = [this] { return window().readingPage(); };
  must(wait([&] { return page() && window().currentPage() == page(); }), "no story came");
  take("story", "A story to read", "A story of ours, and a button to read it with.", "pupil");
  QString text = page()->item().spoken;
  // The longest word of all: none that could be overheard.
  const auto words = text.split(QLatin1Char(' '));
  const auto left_out = *std::max_element(
      words.begin(), words.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
  text.remove(text.indexOf(left_out), left_out.size());
  must(voice_.say(text, 170), "there is no voice");
  said_.reset();
  press(page(), "Read it");
  pause(5000);
  take("reading", "While it is read", "The words follow the reader.", "pupil");
  must(waitLong([this] { return said_.has_value(); }), "the reading did not end");
  marks_ms_.push_back(said_->thinking_ms);
  pause(60);
  should(said_->record && said_->record->right * 10 >= said_->record->words * 8,
         "a clear reading was not understood");
  should(said_->record && !said_->record->hard_words.isEmpty(), "no word is to be practised");
  ++graded_;
  ++typed_;
  take("read", "After the reading", "Pace, words, how the level fits, and a word to practise.",
       "pupil");
  press(page(), "The questions");
  pause(60);
  take("question", "A question about it", "What was read is thought about.", "pupil");
  for (const auto& question : page()->item().questions) {
    press(page(), question.right);
    ++graded_;
    ++typed_;
    pause(60);
  }
  take("questions-done", "The story is remembered", "And on to the next.", "pupil");
  press(page(), "Home");
  must(wait([this] { return window().currentPage() == window().homePage(); }), "home did not come");
}

}  // namespace primer::ui
