#include "check_placing.h"

#include <algorithm>
#include <map>
#include <set>

#include "text_rules.h"

namespace primer::content {

namespace {

constexpr std::size_t kMostThings = 10;
constexpr std::size_t kMostWords = 6;  // things that are words: what has room beside a picture
constexpr std::size_t kShort = 3;      // characters of a thing that is no word
constexpr std::size_t kMaxThing = 20;
constexpr std::size_t kMaxRingTitle = 20;
constexpr std::size_t kMostPlaces = 30;
constexpr int kMostColumns = 6, kMostRows = 5;  // of a square: cells as large as a thing
constexpr int kMostAlong = 5, kMostUp = 4;
constexpr int kMostSteps = 40;
constexpr int kPlacesAcross = 8;  // a line's places lie at least an eighth of it apart
constexpr int kHighestBar = 20;

template <typename Names>
std::string listed(const Names& names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + std::string(name);
  return all;
}

bool isWithin(int number, int low, int high) { return number >= low && number <= high; }

int heightOf(const std::string& value) {
  const bool digits = !value.empty() && value.size() <= 2 &&
                      value.find_first_not_of("0123456789") == std::string::npos;
  return digits ? std::stoi(value) : -1;
}

// What is wrong with the picture as a whole; empty: nothing.
Fault faultOfSizes(const Picture& picture) {
  const auto count = picture.values.size();
  switch (picture.kind) {
    case PictureKind::kClock:
      return {};
    case PictureKind::kLine:
      if (!isWithin(picture.low, -10'000, 10'000) || !isWithin(picture.high, -10'000, 10'000) ||
          picture.low >= picture.high || !isWithin(picture.parts, 1, 12) ||
          (picture.high - picture.low) * picture.parts > kMostSteps) {
        return {"from",
                "a line goes up from one whole number to another, with 1 to 12 parts to each and "
                "at most 40 in all"};
      }
      return {};
    case PictureKind::kSquare:
      if (!isWithin(picture.columns, 1, kMostColumns) || !isWithin(picture.rows, 1, kMostRows) ||
          picture.columns * picture.rows < 2) {
        return {"columns", "a square has 1 to 6 columns and 1 to 5 rows"};
      }
      if (!isWithin(picture.first, 0, 9999) || !isWithin(picture.step, 1, 100) ||
          !isWithin(picture.down, 1, 1000)) {
        return {"from", "must be from 0 to 9999, step from 1 to 100 and down from 1 to 1000"};
      }
      return {};
    case PictureKind::kGrid:
      if (isWithin(picture.columns, 1, kMostAlong) && isWithin(picture.rows, 1, kMostUp)) return {};
      return {"along", "a grid has 1 to 5 steps along and 1 to 4 up"};
    case PictureKind::kDrawing:
      if (!partsOf(picture.drawing).empty()) return {};
      return {"drawing",
              "\"" + picture.drawing + "\" is not known; known are " + listed(drawings())};
    case PictureKind::kBars:
      if (!isWithin(static_cast<int>(count), 2, 5)) return {"values", "must be 2 to 5 bars"};
      for (const auto& value : picture.values) {
        if (!isWithin(heightOf(value), 0, kHighestBar)) {
          return {"values", "\"" + value + "\" must be a whole number from 0 to 20, in quotes"};
        }
      }
      if (!picture.titles.empty() && picture.titles.size() != count) {
        return {"titles", "must be one for each bar, \"\" below those that take things"};
      }
      return {};
    case PictureKind::kStrips:
      if (!isWithin(static_cast<int>(count), 1, 4)) return {"values", "must be 1 to 4 strips"};
      for (const auto& value : picture.values) {
        if (!shareFrom(value)) {
          return {"values", "\"" + value + "\" must be like 3/4: filled and all parts, 1 to 12"};
        }
      }
      return {};
    case PictureKind::kRings:
      if (picture.titles.size() == 2) return {};
      return {"titles", "must be two, one for each ring"};
    case PictureKind::kPlates:
      if (isWithin(static_cast<int>(picture.titles.size()), 2, 4)) return {};
      return {"titles", "must be two to four, one for each plate"};
  }
  return {"kind", "is not known"};
}

class PlacingChecker {
 public:
  PlacingChecker(std::string field, const Question& question)
      : field_(std::move(field)), question_(question) {}

  std::vector<Fault> run() {
    if (!question_.picture) {
      add("picture", "is missing");
      return std::move(faults_);
    }
    const auto& picture = *question_.picture;
    if (const auto fault = faultOfSizes(picture); !fault.what.empty()) {
      add("picture, " + fault.field, fault.what);
      return std::move(faults_);
    }
    const bool bars = picture.kind == PictureKind::kBars;
    for (const auto& title : picture.titles) {
      if (!(bars && title.empty())) text("picture, titles", title, kMaxRingTitle);
    }
    checkPlaces(picture);
    checkThings(picture);
    return std::move(faults_);
  }

