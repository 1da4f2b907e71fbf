// Home: the doors, what they say about themselves, and the garden.

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "visit.h"

namespace primer::app {

namespace {

constexpr double kWishedChance = 0.85;  // of a right answer, where the pupil chose the skill

QString say(const char* text, int n = -1) {
  return QCoreApplication::translate("Home", text, nullptr, n);
}
QString count(int n, const char* one, const char* many) { return n == 1 ? say(one) : say(many, n); }

knowledge::Door doorOf(DoorKind kind) {
  switch (kind) {
    case DoorKind::kReview:
      return knowledge::Door::kReview;
    case DoorKind::kSomethingNew:
      return knowledge::Door::kSomethingNew;
    case DoorKind::kBegin:
    case DoorKind::kGoOn:
      break;
  }
  return knowledge::Door::kGoOn;
}

DoorView closed(DoorKind kind, const QString& title, const QString& why) {
  return {kind, title, {}, why, false};
}

QString gardenWords(const QList<Flower>& garden) {
  int open = 0;
  int growing = 0;
  for (const auto& flower : garden) {
    if (flower.grown >= kFlowerOpensAt) {
      ++open;
    } else if (flower.grown > 0) {
      ++growing;
    }
  }
  if (open == 0 && growing == 0) {
    return say(QT_TRANSLATE_NOOP("Home", "A flower grows here for everything that you learn."));
  }
  const auto opened = count(open, QT_TRANSLATE_NOOP("Home", "one flower open"),
                            QT_TRANSLATE_NOOP("Home", "%n flowers open"));
  const auto grown = count(growing, QT_TRANSLATE_NOOP("Home", "one growing"),
                           QT_TRANSLATE_NOOP("Home", "%n growing"));
  if (open == 0) return grown;
  if (growing == 0) return opened;
  return say(QT_TRANSLATE_NOOP("Home", "%1, %2")).arg(opened, grown);
}

}  // namespace

void Visit::chooseDoor(DoorKind door) {
  door_ = door;
  chosen_skill_.reset();
  drill_level_.reset();
}

bool Visit::mayChoose(std::size_t skill) const {
  if (skill >= course_->size()) return false;
  if (isPractice(course_->placeOf(skill).lesson)) return isOpen(skill);  // of today's words only
  return (isOpen(skill) || right_answers_by_skill_[skill] > 0);
}

bool Visit::chooseSkill(std::size_t skill) {
  if (!mayChoose(skill)) return false;
  chosen_skill_ = skill;
  drill_level_.reset();
  return true;
}

Choice Visit::choose(WallTime now) const {
  if (shown_in_set_ < words_in_set_ && wordsLeft() > 0) return nextWord(now);
  return chosen_skill_ ? levelFor(*chosen_skill_, now) : path_.next(now, doorOf(door_));
}

// The level of this skill that fits the pupil best.
Choice Visit::levelFor(std::size_t skill, WallTime now) const {
  const auto place = course_->placeOf(skill);
  Choice best{place.skill, 0, 0, say(QT_TRANSLATE_NOOP("Home", "You chose these.")), place.lesson};
  const double seconds = static_cast<double>(now.unix_ms) / 1000;
  double nearest = 2;
  for (std::size_t level = 0; level < course_->skill(skill).levels.size(); ++level) {
    if (drill_level_ && level != *drill_level_) continue;
    const double chance = chanceOf(skill, level, seconds);
    const double off = std::fabs(chance - kWishedChance);
    if (off >= nearest) continue;
    nearest = off;
    best.level = level;
    best.chance = chance;
  }
  return best;
}

QList<DoorView> Visit::doors(WallTime now) const {
  if (path_.chooser().isPlacing() && !setIsUnderWay()) {
    return {{DoorKind::kBegin, say(QT_TRANSLATE_NOOP("Home", "Let us go for a walk")),
             say(QT_TRANSLATE_NOOP("Home", "At most twelve steps, and every step counts.")),
             say(QT_TRANSLATE_NOOP("Home",
                                   "A few of all kinds, to find where to begin. Some will be too "
                                   "hard, and that is all right.")),
             true}};
  }
  const auto found = path_.doors(now);
  const auto title = [this](const Choice& choice) {
    return QString::fromStdString(course_->skill(choice.place()).title);
  };
  DoorView go_on{DoorKind::kGoOn, say(QT_TRANSLATE_NOOP("Home", "Go on")), title(found.go_on),
                 found.go_on.reason, true};
  if (setIsUnderWay()) {
    go_on.skill = QString::fromStdString(skill().title);
    go_on.reason =
        walk_
            ? say(QT_TRANSLATE_NOOP("Home", "You are on step %1 of your walk.")).arg(shown_in_set_)
            : say(QT_TRANSLATE_NOOP("Home", "You stopped at number %1 of %2."))
                  .arg(shown_in_set_)
                  .arg(sums_in_a_set_);
  }
  const auto again = say(QT_TRANSLATE_NOOP("Home", "Look again"));
  const auto fresh = say(QT_TRANSLATE_NOOP("Home", "Something new"));
  const auto review =
      found.review
          ? DoorView{DoorKind::kReview, again, title(*found.review), found.review->reason, true}
          : closed(DoorKind::kReview, again,
                   say(QT_TRANSLATE_NOOP("Home",
                                         "Nothing today. What you know will come back here.")));
  const auto news =
      found.something_new
          ? DoorView{DoorKind::kSomethingNew, fresh, title(*found.something_new),
                     found.something_new->reason, true}
          : closed(
                DoorKind::kSomethingNew, fresh,
                say(QT_TRANSLATE_NOOP("Home", "This opens when what you are learning goes well.")));
  return {go_on, review, news};
}

HomeView Visit::home(WallTime now, const PupilCard& pupil) const {
  HomeView view;
  view.hello = say(QT_TRANSLATE_NOOP("Home", "Hello, %1"))
                   .arg(pupil.label.isEmpty() ? pupil.picture_name : pupil.label);
  view.doors = doors(now);
  view.garden = garden();
  for (auto& flower : view.garden) flower.opened_now = false;
  view.garden_words = gardenWords(view.garden);
  for (std::size_t s = 0; s < course_->size(); ++s) {
    if (!mayChoose(s)) continue;
    const auto title = QString::fromStdString(course_->skill(s).title);
    const int grown = std::min(right_answers_by_skill_[s], kFlowerOpensAt);
    const auto lesson = course_->placeOf(s).lesson;
    const SkillChoice choice{static_cast<int>(s), title, grown,
                             QString::fromStdString(course_->lesson(lesson).title)};
    // What waits for today stands first.
    isPractice(lesson) ? view.skills.prepend(choice) : view.skills.append(choice);
  }
  view.news = news_;
  view.spoken = view.hello + QStringLiteral(". ");
  if (!news_.isEmpty()) view.spoken += news_ + QLatin1Char(' ');
  for (const auto& door : view.doors) {
    if (!door.open) continue;
    view.spoken += door.title + QStringLiteral(": ") + door.skill + QStringLiteral(". ") +
                   door.reason + QLatin1Char(' ');
  }
  return view;
}

}  // namespace primer::app
