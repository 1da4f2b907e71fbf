#include "said.h"

#include <algorithm>
#include <cmath>

#include "primer/app/mouth.h"
#include "primer/pronunciation/spelling.h"
#include "src/spoken_evidence.h"
#include "trouble_words.h"

namespace primer::app {

namespace {

using pronunciation::JudgedPhone;
using pronunciation::JudgedWord;
using pronunciation::Judgement;
using pronunciation::WordError;

constexpr int kMostToTry = 2;
// Chance of being wrong from which on a sound that is not flagged is not called clear either.
constexpr float kDoubt = 0.25f;

QString nameOf(pronunciation::Phone phone) {
  const auto name = pronunciation::kPhoneNames[phone];
  return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

SoundMark markOf(const JudgedPhone& phone) {
  if (phone.flagged) return SoundMark::kToTry;
  return phone.score && phone.wrong < kDoubt ? SoundMark::kClear : SoundMark::kCannotTell;
}

// The worst of several sounds under the same letters.
const JudgedPhone& toLookAt(const JudgedPhone& left, const JudgedPhone& right) {
  if (left.flagged != right.flagged) return left.flagged ? left : right;
  return right.wrong > left.wrong ? right : left;
}

// Of a consonant: a vowel in its place is a matter of where the one ends and the other begins.
QString heardInstead(const JudgedPhone& phone) {
  if (phone.heard >= pronunciation::kPhones || pronunciation::isVowel(phone.phone) ||
      pronunciation::isVowel(phone.heard)) {
    return {};
  }
  const auto letters = lettersOf(nameOf(phone.heard));
  return letters == lettersOf(nameOf(phone.phone)) ? QString() : letters;
}

class Teller {
 public:
  Teller(const Judgement& judgement, const pronunciation::Lexicon& lexicon)
      : judgement_(judgement), lexicon_(lexicon) {}

  SaidView tell() {
    for (const auto& word : judgement_.words) {
      if (word.error != WordError::kInsertion) take(word);
    }
    // What is surest to be wrong comes first; a sound that was missed twice counts once.
    std::stable_sort(flagged_.begin(), flagged_.end(),
                     [](const Flagged& a, const Flagged& b) { return a.wrong > b.wrong; });
    for (const auto& flagged : flagged_) {
      if (view_.to_try.size() == kMostToTry) break;
      view_.to_try.append(flagged.sound);
    }
    quieten();
    if (judgement_.sentence) {
      view_.fluency = static_cast<double>(judgement_.sentence->fluency) / 100;
      view_.total = static_cast<double>(judgement_.sentence->total) / 100;
    }
    if (judgement_.words_per_minute) {
      view_.words_per_minute = static_cast<int>(std::lround(*judgement_.words_per_minute));
    }
    return std::move(view_);
  }

 private:
  struct Flagged {
    SoundToTry sound;
    float wrong = 0;
  };

  void take(const JudgedWord& word) {
    SaidWord said;
    said.written = QString::fromStdString(word.word);
    said.said = word.error != WordError::kOmission;
    if (word.time) {
      said.begins_ms = word.time->start_ms;
      said.ends_ms = word.time->end_ms;
    }
    pronunciation::Pronunciation phones;
    for (const auto& phone : word.phones) phones.push_back(phone.phone);
    for (const auto& part : pronunciation::spell(lexicon_, word.word, phones)) {
      const auto letters = QString::fromStdString(word.word.substr(part.first_byte, part.bytes));
      const auto* worst = &word.phones[part.first_phone];
      for (std::size_t i = 1; i < part.phones; ++i) {
        worst = &toLookAt(*worst, word.phones[part.first_phone + i]);
      }
      const auto mark = said.said ? markOf(*worst) : SoundMark::kCannotTell;
      said.sounds.append({letters, nameOf(worst->phone), mark});
      if (mark == SoundMark::kToTry) flag(*worst, letters, said);
      if (said.said) {
        ++view_.sounds;
        view_.sounds_clear += mark == SoundMark::kClear ? 1 : 0;
      }
    }
    if (said.sounds.isEmpty()) {  // a word that has no sound of its own is still shown
      said.sounds.append({said.written, {}, SoundMark::kCannotTell});
    }
    view_.words_said += said.said ? 1 : 0;
    view_.words.append(said);
  }

  void flag(const JudgedPhone& phone, const QString& letters, const SaidWord& in) {
    const auto name = nameOf(phone.phone);
    const auto known = std::find_if(flagged_.begin(), flagged_.end(), [&](const Flagged& other) {
      return other.sound.phone == name;
    });
    if (known != flagged_.end()) {
      known->wrong = std::max(known->wrong, phone.wrong);
      return;
    }
    SoundToTry sound;
    sound.phone = name;
    sound.letters = letters.toLower();
    sound.word = static_cast<int>(view_.words.size());
    sound.in_word = in.written;
    sound.heard = heardInstead(phone);
    sound.how = mouthWords(name);
    flagged_.push_back({std::move(sound), phone.wrong});
  }

  // No more sounds are marked than can be worked on: of the others nothing is said.
  void quieten() {
    for (auto& word : view_.words) {
      for (auto& sound : word.sounds) {
        const bool told =
            std::any_of(view_.to_try.begin(), view_.to_try.end(),
                        [&sound](const SoundToTry& one) { return one.phone == sound.phone; });
        if (sound.mark == SoundMark::kToTry && !told) sound.mark = SoundMark::kCannotTell;
      }
    }
  }

  const Judgement& judgement_;
  const pronunciation::Lexicon& lexicon_;
  SaidView view_;
  std::vector<Flagged> flagged_;
};

std::shared_ptr<const SpokenEvidence> evidenceOf(const Judgement& judgement) {
  pronunciation::SpeakerPrior heard;
  heard.add(judgement);
  auto evidence = std::make_shared<SpokenEvidence>();
  evidence->sounds = heard.sounds();
  return evidence;
}

SaidView troubled(ListenTrouble trouble) {
  SaidView view;
  view.trouble = trouble;
  view.trouble_words = troubleWords(trouble);
  return view;
}

}  // namespace

SaidView viewOf(const Judgement& judgement, const pronunciation::Lexicon& lexicon) {
  if (judgement.problem) return troubled(troubleOf(*judgement.problem));
  if (judgement.other_text) return troubled(ListenTrouble::kOtherText);
  return Teller(judgement, lexicon).tell();
}

SaidView judgeSaid(pronunciation::PronunciationJudge& judge,
                   const std::vector<pronunciation::TextWord>& text, Heard heard,
                   double sensitivity, const Speaker* speaker) {
  if (heard.trouble != ListenTrouble::kNone) return troubled(heard.trouble);
  pronunciation::JudgeRequest request{text, sensitivity};
  if (speaker != nullptr) {
    request.speaker = &speaker->prior;
    request.accent = &speaker->accent;
  }
  const auto judged = judge.judge(heard.recording, request);
  auto view = judged ? viewOf(*judged, judge.lexicon()) : troubled(ListenTrouble::kNotThere);
  if (judged && view.trouble == ListenTrouble::kNone) {
    view.record = recordOf(*judged);
    view.evidence = evidenceOf(*judged);
  }
  view.milliseconds = static_cast<int>(std::lround(heard.recording.seconds() * 1000));
  if (heard.sound && !heard.sound->samples.empty()) view.sound = std::move(heard.sound);
  return view;
}

}  // namespace primer::app
