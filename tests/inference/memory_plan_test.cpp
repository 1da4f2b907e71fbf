// Where tensors lie: random graphs are "run" on their plan, each operator leaving its mark in every
// byte that it writes, and every reader must find the marks of what it reads.

#include "planner/memory_plan.h"

#include <gtest/gtest.h>

#include <random>

#include "planner/arena.h"

namespace primer::inference {
namespace {

struct TestGraph {
  Graph graph;
  std::vector<NodeNeeds> needs;

  TestGraph() { graph.blocks.emplace_back(); }

  int tensor(std::size_t bytes) {
    graph.tensors.emplace_back();
    graph.tensors.back().info.bytes = bytes;
    return static_cast<int>(graph.tensors.size()) - 1;
  }

  void node(std::vector<int> inputs, std::vector<int> outputs, NodeNeeds need = {}) {
    Node made;
    made.index = graph.nodes.size();
    made.inputs = std::move(inputs);
    made.outputs = std::move(outputs);
    graph.entry().order.push_back(made.index);
    graph.nodes.push_back(std::move(made));
    needs.push_back(need);
  }
};

// Runs a plan twice; `owner[b]` is the tensor whose bytes lie at byte b of the arena.
class MarkingRun {
 public:
  MarkingRun(const TestGraph& test, const MemoryPlan& plan)
      : graph_(test.graph), needs_(test.needs), plan_(plan), owner_(plan.bytes, kNoTensor) {}

  void run() {
    std::vector<int> results_before;
    for (int turn = 0; turn < 2; ++turn) {
      for (const int input : graph_.entry().inputs) write(input);
      // The last run's outputs outlive the writing of the next inputs.
      if (turn > 0) expectAll(graph_.entry().outputs, "an output of the last run");
      for (const auto index : graph_.entry().order) {
        const auto& node = graph_.nodes[index];
        expectAll(node.inputs, "an input");
        scribble(plan_.own_offset[index], needs_[index].own_bytes);
        if (needs_[index].in_place == 0) {
          // Written before all is read: nothing may be shared.
          for (const int output : node.outputs) write(output);
          for (const int input : node.inputs) {
            if (!isOutput(node, input)) expectWhole(input, "an input while outputs are written");
          }
        }
        for (const int output : node.outputs) write(output);
      }
      expectAll(graph_.entry().outputs, "an output");
    }
  }

 private:
  static bool isOutput(const Node& node, int tensor) {
    return std::count(node.outputs.begin(), node.outputs.end(), tensor) != 0;
  }

  template <typename Visit>
  void forBytes(int tensor, Visit visit) {
    const auto offset = plan_.tensor_offset[tensor];
    const auto bytes = graph_.tensors[tensor].info.bytes;
    ASSERT_LE(offset + bytes, plan_.bytes);
    for (std::uint64_t b = 0; b < bytes; ++b) visit(owner_[offset + b]);
  }
  void write(int tensor) {
    forBytes(tensor, [&](int& owner) { owner = tensor; });
  }
  void scribble(std::uint64_t offset, std::uint64_t bytes) {
    ASSERT_LE(offset + bytes, plan_.bytes);
    for (std::uint64_t b = 0; b < bytes; ++b) owner_[offset + b] = kNoTensor;
  }
  void expectWhole(int tensor, const char* what) {
    forBytes(tensor, [&](int& owner) {
      ASSERT_EQ(owner, tensor) << what << ": tensor " << tensor << " holds bytes of " << owner;
    });
  }
  void expectAll(const std::vector<int>& tensors, const char* what) {
    for (const int tensor : tensors) expectWhole(tensor, what);
  }

