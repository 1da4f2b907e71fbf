#include "src/model_card.h"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "primer/base/file_system.h"
#include "primer/inference/session.h"
#include "primer/toolkit/metadata.h"
#include "src/latency.h"
#include "src/model_file.h"

namespace primer::toolkit {

namespace {

constexpr int kTimedRuns = 50;

// A member's text, or its JSON where it is none; empty where it is not there.
std::string textAt(const Json& object, const char* key) {
  if (!object.is_object()) return "";
  const auto it = object.find(key);
  if (it == object.end() || it->is_null()) return "";
  return it->is_string() ? it->get<std::string>() : it->dump();
}

const Json& at(const Json& object, const char* key) {
  static const Json kNothing = Json::object();
  if (!object.is_object()) return kNothing;
  const auto it = object.find(key);
  return it == object.end() ? kNothing : *it;
}

// Inside a table a bar would end the cell.
std::string cell(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '|') text.insert(i++, "\\");
    if (text[i] == '\n') text[i] = ' ';
  }
  return text;
}

void row(std::string& card, const std::string& name, const std::string& value) {
  if (!value.empty()) card += "| " + cell(name) + " | " + cell(value) + " |\n";
}

std::string grouped(std::uint64_t number) {
  auto digits = std::to_string(number);
  for (auto i = static_cast<int>(digits.size()) - 3; i > 0; i -= 3) {
    digits.insert(static_cast<std::size_t>(i), ",");
  }
  return digits;
}

std::string tensorText(const inference::TensorInfo& tensor) {
  std::string shape;
  for (const auto dimension : tensor.shape) {
    shape += (shape.empty() ? "" : "x") + std::to_string(dimension);
  }
  return fmt::format("`{}` {} {}", tensor.name, shape, elementTypeName(tensor.type));
}

// Rows of what the engine knows; one row that says why where it cannot run the file.
void addEngineRows(std::string& card, std::span<const std::byte> bytes) {
  auto model = inference::Model::fromBytes({bytes.begin(), bytes.end()}, "the model");
  auto session =
      model ? inference::Session::create(*model) : Result<inference::Session>(fail(model.error()));
  if (!session) return row(card, "on this engine", "does not run: " + session.error().message);
  std::string inputs, outputs;
  for (std::size_t i = 0; i < (*model)->inputCount(); ++i) {
    inputs += (inputs.empty() ? "" : ", ") + tensorText((*model)->input(i));
  }
  for (std::size_t i = 0; i < (*model)->outputCount(); ++i) {
    outputs += (outputs.empty() ? "" : ", ") + tensorText((*model)->output(i));
  }
  row(card, "inputs", inputs);
  row(card, "outputs", outputs);
  row(card, "multiply-accumulates", grouped(session->macs()));
  row(card, "arena", grouped(session->arenaBytes()) + " bytes");
  fillInputs(*session);
  if (const auto latency = measureLatency(*session, kTimedRuns); latency) {
    row(card, "time",
        fmt::format("{:.0f} us a run (median of {}, least {:.0f}; one thread, CPU level {})",
                    latency->median, latency->runs, latency->min, session->cpuLevel()));
  }
}

std::string figureText(const Json& value) {
  return value.is_number_float() ? fmt::format("{:.4g}", value.get<double>()) : value.dump();
}

// A row a figure, a column a form of the model (float, int8, ...).
void addFigures(std::string& card, const Json& figures) {
  const std::string kPrefix = "development_";
  std::vector<std::pair<std::string, const Json*>> forms;
  bool seen = false;
  for (const auto& [key, value] : figures.items()) {
    if (key.rfind(kPrefix, 0) != 0 || !value.is_object()) continue;
    forms.emplace_back(key.substr(kPrefix.size()), &value);
    seen = seen || value.contains("seen_in_training");
  }
  if (forms.empty()) return;
  card += "\n## Figures\n\nOn the development split";
  if (const auto count = textAt(figures, "development_samples"); !count.empty()) {
    card += ", " + count + " samples";
  }
  card += seen ? ", **which the shipped weights were trained on too**.\n\n|" : ".\n\n|";
  std::string under = "\n|---|";
  for (const auto& [name, entry] : forms) {
    card += " | " + name;
    under += "---:|";
  }
  card += " |" + under + "\n";
  std::map<std::string, bool> names;
  for (const auto& [name, entry] : forms) {
    for (const auto& [figure, value] : entry->items()) {
      if (value.is_number()) names[figure] = true;
    }
  }
  for (const auto& [figure, known] : names) {
    card += "| " + cell(figure);
    for (const auto& [name, entry] : forms) {
      card += " | " + (entry->contains(figure) ? figureText((*entry)[figure]) : std::string());
    }
    card += " |\n";
  }
}

