#pragma once

// The shipped lesson.

#include <memory>

#include "primer/base/share.h"
#include "primer/content/pack.h"

namespace primer::app {

inline std::shared_ptr<const content::Lesson> shippedLesson() {
  auto lesson = content::openPack(shareFolder() / "lessons/number-facts.pack", realFileSystem());
  return lesson ? std::make_shared<const content::Lesson>(*std::move(lesson)) : nullptr;
}

}  // namespace primer::app
