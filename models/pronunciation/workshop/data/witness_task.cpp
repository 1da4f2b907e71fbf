#include "data/witness_task.h"

#include <algorithm>

#include "data/credits.h"
#include "primer/toolkit/graph_builder.h"

namespace primer::pronunciation::workshop {

namespace {

Result<std::vector<std::byte>> buildWitnessesDense(const toolkit::Json& options,
                                                   const toolkit::TaskInfo& task,
                                                   std::uint64_t seed) {
  using toolkit::Activation;
  toolkit::Fields fields(options, "architecture");
  const auto first = static_cast<int>(fields.integer("first", 48));
  const auto second = static_cast<int>(fields.integer("second", 24));
  fields.require(first >= 1 && first <= 512 && second >= 1 && second <= 512, "first",
                 "must be 1 to 512, as second");
  PRIMER_TRY(fields.finish());
  toolkit::GraphBuilder graph("witnesses-dense", seed);
  auto x = graph.input("witnesses", task.inputs[0].shape);
  x = graph.dense(x, {.units = first, .activation = Activation::kRelu});
  x = graph.dense(x, {.units = second, .activation = Activation::kRelu});
  graph.output(graph.dense(x, {.units = 1}), task.outputs[0].name);
  return graph.finish();
}

}  // namespace

void WitnessTask::fill(toolkit::Split split, std::size_t index, toolkit::Random* augment,
                       toolkit::SampleView& sample) const {
  const auto& row = rows_[sideOf(split).asked[index]];
  std::copy(row.features.begin(), row.features.end(), sample.inputs[0].begin());
  if (augment != nullptr && jitter_ > 0) {
    for (auto& value : sample.inputs[0]) value += static_cast<float>(augment->normal(0, jitter_));
  }
  sample.targets[0][0] = row.is(kTrue) ? 1.0f : 0.0f;
}

Status WitnessTask::read(const toolkit::TaskRequest& request, const Kind& kind) {
  toolkit::Fields fields(request.options, "data");
  const std::filesystem::path work = fields.text("work", "pronunciation-work");
  const auto file = fields.text("rows", kind.rows);
  PRIMER_TRY(fields.finish());
  toolkit::Fields variation(request.augmentation, "augmentation");
  jitter_ = variation.number("jitter", jitter_);
  PRIMER_TRY(variation.finish());
  PRIMER_ASSIGN(const auto corpus, readCorpus(work));
  PRIMER_ASSIGN(rows_, readWitnesses(work / file, kind.width));
  PRIMER_TRY(divide(corpus.utterances, request.fold, kind.unasked));
  info_.inputs = {{"witnesses", {static_cast<std::int32_t>(kind.width)}}};
  toolkit::OutputSpec output;
  output.name = kind.output;
  output.size = 1;
  output.loss = toolkit::Loss::kBinary;
  info_.outputs = {output};
  info_.grouped_by = "speaker";
  info_.data = learnersSpeech();
  return {};
}

Status WitnessTask::divide(const std::vector<Utterance>& utterances,
                           const std::optional<toolkit::Fold>& fold, RowFlags unasked) {
  std::vector<int> folds;
  if (fold) {
    PRIMER_ASSIGN(folds, speakerFolds(utterances, fold->count));
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const auto& row = rows_[i];
    if (row.utterance >= utterances.size()) {
      return fail(ErrorCode::kDamaged, "the rows are of another corpus");
    }
    const bool development = utterances[row.utterance].development;
    if (fold && development) continue;
    const bool judged_on = fold ? folds[row.utterance] == fold->index : development;
    auto& side = judged_on ? development_ : training_;
    (row.is(unasked) ? side.settled : side.asked).push_back(i);
  }
  return {};
}

void addWitnessesDense(toolkit::Workshop& workshop) {
  workshop.addArchitecture("witnesses-dense", buildWitnessesDense);
}

}  // namespace primer::pronunciation::workshop
