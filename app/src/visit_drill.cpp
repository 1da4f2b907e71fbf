// Pairs of words that differ in one sound ("thin", "fin"), offered for the sound that a pupil has
// missed most.

#include <algorithm>
#include <cctype>

#include "visit.h"

namespace primer::app {

namespace {

std::string keyOf(const QString& phone) { return phone.toLower().toStdString(); }

bool hasPairs(const content::Level& level) {
  return !level.sayings.empty() && !level.sayings.front().other.empty();
}

std::size_t pairsOf(const content::Skill& skill) {
  const auto found = std::find_if(skill.levels.begin(), skill.levels.end(), hasPairs);
  return static_cast<std::size_t>(found - skill.levels.begin());
}

}  // namespace

std::optional<Course::Place> Visit::pairsFor(const std::string& phone) const {
  for (std::size_t i = 0; i < course_->size(); ++i) {
    const auto& skill = course_->skill(i);
    if (skill.kind == content::Kind::kSaying &&
        keyOf(QString::fromStdString(skill.sound)) == phone &&
        pairsOf(skill) < skill.levels.size()) {
      return course_->placeOf(i);
    }
  }
  return std::nullopt;
}

bool Visit::chooseDrill(const std::string& phone) {
  const auto place = pairsFor(keyOf(QString::fromStdString(phone)));
  if (!place) return false;
  chosen_skill_ = course_->at(*place);
  drill_level_ = pairsOf(course_->skill(*place));
  return true;
}

// After a sentence or a word; who is at the pairs already needs no offer.
void Visit::offerDrill(SaidView& said) {
  int most = 0;
  for (const auto& sound : said.to_try) {
    const int missed = ++missed_sounds_[keyOf(sound.phone)];
    const auto place = missed > most ? pairsFor(keyOf(sound.phone)) : std::nullopt;
    if (!place) continue;
    most = missed;
    const auto& skill = course_->skill(*place);
    const auto& pair = skill.levels[pairsOf(skill)].sayings.front();
    said.drill = SoundDrill{sound.phone, QString::fromStdString(pair.text),
                            QString::fromStdString(pair.other)};
  }
}

}  // namespace primer::app
