#pragma once

// One pupil's way through the lessons of a tablet: what comes next, and why, in words for the pupil
// and for the teacher who asks. The choice itself is primer/knowledge/recommendation.h; here
// lessons become its packs, records become its events, and its reasons become sentences. Of a whole
// class: one path a pupil, over the same lessons.

#include <QString>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "primer/app/course.h"
#include "primer/base/clock.h"
#include "primer/content/lesson.h"
#include "primer/knowledge/recommendation.h"

namespace primer::app {

// A pupil's first try at an item; later tries at the same item do not count here.
struct FirstTry {
  std::size_t skill = 0;  // place in the lesson
  double difficulty = 0;  // 0..1, the share of pupils expected to miss it
  bool right = false;
  WallTime at;             // by the tablet's clock, right or wrong
  std::string item;        // what was asked: "7+5"
  std::size_t lesson = 0;  // place among the path's lessons
  Course::Place place() const { return {lesson, skill}; }
};

struct Choice {
  std::size_t skill = 0, level = 0;  // places in the lesson
  double chance = 0;                 // of a right answer, as the model sees it
  QString reason;                    // in words; never empty
  std::size_t lesson = 0;            // place among the path's lessons
  Course::Place place() const { return {lesson, skill}; }
};

// The three ways on from home, each with what would come first behind it.
struct HomeDoors {
  Choice go_on;
  std::optional<Choice> review;         // nothing: nothing is due today
  std::optional<Choice> something_new;  // nothing: what is there has been met, or is not open yet
};

// A function of lessons, model, policy and answers: the same ones give the same choices. Used by
// one thread at a time, and no other may use `model` meanwhile. A choice takes a few milliseconds
// at most.
class LearningPath {
 public:
  using Lessons = Course::Lessons;

  // `history`: all first tries so far, oldest first; those of lessons or skills that there are not
  // are left out. `policy`: what the teacher set (policy.h). At least one lesson.
  LearningPath(Lessons lessons, std::shared_ptr<const knowledge::KnowledgeModel> model,
               std::span<const FirstTry> history,
               const knowledge::RecommendationPolicy& policy = {});
  LearningPath(std::shared_ptr<const content::Lesson> lesson,
               std::shared_ptr<const knowledge::KnowledgeModel> model,
               std::span<const FirstTry> history,
               const knowledge::RecommendationPolicy& policy = {});

  Choice next(WallTime now, knowledge::Door door = knowledge::Door::kGoOn) const;
  HomeDoors doors(WallTime now) const;

  void observe(const FirstTry& past);

  // Its skills are those of all lessons, one lesson after the other.
  const knowledge::Chooser& chooser() const { return recommender_.chooser(); }

 private:
  Choice told(const knowledge::Offer& offer) const;

  Lessons lessons_;
  std::shared_ptr<const knowledge::KnowledgeModel> model_;
  std::shared_ptr<const knowledge::Library> library_;
  knowledge::Recommender recommender_;
};

// Why a text is offered, in words; never empty.
QString textReason(const knowledge::TextOffer& offer, knowledge::Material material);

}  // namespace primer::app
