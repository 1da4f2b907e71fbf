#pragma once

// Sequences of words and letters, hashed into buckets (Weinberger et al. 2009).

#include <cstdint>
#include <string_view>
#include <vector>

#include "primer/writing/answer_features.h"
#include "src/alignment.h"
#include "src/pair_numbers.h"

namespace primer::writing {

// FNV-1a with a last stir; the same for good, since weights are learned by it.
std::uint64_t hashedText(std::string_view text, std::uint64_t seed = 0xcbf29ce484222325u);

void hashOrder(const WeighedText& answer, const Vocabulary& vocabulary,
               std::vector<Bucket>& buckets);
void hashQuestionWords(const WeighedText& answer, std::uint64_t question,
                       std::vector<Bucket>& buckets);
Bucket questionItself(std::uint64_t question);

}  // namespace primer::writing
