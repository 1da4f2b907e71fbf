#pragma once

// Small models that loop, branch and remember.

#include "inference/model_builder.h"

namespace primer::inference::testing {

tflite::WhileOptionsT loopOf(int condition, int body);

// while (i < n) { i += 1; (a, b) = (b, a + b); } with all four as the loop's state; n is handed
// through. Outputs: i and a.
struct Fibonacci {
  ModelBuilder builder;

  Fibonacci();

 private:
  void addCondition();
  void addBody();
};

// while (x < 100) x = x > 10 ? x * x : x + x, with IF as the body of WHILE; the branches are
// subgraphs 3 and 4.
struct Squares {
  ModelBuilder builder;

  Squares();
};

// total += x, which begins at 10 and 20 through CALL_ONCE; the output is the total before the run.
struct Counter {
  ModelBuilder builder;
  int x = 0, handle = 0, before = 0, after = 0;

  Counter();

 private:
  void addInitialisation();  // subgraph 1
};

}  // namespace primer::inference::testing
