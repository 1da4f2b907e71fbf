#include "gallery/sample_values.h"

#include <QCoreApplication>
#include <cmath>

#include "primer/app/pictures.h"

namespace primer::ui::sample {
namespace {

app::PupilCard card(int index) {
  app::PupilCard pupil;
  pupil.id = LearnerId::random();
  pupil.picture = app::pictureIds()[index % app::pictureIds().size()];
  pupil.picture_name = app::pictureName(pupil.picture);
  return pupil;
}

}  // namespace

QString say(const char* text) { return QCoreApplication::translate("Sample", text); }

app::LogInGrid grid(int pupils) {
  app::LogInGrid grid;
  grid.shown = {ClassId::random(), "4A"};
  grid.classes = {grid.shown};
  for (int i = 0; i < pupils; ++i) grid.pupils.append(card(i));
  return grid;
}

app::PupilCard pupil() { return card(6); }

QList<app::Step> steps() {
  using app::Step;
  return {Step::kRight,  Step::kNotYet, Step::kRight,  Step::kNow,
          Step::kToCome, Step::kToCome, Step::kToCome, Step::kToCome};
}

app::HomeView firstHome() {
  app::HomeView home;
  home.hello = say("Hello, Moon");
  home.doors = {
      {app::DoorKind::kBegin, say("Let us go for a walk"),
       say("At most twelve steps, and every step counts."),
       say("A few of all kinds, to find where to begin. Some will be too hard, and that is "
           "all right."),
       true}};
  home.garden = {{say("Adding up to 10"), 0, false}};
  home.garden_words = say("A flower grows here for everything that you learn.");
  home.skills = {{0, say("Adding up to 10"), 0, say("Number facts")}};
  return home;
}

app::HomeView home(bool long_words) {
  app::HomeView home;
  home.hello = long_words ? "Hello, Maximiliana Konstantinopoulou" : say("Hello, Moon");
  home.doors = {{app::DoorKind::kGoOn, say("Go on"), say("Times tables of 6 to 9"),
                 say("You stopped at number 4 of 8."), true},
                {app::DoorKind::kReview, say("Look again"),
                 long_words ? say("Fractions with the same bottom number, added and taken away")
                            : say("Adding up to 100"),
                 say("You last did these 5 days ago. Do they still come?"), true},
                {app::DoorKind::kSomethingNew,
                 say("Something new"),
                 {},
                 say("This opens when what you are learning goes well."),
                 false}};
  if (long_words) {
    home.doors[2] = {
        app::DoorKind::kSomethingNew, say("Something quite new"),
        say("Equations with brackets on both sides"),
        say("All of these are easy for you. A look further on: equations with brackets."), true};
  }
  for (int i = 0; i < 12; ++i) {
    home.garden.append({QString("Skill %1").arg(i), i * 3 % 7 > 5 ? 0 : i * 3 % 7, false});
    home.skills.append(
        {i, i % 4 == 2 ? say("Fractions with the same bottom number") : say("Adding up to 20"),
         i * 3 % 7 > 5 ? 0 : i * 3 % 7,
         i < 5        ? say("Number facts")
         : long_words ? say("Everything that has to do with fractions and with decimals")
                      : say("Written maths")});
  }
  home.garden_words = say("2 flowers open, 6 growing");
  return home;
}

QString longestName() {
  return QStringLiteral("Maximiliana Konstantinopoulou-Featherstonehaugh ").repeated(7).left(299) +
         QLatin1Char('a');
}

app::HomeView homeOf(const QString& name) {
  app::HomeView view = home(false);
  view.hello = QStringLiteral("Hello, ") + name;
  return view;
}

app::ItemView item() {
  app::ItemView item;
  item.number = 4;
  item.of = 8;
  item.lesson_title = say("Number facts");
  item.skill = say("Adding past ten");
  item.request = say("Work it out");
  item.prompt = "7 + 8 =";
  item.spoken = say("7 plus 8");
  item.reason = say("A little harder now: the last three were right.");
  return item;
}

app::ReadingView reading(bool doubtful) {
  app::ReadingView reading;
  app::DigitView one;
  one.symbol = "1";
  one.alternatives = {"7", "4"};
  one.doubtful = doubtful;
  app::DigitView five;
  five.symbol = "5";
  reading.digits = {one, five};
  reading.text = "15";
  reading.confidence = doubtful ? 0.6 : 0.99;
  reading.unsure = doubtful;
  reading.words = say("I read 15.");
  return reading;
}

app::ReadingView unreadable() {
  app::ReadingView reading;
  reading.words = say("I cannot read this yet.");
  return reading;
}

app::JudgementView right() {
  app::JudgementView judgement;
  judgement.verdict = app::Verdict::kRight;
  judgement.words = say("7 + 8 is 15. You went past ten in one go.");
  judgement.reading = reading(false);
  judgement.attempt = 1;
  judgement.item_over = true;
  return judgement;
}

app::JudgementView notYet() {
  app::JudgementView judgement;
  judgement.verdict = app::Verdict::kNotYet;
  judgement.words = say("Not yet.");
  judgement.hint = {1, say("A nudge"), say("Go to **ten** first. How much of the 8 is left?"), {}};
  judgement.reading = reading(false);
  judgement.attempt = 1;
  return judgement;
}

app::JudgementView cannotRead() {
  app::JudgementView judgement;
  judgement.verdict = app::Verdict::kCannotRead;
  judgement.words = say("Nothing is counted. Write it once more, a little bigger.");
  judgement.reading = unreadable();
  judgement.offer_keypad = true;
  return judgement;
}

app::HintView hint() {
  return {2, say("The idea"), say("7 and **3** make 10. Then add what is left."), {}};
}

app::ItemView workedItem() {
  app::ItemView item = sample::item();
  item.kind = app::ItemKind::kWorking;
  item.lesson_title = say("Find x");
  item.skill = say("Find x");
  item.request = say("Solve, line by line");
  item.prompt = "2(x + 3) = 16";
  item.spoken = "2(x + 3) = 16";
  item.explain = say(
      "Both sides weigh the same, and still do when you do the same on both. Undo what was done to "
      "x, the last thing first.");
  return item;
}

app::WorkView work(bool wrong) {
  app::WorkView view;
  const auto line = [&view](const char* text, float top, app::LineMark mark) {
    app::LineView one;
    one.text = text;
    one.box = {30, top, 260, top + 60};
    one.mark = mark;
    view.lines.append(one);
  };
  line("2x + 6 = 16", 44, app::LineMark::kRight);
  line("(6)/(3)x + 6 = 16", 144, app::LineMark::kDetour);
  line("2x = 22", 244, wrong ? app::LineMark::kNotYet : app::LineMark::kAsk);
  view.lines[2].alternatives = {"2x = 72"};
  if (wrong) {
    view.lines[2].not_yet = {{150, 244, 260, 304}};
    view.first_not_yet = 2;
    view.words = say("Line 3 does not fit yet. Lines 1 and 2 are right.");
  } else {
    view.lines[2].doubtful = true;
    view.words = say("Tap line 3 and tell me what it is.");
  }
  return view;
}

app::HintView workHint() {
  return {
      2, say("The idea"), say("What stands beside x is taken away on both sides, never added."),
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 90'><path d='M20 30h160M100 30v50"
      "M70 80h60' stroke='#454F68' stroke-width='5' fill='none'/><rect x='30' y='8' width='20' "
      "height='20' rx='4' fill='#1F5796'/><rect x='54' y='8' width='20' height='20' rx='4' "
      "fill='#1F5796'/><circle cx='90' cy='18' r='11' fill='#F4B73F'/><circle cx='150' cy='18' "
      "r='12' fill='#F4B73F'/></svg>"};
}

app::ExampleView example() {
  return {"3(x + 2) = 21",
          {{"3x + 6 = 21", say("What stands before a bracket multiplies everything in it.")},
           {"3x = 15", say("The 6 is added: take 6 away on both sides.")},
           {"x = 5", say("x is multiplied by 3: divide both sides by 3.")}}};
}

app::ItemView explainedItem() {
  auto explained = item();
  explained.explain =
      say("Ten is a good place to stop. Fill up to ten first, then add what is left.");
  return explained;
}

app::ExampleView sumExample() {
  return {"9 + 6 =",
          {{"9 + 1 = 10", say("Fill up to ten: take 1 of the 6.")},
           {QStringLiteral("6 \u2212 1 = 5"), say("What is left of the 6?")},
           {"10 + 5 = 15", say("Ten and 5 make 15.")}}};
}

app::SummaryView summary() {
  app::SummaryView summary;
  summary.title = say("You worked out 8 sums");
  summary.lines = {say("You added past ten: 5 sums."), say("You mended two yourself.")};
  summary.next = say("Next time: taking away past ten.");
  summary.garden = {{say("Adding to ten"), 5, false},
                    {say("Adding past ten"), 5, true},
                    {say("Taking away"), 3, false},
                    {say("Times tables"), 1, false}};
  summary.done = {{"7 + 8 =", "15", ink(), true, 1},
                  {"2(x + 3) = 16", "2x + 6 = 16\n2x = 10\nx = 5", {}, true, 2},
                  {"56 ÷ 7 =", "9", ink(), false, 4}};
  return summary;
}

app::SummaryView visitOver() {
  app::SummaryView over = summary();
  over.visit_over = true;
  over.over_words = say("Your time here is over for now. See you next time!");
  over.next.clear();
  return over;
}

app::HomeView homeWithNews() {
  app::HomeView view = home(false);
  view.news = say(
      "Your teacher looked at 2(x + 3) = 16 again. You were right! It is good that you said so.");
  return view;
}

app::BreakView breakReminder(bool may_put_off) {
  return {say("Time for a little break"),
          say("Stand up, stretch, and look out of the window. Your work waits here."), may_put_off};
}

QList<app::Problem> problems() {
  return {{"database.full", app::Severity::kWarning, say("The tablet is almost full"),
           say("Answers are still kept. Ask a technician to make room."), "3 MB left on /data"},
          {"model.missing", app::Severity::kNotice, say("Handwriting is switched off"),
           say("Its model is missing. Pupils answer with number keys."), "ink-symbols.tflite"}};
}

app::ClassView classView() {
  app::ClassView view;
  view.title = say("Today in 4A");
  view.summary = say("5 of 15 pupils worked · 43 answers");
  for (int i = 0; i < 12; ++i) {
    app::PupilRow row;
    const app::PupilCard pupil = card(i);
    row.id = pupil.id;
    row.picture = pupil.picture;
    row.picture_name = pupil.picture_name;
    if (i == 1) row.name = "Maximiliana Konstantinopoulou-Featherstonehaugh";
    if (i % 3 != 2) {
      row.answers_today = 4 + i;
      row.answers_all = 60 + 7 * i;
      row.right_share = 0.35 + 0.05 * i;
      row.last_seen_words = i % 2 == 0 ? say("today, 10:42") : say("18 November");
    }
    view.pupils.append(row);
  }
  return view;
}

Ink ink() {
  Ink ink;
  Stroke one;
  for (int i = 0; i <= 20; ++i) {
    const float s = float(i) / 20;
    one.push_back({100 + (s < 0.3F ? s * 60 : 18 - (s - 0.3F) * 4),
                   100 + (s < 0.3F ? 20 - s * 60 : (s - 0.3F) * 112), 0, 0.6F});
  }
  Stroke hook;
  for (int i = 0; i <= 30; ++i) {
    const float s = float(i) / 30;
    const float a = -1.4F + s * 4.2F;
    hook.push_back({170 + (s < 0.25F ? 0 : std::cos(a) * 26 - 4),
                    102 + (s < 0.25F ? s * 140 : 54 + std::sin(a) * 26), 0, 0.6F});
  }
  Stroke hat = {{170, 102, 0, 0.6F}, {186, 101, 0, 0.6F}, {204, 99, 0, 0.6F}};
  ink.strokes = {one, hook, hat};
  return ink;
}

app::ClassView classToLookAt() {
  app::ClassView view = classView();
  for (int i = 0; i < 3; ++i) {
    app::DisputeRow row;
    const app::PupilRow& pupil = view.pupils[i * 2 + 1];
    row.key = QString::number(i);
    row.pupil = pupil.id;
    row.picture = pupil.picture;
    row.name = pupil.name.isEmpty() ? pupil.picture_name : pupil.name;
    row.why = i == 1 ? say("Primer could not tell whether this is right.")
                     : say("Primer said “not yet”; the pupil disagrees.");
    row.answer.at_words = i == 0 ? say("today, 10:42") : say("18 November");
    row.answer.item =
        i == 1 ? say("Why is 50 more than 45? Say it in a sentence.") : "2(x + 3) = 16";
    row.answer.answer = i == 1 ? say("Because 50 comes after 45 when you count.") : "x = 5";
    if (i != 1) row.answer.ink = ink();
    if (i == 2) row.right = true;
    view.disputes.append(row);
  }
  view.disputes_open = 2;
  view.rules.session_minutes = 25;
  view.rules.faults = {
      say("When lines are looked at: what is written in the records cannot be used (judged: "
          "\"at_the_end\" is not known). The usual setting stands until you choose another.")};
  return view;
}

app::PupilView pupilView(bool with_answers) {
  app::PupilView view;
  const app::ClassView in = classView();
  view.pupil = in.pupils[6];
  if (!with_answers) {
    view.pupil.answers_all = 0;
    view.pupil.right_share.reset();
    return view;
  }
  for (int i = 0; i < 9; ++i) {
    app::AnswerRow answer;
    answer.item = i % 2 == 0 ? "7 + 8" : "56 ÷ 7";
    answer.answer = "15";
    answer.expected = "15";
    answer.verdict = i == 2 ? app::Verdict::kNotYet : app::Verdict::kRight;
    answer.verdict_words = i == 2 ? say("not yet") : say("right");
    answer.how = i == 3 ? say("typed") : say("read");
    answer.at_words = say("today, 10:42");
    answer.attempt = i == 1 ? 2 : 1;
    if (i != 3) answer.ink = ink();
    if (i == 4) {  // said, and kept for the teacher
      answer.ink = {};
      answer.item = "fin · thin";
      answer.answer = "thin";
      answer.how = say("spoken");
      answer.sound = 0;
    }
    view.answers.append(answer);
  }
  view.answers_not_shown = 12;
  view.words_to_practise = {say("umbrella (Rain on the roof, yesterday)"),
                            say("enough (The lost sock, 3 days ago)")};
  return view;
}

}  // namespace primer::ui::sample
