#include "primer/app/learning_path.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "time_words.h"

namespace primer::app {

namespace {

using knowledge::Reason;

double secondsOf(WallTime time) { return static_cast<double>(time.unix_ms) / 1000; }

double difficultyOf(const content::Level& level) { return level.difficulty / 1000.0; }

// An item of a pack is a level: there is always another sum of it.
knowledge::Pack packOf(const content::Lesson& lesson) {
  knowledge::Pack pack;
  pack.name = lesson.id;
  for (const auto& skill : lesson.skills) {
    knowledge::CurriculumSkill taught;
    taught.name = skill.id;
    taught.endless = true;
    for (const auto& need : skill.needs) {
      const auto slash = need.find('/');
      if (slash != std::string::npos) {
        pack.needs_elsewhere.push_back(
            {pack.skills.size(), need.substr(0, slash), need.substr(slash + 1)});
      } else if (const auto place = lesson.skillNamed(need)) {
        taught.needs.push_back(*place);
      }
    }
    for (const auto& level : skill.levels) {
      taught.items.push_back({skill.id, difficultyOf(level)});
    }
    pack.skills.push_back(std::move(taught));
  }
  return pack;
}

std::shared_ptr<const knowledge::Library> libraryOf(const LearningPath::Lessons& lessons) {
  std::vector<knowledge::Pack> packs;
  for (const auto& lesson : lessons) packs.push_back(packOf(*lesson));
  // A checked lesson has levels, needs that lead somewhere, and its levels in order; no folder has
  // two lessons of one id. What two lessons need of each other may go round in a circle: then each
  // stands by itself.
  auto library = knowledge::Library::create(packs);
  if (!library) {
    for (auto& pack : packs) pack.needs_elsewhere.clear();
    library = knowledge::Library::create(std::move(packs));
  }
  return std::make_shared<const knowledge::Library>(library ? *std::move(library)
                                                            : knowledge::Library());
}

QString say(const char* text, int n = -1) {
  return QCoreApplication::translate("LearningPath", text, nullptr, n);
}

QString practiceReason(const knowledge::Choice& choice) {
  const int missed = choice.recent_tries - choice.recent_right;
  if (missed == 0) {
    return say(QT_TRANSLATE_NOOP("LearningPath", "These go well. One more, so that they stay."));
  }
  if (choice.easier && choice.recent_tries > 1) {
    return say(QT_TRANSLATE_NOOP(
                   "LearningPath",
                   "%1 of your last %2 of these were right. This one is a little easier."))
        .arg(choice.recent_right)
        .arg(choice.recent_tries);
  }
  if (choice.easier) {
    return say(QT_TRANSLATE_NOOP("LearningPath", "A little easier than the last one of these."));
  }
  if (choice.recent_tries < 3) {
    return say(QT_TRANSLATE_NOOP("LearningPath", "You have just begun with these."));
  }
  return say(QT_TRANSLATE_NOOP("LearningPath",
                               "%1 of your last %2 of these were right. You are getting there."))
      .arg(choice.recent_right)
      .arg(choice.recent_tries);
}

QString reasonFor(const content::Lesson& lesson, const knowledge::Choice& choice) {
  const auto title = [&](std::size_t skill) {
    return QString::fromStdString(lesson.skills[skill].title);
  };
  switch (choice.reason) {
    case Reason::kPlacement:
      return say(QT_TRANSLATE_NOOP("LearningPath", "A few of all kinds, to find where to begin."));
    case Reason::kWarmUp:
      return say(QT_TRANSLATE_NOOP("LearningPath", "To warm up, something you have met before."));
    case Reason::kNew:
      return say(QT_TRANSLATE_NOOP("LearningPath", "This is new: %1.")).arg(title(choice.skill));
    case Reason::kPractice:
      return practiceReason(choice);
    case Reason::kNextStep:
      if (choice.recent_tries == 1) {
        return say(QT_TRANSLATE_NOOP("LearningPath", "That went well. Here is the next step."));
      }
      return say(QT_TRANSLATE_NOOP("LearningPath",
                                   "%1 of your last %2 were right. Here is the next step."))
          .arg(choice.recent_right)
          .arg(choice.recent_tries);
    case Reason::kReview:
      if (choice.recent_tries == 0) break;
      return say(QT_TRANSLATE_NOOP("LearningPath", "You last did these %1. Do they still come?"))
          .arg(daysAgoWords(choice.days_since));
    case Reason::kConfirm:
      if (choice.recent_tries == 0) break;
      return say(QT_TRANSLATE_NOOP("LearningPath",
                                   "These went well %1. Let us see if they stayed."))
          .arg(daysAgoWords(choice.days_since));
    case Reason::kEase:
      return say(QT_TRANSLATE_NOOP("LearningPath", "Now one that should go well."));
    case Reason::kBridge:
      return say(QT_TRANSLATE_NOOP("LearningPath", "A step towards: %1."))
          .arg(title(choice.for_skill));
    case Reason::kJump:
      return say(QT_TRANSLATE_NOOP("LearningPath",
                                   "All of these are easy for you. A look further on: %1."))
          .arg(title(choice.skill));
    case Reason::kInBetween:
      return say(QT_TRANSLATE_NOOP("LearningPath", "In between, something that goes well."));
    case Reason::kPinned:
      return say(QT_TRANSLATE_NOOP("LearningPath", "Your teacher chose this for you."));
  }
  return say(QT_TRANSLATE_NOOP("LearningPath", "You can probably do these. Let us see."));
}

}  // namespace

LearningPath::LearningPath(Lessons lessons, std::shared_ptr<const knowledge::KnowledgeModel> model,
                           std::span<const FirstTry> history,
                           const knowledge::RecommendationPolicy& policy)
    : lessons_(std::move(lessons)),
      model_(std::move(model)),
      library_(libraryOf(lessons_)),
      recommender_(*library_, *model_, policy) {
  for (const auto& past : history) observe(past);
}

LearningPath::LearningPath(std::shared_ptr<const content::Lesson> lesson,
                           std::shared_ptr<const knowledge::KnowledgeModel> model,
                           std::span<const FirstTry> history,
                           const knowledge::RecommendationPolicy& policy)
    : LearningPath(Lessons{std::move(lesson)}, std::move(model), history, policy) {}

void LearningPath::observe(const FirstTry& past) {
  if (past.lesson >= library_->size()) return;
  const auto& skills = library_->pack(past.lesson).skills;
  if (past.skill >= skills.size()) return;
  // The level whose difficulty it had; lessons may have been changed since.
  const auto& items = skills[past.skill].items;
  const auto nearest =
      std::min_element(items.begin(), items.end(), [&](const auto& a, const auto& b) {
        return std::fabs(a.difficulty - past.difficulty) <
               std::fabs(b.difficulty - past.difficulty);
      });
  recommender_.observe(past.lesson, past.skill, static_cast<std::size_t>(nearest - items.begin()),
                       past.right, secondsOf(past.at), past.item);
}

Choice LearningPath::told(const knowledge::Offer& offer) const {
  const auto& choice = offer.choice;
  return {choice.skill, choice.item, choice.chance, reasonFor(*lessons_[offer.pack], choice),
          offer.pack};
}

Choice LearningPath::next(WallTime now, knowledge::Door door) const {
  return told(recommender_.next(secondsOf(now), door));
}

HomeDoors LearningPath::doors(WallTime now) const {
  const auto found = recommender_.doors(secondsOf(now));
  HomeDoors doors;
  doors.go_on = told(found.go_on);
  if (found.review) doors.review = told(*found.review);
  if (found.something_new) {
    doors.something_new = told(*found.something_new);
    // Still new, but met: how the last one of these went is no reason to try them.
    if (found.something_new->choice.reason == Reason::kPractice) {
      doors.something_new->reason =
          say(QT_TRANSLATE_NOOP("LearningPath", "You have just begun with these."));
    }
  }
  return doors;
}

QString textReason(const knowledge::TextOffer& offer, knowledge::Material material) {
  const bool reading = material == knowledge::Material::kReading;
  if (offer.again) {
    return reading ? say(QT_TRANSLATE_NOOP("LearningPath",
                                           "You have read them all. This one was long ago."))
                   : say(QT_TRANSLATE_NOOP("LearningPath",
                                           "You have heard them all. This one was long ago."));
  }
  if (offer.recent_tries == 0) {
    return reading
               ? say(QT_TRANSLATE_NOOP("LearningPath", "A text to begin with."))
               : say(QT_TRANSLATE_NOOP("LearningPath", "Something to listen to, to begin with."));
  }
  const char* step =
      offer.harder
          ? QT_TRANSLATE_NOOP("LearningPath",
                              "%1 of your last %2 answers were right. This one is a step harder.")
          : QT_TRANSLATE_NOOP("LearningPath",
                              "%1 of your last %2 answers were right. This one should go well.");
  return say(step).arg(offer.recent_right).arg(offer.recent_tries);
}

}  // namespace primer::app
