#pragma once

// Which words of a reference an answer puts others in the place of: "it freezes and turns into ice"
// beside "it boils and turns into steam" shares its frame and none of what it says.

#include "src/alignment.h"
#include "src/pair_numbers.h"

namespace primer::writing {

// A word of the reference that the answer lacks has another in its place where a weighty word that
// the reference lacks stands as near to a neighbour that both have.
Substitutions substitutionsIn(const Vocabulary& vocabulary, const WeighedText& answer,
                              const Comparison& comparison);

}  // namespace primer::writing
