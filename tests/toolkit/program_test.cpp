// The program `primer-model` as its users meet it: exit codes, one line of complaint, JSON out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "graphs.h"
#include "primer/base/file_system.h"
#include "primer/inference/session.h"
#include "primer/toolkit/fields.h"
#include "primer/toolkit/train.h"
#include "test_folder.h"

namespace primer::toolkit {
namespace {

using testing::HasSubstr;

struct Outcome {
  int exit_code = -1;
  std::string output;
  std::string complaint;
  Json json() const { return Json::parse(output, nullptr, false); }
};

std::string textOf(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class Program : public testing::Test {
 protected:
  Outcome run(const std::string& arguments) {
    const auto out = folder_ / "stdout";
    const auto err = folder_ / "stderr";
    const std::string command = std::string(std::getenv("PRIMER_BIN")) + "/primer-model " +
                                arguments + " >" + out.string() + " 2>" + err.string();
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, textOf(out), textOf(err)};
  }

  // The bad run that every caller must see alike: its exit code, nothing on standard output, one
  // line on standard error.
  void expectFailure(const std::string& arguments, int exit_code, const std::string& words) {
    const auto outcome = run(arguments);
    EXPECT_EQ(outcome.exit_code, exit_code) << arguments << "\n" << outcome.complaint;
    EXPECT_EQ(outcome.output, "") << arguments;
    EXPECT_THAT(outcome.complaint, HasSubstr(words)) << arguments;
    EXPECT_EQ(std::count(outcome.complaint.begin(), outcome.complaint.end(), '\n'), 1)
        << outcome.complaint;
  }

  std::string write(const std::string& name, std::span<const std::byte> bytes) {
    EXPECT_TRUE(realFileSystem().writeAtomically(folder_ / name, bytes));
    return (folder_ / name).string();
  }

  std::string model() { return write("model.tflite", test::everyLayer(8)); }

  std::string inputs(std::size_t invocations) {
    std::vector<float> all;
    for (const auto& sample : test::randomSamples(test::kEveryLayerInputs, invocations, 6)) {
      for (const auto& values : sample) all.insert(all.end(), values.begin(), values.end());
    }
    return write("inputs.raw", std::as_bytes(std::span(all)));
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  const primer::test::TestFolder folder_;
};

TEST_F(Program, SaysWhatItLacks) {
  EXPECT_EQ(run("").exit_code, 2);
  EXPECT_EQ(run("fly").exit_code, 2);
  EXPECT_EQ(run("run").exit_code, 2);
  EXPECT_EQ(run("--help").exit_code, 0);
  for (const auto* later : {"prune", "cluster", "compress", "decompress", "drift"}) {
    expectFailure(std::string(later) + " x.tflite --some 3", 2, "not in this version");
  }
  const std::string fine_tune = "quantize x.tflite --mode int8 --qat r.json -o y.tflite";
  if (canTrain()) {
    expectFailure(fine_tune, 3, "x.tflite");
  } else {
    expectFailure(fine_tune, 2, "not in this build");
  }
}

TEST_F(Program, RunsRawInputs) {
  const auto input = inputs(3);
  const auto outcome = run("run " + model() + " --input " + input + " --output " + path("out") +
                           " --trace " + path("trace") + " --signature serving_default");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.complaint;
  const auto bytes = *realFileSystem().read(folder_ / "out", 1 << 20);
  ASSERT_EQ(bytes.size(), 3 * (4 + 4 + 2) * sizeof(float));

  auto loaded = inference::Model::fromBytes(test::everyLayer(8), "model");
  auto session = inference::Session::create(*loaded);
  const auto samples = test::randomSamples(test::kEveryLayerInputs, 3, 6);
  for (std::size_t i = 0; i < 2; ++i) {
    std::copy(samples[2][i].begin(), samples[2][i].end(), session->input<float>(i).begin());
  }
  session->run();
  const auto scores = session->outputBytes(0);
  EXPECT_TRUE(std::equal(scores.begin(), scores.end(), bytes.begin() + 2 * 10 * sizeof(float)));

  std::istringstream trace(textOf(folder_ / "trace"));
  std::size_t lines = 0;
  for (std::string line; std::getline(trace, line); ++lines) {
    std::istringstream words(line);
    std::size_t invocation = 9, node = 99, tensor = 0, size = 0;
    std::string op, crc;
    words >> invocation >> node >> op >> tensor >> size >> crc;
    EXPECT_LT(invocation, 3u);
    EXPECT_EQ(crc.size(), 8u) << line;
    EXPECT_GT(size, 0u);
  }
  EXPECT_GT(lines, 3u * 15);
}

TEST_F(Program, TracesNeitherCutNorChangeWhatComesOut) {
  const auto rest = "run " + model() + " --input " + inputs(2) + " --output ";
  ASSERT_EQ(run(rest + path("plain")).exit_code, 0);
  ASSERT_EQ(run(rest + path("traced") + " --trace " + path("trace")).exit_code, 0);
  ASSERT_EQ(run(rest + path("timed") + " --timeline " + path("timeline")).exit_code, 0);
  EXPECT_EQ(textOf(folder_ / "traced"), textOf(folder_ / "plain"));
  EXPECT_EQ(textOf(folder_ / "timed"), textOf(folder_ / "plain"));

  const auto timeline = Json::parse(textOf(folder_ / "timeline"), nullptr, false);
  std::size_t slices = 0;
  double last = 0;
  for (const auto& event : timeline["traceEvents"]) {
    if (event.value("cat", "") != "operator") continue;  // a line for the clock has none
    ++slices;
    EXPECT_GE(event["ts"], last) << event;
    last = event["ts"].get<double>() + event["dur"].get<double>() - 0.002;
    EXPECT_TRUE(event["args"].contains("macs")) << event;
  }
  // A trace has every operator of the file, a timeline what is left of them when they are planned.
  const auto trace = textOf(folder_ / "trace");
  EXPECT_GT(slices, 0u);
  EXPECT_LE(slices, static_cast<std::size_t>(std::count(trace.begin(), trace.end(), '\n')));
}

TEST_F(Program, RunsWithOtherShapes) {
  GraphBuilder graph("any-size", 3);
  const auto image = graph.input("image", {8, 8, 1});
  graph.output(graph.maxPool(image, {.kernel = {2, 2}, .stride = {2, 2}}), "pooled");
  const auto file = write("any.tflite", test::finished(graph));
  std::vector<float> pixels(12 * 6);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<float>(i);
  const auto input = write("pixels", std::as_bytes(std::span(pixels)));
  const auto rest = "run " + file + " --input " + input + " --output " + path("out");
  const auto outcome = run(rest + " --shape image=1x12x6x1");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.complaint;
  EXPECT_EQ(std::filesystem::file_size(folder_ / "out"), 6 * 3 * sizeof(float));
  const auto timed = run("benchmark " + file + " --runs 10 --shape image=2x12x6x1");
  EXPECT_EQ(timed.exit_code, 0) << timed.complaint;

  expectFailure(rest + " --shape image=1x12x6", 3, "MAX_POOL_2D");
  expectFailure(rest + " --shape picture=1x12x6x1", 3, "no input 'picture', it has 'image'");
  for (const auto* bad : {"image", "image=", "image=1x", "=1x2", "image=1x-2x3x1", "image=1,2"}) {
    expectFailure(rest + " --shape " + bad, 2, "should be like");
  }
}

// The traces of the shared cases tell what every operator of LiteRT's reference gave.
TEST_F(Program, TracesAreTheReferences) {
  const char* data = std::getenv("PRIMER_DATA");
  if (data == nullptr) GTEST_SKIP() << "PRIMER_DATA is not set";
  const auto whole = std::filesystem::path(data) / "tflite/whole";
  if (!std::filesystem::exists(whole)) GTEST_SKIP() << whole << " is not there";
  for (const std::string name :
       {"mlcommons-tiny__benchmark_training_image_classification_trained_models_pretrainedResnet_"
        "quant",
        "mlcommons-tiny__benchmark_training_keyword_spotting_trained_models_kws_ref_model"}) {
    const auto file = whole / name;
    const auto outcome = run("run " + file.string() + ".tflite --input " + file.string() +
                             ".in --output " + path("out") + " --trace " + path("trace"));
    ASSERT_EQ(outcome.exit_code, 0) << outcome.complaint;
    EXPECT_EQ(textOf(folder_ / "trace"), textOf(file.string() + ".ref.trace")) << name;
    EXPECT_EQ(textOf(folder_ / "out"), textOf(file.string() + ".ref")) << name;
  }
}

TEST_F(Program, RefusesInputsThatCannotBeUsed) {
  const auto good = model();
  const auto input = inputs(1);
  const auto rest = " --output " + path("out");
  expectFailure("run " + path("none.tflite") + " --input " + input + rest, 3, "none.tflite");
  expectFailure("run " + input + " --input " + input + rest, 3, "inputs.raw");
  auto cut = test::everyLayer(8);
  cut.resize(cut.size() / 2);
  expectFailure("run " + write("cut.tflite", cut) + " --input " + input + rest, 3, "cut.tflite");
  expectFailure("inspect " + path("cut.tflite"), 3, "cut.tflite");
  expectFailure("benchmark " + path("cut.tflite"), 3, "cut.tflite");
  expectFailure("run " + good + " --input " + path("none") + rest, 3, "none");
  expectFailure("run " + good + " --input " + write("short", std::vector<std::byte>(5)) + rest, 3,
                "one invocation takes");
  expectFailure("run " + good + " --input " + input + rest + " --signature other", 3,
                "no signature 'other'");
  expectFailure("run " + good + " --input " + input + " --output /nowhere/out", 3, "/nowhere/out");
  expectFailure("run " + good + " --input " + input + rest + " --trace /nowhere/t", 3, "/nowhere");
  expectFailure("run " + good + " --input " + folder_.path().string() + rest, 3,
                folder_.path().string());
  EXPECT_EQ(run("benchmark " + good + " --threads 0").exit_code, 2);
  EXPECT_EQ(run("benchmark " + good + " --runs 0").exit_code, 2);
  EXPECT_EQ(run("benchmark " + good + " --runs many").exit_code, 2);
  expectFailure("inspect", 2, "a model is required");
  EXPECT_EQ(run("inspect " + good + " --operators").exit_code, 2);
  expectFailure("run no-such-model --input " + input + rest, 3, "no-such-model.tflite");
  expectFailure("evaluate " + good + " --data " + path("nowhere"), 3, "nowhere");
  expectFailure("evaluate " + good + " --data " + folder_.path().string(), 3, "--task");
}

TEST_F(Program, InspectsAndTimes) {
  const auto inspected = run("inspect " + model());
  ASSERT_EQ(inspected.exit_code, 0) << inspected.complaint;
  const auto json = inspected.json();
  EXPECT_EQ(json["signatures"][0]["name"], "serving_default");
  EXPECT_EQ(json["operators"][0]["op"], "CONV_2D");
  EXPECT_EQ(json["operators"][0]["macs"], 6 * 5 * 8 * 27);
  EXPECT_GT(json["macs"], 10'000);
  EXPECT_GT(json["arena_bytes"], 1000);
  EXPECT_LE(json["arena_bytes"], json["arena_greedy_bytes"]);
  EXPECT_LE(json["arena_bound_bytes"], json["arena_greedy_bytes"]);
  std::size_t told = 0;
  for (const auto& [kind, bytes] : json["bytes"].items()) {
    if (kind != "file") told += bytes.get<std::size_t>();
  }
  EXPECT_EQ(json["bytes"]["file"], told);

  const auto timed = run("benchmark " + model() + " --runs 20 --per-op");
  ASSERT_EQ(timed.exit_code, 0) << timed.complaint;
  const auto report = timed.json();
  for (const auto* key : {"model", "file_bytes", "cpu", "threads", "init_us", "arena_bytes",
                          "packed_bytes", "peak_rss_bytes", "macs", "latency_us", "ops"}) {
    EXPECT_TRUE(report.contains(key)) << key;
  }
  EXPECT_EQ(report["macs"], json["macs"]);
  EXPECT_EQ(report["file_bytes"], std::filesystem::file_size(model()));
  EXPECT_EQ(report["runs"], 20);
  EXPECT_GT(report["peak_rss_bytes"], report["arena_bytes"]);
  // The operators make up the run: their least times add up to about its least time.
  double sum = 0, share = 0;
  std::uint64_t macs = 0;
  for (const auto& op : report["ops"]) {
    sum += op["us"].get<double>();
    share += op["share"].get<double>();
    macs += op["macs"].get<std::uint64_t>();
  }
  EXPECT_NEAR(share, 1.0, 1e-6);
  EXPECT_EQ(report["macs"], macs);
  EXPECT_LT(sum, report["latency_us"]["p99"].get<double>() * 2);
  EXPECT_LE(report["latency_us"]["min"], report["latency_us"]["median"]);
  // Some of the file's operators are joined to others, or need not run.
  EXPECT_GT(report["ops"].size(), 0u);
  EXPECT_LE(report["ops"].size(), json["operators"].size());
}

TEST_F(Program, TellsWhichOperatorsThereAre) {
  const auto outcome = run("inspect --operators");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.complaint;
  const auto operators = outcome.json()["operators"];
  const auto conv = std::find_if(operators.begin(), operators.end(),
                                 [](const Json& op) { return op["op"] == "CONV_2D"; });
  ASSERT_NE(conv, operators.end());
  EXPECT_GE((*conv)["newest_version"], 3);
  EXPECT_THAT((*conv)["types"].get<std::vector<std::string>>(), testing::Contains("int8"));
}

TEST_F(Program, QuantizesFileToFile) {
  const auto outcome = run("quantize " + model() + " --mode int8 --calibration " + inputs(40) +
                           " -o " + path("int8.tflite"));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.complaint;
  const auto report = outcome.json();
  EXPECT_EQ(report["samples"], 40);
  EXPECT_EQ(report["outputs"].size(), 3u);
  EXPECT_GT(report["outputs"][0]["cosine"], 0.99);
  EXPECT_EQ(report["bytes"]["after"], std::filesystem::file_size(folder_ / "int8.tflite"));
  const auto inspection = run("inspect " + path("int8.tflite"));
  ASSERT_EQ(inspection.exit_code, 0) << inspection.complaint;
  const auto inspected = inspection.json();
  EXPECT_EQ(inspected["metadata"]["quantization"]["mode"], "int8");
  EXPECT_GT(inspected["weights"]["int8_entropy_bits"], 4);
  expectFailure("quantize " + path("int8.tflite") + " --mode int8 --calibration " + inputs(4) +
                    " -o " + path("again.tflite"),
                3, "quantised already");
  expectFailure("quantize " + path("int8.tflite") + " --mode int8 -o " + path("again.tflite"), 3,
                "quantised already");
  expectFailure("quantize " + model() + " --mode int8 -o " + path("again.tflite"), 3,
                "--calibration");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "again.tflite"));
}

TEST_F(Program, WritesACard) {
  const auto outcome = run("card " + model());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.complaint;
  EXPECT_THAT(outcome.output, HasSubstr("# Model card: `model.tflite`"));
  EXPECT_EQ(run("card mnist -o " + path("mnist.md")).exit_code, 0);
  EXPECT_THAT(textOf(folder_ / "mnist.md"), HasSubstr("primer-model train mnist.json --seed 1"));
  expectFailure(
      "quantize " + model() + " --mode int8 -o /nowhere/m.tflite --calibration " + inputs(4), 3,
      "no folder /nowhere");
  expectFailure(
      "quantize " + model() + " --mode int8 -o " + path("q.tflite") + " --calibration " + inputs(1),
      3, "at least two samples");
  expectFailure("card " + path("nothing.tflite"), 3, "nothing.tflite");
}

TEST_F(Program, ListsTheShippedModels) {
  const auto outcome = run("list");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.complaint;
  std::istringstream lines(outcome.output);
  bool mnist = false;
  for (std::string line; std::getline(lines, line);) {
    const auto json = Json::parse(line);
    for (const auto* key : {"name", "path", "bytes", "task", "figures"}) {
      EXPECT_TRUE(json.contains(key)) << line;
    }
    mnist = mnist || json["name"] == "mnist";
  }
  EXPECT_TRUE(mnist);
}

TEST_F(Program, TrainNamesWhatIsWrongWithARecipe) {
  const auto recipe = [&](const std::string& text) { return write("recipe.json", asBytes(text)); };
  const std::string good = R"({"name": "m", "architecture": {"name": "mnist-cnn"},
                               "data": {"name": "mnist"}, "training": {"epochs": 1}})";
  const auto end = " --data " + folder_.path().string() + " -o " + path("m.tflite");
  if (!canTrain()) {
    expectFailure("train " + recipe(good) + end, 2, "PRIMER_TRAINING");
    return;
  }
  expectFailure("train " + recipe(good) + end, 3, "train-images-idx3-ubyte.gz");
  expectFailure("train " + recipe(R"({"name": "m", "colour": 1})") + end, 3,
                "unknown key 'colour'");
  expectFailure("train " + path("none.json") + end, 3, "none.json");
  expectFailure(
      "train " + recipe(good) + " --data " + folder_.path().string() + " -o /nowhere/m.tflite", 3,
      "no folder /nowhere");
}

}  // namespace
}  // namespace primer::toolkit
