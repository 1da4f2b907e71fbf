#pragma once

// The words for what can go wrong: from the key of an Error to sentences for people.

#include "primer/app/values.h"
#include "primer/base/result.h"

namespace primer::app {

// The problem that `error` is to the people at the tablet. An error without a known key is told by
// its code; nobody ever reads an empty sentence.
Problem problemFrom(const Error& error);

}  // namespace primer::app