 private:
  void add(const std::string& field, const std::string& what) {
    faults_.push_back({field_ + ", " + field, what});
  }
  void text(const std::string& field, const std::string& given, std::size_t most) {
    const auto fault = faultOfText(given, most);
    if (!fault.empty()) add(field, fault);
  }

  void checkPlaces(const Picture& picture) {
    const auto count = picture.places.size();
    if (count < 1 || count > kMostPlaces) {
      add("picture, places", std::to_string(count) + " places; there must be 1 to 30");
      return;
    }
    std::vector<PictureSpot> seen;
    for (const auto& place : picture.places) {
      const auto spot = spotOf(picture, place.at);
      if (!spot) {  // of a thing it is told with the thing
        if (!isWanted(place.at)) add("picture, places", noPlace(place.at));
        return;
      }
      if (std::find(seen.begin(), seen.end(), *spot) != seen.end()) {
        add("picture, places", "\"" + place.at + "\" stands twice");
      }
      seen.push_back(*spot);
      if (!place.says.empty()) text("picture, places", place.says, kMaxWords);
      const auto bar = static_cast<std::size_t>(spot->column);
      const bool titled = picture.kind == PictureKind::kBars && bar < picture.titles.size() &&
                          !picture.titles[bar].empty();
      if (titled)
        add("picture, titles", "bar " + place.at + " takes a thing: its title must be \"\"");
    }
    if (picture.kind != PictureKind::kLine) return;
    const int steps = (picture.high - picture.low) * picture.parts;
    for (std::size_t a = 0; a < seen.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        if (std::abs(seen[a].column - seen[b].column) * kPlacesAcross < steps) {
          add("picture, places",
              "\"" + picture.places[b].at + "\" and \"" + picture.places[a].at +
                  "\" are less than an eighth of the line apart: no room for fingers");
          return;
        }
      }
    }
  }

  void checkThings(const Picture& picture) {
    const auto& things = question_.options;
    if (things.empty() || things.size() > kMostThings) {
      add("things", std::to_string(things.size()) + " things; there must be 1 to 10");
      return;
    }
    std::map<std::string, std::size_t> lying;
    std::size_t words = 0;
    for (std::size_t i = 0; i < things.size(); ++i) {
      const auto& thing = things[i];
      const auto field = "things, number " + std::to_string(i + 1);
      text(field, thing.text, kMaxThing);
      if (!thing.says.empty()) text(field, thing.says, kMaxWords);
      if (thing.drawn.empty() && characters(thing.text) > kShort) ++words;
      checkDrawn(field, picture, thing);
      if (thing.partner.empty()) continue;
      const bool there =
          std::any_of(picture.places.begin(), picture.places.end(),
                      [&thing](const Place& place) { return place.at == thing.partner; });
      if (!there || !spotOf(picture, thing.partner)) add(field, noPlace(thing.partner));
      if (++lying[thing.partner] == 2 && !holdsMany(picture.kind)) {
        add(field, "two things belong to \"" + thing.partner + "\", which takes one");
      }
    }
    if (lying.empty()) add("things", "one thing at least must belong somewhere: to = \"...\"");
    if (words > kMostWords) add("things", "more than 6 of them are words: no room for them");
  }

  static std::string noPlace(const std::string& at) {
    return "there is no place \"" + at + "\" on this picture";
  }

  bool isWanted(const std::string& at) const {
    return std::any_of(question_.options.begin(), question_.options.end(),
                       [&at](const Option& thing) { return thing.partner == at; });
  }

  void checkDrawn(const std::string& field, const Picture& picture, const Option& thing) {
    if (thing.drawn.empty()) return;
    const auto& known = drawnThings();
    if (std::find(known.begin(), known.end(), thing.drawn) == known.end()) {
      add(field, "\"" + thing.drawn + "\" cannot be drawn; known are " + listed(known));
    } else if (isHand(thing.drawn) && picture.kind != PictureKind::kClock) {
      add(field, "only a clock has hands");
    }
  }

  std::string field_;
  const Question& question_;
  std::vector<Fault> faults_;
};

}  // namespace

bool sizesAreSound(const Picture& picture) { return faultOfSizes(picture).what.empty(); }

std::vector<Fault> checkPlacing(const std::string& field, const Question& question) {
  return PlacingChecker(field, question).run();
}

}  // namespace primer::content
