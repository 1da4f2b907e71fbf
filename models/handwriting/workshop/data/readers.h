#pragma once

// For files of this room that call it by its old name.
#include "primer/handwriting-workshop/readers.h"
