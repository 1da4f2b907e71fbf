#pragma once

// Whose speech a model learned from, for its card.

#include "primer/toolkit/fields.h"

namespace primer::pronunciation::workshop {

toolkit::Json learnersSpeech();  // speechocean762
toolkit::Json allSpeech();       // and native speech

}  // namespace primer::pronunciation::workshop
