#pragma once

// A made-up class and how its pupils answer: for trials, demonstrations and tests. Nobody's names,
// nobody's answers; the same seed makes the same class and the same answers.

#include <cstdint>
#include <memory>
#include <vector>

#include "primer/app/learning_path.h"
#include "primer/content/generator.h"
#include "primer/content/lesson.h"
#include "primer/content/random.h"
#include "primer/storage/event.h"
#include "primer/storage/roster.h"

namespace primer::admin {

storage::NewClass madeUpClass(int pupils, std::uint64_t seed);

// One made-up pupil at work: sums chosen by the tutor's own chooser, answered rightly with a chance
// that falls with the sum's difficulty and grows with practice, written by a drawn hand.
class MadeUpPupil {
 public:
  MadeUpPupil(const LearnerId& id, std::shared_ptr<const content::Lesson> lesson,
              std::shared_ptr<const knowledge::KnowledgeModel> model, std::uint64_t seed);

  const LearnerId& id() const { return id_; }
  storage::Answer next(WallTime now);

 private:
  void chooseItem(WallTime now);
  bool answersRightly();
  std::string wrongAnswer();

  LearnerId id_;
  std::shared_ptr<const content::Lesson> lesson_;
  app::LearningPath path_;
  content::Random random_;
  double ability_;
  std::size_t first_tries_ = 0;
  content::Item item_;
  std::string reason_;
  int attempt_ = 0;  // tries at item_; 0: choose another
};

}  // namespace primer::admin
