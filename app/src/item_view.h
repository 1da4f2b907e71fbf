#pragma once

// What the page of an item is told of it: one function, with a case for every kind.

#include "primer/app/values.h"
#include "primer/content/generator.h"

namespace primer::app {

// Without what the set adds: its place there, and the reason.
ItemView viewOf(const content::Lesson& lesson, const content::Item& item);

}  // namespace primer::app
