#pragma once

// Where a reader is in a text, step by step of what is heard: the part of ReadingFollower that
// knows nothing of sound.

#include <cstdint>
#include <vector>

#include "primer/pronunciation/best_path.h"
#include "primer/pronunciation/reading_follower.h"
#include "src/passage_graph.h"

namespace primer::pronunciation {

class FollowedText {
 public:
  explicit FollowedText(const std::vector<TextWord>& text);

  void hear(const Posteriors& steps);
  // Brings progress() up to the last step; `settle` holds everything for certain.
  void update(bool settle);
  const ReadingProgress& progress() const { return progress_; }

 private:
  // What a walk up to some step says of the words.
  struct Account {
    std::vector<FollowedWord> words;
    std::int32_t node = -1;  // where the walk stands
    std::size_t begun = 0;   // words begun, each as often as it was
    std::size_t next = 0;    // after the furthest word that was begun
    int first_ms = -1;       // beginning of the first word
    int sound_ms = 0;        // end of the last sound of a word or of other speech
    std::optional<std::size_t> now;
  };
  void follow(std::int32_t node, std::size_t step, bool settled, Account& account) const;
  void tell(const Account& account);

  PassageGraph graph_;
  PathFollower walk_;
  Account settled_;
  std::size_t settled_steps_ = 0;
  ReadingProgress progress_;
};

}  // namespace primer::pronunciation
