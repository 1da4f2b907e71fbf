#pragma once

#include "primer/content/quiz.h"
#include "table_reader.h"

namespace primer::content {

// `picture` and `things` of a question with Answering::kPlace. Places that the author need not name
// are filled in.
void readPlacing(TableReader& in, Notes& notes, Question& question);

}  // namespace primer::content
