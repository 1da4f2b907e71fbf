#pragma once

// Made-up values with which pages are shown in the gallery and in tests: ordinary ones, and ones
// that strain a page (a full class, long names, long sentences, nothing at all).

#include "primer/app/teacher_values.h"

namespace primer::ui::sample {

// What a page says in a sample. It goes through the translators as the page's own words do, so that
// a longer language can be tried on all of it.
QString say(const char* text);

app::LogInGrid grid(int pupils);
app::PupilCard pupil();
QList<app::Step> steps();  // of a set of eight, in its middle
app::HomeView firstHome();
app::HomeView home(bool long_words);
app::HomeView homeOf(const QString& name);
QString longestName();  // of 300 letters
app::ItemView item();
app::ReadingView reading(bool doubtful);
app::ReadingView unreadable();
app::JudgementView right();
app::JudgementView notYet();
app::JudgementView cannotRead();
app::HintView hint();
app::ItemView workedItem();
app::WorkView work(bool wrong);
app::HintView workHint();
app::ExampleView example();
app::ItemView explainedItem();  // item(), with the card that says how it goes
app::ExampleView sumExample();
app::SummaryView summary();
app::SummaryView visitOver();
app::HomeView homeWithNews();
app::BreakView breakReminder(bool may_put_off);
app::ClassView classToLookAt();  // two answers wait, one is decided, settings with a fault
app::ClassView classView();
app::PupilView pupilView(bool with_answers);
QList<app::Problem> problems();
Ink ink();  // "15", written

}  // namespace primer::ui::sample
