#pragma once

// How long one run of a model takes.

#include "primer/inference/session.h"

namespace primer::toolkit {

struct Latency {
  double min = 0;  // microseconds
  double median = 0;
  double p99 = 0;
  int runs = 0;
};

// Pseudo-random inputs, the same every time.
void fillInputs(inference::Session& session);

// `runs` times, or, where it is 0, as often as half a second holds (10 to 10,000 times).
// Fails as Session::run does.
Result<Latency> measureLatency(inference::Session& session, int runs);

}  // namespace primer::toolkit
