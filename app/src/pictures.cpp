#include "primer/app/pictures.h"

#include <QCoreApplication>
#include <algorithm>

namespace primer::app {

namespace {

// In the order of kPictureIds.
constexpr std::array<const char*, kPictureIds.size()> kNames = {
    QT_TRANSLATE_NOOP("Pictures", "Kite"),    QT_TRANSLATE_NOOP("Pictures", "Boat"),
    QT_TRANSLATE_NOOP("Pictures", "Fish"),    QT_TRANSLATE_NOOP("Pictures", "Tree"),
    QT_TRANSLATE_NOOP("Pictures", "Sun"),     QT_TRANSLATE_NOOP("Pictures", "House"),
    QT_TRANSLATE_NOOP("Pictures", "Moon"),    QT_TRANSLATE_NOOP("Pictures", "Cactus"),
    QT_TRANSLATE_NOOP("Pictures", "Cup"),     QT_TRANSLATE_NOOP("Pictures", "Bell"),
    QT_TRANSLATE_NOOP("Pictures", "Shell"),   QT_TRANSLATE_NOOP("Pictures", "Leaf"),
    QT_TRANSLATE_NOOP("Pictures", "Drum"),    QT_TRANSLATE_NOOP("Pictures", "Hat"),
    QT_TRANSLATE_NOOP("Pictures", "Key"),     QT_TRANSLATE_NOOP("Pictures", "Star"),
    QT_TRANSLATE_NOOP("Pictures", "Apple"),   QT_TRANSLATE_NOOP("Pictures", "Pear"),
    QT_TRANSLATE_NOOP("Pictures", "Cherry"),  QT_TRANSLATE_NOOP("Pictures", "Ball"),
    QT_TRANSLATE_NOOP("Pictures", "Balloon"), QT_TRANSLATE_NOOP("Pictures", "Umbrella"),
    QT_TRANSLATE_NOOP("Pictures", "Cloud"),   QT_TRANSLATE_NOOP("Pictures", "Mushroom"),
    QT_TRANSLATE_NOOP("Pictures", "Flower"),  QT_TRANSLATE_NOOP("Pictures", "Acorn"),
    QT_TRANSLATE_NOOP("Pictures", "Bee"),     QT_TRANSLATE_NOOP("Pictures", "Snail"),
    QT_TRANSLATE_NOOP("Pictures", "Rocket"),  QT_TRANSLATE_NOOP("Pictures", "Anchor"),
};

QString fromView(std::string_view text) {
  return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

}  // namespace

QString pictureName(const QString& id) {
  const auto wanted = id.toStdString();
  if (wanted == kGuestPicture) {
    return QCoreApplication::translate("Pictures", QT_TRANSLATE_NOOP("Pictures", "Guest"));
  }
  const auto found = std::find(kPictureIds.begin(), kPictureIds.end(), wanted);
  if (found == kPictureIds.end()) return id;
  const auto index = static_cast<std::size_t>(found - kPictureIds.begin());
  return QCoreApplication::translate("Pictures", kNames[index]);
}

QStringList pictureIds() {
  QStringList ids;
  for (const auto id : kPictureIds) ids.append(fromView(id));
  return ids;
}

QStringList logInPictureIds() {
  QStringList ids;
  for (const auto id : kLogInPictureIds) ids.append(fromView(id));
  return ids;
}

QString pictureNames(const QStringList& ids) {
  QStringList names;
  for (const auto& id : ids) names.append(pictureName(id));
  return names.join(QStringLiteral(", "));
}

}  // namespace primer::app
