#pragma once

// Where a pupil who comes for the first time stands: a walk of a few questions through a
// curriculum.
//
//   Placement walk(curriculum);
//   while (!walk.isOver()) { ask about walk.next(); walk.observe(walk.next(), right); }
//   walk.believedKnown(skill)
//
// Each skill has a chance of being known. A right answer speaks for the skill and for all that it
// needs; a wrong one against it and against all that needs it (the surmise relation of Doignon and
// Falmagne, "Knowledge Spaces", 1999); both speak a little about the other direction. The next
// question is the one that is expected to tell most about the whole. It is a walk that feels like
// play, not a test: it begins with something easy, after a miss comes something that is likely to
// go well, and it ends early for one who has just begun.

#include <cstddef>
#include <vector>

#include "primer/knowledge/curriculum.h"

namespace primer::knowledge {

// Used by one thread at a time. The curriculum must outlive it. The same answers give the same
// walk.
class Placement {
 public:
  static constexpr int kMostQuestions = 12;

  explicit Placement(const Curriculum& curriculum, int most_questions = kMostQuestions);

  // After the last question, or when nothing is worth asking any more.
  bool isOver() const { return over_; }

  // The skill to ask about, where !isOver().
  std::size_t next() const { return next_; }

  // An answer to a middling item of `skill`, which need not be next(). Nothing after isOver().
  void observe(std::size_t skill, bool right);

  double chanceKnown(std::size_t skill) const;
  bool believedKnown(std::size_t skill) const { return chanceKnown(skill) >= 0.8; }

 private:
  // How much an answer at the first skill says about the second: its weight when right, when wrong.
  struct Relation {
    double right = 0;
    double wrong = 0;
  };
  Relation relation(std::size_t asked, std::size_t other) const;
  double expectedGain(std::size_t skill) const;
  void choose();

  std::size_t size_;
  std::vector<bool> needs_;       // size_ x size_: whether the first needs the second, by any way
  std::vector<double> log_odds_;  // of being known
  std::vector<bool> asked_;
  int left_;
  int right_ = 0;
  int misses_ = 0;
  int misses_running_ = 0;
  bool over_ = false;
  std::size_t next_ = 0;
};

}  // namespace primer::knowledge
