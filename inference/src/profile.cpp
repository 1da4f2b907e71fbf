#include "primer/inference/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>

namespace primer::inference {
namespace {

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// As a JSON string. Names come from files: what is not ASCII or printable is told by number.
std::string jsonText(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (byte < 0x20 || byte >= 0x7f) {
      result += fmt::format("\\u{:04x}", byte);
    } else {
      result += c;
    }
  }
  return result + '"';
}

std::string slice(std::string_view name, std::string_view kind, std::int64_t began,
                  std::int64_t nanoseconds, const std::string& arguments) {
  return fmt::format(
      R"({{"name":{},"cat":"{}","ph":"X","pid":1,"tid":1,"ts":{:.3f},"dur":{:.3f},"args":{{{}}}}})",
      jsonText(name), kind, static_cast<double>(began) / 1000,
      static_cast<double>(nanoseconds) / 1000, arguments);
}

}  // namespace

std::size_t Profile::placeOf(const OperatorEvent& event) {
  const auto [found, is_new] = place_.try_emplace({event.subgraph, event.node}, costs_.size());
  if (is_new) {
    auto& cost = costs_.emplace_back();
    cost.subgraph = event.subgraph;
    cost.node = event.node;
    cost.op = event.op;
    if (!event.outputs.empty()) cost.output = event.outputs[0].info.name;
    cost.macs = event.macs;
    cost.bytes = event.bytes;
    cost.least_nanoseconds = std::numeric_limits<std::int64_t>::max();
    this_run_.push_back(-1);
  }
  return found->second;
}

Status Profile::run(Session& session, const OperatorObserver& also) {
  model_ = session.model().name();
  std::fill(this_run_.begin(), this_run_.end(), -1);
  const auto began = now();
  auto status = session.run([&](const OperatorEvent& event) {
    const auto place = placeOf(event);
    ++costs_[place].executions;
    this_run_[place] = std::max<std::int64_t>(this_run_[place], 0) + event.nanoseconds;
    if (events_.size() < most_events_) {
      events_.push_back({place, runs_, event.began, event.nanoseconds});
    }
    if (also) also(event);
  });
  if (events_.size() < most_events_) timeline_.push_back({began, now() - began});
  for (std::size_t i = 0; i < costs_.size(); ++i) {
    if (this_run_[i] < 0) continue;
    auto& cost = costs_[i];
    cost.least_nanoseconds = std::min(cost.least_nanoseconds, this_run_[i]);
    cost.total_nanoseconds += this_run_[i];
  }
  ++runs_;
  return status;
}

std::vector<OperatorCost> Profile::operators() const {
  std::int64_t all = 0;
  for (const auto& cost : costs_) all += cost.least_nanoseconds;
  auto costs = costs_;
  for (auto& cost : costs) {
    if (all > 0)
      cost.share = static_cast<double>(cost.least_nanoseconds) / static_cast<double>(all);
  }
  return costs;
}

std::string Profile::chromeTrace() const {
  const std::int64_t zero = timeline_.empty() ? 0 : timeline_.front().began;
  std::string text = fmt::format(
      "{{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n"
      "{{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":1,\"args\":{{\"name\":{}}}}}",
      jsonText(model_));
  for (std::size_t i = 0; i < timeline_.size(); ++i) {
    text += ",\n";
    text += slice(fmt::format("run {}", i), "run", timeline_[i].began - zero,
                  timeline_[i].nanoseconds, "");
  }
  for (const auto& event : events_) {
    if (event.run >= timeline_.size()) break;  // of a run that was cut off
    const auto& cost = costs_[event.place];
    text += ",\n";
    text +=
        slice(cost.op, "operator", event.began - zero, event.nanoseconds,
              fmt::format(R"("run":{},"subgraph":{},"node":{},"output":{},"macs":{},"bytes":{})",
                          event.run, cost.subgraph, cost.node, jsonText(cost.output), cost.macs,
                          cost.bytes));
  }
  return text + "\n]}\n";
}

}  // namespace primer::inference
