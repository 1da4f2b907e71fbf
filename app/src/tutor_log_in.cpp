// Logging in: the picture, where it is asked for three more, and home.

#include <QCoreApplication>
#include <QRandomGenerator>
#include <algorithm>

#include "primer/app/pictures.h"
#include "primer/app/words.h"
#include "tutor_private.h"

namespace primer::app {

namespace {

// After so many wrong tries in a row there is a breath to take: long for who tries everything,
// short for a child.
constexpr int kTriesBeforeABreath = 3;
constexpr std::chrono::seconds kBreath{10};

QString say(const char* text) { return QCoreApplication::translate("LogIn", text); }

}  // namespace

bool Tutor::Private::doorIsOpen(bool guest) {
  if (logging_in_) return false;
  const bool can_work = guest ? course_ != nullptr : pupilsCanWork();
  if (can_work && unsaved_ < kMostUnsaved) return true;
  tellProblems();  // they say why
  return false;
}

void Tutor::Private::logIn(const LearnerId& learner) {
  const auto card =
      std::find_if(grid_.pupils.begin(), grid_.pupils.end(),
                   [&learner](const PupilCard& pupil) { return pupil.id == learner; });
  if (card == grid_.pupils.end() || !doorIsOpen(false)) return;
  if (card->asks) {
    askForPictures(*card, false);
  } else {
    enter(*card);
  }
}

void Tutor::Private::askForPictures(const PupilCard& pupil, bool wrong) {
  asked_pictures_ = pupil;
  const auto wait = wrong_pictures_[pupil.id].next_from - clock_.steadyTime();
  PicturesView view;
  view.pupil = pupil;
  view.pictures = logInPictureIds();
  view.count = static_cast<int>(storage::kPicturesToLogIn);
  view.wrong = wrong;
  if (wait.count() > 0) {
    view.wait_seconds = static_cast<int>(std::chrono::ceil<std::chrono::seconds>(wait).count());
    view.words = say(
        QT_TRANSLATE_NOOP("LogIn", "Let us take a breath. Your teacher knows your pictures, too."));
  } else if (wrong) {
    view.words =
        say(QT_TRANSLATE_NOOP("LogIn", "Not these three. Try again: which one comes first?"));
  } else {
    view.words = say(QT_TRANSLATE_NOOP("LogIn", "Now tap your three pictures, one by one."));
  }
  emit tutor_.picturesAsked(view);
}

void Tutor::Private::givePictures(const QStringList& tapped) {
  if (!asked_pictures_ || !doorIsOpen(false)) return;
  const auto pupil = *asked_pictures_;
  if (clock_.steadyTime() < wrong_pictures_[pupil.id].next_from) {
    askForPictures(pupil, true);
    return;
  }
  logging_in_ = true;
  inBackroom([learner = pupil.id,
              tapped](Backroom& backroom) { return backroom.picturesFit(learner, tapped); },
             [this, pupil](const Result<bool>& fit) {
               logging_in_ = false;
               if (stage_ != Stage::kLogIn) return;
               if (!fit || *fit) {  // what is wrong with the records is told by logging in
                 wrong_pictures_.erase(pupil.id);
                 enter(pupil);
                 return;
               }
               auto& tries = wrong_pictures_[pupil.id];
               if (++tries.times % kTriesBeforeABreath == 0) {
                 tries.next_from = clock_.steadyTime() + kBreath;
               }
               askForPictures(pupil, true);
             });
}

void Tutor::Private::enter(const PupilCard& pupil) {
  logging_in_ = true;
  inBackroom([learner = pupil.id,
              of = grid_.shown.id](Backroom& backroom) { return backroom.logIn(learner, of); },
             [this, pupil](Result<Backroom::LogIn> found) { beginVisit(pupil, std::move(found)); });
}

void Tutor::Private::logInAsGuest() {
  if (!doorIsOpen(true)) return;
  logging_in_ = true;
  PupilCard guest;
  guest.id = LearnerId::random();  // in no roster
  guest.picture = QString::fromLatin1(kGuestPicture.data(), int(kGuestPicture.size()));
  guest.picture_name = pictureName(guest.picture);
  guest.guest = true;
  inBackroom([of = grid_.shown.id](Backroom& backroom) { return backroom.logInAsGuest(of); },
             [this, guest](Result<Backroom::LogIn> found) { beginVisit(guest, std::move(found)); });
}

void Tutor::Private::beginVisit(const PupilCard& pupil, Result<Backroom::LogIn> found) {
  logging_in_ = false;
  if (stage_ != Stage::kLogIn) return;
  if (!found) {
    const auto problem = problemFrom(found.error());
    if (!opening_problems_.contains(problem)) opening_problems_.append(problem);
    tellProblems();
    return;
  }
  asked_pictures_.reset();
  pupil_ = pupil;
  ++visit_number_;
  saved_in_visit_ = 0;
  const auto seed = settings_.seed != 0 ? settings_.seed : QRandomGenerator::system()->generate64();
  visit_ = std::make_unique<Visit>(
      course_, knowledge_, std::move(found->history),
      VisitOptions{seed, settings_.sums_in_a_set, settings_.first_walk, {}, pupil.guest});
  beginRules(*found);
  goHome();
}

}  // namespace primer::app
