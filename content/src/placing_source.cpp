// The picture and the things of a question whose answer is placed, in a lesson's source.

#include "placing_source.h"

#include <algorithm>

#include "check_placing.h"

namespace primer::content {

namespace {

constexpr int kMostAlike = 10;

void readKind(TableReader& in, Picture& picture) {
  const auto name = in.text("kind");
  if (const auto kind = pictureFromName(name)) {
    picture.kind = *kind;
  } else if (in.has("kind")) {
    in.refuse("kind", "\"" + name +
                          "\" is not known; known are clock, line, square, grid, drawing, bars, "
                          "strips, rings and plates");
  }
}

int wholeOr(TableReader& in, const char* key, int otherwise) {
  return in.has(key) ? in.wholeNumber(key) : (in.mayText(key), otherwise);
}

void readSizes(TableReader& in, Picture& picture) {
  switch (picture.kind) {
    case PictureKind::kClock:
      break;
    case PictureKind::kLine:
      picture.low = in.wholeNumber("from");
      picture.high = in.wholeNumber("to");
      picture.parts = wholeOr(in, "parts", 1);
      picture.ruler = in.yesOrNo("ruler").value_or(false);
      break;
    case PictureKind::kSquare:
      picture.first = in.wholeNumber("from");
      picture.columns = in.wholeNumber("columns");
      picture.rows = in.wholeNumber("rows");
      picture.step = wholeOr(in, "step", 1);
      picture.down = wholeOr(in, "down", 10);
      break;
    case PictureKind::kGrid:
      picture.columns = in.wholeNumber("along");
      picture.rows = in.wholeNumber("up");
      break;
    case PictureKind::kDrawing:
      picture.drawing = in.text("drawing");
      break;
    case PictureKind::kBars:
      picture.values = in.texts("values", true);
      picture.titles = in.texts("titles", false);
      break;
    case PictureKind::kStrips:
      picture.values = in.texts("values", true);
      break;
    case PictureKind::kRings:
    case PictureKind::kPlates:
      picture.titles = in.texts("titles", true);
      break;
  }
}

Place readPlace(const toml::node& node, const std::string& field, Notes& notes) {
  if (const auto* text = node.as_string()) return {text->get(), {}};
  TableReader in(*node.as_table(), field, notes);
  Place place{in.text("at"), in.mayText("says")};
  in.refuseTheRest();
  return place;
}

// What the author names: with its word, or as one that takes things without being right.
std::vector<Place> readPlaces(TableReader& in, Notes& notes) {
  std::vector<Place> places;
  for (const auto* node : in.elements("places")) {
    const auto number = std::to_string(places.size() + 1);
    places.push_back(readPlace(*node, in.name("places") + ", number " + number, notes));
  }
  return places;
}

void readThing(const toml::table& table, const std::string& field, Notes& notes,
               std::vector<Option>& things) {
  TableReader in(table, field, notes);
  Option thing;
  thing.text = in.text("text");
  thing.drawn = in.mayText("drawn");
  thing.partner = in.mayText("to");
  thing.says = in.mayText("says");
  int times = wholeOr(in, "times", 1);
  if (times < 1 || times > kMostAlike) {
    in.refuse("times", "must be from 1 to 10");
    times = 1;
  }
  in.refuseTheRest();
  things.insert(things.end(), static_cast<std::size_t>(times), thing);
}

// Places in the order in which they are found on the picture: all there are, or those that things
// belong to, and what the author names besides.
void completePlaces(Picture& picture, const std::vector<Option>& things) {
  std::vector<Place> named;
  std::swap(named, picture.places);
  const auto add = [&picture](const std::string& at) {
    const bool there = std::any_of(picture.places.begin(), picture.places.end(),
                                   [&at](const Place& place) { return place.at == at; });
    if (!there && !at.empty()) picture.places.push_back({at, {}});
  };
  const bool hands = std::any_of(things.begin(), things.end(),
                                 [](const Option& thing) { return isHand(thing.drawn); });
  if (picture.kind != PictureKind::kClock || hands) {
    for (const auto& at : allSpots(picture)) add(at);
  }
  for (const auto& thing : things) add(thing.partner);
  for (auto& place : named) {
    const auto found = std::find_if(picture.places.begin(), picture.places.end(),
                                    [&place](const Place& other) { return other.at == place.at; });
    if (found == picture.places.end() || !found->says.empty()) {
      picture.places.push_back(std::move(place));
    } else {
      found->says = std::move(place.says);
    }
  }
  const auto rank = [&picture](const Place& place) {
    const auto spot = spotOf(picture, place.at).value_or(PictureSpot{});
    return std::pair(spot.row, spot.column);
  };
  std::stable_sort(picture.places.begin(), picture.places.end(),
                   [&rank](const Place& a, const Place& b) { return rank(a) < rank(b); });
}

}  // namespace

void readPlacing(TableReader& in, Notes& notes, Question& question) {
  for (const auto* table : in.tables("things")) {
    const auto number = std::to_string(question.options.size() + 1);
    readThing(*table, in.name("things") + ", number " + number, notes, question.options);
  }
  const auto* table = in.table("picture");
  if (table == nullptr) return;
  TableReader inside(*table, in.name("picture"), notes);
  Picture picture;
  readKind(inside, picture);
  readSizes(inside, picture);
  picture.places = readPlaces(inside, notes);
  inside.refuseTheRest();
  if (sizesAreSound(picture)) completePlaces(picture, question.options);
  question.picture = std::move(picture);
}

}  // namespace primer::content
