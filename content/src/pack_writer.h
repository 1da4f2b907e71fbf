#pragma once

#include <flatbuffers/flatbuffers.h>

#include "primer/content/lesson.h"

namespace primer::content {

// The lesson inside of a pack: the table Lesson of schema/pack.fbs.
flatbuffers::DetachedBuffer writeLesson(const Lesson& lesson);

}  // namespace primer::content
