#pragma once

// Whether ink that should be a digit is one.

#include <cstddef>
#include <span>

namespace primer::handwriting {

// The chance that ink is a digit, from the log probabilities of all symbols, knowing that a number
// was asked for: a letter that a digit may look like (o, l, s, ...) speaks for the digit, another
// sign or junk against it. Above 0, at most 1.
float digitLikeness(std::span<const float> log_probabilities);

// The same for one digit, unweighted: its own chance and that of its doubles.
float digitSupport(std::span<const float> log_probabilities, std::size_t digit);

// What that likeness takes from the confidence in a reading: nothing where it is high.
float likenessConfidence(float likeness);

}  // namespace primer::handwriting
