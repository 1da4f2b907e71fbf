#pragma once

// One pupil's way through a lesson: what comes next, and why, in words for the pupil and for the
// teacher who asks. The choice itself is primer/knowledge/chooser.h; here a lesson becomes its
// curriculum, records become its history, and its reasons become sentences.

#include <QString>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "primer/base/clock.h"
#include "primer/content/lesson.h"
#include "primer/knowledge/chooser.h"

namespace primer::app {

// A pupil's first try at an item; later tries at the same item do not count here.
struct FirstTry {
  std::size_t skill = 0;  // place in the lesson
  double difficulty = 0;  // 0..1, the share of pupils expected to miss it
  bool right = false;
  WallTime at;       // by the tablet's clock, right or wrong
  std::string item;  // what was asked: "7+5"
};

struct Choice {
  std::size_t skill = 0, level = 0;  // places in the lesson
  double chance = 0;                 // of a right answer, as the model sees it
  QString reason;                    // in words; never empty
};

// The three ways on from home, each with what would come first behind it.
struct HomeDoors {
  Choice go_on;
  std::optional<Choice> review;         // nothing: nothing is due today
  std::optional<Choice> something_new;  // nothing: what is there has been met, or is not open yet
};

// A function of lesson, model, options and answers: the same ones give the same choices. Used by
// one thread at a time, and no other may use `model` meanwhile. A choice takes a few milliseconds
// at most.
class LearningPath {
 public:
  // `history`: all first tries so far, oldest first; those of skills that the lesson lacks are left
  // out.
  LearningPath(std::shared_ptr<const content::Lesson> lesson,
               std::shared_ptr<const knowledge::KnowledgeModel> model,
               std::span<const FirstTry> history, const knowledge::ChooserOptions& options = {});

  Choice next(WallTime now, knowledge::Door door = knowledge::Door::kGoOn) const;
  HomeDoors doors(WallTime now) const;

  void observe(const FirstTry& past);

  const knowledge::Chooser& chooser() const { return chooser_; }

 private:
  Choice told(const knowledge::Choice& choice) const;

  std::shared_ptr<const content::Lesson> lesson_;
  std::shared_ptr<const knowledge::KnowledgeModel> model_;
  std::shared_ptr<const knowledge::Curriculum> curriculum_;
  knowledge::Chooser chooser_;
};

}  // namespace primer::app
