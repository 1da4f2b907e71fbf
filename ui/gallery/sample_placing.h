#pragma once

#include "primer/app/values.h"

namespace primer::ui::sample {

// Questions whose answers are placed, one for each picture.
app::ItemView clockQuestion();
app::ItemView platesQuestion();  // ten apples, to three plates
app::ItemView ringsQuestion();
app::ItemView rulerQuestion();
app::ItemView fractionLineQuestion();
app::ItemView squareQuestion();
app::ItemView gridQuestion();
app::ItemView plantQuestion();
app::ItemView cubeQuestion();
app::ItemView triangleQuestion();
app::ItemView fractionQuestion();
app::ItemView barsQuestion();
app::ItemView stripsQuestion();

app::JudgementView placedNotYet(const QList<bool>& fits, int rung = 1);
// The last rung: where everything belongs.
app::HintView placedTold(const QList<int>& places);

}  // namespace primer::ui::sample