  const Graph& graph_;
  const std::vector<NodeNeeds>& needs_;
  const MemoryPlan& plan_;
  std::vector<int> owner_;
};

TestGraph randomGraph(std::mt19937& random) {
  TestGraph test;
  const std::size_t sizes[] = {0, 64, 100, 640, 640, 640, 4000};
  const auto size = [&] { return sizes[random() % std::size(sizes)]; };
  std::vector<int> known;
  for (std::size_t i = 0; i < 1 + random() % 3; ++i) {
    known.push_back(test.tensor(size()));
    test.graph.entry().inputs.push_back(known.back());
  }
  for (std::size_t n = 0; n < 1 + random() % 25; ++n) {
    std::vector<int> inputs;
    for (std::size_t i = 0; i < 1 + random() % 3; ++i) {
      // Mostly what is new: chains with branches.
      const auto back = std::min<std::size_t>(known.size(), random() % 3 == 0 ? known.size() : 3);
      inputs.push_back(known[known.size() - 1 - random() % back]);
    }
    std::vector<int> outputs;
    for (std::size_t i = 0; i < 1 + (random() % 6 == 0 ? 1 : 0); ++i) {
      outputs.push_back(test.tensor(size()));
    }
    NodeNeeds need;
    need.own_bytes = random() % 4 == 0 ? random() % 1000 : 0;
    need.in_place = random() % 2 == 0 ? static_cast<std::uint32_t>(random() % 8) : 0;
    // What may be written over its input keeps no scratch there.
    test.node(inputs, outputs, need);
    for (const int output : outputs) known.push_back(output);
  }
  test.graph.entry().outputs.push_back(known.back());
  for (const int tensor : known) {
    if (random() % 12 == 0) test.graph.entry().outputs.push_back(tensor);
  }
  return test;
}

TEST(MemoryPlan, EveryReaderFindsWhatWasWritten) {
  std::mt19937 random(21);
  int shared = 0;
  for (int trial = 0; trial < 1000 && !::testing::Test::HasFailure(); ++trial) {
    const auto test = randomGraph(random);
    const auto plan = planMemory(test.graph, test.needs);
    MarkingRun(test, plan).run();
    EXPECT_LE(plan.bytes, plan.greedy_bytes);
    EXPECT_LE(plan.bound_bytes, plan.greedy_bytes);
    const auto apart = planMemory(test.graph, test.needs, {.in_place = false});
    MarkingRun(test, apart).run();
    EXPECT_LE(plan.bytes, apart.bytes);
    EXPECT_GE(apart.bytes, apart.bound_bytes);
    shared += plan.bytes < apart.bound_bytes ? 1 : 0;
  }
  EXPECT_GT(shared, 50) << "too few graphs gain from sharing: the test tests little";
}

TEST(MemoryPlan, KeepsIntermediatesApart) {
  TestGraph test;
  const int a = test.tensor(64), b = test.tensor(64), c = test.tensor(64);
  test.graph.entry().inputs = {a};
  test.graph.entry().outputs = {c};
  test.node({a}, {b}, {0, 1});
  test.node({b}, {c}, {0, 1});
  EXPECT_EQ(planMemory(test.graph, test.needs, {.keep_intermediates = true}).bytes, 3u * 64);
}

TEST(MemoryPlan, AChainOfInPlaceOperatorsNeedsOneTensor) {
  TestGraph test;
  const int input = test.tensor(1000);
  test.graph.entry().inputs = {input};
  int last = input;
  for (int i = 0; i < 10; ++i) {
    const int next = test.tensor(1000);
    test.node({last}, {next}, {0, 1});
    last = next;
  }
  test.graph.entry().outputs = {last};
  const auto plan = planMemory(test.graph, test.needs);
  // The output is not to be overwritten by the next input: two.
  EXPECT_EQ(plan.bytes, 2 * arenaAligned(1000));
  EXPECT_EQ(plan.bound_bytes, 2 * arenaAligned(1000));
  test.graph.entry().outputs = {};
  EXPECT_EQ(planMemory(test.graph, test.needs).bytes, arenaAligned(1000));
}

TEST(MemoryPlan, AnInputThatIsReadAgainIsNotOverwritten) {
  TestGraph test;
  const int x = test.tensor(640), y = test.tensor(640), z = test.tensor(640);
  test.graph.entry().inputs = {x};
  test.graph.entry().outputs = {z};
  test.node({x}, {y}, {0, 1});
  test.node({x, y}, {z}, {0, 3});
  const auto plan = planMemory(test.graph, test.needs);
  EXPECT_NE(plan.tensor_offset[x], plan.tensor_offset[y]);
  EXPECT_EQ(plan.tensor_offset[y], plan.tensor_offset[z]);
}

TEST(MemoryPlan, AnOperandThatMayNotBeSharedKeepsTheOtherFromIt) {
  TestGraph test;
  const int x = test.tensor(640), y = test.tensor(640);
  test.graph.entry().inputs = {x};
  test.node({x, x}, {y}, {0, 1});  // input 1 may be read late
  const auto plan = planMemory(test.graph, test.needs);
  EXPECT_NE(plan.tensor_offset[x], plan.tensor_offset[y]);
}

}  // namespace
}  // namespace primer::inference
