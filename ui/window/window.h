#pragma once

// The one window: shows the page that the tutor's stage asks for, and carries what pages say to the
// tutor and what the tutor says to the pages. Pages are made when they are first needed, so that
// the first one is there quickly.

#include <QTimer>
#include <QWidget>

#include "primer/app/tutor.h"
#include "primer/app/voice.h"
#include "window/item_pages.h"
#include "window/switch_scan.h"

namespace primer::ui {

class BreakPage;
class ChoosePage;
class HandOverPage;
class HomePage;
class ItemPage;
class LinesPage;
class LogInPage;
class LogInPicturesPage;
class PageStack;
class PinPage;
class QuizPage;
class SetUpPage;
class ReadingPage;
class SpeakingPage;
class StartingPage;
class StoppedPage;
class TeacherPage;
class WellDonePage;
class WorkPage;
class WorkingPage;

class Window : public QWidget {
  Q_OBJECT
 public:
  // The tutor must outlive the window.
  explicit Window(app::Tutor& tutor, QWidget* parent = nullptr);
  ~Window() override;

  QWidget* currentPage() const;

  // The pages as far as they have been made; null otherwise.
  SetUpPage* setUpPage() const { return set_up_; }
  LogInPage* logInPage() const { return log_in_; }
  LogInPicturesPage* logInPicturesPage() const { return pictures_; }
  HomePage* homePage() const { return home_; }
  ChoosePage* choosePage() const { return choose_; }
  WorkingPage* workingPage() const;
  WorkPage* workPage() const;
  QuizPage* quizPage() const;
  SpeakingPage* speakingPage() const;
  ReadingPage* readingPage() const;
  WellDonePage* wellDonePage() const { return well_done_; }
  LinesPage* linesPage() const { return lines_; }
  BreakPage* breakPage() const { return break_; }
  HandOverPage* handOverPage() const { return hand_over_; }
  PinPage* pinPage() const { return pin_; }
  TeacherPage* teacherPage() const { return teacher_; }
  StoppedPage* stoppedPage() const { return stopped_; }

  // For whoever works everything with one switch; begun at log-in or from home, ended there, by
  // handing over, or where nobody logs in while it goes round three times.
  SwitchScan& scan() { return scan_; }

  // After so long without a touch a pupil is asked "Is it still you?".
  void setIdleLimit(std::chrono::milliseconds limit);

 signals:
  // Another page is shown.
  void pageShown(QWidget* page);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void follow(app::Stage stage);
  void turnTo(QWidget* page);
  void askWhoItIs();
  void hearTutor();
  void showItem(const app::ItemView& item);
  ItemPage* itemPage();  // of the item at hand

  // Each makes its page when it is first needed, and wires it.
  SetUpPage* needSetUp();
  LogInPage* needLogIn();
  LogInPicturesPage* needPictures();
  HomePage* needHome();
  ChoosePage* needChoose();
  void attendTo(ItemPage* page);  // what the ways out and the help of an item do
  WellDonePage* needWellDone();
  LinesPage* needLines();
  BreakPage* needBreak();
  HandOverPage* needHandOver();
  PinPage* needPin();
  TeacherPage* needTeacher();
  StoppedPage* needStopped();

  template <typename P>
  P* made(P*& page);

  app::Tutor& tutor_;
  PageStack* pages_;
  ItemPages items_;
  SwitchScan scan_;
  QTimer idle_;
  app::Voice voice_;
  StartingPage* starting_ = nullptr;
  SetUpPage* set_up_ = nullptr;
  LogInPage* log_in_ = nullptr;
  LogInPicturesPage* pictures_ = nullptr;
  HomePage* home_ = nullptr;
  ChoosePage* choose_ = nullptr;
  WellDonePage* well_done_ = nullptr;
  LinesPage* lines_ = nullptr;
  BreakPage* break_ = nullptr;
  HandOverPage* hand_over_ = nullptr;
  PinPage* pin_ = nullptr;
  TeacherPage* teacher_ = nullptr;
  StoppedPage* stopped_ = nullptr;
};

}  // namespace primer::ui