void addData(std::string& card, const Json& metadata) {
  const auto& data = at(metadata, "data");
  if (data.is_array() && !data.empty()) {
    card += "\n## Data\n\n| data | licence | credit |\n|---|---|---|\n";
    for (const auto& one : data) {
      card += "| " + cell(textAt(one, "name")) + " | " + cell(textAt(one, "licence")) + " | " +
              cell(textAt(one, "credit")) + " |\n";
    }
  }
  const auto& split = at(metadata, "split");
  if (split.is_object() && !split.empty()) {
    card += fmt::format("\nSplit: {} samples train, {} judge", textAt(split, "training"),
                        textAt(split, "development"));
    if (const auto by = textAt(split, "by"); !by.empty()) {
      card += fmt::format("; no {} stands on both sides", by);
    }
    card += ".\n";
  }
  if (const auto& augmentation = at(at(at(metadata, "training"), "recipe"), "augmentation");
      !augmentation.empty()) {
    card += "\nSamples were varied while training: `" + augmentation.dump() + "`.\n";
  }
}

void addReference(std::string& card, const Json& reference) {
  if (!reference.is_object() || reference.empty()) return;
  card += fmt::format(
      "\n## Reference distribution\n\nOf {} samples of the {} split; histograms are in the "
      "file.\n\n"
      "| | low | high | mean | deviation |\n|---|---:|---:|---:|---:|\n",
      textAt(reference, "samples"), textAt(reference, "split"));
  for (const auto* kind : {"inputs", "outputs"}) {
    for (const auto& [name, entry] : at(reference, kind).items()) {
      card += fmt::format("| {} | {} | {} | {} | {} |\n", cell(name), textAt(entry, "low"),
                          textAt(entry, "high"), textAt(entry, "mean"), textAt(entry, "deviation"));
    }
  }
}

// A line a key, as one would write it by hand.
std::string recipeText(const Json& recipe) {
  std::string lines;
  for (const auto& [key, value] : recipe.items()) {
    lines += (lines.empty() ? "  " : ",\n  ") + Json(key).dump() + ": " + value.dump();
  }
  return "{\n" + lines + "\n}";
}

void addMaking(std::string& card, const Json& metadata) {
  const auto commands = makingCommands(metadata);
  if (commands.empty()) return;
  const auto& training = at(metadata, "training");
  card += "\n## Made with\n\n```sh\n" + commands + "```\n";
  const auto revision = textAt(training, "revision");
  card += fmt::format("Seed {}, source revision {}, recipe:\n```json\n{}\n```\n",
                      textAt(training, "seed"), revision.empty() ? "not recorded" : revision,
                      recipeText(at(training, "recipe")));
}

}  // namespace

std::string makingCommands(const Json& metadata) {
  const auto& training = at(metadata, "training");
  const auto& recipe = at(training, "recipe");
  const auto name = textAt(recipe, "name");
  if (name.empty()) return "";
  std::string text = "primer-model train " + name + ".json --seed " + textAt(training, "seed");
  if (at(at(recipe, "training"), "all_data") == true) text += " --all-data";
  if (const auto& fold = at(at(metadata, "task"), "fold");
      fold.contains("index") && fold["index"].is_number_integer()) {
    text += fmt::format(" --fold {}/{}", fold["index"].get<int>() + 1, textAt(fold, "count"));
  }
  const auto& how = at(metadata, "quantization");
  const auto mode = textAt(how, "mode");
  if (mode.empty()) return text + " -o " + name + ".tflite\n";
  text += " -o " + name + "-float.tflite\n";
  text += "primer-model quantize " + name + "-float.tflite --mode " + mode;
  if (textAt(how, "io") == "float") text += " --io float";
  return text + " -o " + name + ".tflite\n";
}

Result<std::string> modelCard(std::span<const std::byte> bytes, const std::string& name) {
  PRIMER_ASSIGN(const auto metadata, readMetadata(bytes));
  const auto own = textAt(metadata, "name");
  const auto& use = at(metadata, "use");
  std::string card = "# Model card: `" + (own.empty() ? name : own) + "`\n\n";
  card += "Written by `primer-model card` from what travels in the file.\n\n| | |\n|---|---|\n";
  row(card, "file", fmt::format("`{}`, {} bytes", name, grouped(bytes.size())));
  row(card, "task", textAt(at(metadata, "task"), "name"));
  row(card, "for", textAt(use, "for"));
  row(card, "not for", textAt(use, "not_for"));
  const auto mode = textAt(at(metadata, "quantization"), "mode");
  row(card, "numbers", mode.empty() ? "float" : mode);
  addEngineRows(card, bytes);
  row(card, "preparation of the inputs", textAt(metadata, "preprocessing"));
  addFigures(card, at(metadata, "figures"));
  addData(card, metadata);
  addReference(card, at(metadata, "reference"));
  addMaking(card, metadata);
  return card;
}

Result<std::filesystem::path> writeModelCard(const std::filesystem::path& model) {
  PRIMER_ASSIGN(const auto bytes, readFile(model));
  PRIMER_ASSIGN(auto card, modelCard(bytes, model.filename().string()));
  auto picture = model;
  picture.replace_extension(".svg");
  if (realFileSystem().exists(picture)) {
    card += "\n![learning curve](" + picture.filename().string() + ")\n";
  }
  auto path = model;
  path.replace_extension(".md");
  PRIMER_TRY(realFileSystem().writeAtomically(path, asBytes(card), FileAccess::kAsUsual));
  return path;
}

}  // namespace primer::toolkit
