#pragma once

// A model of one operator, made from choices: any operator and types that the engine has a kernel
// for, shapes that fit each other more often than not, options of the right table with any numbers.

#include "fuzz/choices.h"
#include "fuzz/tree.h"

namespace primer::inference::fuzz {

Bytes oneOperatorModel(Choices& choices);

}  // namespace primer::inference::fuzz
