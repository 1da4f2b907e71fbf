#include "primer/knowledge-workshop/knowledge_workshop.h"

#include "knowledge_task.h"

namespace primer::knowledge {

void addKnowledge(toolkit::Workshop& workshop) { workshop::addKnowledgeTask(workshop); }

}  // namespace primer::knowledge
