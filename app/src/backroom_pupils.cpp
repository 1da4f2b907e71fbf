// What a teacher changes about pupils: name, picture, and the pictures to log in with.

#include <QCoreApplication>
#include <QRandomGenerator>
#include <algorithm>

#include "backroom.h"
#include "primer/app/pictures.h"

namespace primer::app {

namespace {

constexpr qsizetype kLongestName = 60;

QString say(const char* text) { return QCoreApplication::translate("Pupils", text); }

std::vector<std::string> dealPictures() {
  std::vector<std::string> all(kLogInPictureIds.begin(), kLogInPictureIds.end());
  std::shuffle(all.begin(), all.end(), *QRandomGenerator::system());
  all.resize(storage::kPicturesToLogIn);
  return all;
}

}  // namespace

Result<Backroom::Advice> Backroom::adviseName(const LearnerId& learner, const QString& name) {
  if (!key_) return fail(lockedError());
  const auto nothing = say(QT_TRANSLATE_NOOP("Pupils", "Nothing was changed."));
  if (name.isEmpty()) {
    return Advice{
        say(QT_TRANSLATE_NOOP("Pupils", "A name has one letter at least. %1")).arg(nothing), true};
  }
  if (name.size() > kLongestName) {
    return Advice{
        say(QT_TRANSLATE_NOOP("Pupils", "At most %1 letters fit, and this name has %2. %3"))
            .arg(kLongestName)
            .arg(name.size())
            .arg(nothing),
        true};
  }
  PRIMER_ASSIGN(const auto names, database_->names(*key_));
  const auto same = std::find_if(names.begin(), names.end(), [&](const auto& other) {
    return other.card.id != learner &&
           QString::fromStdString(other.name).compare(name, Qt::CaseInsensitive) == 0;
  });
  if (same == names.end()) {
    return Advice{say(QT_TRANSLATE_NOOP("Pupils", "Kept. The name shows on your pages only."))};
  }
  const auto picture = pictureName(QString::fromStdString(same->card.picture));
  return Advice{say(QT_TRANSLATE_NOOP("Pupils",
                                      "Kept. The pupil with the picture “%1” has the same name: "
                                      "the pictures tell them apart."))
                    .arg(picture)};
}

Result<Backroom::Advice> Backroom::advisePicture(const LearnerId& learner, const QString& picture) {
  if (!key_) return fail(lockedError());
  if (!pictureIds().contains(picture)) {
    return Advice{say(QT_TRANSLATE_NOOP("Pupils", "There is no such picture.")), true};
  }
  PRIMER_ASSIGN(const auto names, database_->names(*key_));
  for (const auto& other : names) {
    if (other.card.id == learner || other.card.picture != picture.toStdString()) continue;
    return Advice{
        say(QT_TRANSLATE_NOOP("Pupils", "Another pupil has the picture “%1”. Nothing was changed."))
            .arg(pictureName(picture)),
        true};
  }
  return Advice{
      say(QT_TRANSLATE_NOOP("Pupils", "Kept. The picture is now “%1”.")).arg(pictureName(picture))};
}

QStringList Backroom::freePictures(const std::vector<storage::NamedPupil>& pupils,
                                   const LearnerId& learner) const {
  auto ids = pictureIds();
  for (const auto& pupil : pupils) {
    if (pupil.card.id != learner) ids.removeAll(QString::fromStdString(pupil.card.picture));
  }
  return ids;
}

Status Backroom::changePictures(const LearnerId& learner, PicturesChange change) {
  if (!key_) return fail(lockedError());
  switch (change) {
    case PicturesChange::kNewOnes:
      return database_->setPictures(learner, dealPictures());
    case PicturesChange::kDoNotAsk:
      return database_->askForPictures(learner, false);
    case PicturesChange::kAsk:
      break;
  }
  const auto asked = database_->askForPictures(learner, true);
  if (asked || asked.error().key != "pictures.none") return asked;
  return database_->setPictures(learner, dealPictures());
}

Status Backroom::askForPictures(PicturesAsked asked) {
  if (asked == PicturesAsked::kOfSome) return {};
  const auto change =
      asked == PicturesAsked::kOfEverybody ? PicturesChange::kAsk : PicturesChange::kDoNotAsk;
  PRIMER_ASSIGN(const auto pupils, database_->pupils(key_->classId()));
  for (const auto& pupil : pupils) {
    const bool wanted = change == PicturesChange::kAsk;
    if (pupil.asks != wanted) PRIMER_TRY(changePictures(pupil.id, change));
  }
  return {};
}

PicturesAsked Backroom::picturesAsked(const std::vector<storage::NamedPupil>& pupils) {
  const auto asked = std::count_if(pupils.begin(), pupils.end(),
                                   [](const auto& pupil) { return pupil.card.asks; });
  if (asked == 0) return PicturesAsked::kOfNobody;
  return static_cast<std::size_t>(asked) == pupils.size() ? PicturesAsked::kOfEverybody
                                                          : PicturesAsked::kOfSome;
}

}  // namespace primer::app
