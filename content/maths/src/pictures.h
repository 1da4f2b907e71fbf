#pragma once

// Which picture shows the idea behind a misconception, with the numbers of the line at hand.

#include <optional>
#include <string_view>
#include <vector>

#include "primer/maths/picture.h"
#include "primer/maths/problem.h"
#include "rules.h"

namespace primer::maths {

// What is known of the place where a line went wrong.
struct Scene {
  std::vector<Expr> expressions;  // right before, likelier first
  std::vector<Link> statements;   // right before, likelier first; or the wrong relation itself
  Expr written;                   // in the place of the first expression; may be null
};

// Nothing where no picture helps, or its bounds are passed.
std::optional<Picture> pictureFor(std::string_view key, const Scene& scene, const Problem& problem);

}  // namespace primer::maths
