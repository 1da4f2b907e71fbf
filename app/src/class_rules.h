#pragma once

// What a teacher sets, between the records and the pages.

#include "primer/app/teacher_values.h"
#include "primer/storage/settings.h"

namespace primer::app {

// `faults` are told in words.
ClassRules rulesFrom(const storage::StoredClassSettings& stored);
storage::ClassSettings settingsFrom(const ClassRules& rules);

}  // namespace primer::app
