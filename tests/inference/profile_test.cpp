// Profiles: what each operator cost, and the timeline of the same.

#include "primer/inference/profile.h"

#include <numeric>

#include "inference/model_test.h"
#include "inference/small_models.h"
#include "primer/inference/inference.h"

namespace primer::inference {
namespace {

using testing::SmallNet;

// Every operator of the file, under a name that JSON has to quote.
Session inFull(const ModelBuilder& builder) {
  const auto model = Model::fromBytes(builder.build(), "small \"net\"");
  EXPECT_TRUE(model) << model.error().message;
  return planned(model.value(), {.optimise = false});
}

std::size_t countOf(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(Profile, TellsWhatEachOperatorCost) {
  auto session = inFull(SmallNet().builder);
  Profile profile;
  std::size_t seen = 0;
  for (int i = 0; i < 3; ++i) profile.run(session, [&](const OperatorEvent&) { ++seen; });
  EXPECT_EQ(profile.runs(), 3u);
  EXPECT_EQ(seen, 15u);
  const auto costs = profile.operators();
  ASSERT_EQ(costs.size(), 5u);
  EXPECT_EQ(costs[0].op, "CONV_2D");
  EXPECT_EQ(costs[0].output, "conv");
  EXPECT_EQ(costs[0].macs, 6u * 6 * 3 * 18);
  EXPECT_EQ(costs[0].bytes, 72u + 54 + 3 * 4 + 108);  // image, weights, bias, result
  double share = 0;
  for (std::size_t i = 0; i < costs.size(); ++i) {
    EXPECT_EQ(costs[i].node, i);
    EXPECT_EQ(costs[i].executions, 3u);
    EXPECT_GE(costs[i].least_nanoseconds, 0);
    EXPECT_GE(costs[i].total_nanoseconds, 3 * costs[i].least_nanoseconds);
    share += costs[i].share;
  }
  EXPECT_NEAR(share, 1.0, 1e-9);
}

TEST(Profile, DrawsATimeline) {
  auto session = inFull(SmallNet().builder);
  Profile profile;
  EXPECT_EQ(countOf(profile.chromeTrace(), "\"ph\":\"X\""), 0u);
  for (int i = 0; i < 2; ++i) profile.run(session);
  const auto trace = profile.chromeTrace();
  EXPECT_THAT(trace, HasSubstr(R"("name":"small \"net\"")"));
  EXPECT_EQ(countOf(trace, R"("cat":"run")"), 2u);
  EXPECT_EQ(countOf(trace, R"("cat":"operator")"), 10u);
  EXPECT_THAT(trace, HasSubstr(R"("run":1,"subgraph":0,"node":4,"output":"probabilities")"));
  EXPECT_EQ(countOf(trace, "{"), countOf(trace, "}"));
}

TEST(Profile, ALongTimelineEndsAndCostsGoOn) {
  auto session = inFull(SmallNet().builder);
  Profile profile(12);
  for (int i = 0; i < 5; ++i) profile.run(session);
  EXPECT_EQ(countOf(profile.chromeTrace(), R"("cat":"run")"), 2u);
  EXPECT_EQ(countOf(profile.chromeTrace(), R"("cat":"operator")"), 10u);
  EXPECT_EQ(profile.operators()[0].executions, 5u);
}

TEST(Profile, NamesThatAreNoTextStayJson) {
  SmallNet net;
  net.builder.graph().tensors[static_cast<std::size_t>(net.conv)]->name = "a\"\\\n\xff";
  auto session = inFull(net.builder);
  Profile profile;
  profile.run(session);
  EXPECT_THAT(profile.chromeTrace(), HasSubstr(R"("a\"\\\u000a\u00ff")"));
}

}  // namespace
}  // namespace primer::inference
