// A guest, and three pictures after the first.

#include "pages/home_page.h"
#include "pages/log_in_page.h"
#include "pages/log_in_pictures_page.h"
#include "pages/simple_pages.h"
#include "pages/teacher_page.h"
#include "tour/scenes.h"
#include "widgets/picture_tile.h"
#include "widgets/sidebar.h"
#include "widgets/table.h"

namespace primer::ui {

void Tour::guest() {
  press(window().logInPage(), "I am a guest");
  must(wait([this] { return window().currentPage() == window().homePage(); }),
       "no guest could come in");
  take("guest-home", "A guest", "Everything works, and nothing of it is kept.", "pupil");
  askToHandOver();
  take("guest-hand-over", "A guest leaves", "Handing over forgets the visit.", "pupil");
  leave();
}

void Tour::changeThePupil() {
  press(window().teacherPage(), "Change");
  std::optional<app::PupilView> view;
  const auto heard = QObject::connect(&tutor(), &app::Tutor::pupilViewReady, &window(),
                                      [&view](const app::PupilView& shown) { view = shown; });
  type(window().teacherPage(), "M");
  type(window().teacherPage(), "ia");
  press(window().teacherPage(), "Keep this name");
  must(wait([&view] { return view.has_value(); }), "the new name was not kept");
  should(view->pupil.name == "Mia", "the pupil is called " + view->pupil.name.toStdString());
  take("change", "A pupil's name and pictures",
       "The teacher gives a name, another picture, or three pictures to log in with.", "teacher");
  QObject::disconnect(heard);
  press(window().teacherPage(), "Done");
}

QStringList Tour::askForPictures() {
  std::optional<app::ClassView> view;
  const auto heard = QObject::connect(&tutor(), &app::Tutor::classViewReady, &window(),
                                      [&view](const app::ClassView& shown) { view = shown; });
  press(window().teacherPage(), "For everybody");
  must(wait([&view] { return view && view->pupils[6].asked; }),
       "nobody is asked for three pictures");
  QObject::disconnect(heard);
  take("pictures-for-all", "Who taps what", "For telling a child who forgot.", "teacher");
  return view->pupils[6].pictures;
}

void Tour::threePictures(const QStringList& pictures) {
  const auto turnTo = [this] {
    return wait([this] { return window().currentPage() == window().logInPicturesPage(); });
  };
  tapOn(window().logInPage()->findChildren<PictureTile*>()[6], "the picture of the moon");
  must(turnTo(), "no three pictures were asked for");
  LogInPicturesPage* page = window().logInPicturesPage();
  const auto tap = [this, page](const QString& picture) {
    for (PictureTile* tile : page->findChildren<PictureTile*>()) {
      if (tile->picture() == picture) return tapOn(tile, picture.toStdString());
    }
    throw Stuck{"there is no " + picture.toStdString()};
  };
  tap(pictures[0]);
  take("three-pictures", "Three pictures", "After the log-in picture, where the teacher wants it.",
       "pupil");
  tap(pictures[2]);
  tap(pictures[1]);
  must(wait([page] { return page->tapped().isEmpty(); }), "a wrong order was not told");
  take("not-these-three", "Not these three", "Kindly, and nobody is locked out.", "pupil");
  for (const QString& picture : pictures) tap(picture);
  must(wait([this] { return window().currentPage() == window().homePage(); }),
       "the three pictures did not lead in");
  askToHandOver();
  leave();
}

}  // namespace primer::ui
