#pragma once

// How far sounds are from one another for an ear that is used to learners: a phone said as another
// of its kind is still that phone's attempt.

#include <span>
#include <vector>

#include "primer/pronunciation/alignment.h"

namespace primer::pronunciation {

// Kinds of phones that learners put in each other's place (vowels that are near one another, stops
// of one place, fricatives, nasals, liquids and glides).
std::size_t kindOf(Phone phone);

// The likeliest phones of some steps, each with a price of being another than the one before.
std::vector<Phone> decodedPhones(const Posteriors& posteriors, StepRange steps);

// The least price of turning a stretch of what was heard into the phones wanted, for each of them:
// 0 where they are in it, 1 where nothing like them is. What lies around the stretch costs nothing.
float distanceWithin(std::span<const Phone> wanted, std::span<const Phone> heard);

}  // namespace primer::pronunciation
