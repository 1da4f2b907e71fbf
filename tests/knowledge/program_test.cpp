// primer-batch knowledge, review, recommend and simulate, run as people run them.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "batch_program.h"

namespace primer::knowledge {
namespace {

using nlohmann::json;

using KnowledgeProgram = test::BatchProgram;

constexpr const char* kLearner =
    R"({"id":"a","events":[{"skill":"s","item":"i","correct":1,"at":5,"difficulty":0.3},)"
    R"({"skill":"s","item":"j","correct":0},{"skill":"t","item":"k","correct":1,"at":-7}]})";

TEST_F(KnowledgeProgram, GivesAChanceBeforeEachEvent) {
  const auto outcome = run("knowledge", std::string(kLearner) + "\n{\"id\":2,\"events\":[]}\n");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.errors;
  ASSERT_EQ(outcome.lines.size(), 2u);
  EXPECT_EQ(outcome.lines[0]["id"], "a");
  ASSERT_EQ(outcome.lines[0]["p"].size(), 3u);
  for (const auto& p : outcome.lines[0]["p"]) {
    EXPECT_GT(p.get<double>(), 0);
    EXPECT_LT(p.get<double>(), 1);
  }
  EXPECT_EQ(outcome.lines[1]["p"], json::array());
}

// Turning an answer round changes no chance up to it, and what follows in the right direction.
TEST_F(KnowledgeProgram, AChanceDependsOnlyOnWhatCameBefore) {
  std::string other = kLearner;
  other.replace(other.find("\"correct\":0"), 11, "\"correct\":1");
  other.replace(other.find("\"item\":\"k\""), 10, "\"item\":\"j\"");
  const auto first = run("knowledge", std::string(kLearner) + "\n").lines.at(0)["p"];
  const auto second = run("knowledge", other + "\n").lines.at(0)["p"];
  EXPECT_EQ(first[0], second[0]);
  EXPECT_EQ(first[1], second[1]);
  EXPECT_LT(first[2].get<double>(), second[2].get<double>());
}

TEST_F(KnowledgeProgram, AHistoryTeachesWhatIsHard) {
  std::string history;
  for (int i = 0; i < 60; ++i) {
    history +=
        R"({"id":1,"events":[{"skill":"s","item":"easy","correct":1},{"skill":"s","item":"hard","correct":0}]})"
        "\n";
  }
  const auto file = write("history", history);
  const auto outcome = run("knowledge --history " + file,
                           R"({"id":1,"events":[{"skill":"s","item":"easy","correct":1}]})"
                           "\n"
                           R"({"id":1,"events":[{"skill":"s","item":"hard","correct":1}]})"
                           "\n");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.errors;
  EXPECT_GT(outcome.lines[0]["p"][0].get<double>(), outcome.lines[1]["p"][0].get<double>() + 0.3);
}

TEST_F(KnowledgeProgram, BadLinesAreNamedInTheirPlace) {
  const auto outcome =
      run("knowledge",
          "{\"id\":1}\n"
          R"({"id":2,"events":[{"skill":"s","item":"i","correct":2}]})"
          "\n"
          R"({"id":3,"events":[{"skill":"s","item":"i","correct":1,"difficulty":3}]})"
          "\n[]\nnonsense\n" +
              std::string(kLearner) + "\n");
  EXPECT_EQ(outcome.exit_code, 1);
  ASSERT_EQ(outcome.lines.size(), 6u);
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(outcome.lines[static_cast<std::size_t>(i)].contains("error")) << i;
  }
  EXPECT_EQ(outcome.lines[1]["error"]["message"], "event 1: \"correct\" must be 0 or 1");
  EXPECT_EQ(outcome.lines[5]["p"].size(), 3u);
}

// Clocks that run backwards, an item over and over, names that nobody knows, control characters,
// and 50,000 events of one learner: a chance each, and nothing lost.
TEST_F(KnowledgeProgram, OddHistoriesGetAChanceForEachEvent) {
  json many = json::array();
  for (int i = 0; i < 50'000; ++i) {
    many.push_back({{"skill", "s" + std::to_string(i % 90)},
                    {"item", "i" + std::to_string(i % 7000)},
                    {"correct", i % 3 == 0 ? 0 : 1},
                    {"at", i % 5 == 0 ? -1e12 : 1e9 - i}});
  }
  const json one_key(300, {{"skill", "\u0001\t\n"}, {"item", "\u0000"}, {"correct", 0}});
  const json unknown = {{{"skill", ""}, {"item", ""}, {"correct", 1}},
                        {{"skill", "кто"}, {"item", 7}, {"correct", true}, {"at", 1e300}}};
  std::string input;
  const std::vector<json> all = {many, one_key, unknown};
  for (const auto& events : all) input += json{{"id", 1}, {"events", events}}.dump() + "\n";
  const auto of_one_learner = write("history", json{{"events", one_key}}.dump() + "\n");
  for (const auto& history : {std::string(), " --history " + of_one_learner}) {
    const auto outcome = run("knowledge" + history, input);
    ASSERT_EQ(outcome.exit_code, 0) << outcome.errors;
    ASSERT_EQ(outcome.lines.size(), all.size());
    for (std::size_t l = 0; l < all.size(); ++l) {
      ASSERT_EQ(outcome.lines[l]["p"].size(), all[l].size());
      for (const auto& p : outcome.lines[l]["p"]) {
        ASSERT_TRUE(p.get<double>() > 0 && p.get<double>() < 1) << l;
      }
    }
  }
}

TEST_F(KnowledgeProgram, ABadHistoryIsTold) {
  EXPECT_EQ(run("knowledge --history /nowhere/at-all", "").exit_code, 3);
  const auto file = write("history", std::string(kLearner) + "\nnonsense\n");
  const auto outcome = run("knowledge --history " + file, std::string(kLearner) + "\n");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.lines.size(), 1u);
  EXPECT_NE(outcome.errors.find("line 2"), std::string::npos) << outcome.errors;
}

