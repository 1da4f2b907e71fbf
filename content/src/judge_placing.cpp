#include "judge_placing.h"

#include <algorithm>
#include <map>
#include <utility>

namespace primer::content {

namespace {

// Things that look alike are one and the same.
std::string lookOf(const Option& thing) { return thing.drawn + "\n" + thing.text; }

std::size_t placeGiven(const Question& question, const std::vector<std::size_t>& places,
                       std::size_t thing) {
  const auto place = thing < places.size() ? places[thing] : kNowhere;
  return question.picture && place < question.picture->places.size() ? place : kNowhere;
}

// What is said of the first thing that lies wrongly: its author's word about it, about the place,
// or of things that look alike, that they are too many.
std::string saidOf(const Question& question, std::size_t thing, std::size_t place) {
  const auto& option = question.options[thing];
  if (!option.says.empty()) return option.says;
  if (const auto& says = question.picture->places[place].says; !says.empty()) return says;
  const auto alike =
      std::count_if(question.options.begin(), question.options.end(),
                    [&option](const Option& other) { return lookOf(other) == lookOf(option); });
  return alike > 1 ? "There are too many in one place." : "";
}

}  // namespace

std::vector<std::size_t> rightPlaces(const Question& question) {
  std::vector<std::size_t> right(question.options.size(), kNowhere);
  if (!question.picture) return right;
  const auto& places = question.picture->places;
  for (std::size_t i = 0; i < right.size(); ++i) {
    const auto& to = question.options[i].partner;
    const auto found = std::find_if(places.begin(), places.end(),
                                    [&to](const Place& place) { return place.at == to; });
    if (found != places.end()) right[i] = static_cast<std::size_t>(found - places.begin());
  }
  return right;
}

QuizVerdict judgePlacing(const Question& question, const std::vector<std::size_t>& places) {
  QuizVerdict verdict;
  const auto right = rightPlaces(question);
  std::map<std::pair<std::string, std::size_t>, int> wanted;  // of a look in a place
  for (std::size_t i = 0; i < right.size(); ++i) ++wanted[{lookOf(question.options[i]), right[i]}];
  std::size_t lying = 0;
  std::size_t fitting = 0;
  for (std::size_t i = 0; i < right.size(); ++i) {
    const auto place = placeGiven(question, places, i);
    const bool fits = wanted[{lookOf(question.options[i]), place}]-- > 0;
    verdict.fits.push_back(fits);
    if (place == kNowhere) continue;
    ++lying;
    fitting += fits ? 1 : 0;
    if (!fits && verdict.says.empty()) verdict.says = saidOf(question, i, place);
  }
  verdict.right = lying > 0 && std::all_of(verdict.fits.begin(), verdict.fits.end(),
                                           [](bool fits) { return fits; });
  if (verdict.right || lying == 0 || !verdict.says.empty()) return verdict;
  verdict.says = fitting == lying ? "What lies there is right. Something is still missing."
                                  : std::to_string(fitting) + " of " + std::to_string(lying) +
                                        (fitting == 1 ? " is" : " are") + " in the right place.";
  return verdict;
}

std::string placedInWords(const Question& question, const std::vector<std::size_t>& places) {
  std::string all;
  const auto count = question.picture ? question.picture->places.size() : 0;
  for (std::size_t place = 0; place < count; ++place) {
    std::vector<std::pair<std::string, int>> things;
    for (std::size_t i = 0; i < question.options.size(); ++i) {
      if (placeGiven(question, places, i) != place) continue;
      const auto& text = question.options[i].text;
      const auto found = std::find_if(things.begin(), things.end(),
                                      [&text](const auto& thing) { return thing.first == text; });
      if (found == things.end()) {
        things.emplace_back(text, 1);
      } else {
        ++found->second;
      }
    }
    if (things.empty()) continue;
    std::string here;
    for (const auto& [text, times] : things) {
      here += (here.empty() ? "" : ", ") + text;
      if (times > 1) here += " × " + std::to_string(times);
    }
    all += (all.empty() ? "" : "; ") + inWords(*question.picture, place) + ": " + here;
  }
  return all;
}

}  // namespace primer::content
