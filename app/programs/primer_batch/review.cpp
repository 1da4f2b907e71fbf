// primer-batch review: the reviews of one fact a line, and when it should come again.

#include <CLI/CLI.hpp>
#include <cmath>

#include "json_lines.h"
#include "primer/knowledge/review_schedule.h"
#include "verb.h"

namespace primer::batch {

namespace {

using knowledge::Rating;
using knowledge::ReviewSchedule;

tl::unexpected<Error> wrong(std::size_t index, const std::string& what) {
  return fail(ErrorCode::kInvalidArgument, "review " + std::to_string(index + 1) + ": " + what);
}

Result<Rating> ratingOf(const Json& review, std::size_t index) {
  const auto rating = review.find("rating");
  if (rating != review.end() && rating->is_number()) {
    const auto number = rating->get<double>();
    for (const auto known : {Rating::kAgain, Rating::kHard, Rating::kGood, Rating::kEasy}) {
      if (number == static_cast<int>(known)) return known;
    }
  }
  return wrong(index, "\"rating\" must be 1, 2, 3 or 4");
}

// The first review has none before it: whatever stands there is not looked at.
Result<double> daysOf(const Json& review, std::size_t index) {
  if (index == 0) return 0.0;
  const auto days = review.find("days_since_last");
  if (days == review.end() || !days->is_number()) {
    return wrong(index, "\"days_since_last\" must be a number");
  }
  return days->get<double>();
}

Status schedule(const Json& record, Json& answer) {
  const auto reviews = record.find("reviews");
  if (reviews == record.end() || !reviews->is_array()) {
    return fail(ErrorCode::kInvalidArgument, "\"reviews\" must be a list");
  }
  ReviewSchedule memory;
  Json chances = Json::array();
  for (std::size_t i = 0; i < reviews->size(); ++i) {
    const Json& review = (*reviews)[i];
    if (!review.is_object()) return wrong(i, "must be an object");
    PRIMER_ASSIGN(const auto rating, ratingOf(review, i));
    PRIMER_ASSIGN(const auto days, daysOf(review, i));
    const auto recall = memory.recall(days);
    chances.push_back(recall ? Json(*recall) : Json(nullptr));
    memory.review(rating, days);
  }
  const auto next = memory.nextDays();
  answer["p"] = std::move(chances);
  answer["next_days"] = next ? Json(*next) : Json(nullptr);
  return {};
}

}  // namespace

Verb addReview(CLI::App&, const Streams& streams) {
  return [&streams] { return answerLines(streams, schedule); };
}

}  // namespace primer::batch