TEST_F(KnowledgeProgram, ReviewFollowsTheSchedule) {
  const auto outcome =
      run("review", R"({"id":"w","reviews":[{"days_since_last":0,"rating":3},)"
                    R"({"days_since_last":2.9,"rating":3},{"days_since_last":11,"rating":3}]})"
                    "\n{\"id\":2,\"reviews\":[]}\n"
                    R"({"id":3,"reviews":[{"days_since_last":null,"rating":5}]})"
                    "\n");
  EXPECT_EQ(outcome.exit_code, 1);
  ASSERT_EQ(outcome.lines.size(), 3u);
  EXPECT_TRUE(outcome.lines[0]["p"][0].is_null());
  EXPECT_NEAR(outcome.lines[0]["p"][1].get<double>(), 0.91, 0.01);
  EXPECT_EQ(outcome.lines[0]["next_days"], 46);
  EXPECT_EQ(outcome.lines[1]["p"], json::array());
  EXPECT_TRUE(outcome.lines[1]["next_days"].is_null());
  EXPECT_TRUE(outcome.lines[2].contains("error"));
}

TEST_F(KnowledgeProgram, RecommendsOverAllPacks) {
  const auto packs = write(
      "packs",
      R"({"pack":"sums","skills":[{"name":"add","items":[{"name":"1+1","difficulty":0.1},{"name":"8+7","difficulty":0.4}]},)"
      R"({"name":"take","needs":["add"],"items":[{"name":"8-3","difficulty":0.2}]}]})"
      "\n"
      R"({"pack":"stories","reading":[{"name":"The hen","difficulty":0.1},{"name":"The comet","difficulty":0.6}]})"
      "\n");
  const auto outcome =
      run("recommend --packs " + packs,
          R"({"id":"new","events":[]})"
          "\n"
          R"({"id":2,"policy":{"target":0.7,"pins":[{"pack":"sums","skill":"take"}]},"events":[)"
          R"({"pack":"sums","skill":"add","item":"1+1","correct":1,"at":5},)"
          R"({"pack":"stories","material":"reading","item":"The hen","correct":1}]})"
          "\n"
          R"({"id":3,"events":[],"policy":{"target":2}})"
          "\n"
          R"({"id":4,"events":[{"pack":"sums","material":"dance","item":"x","correct":1}]})"
          "\n");
  EXPECT_EQ(outcome.exit_code, 1);
  ASSERT_EQ(outcome.lines.size(), 4u);
  EXPECT_EQ(outcome.lines[0]["id"], "new");
  EXPECT_EQ(outcome.lines[0]["go_on"]["pack"], "sums");
  EXPECT_EQ(outcome.lines[0]["reading"].size(), 2u);
  EXPECT_EQ(outcome.lines[1]["reading"][0]["text"], "The comet") << "the other was read";
  EXPECT_EQ(outcome.lines[2]["error"]["message"], "policy 1: \"target\" must be 0.6 to 0.95");
  EXPECT_TRUE(outcome.lines[3].contains("error"));

  const auto circle =
      write("circle", R"({"pack":"p","skills":[{"name":"a","needs":["b"],"items":[]},)"
                      R"({"name":"b","needs":["c"],"items":[]}]})"
                      "\n");
  const auto refused = run("recommend --packs " + circle, "");
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_NE(refused.errors.find("line 1"), std::string::npos) << refused.errors;
}

// The tutor's policy against the same number of questions at random or in order, on the same
// learners.
TEST_F(KnowledgeProgram, ThePolicyTeachesMoreThanOrderOrChance) {
  std::vector<json> outcomes;
  for (const std::string policy : {"primer", "random", "linear"}) {
    const auto outcome =
        run("simulate --learners 12 --sessions 15 --seed 3 --policy " + policy, "");
    ASSERT_EQ(outcome.exit_code, 0) << outcome.errors;
    ASSERT_EQ(outcome.lines.size(), 1u);
    outcomes.push_back(outcome.lines[0]);
    EXPECT_EQ(outcomes.back()["policy"], policy);
    EXPECT_EQ(outcomes.back()["answers"], outcomes[0]["answers"]);
    EXPECT_EQ(outcomes.back()["knowledge_before"], outcomes[0]["knowledge_before"]);
  }
  const auto gained = [](const json& outcome) { return outcome["learning_gained"].get<double>(); };
  EXPECT_GT(gained(outcomes[0]), 1.1 * gained(outcomes[1]));
  EXPECT_GT(gained(outcomes[0]), 1.1 * gained(outcomes[2]));
  EXPECT_GT(outcomes[0]["success_share"].get<double>(), 0.78);
  EXPECT_LT(outcomes[0]["success_share"].get<double>(), 0.92);
}

TEST_F(KnowledgeProgram, SimulateRefusesWhatItDoesNotKnow) {
  EXPECT_EQ(run("simulate --policy guess", "").exit_code, 2);
  EXPECT_EQ(run("simulate --learners 0", "").exit_code, 2);
}

}  // namespace
}  // namespace primer::knowledge
