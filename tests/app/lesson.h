#pragma once

// The shipped lesson and knowledge model.

#include <memory>
#include <string>

#include "primer/base/share.h"
#include "primer/content/pack.h"
#include "primer/knowledge/knowledge_model.h"

namespace primer::app {

inline std::shared_ptr<const content::Lesson> shippedLesson(
    const std::string& name = "number-facts") {
  auto lesson = content::openPack(shareFolder() / "lessons" / (name + ".pack"), realFileSystem());
  return lesson ? std::make_shared<const content::Lesson>(*std::move(lesson)) : nullptr;
}

inline std::shared_ptr<const knowledge::KnowledgeModel> shippedKnowledge() {
  auto model = knowledge::KnowledgeModel::openShipped();
  return model ? std::make_shared<const knowledge::KnowledgeModel>(*std::move(model)) : nullptr;
}

}  // namespace primer::app
