#include "gallery/sample_voice.h"

#include <cmath>

#include "gallery/sample_values.h"

namespace primer::ui::sample {
namespace {

std::shared_ptr<const app::HeardSound> sound() {
  auto heard = std::make_shared<app::HeardSound>();
  heard->samples.resize(32'000);
  for (std::size_t i = 0; i < heard->samples.size(); ++i) {
    const double swell = std::sin(double(i) / 2600) * std::sin(double(i) / 900);
    heard->samples[i] = std::int16_t(9000 * swell * std::sin(double(i) / 9));
  }
  return heard;
}

app::SaidWord word(const QString& written, const QStringList& letters, const QStringList& phones) {
  app::SaidWord said{written, true, {}, 100, 500};
  for (qsizetype i = 0; i < letters.size(); ++i) {
    said.sounds.append({letters[i], phones.value(i), app::SoundMark::kClear});
  }
  return said;
}

}  // namespace

app::ItemView saying() {
  app::ItemView item;
  item.kind = app::ItemKind::kSaying;
  item.number = 3;
  item.of = 8;
  item.skill = item.lesson_title = say("The sound th, as in thin");
  item.request = say("Say it");
  item.prompt = item.spoken = QStringLiteral("Three thin fish swim.");
  item.explain = say("Put the tip of your tongue between your teeth and let the air out.");
  item.sound = QStringLiteral("TH");
  return item;
}

app::ItemView sayingPair() {
  app::ItemView item = saying();
  item.prompt = item.spoken = QStringLiteral("thin");
  item.other = QStringLiteral("fin");
  return item;
}

app::ItemView longestSaying() {
  app::ItemView item = saying();
  item.prompt = item.spoken = QStringLiteral("Donaudampfschifffahrtsgesellschaftswagen");
  item.explain = QStringLiteral(
      "Legen Sie die Zungenspitze ganz leicht zwischen die Zähne und lassen Sie die Luft "
      "langsam hinausströmen.");
  item.sound = QStringLiteral("SH");
  return item;
}

app::ItemView story() {
  app::ItemView item;
  item.kind = app::ItemKind::kStory;
  item.number = item.of = 1;
  item.skill = item.lesson_title = say("Longer stories");
  item.request = say("Read it aloud");
  item.prompt = say("The night bus");
  item.explain = say("Take a breath at each full stop. The words wait for you.");
  item.paragraphs = {
      say("Joel had never been awake so late before. The night bus was warm and almost "
          "empty, and outside its dark windows the rain ran down in silver lines that "
          "trembled whenever the engine started."),
      say("At every stop another passenger got out: a nurse with exhausted eyes, a "
          "baker whose jacket smelled of bread, a musician carrying a drum in a sack.")};
  item.spoken = item.paragraphs.join(QLatin1Char(' '));
  item.questions = {
      {say("How did the driver know the name of Joel?"),
       {say("He had listened"), say("He read it on a ticket"), say("He was his uncle")},
       say("He had listened")}};
  return item;
}

app::HeardNow heardSome(int words) {
  app::HeardNow heard;
  heard.level = 0.3F;
  heard.words.assign(std::size_t(words) + 1, app::WordLight::kSaid);
  heard.words.back() = app::WordLight::kNow;
  heard.words.resize(std::size_t(words) + 8, app::WordLight::kToCome);
  heard.now = words;
  return heard;
}

app::HeardNow noMicrophone() {
  app::HeardNow heard;
  heard.trouble = app::ListenTrouble::kNoMicrophone;
  heard.trouble_words = {say("I have no microphone"),
                         say("Plug one in and I will listen at once. Or read it to a friend.")};
  return heard;
}

app::ChosenView answerHeard(int choice) {
  app::ChosenView chosen;
  chosen.choice = choice;
  return chosen;
}

app::ChosenView answerNotHeard() {
  app::ChosenView chosen;
  chosen.trouble = app::ListenTrouble::kNoMicrophone;
  chosen.trouble_words = noMicrophone().trouble_words;
  return chosen;
}

app::SaidView saidWithSlips() {
  app::SaidView said;
  said.words = {word("Three", {"Th", "r", "ee"}, {"TH", "R", "IY"}),
                word("thin", {"th", "i", "n"}, {"TH", "IH", "N"}),
                word("fish", {"f", "i", "sh"}, {"F", "IH", "SH"}),
                word("swim", {"s", "w", "i", "m"}, {"S", "W", "IH", "M"})};
  said.words[0].sounds[0].mark = said.words[1].sounds[0].mark = app::SoundMark::kToTry;
  said.words[2].sounds[2].mark = app::SoundMark::kToTry;
  said.words[3].sounds[1].mark = app::SoundMark::kCannotTell;
  said.to_try = {
      {QStringLiteral("TH"), QStringLiteral("th"), 0, QStringLiteral("Three"), QStringLiteral("s"),
       say("Put the tip of your tongue between your teeth and let the air out.")},
      {QStringLiteral("SH"), QStringLiteral("sh"), 2, QStringLiteral("fish"), QStringLiteral("s"),
       say("Push your lips forward and blow softly.")}};
  said.drill = app::SoundDrill{QStringLiteral("TH"), QStringLiteral("thin"), QStringLiteral("fin")};
  said.words_said = 4;
  said.sounds = 13;
  said.sounds_clear = 9;
  said.flow = say("taking its time");
  said.words_per_minute = 92;
  said.sound = sound();
  return said;
}

app::SaidView saidClearly(const app::ItemView& item) {
  app::SaidView said;
  for (const auto& written : item.spoken.split(QLatin1Char(' '))) {
    QStringList letters;
    for (const QChar letter : written) letters.append(letter);
    said.words.append(word(written, letters, {}));
    said.sounds += int(letters.size());
  }
  said.sounds_clear = said.sounds;
  said.words_said = int(said.words.size());
  said.flow = QStringLiteral("smooth");
  said.words_per_minute = 104;
  said.sound = sound();
  return said;
}

app::JudgementView saidJudgement(bool right) {
  app::JudgementView view;
  view.verdict = right ? app::Verdict::kRight : app::Verdict::kNotYet;
  view.item_over = right;
  view.words =
      right ? say("Every sound was clear.") : say("Nearly. Listen once more and say it again.");
  return view;
}

app::SaidView storyRead() {
  auto said = saidClearly(story());
  said.words[3].said = said.words[20].said = false;
  app::StoryRecord record;
  record.words = int(said.words.size());
  record.right = record.words - 2;
  record.easy = true;
  record.fit_words = say("easy for you");
  record.hard_words = {QStringLiteral("trembled"), QStringLiteral("exhausted")};
  said.record = record;
  return said;
}

}  // namespace primer::ui::sample
