#pragma once

// How far what is told agrees with what raters say: kept apart for children and adults.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "data/corpus.h"
#include "primer/pronunciation/pronunciation.h"
#include "primer/toolkit/task.h"
#include "scorer/correlation.h"

namespace primer::pronunciation::workshop {

class RatingFigures {
 public:
  // `judged` has the words of the utterance, with the phones that it names.
  void add(const Utterance& utterance, const Judgement& judged);
  void put(toolkit::Metrics& metrics) const;
  // What flags are worth, of children and adults together.
  void putFlags(const std::string& suffix, toolkit::Metrics& metrics) const;

 private:
  struct Flags {
    double flagged = 0, right = 0;      // flags, and those on sounds that are wrong
    double wrong = 0;                   // sounds rated below 1 of 2
    double good = 0, good_flagged = 0;  // sounds that all raters hold right
    double good_lost = 0;               // those flagged, or in a word called left out
    double words = 0, omitted = 0;      // all words were said: none should be called left out
    double recordings = 0, refused = 0, other = 0;
  };
  struct Group {
    std::map<std::string, Correlation> pairs;
    Flags flags;
    std::vector<std::pair<float, bool>> sounds;  // chance, and whether most raters hold it wrong
  };
  static void putCurve(const Group& group, const std::string& suffix, toolkit::Metrics& metrics);
  static void addTo(Group& group, const Utterance& utterance, const Judgement& judged);
  static void putFlags(const Group& group, const std::string& suffix, toolkit::Metrics& metrics);
  static void put(const Group& group, const std::string& suffix, toolkit::Metrics& metrics);

  Group all_, children_, adults_;
};

}  // namespace primer::pronunciation::workshop
