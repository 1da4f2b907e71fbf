#pragma once

#include "alignment/alignment.h"

namespace primer::pronunciation::workshop {

// Labels by walking through what was said with an acoustic model's chances. An utterance that the
// model hardly believes gets none.
Result<Labels> alignWithModel(const Corpus& corpus, const std::filesystem::path& model,
                              double least);

}  // namespace primer::pronunciation::workshop
