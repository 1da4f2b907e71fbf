#include "placing_view.h"

#include <QCoreApplication>
#include <algorithm>

namespace primer::app {

namespace {

using content::PictureKind;

QString say(const char* text) { return QCoreApplication::translate("Placing", text); }
QString fromUtf8(const std::string& text) { return QString::fromStdString(text); }

struct PartName {
  const char* part;
  const char* where;
};

// Where a part is found, for who does not see it.
constexpr PartName kParts[] = {
    {"flower", QT_TRANSLATE_NOOP("Placing", "at the top of the plant")},
    {"leaf", QT_TRANSLATE_NOOP("Placing", "flat and green, at the side")},
    {"stem", QT_TRANSLATE_NOOP("Placing", "long and upright, in the middle")},
    {"root", QT_TRANSLATE_NOOP("Placing", "under the ground")},
    {"corner", QT_TRANSLATE_NOOP("Placing", "a point where lines meet")},
    {"side", QT_TRANSLATE_NOOP("Placing", "one of the straight lines")},
    {"right-angle", QT_TRANSLATE_NOOP("Placing", "with the small square in it")},
    {"edge", QT_TRANSLATE_NOOP("Placing", "a line where two squares meet")},
    {"face", QT_TRANSLATE_NOOP("Placing", "one of the flat squares")},
    {"top", QT_TRANSLATE_NOOP("Placing", "the number above the line")},
    {"line", QT_TRANSLATE_NOOP("Placing", "the line between the numbers")},
    {"bottom", QT_TRANSLATE_NOOP("Placing", "the number below the line")},
};

QString nameOfPart(const std::string& at) {
  const auto* const found = std::find_if(std::begin(kParts), std::end(kParts),
                                         [&at](const PartName& one) { return one.part == at; });
  return found == std::end(kParts) ? fromUtf8(at) : say(found->where);
}

QString nameOf(const content::Picture& picture, const std::string& at,
               const content::PictureSpot& spot) {
  const auto number = static_cast<std::size_t>(spot.column);
  switch (picture.kind) {
    case PictureKind::kClock:
      return say(QT_TRANSLATE_NOOP("Placing", "hour %1 on the clock")).arg(spot.column);
    case PictureKind::kLine:
      return say(QT_TRANSLATE_NOOP("Placing", "step %1 of %2 on the line"))
          .arg(spot.column)
          .arg((picture.high - picture.low) * picture.parts);
    case PictureKind::kSquare:
      return say(QT_TRANSLATE_NOOP("Placing", "row %1, column %2"))
          .arg(spot.row + 1)
          .arg(spot.column + 1);
    case PictureKind::kGrid:
      return say(QT_TRANSLATE_NOOP("Placing", "%1 along and %2 up")).arg(spot.column).arg(spot.row);
    case PictureKind::kDrawing:
      return nameOfPart(at);
    case PictureKind::kBars:
      return say(QT_TRANSLATE_NOOP("Placing", "below a bar that is %1 high"))
          .arg(fromUtf8(picture.values.at(number)));
    case PictureKind::kStrips: {
      const auto share = content::shareFrom(picture.values.at(number)).value_or(content::Share());
      return say(QT_TRANSLATE_NOOP("Placing", "beside a strip with %1 of %2 parts filled"))
          .arg(share.filled)
          .arg(share.parts);
    }
    case PictureKind::kRings:
      if (at == "both") return say(QT_TRANSLATE_NOOP("Placing", "in both rings"));
      if (at == "outside") return say(QT_TRANSLATE_NOOP("Placing", "outside of the rings"));
      break;
    case PictureKind::kPlates:
      return fromUtf8(picture.titles.at(number));
  }
  return say(QT_TRANSLATE_NOOP("Placing", "only in the ring: %1"))
      .arg(fromUtf8(picture.titles.at(at == "left" ? 0 : 1)));
}

}  // namespace

PlacingView placingOf(const content::Question& question, const std::vector<std::size_t>& order) {
  PlacingView view;
  if (!question.picture) return view;
  view.picture = *question.picture;
  for (const auto& title : view.picture.titles) view.titles.append(fromUtf8(title));
  for (const auto& place : view.picture.places) {
    const auto spot = content::spotOf(view.picture, place.at).value_or(content::PictureSpot());
    view.places.append({nameOf(view.picture, place.at, spot), spot});
  }
  for (const auto number : order) {
    const auto& thing = question.options.at(number);
    view.things.append({static_cast<int>(number), fromUtf8(thing.text), fromUtf8(thing.drawn)});
  }
  return view;
}

QList<QuizOption> wordsOfThings(const PlacingView& placing) {
  QList<QuizOption> words;
  for (const auto& thing : placing.things) {
    const bool said = std::any_of(words.begin(), words.end(), [&thing](const QuizOption& word) {
      return word.text == thing.text;
    });
    if (!said) words.append({thing.id, thing.text});
  }
  return words;
}

QList<QuizOption> wordsOfPicture(const PlacingView& placing) {
  QList<QuizOption> words;
  for (const auto& title : placing.titles) {
    if (!title.isEmpty()) words.append({static_cast<int>(words.size()), title});
  }
  return words;
}

}  // namespace primer::app
