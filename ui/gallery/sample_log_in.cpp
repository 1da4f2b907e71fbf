#include "gallery/sample_log_in.h"

#include "gallery/sample_values.h"
#include "pages/home_page.h"
#include "pages/log_in_page.h"
#include "pages/log_in_pictures_page.h"
#include "pages/simple_pages.h"
#include "pages/teacher_page.h"
#include "pages/teacher_pupil.h"
#include "primer/app/pictures.h"
#include "widgets/button.h"
#include "widgets/picture_tile.h"
#include "widgets/sidebar.h"

namespace primer::ui {
namespace {

using sample::say;

const QStringList kPictures = {"fish", "star", "bee"};

app::PicturesView pictures(const QString& words, bool wrong = false, int wait_seconds = 0) {
  return {sample::pupil(), app::logInPictureIds(), 3, words, wrong, wait_seconds};
}

SamplePage picturesPage(const char* name, const app::PicturesView& view, int tapped = 0) {
  return samplePage<LogInPicturesPage>(name, [view, tapped](LogInPicturesPage& p) {
    p.setVoice(true);
    p.ask(view);
    const auto tiles = p.findChildren<PictureTile*>();
    for (int i = 0; i < tapped; ++i) tiles[2 * i + 1]->click();
  });
}

app::PupilCard guest() {
  app::PupilCard card;
  card.picture = QString::fromLatin1(app::kGuestPicture.data(), int(app::kGuestPicture.size()));
  card.picture_name = app::pictureName(card.picture);
  card.guest = true;
  return card;
}

app::HomeView guestHome() {
  app::HomeView view = sample::firstHome();
  view.hello = say("Hello, Guest");
  view.news = say("You are a guest. Everything works, and nothing of it is kept.");
  return view;
}

app::Problem noLesson() {
  return {"lesson.missing", app::Severity::kStops, say("The lesson is not there"),
          say("Its file is missing from this tablet. Please install Primer again."), ""};
}

app::PupilView changed(const QString& told, bool refused) {
  app::PupilView view = sample::pupilView(true);
  view.pupil.name = "Ada";
  view.pupil.asked = true;
  view.pupil.pictures = kPictures;
  view.free_pictures = app::pictureIds().mid(15);
  view.told = told;
  view.refused = refused;
  return view;
}

SamplePage changePage(const char* name, const app::PupilView& view) {
  return samplePage<TeacherPage>(name, [view](TeacherPage& p) {
    p.showClass(sample::classView());
    p.showPupil(view);
    for (auto* button : p.findChildren<Button*>()) {
      if (button->accessibleName() == PupilPanel::tr("Change")) button->click();
    }
  });
}

app::ClassView classWithPictures() {
  app::ClassView view = sample::classView();
  view.rules.pictures = app::PicturesAsked::kOfEverybody;
  for (auto& row : view.pupils) {
    row.asked = true;
    row.pictures = kPictures;
  }
  return view;
}

}  // namespace

std::vector<SamplePage> sampleLogInPages() {
  return {
      samplePage<LogInPage>("page-log-in-no-lesson",
                            [](LogInPage& p) {
                              p.setVoice(true);
                              p.showGrid(sample::grid(15));
                              p.showProblems({noLesson()});
                            }),
      picturesPage("page-log-in-pictures",
                   pictures(say("Now tap your three pictures, one by one."))),
      picturesPage("page-log-in-pictures-two",
                   pictures(say("Now tap your three pictures, one by one.")), 2),
      picturesPage("page-log-in-pictures-wrong",
                   pictures(say("Not these three. Try again: which one comes first?"), true)),
      picturesPage(
          "page-log-in-pictures-breath",
          pictures(say("Let us take a breath. Your teacher knows your pictures, too."), true, 10)),
      samplePage<HomePage>("page-home-guest",
                           [](HomePage& p) {
                             p.showPupil(guest());
                             p.setVoice(true);
                             p.showHome(guestHome());
                           }),
      samplePage<HandOverPage>("page-hand-over-guest",
                               [](HandOverPage& p) { p.showPupil(guest()); }),
      changePage("page-pupil-change", changed({}, false)),
      changePage("page-pupil-refused",
                 changed(say("At most 60 letters fit, and this name has 300. Nothing was changed."),
                         true)),
      samplePage<TeacherPage>("page-settings-pictures",
                              [](TeacherPage& p) {
                                p.showClass(classWithPictures());
                                for (auto* item : p.findChildren<SidebarItem*>()) {
                                  if (item->text() == TeacherPage::tr("Settings")) item->click();
                                }
                              }),
  };
}

}  // namespace primer::ui
