#pragma once

// Where the time of a model goes: what each operator cost over the runs that a Profile has seen,
// and the same as a timeline for a trace viewer. Sessions that run without one pay nothing for it.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "primer/base/result.h"
#include "primer/inference/session.h"

namespace primer::inference {

// One operator over all runs of a profile.
struct OperatorCost {
  std::size_t subgraph = 0;  // where the file has it
  std::size_t node = 0;
  std::string op;                      // "CONV_2D"
  std::string output;                  // the name of its first output
  std::uint64_t macs = 0;              // multiply-accumulates of one execution
  std::uint64_t bytes = 0;             // of one execution: inputs with weights, and outputs
  std::uint64_t executions = 0;        // in a loop, more than there were runs
  std::int64_t least_nanoseconds = 0;  // in the run that spent least in it
  std::int64_t total_nanoseconds = 0;
  double share = 0;  // of the time of all operators, by their least times
};

// Used by one thread at a time. Keeps no reference to a session.
class Profile {
 public:
  // A timeline of more events than that ends early; the costs go on.
  explicit Profile(std::size_t most_events = 100'000) : most_events_(most_events) {}

  // Runs the session once and records it. `also` sees every event too. The runs of one profile are
  // of sessions of one model. Fails as Session::run does.
  Status run(Session& session, const OperatorObserver& also = {});

  std::size_t runs() const { return runs_; }

  // In the order in which they first ran.
  std::vector<OperatorCost> operators() const;

  // A JSON object in the Trace Event Format that chrome://tracing and ui.perfetto.dev open: a slice
  // a run, and under it a slice an operator; times in microseconds from the first run's begin.
  std::string chromeTrace() const;

 private:
  struct Event {
    std::size_t place = 0;  // in costs_
    std::size_t run = 0;
    std::int64_t began = 0;
    std::int64_t nanoseconds = 0;
  };
  struct Run {
    std::int64_t began = 0;
    std::int64_t nanoseconds = 0;
  };

  std::size_t placeOf(const OperatorEvent& event);

  std::size_t most_events_;
  std::size_t runs_ = 0;
  std::string model_;
  std::vector<OperatorCost> costs_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> place_;  // of subgraph and node
  std::vector<std::int64_t> this_run_;                                // nanoseconds of each
  std::vector<Event> events_;
  std::vector<Run> timeline_;
};

}  // namespace primer::inference
