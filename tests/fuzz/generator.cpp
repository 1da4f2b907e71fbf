#include "fuzz/generator.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <string>

#include "fuzz/operand_maker.h"
#include "fuzz/schema_fields.h"
#include "kernels/kernel.h"

namespace primer::inference::fuzz {
namespace {

using tflite::BuiltinOperator;

std::string lettersOf(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c != '_') letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return letters;
}

// "CONV_2D" has "Conv2DOptions"; a few share a table.
const reflection::EnumVal* findOptions(BuiltinOperator op, const char* union_name) {
  static const std::map<std::string, std::string> kShared = {
      {"maxpool2d", "pool2d"},       {"averagepool2d", "pool2d"}, {"l2pool2d", "pool2d"},
      {"l2normalization", "l2norm"}, {"mean", "reducer"},         {"sum", "reducer"},
      {"reducemax", "reducer"},      {"reducemin", "reducer"},    {"reduceprod", "reducer"},
      {"reduceany", "reducer"},      {"reduceall", "reducer"},    {"maximum", "maximumminimum"},
      {"minimum", "maximumminimum"}, {"mirrorpad", "mirrorpad"}};
  auto wanted = lettersOf(tflite::EnumNameBuiltinOperator(op));
  if (const auto found = kShared.find(wanted); found != kShared.end()) wanted = found->second;
  for (const auto* options : *tfliteSchema().enums()) {
    if (options->name()->str() != std::string("primer.tflite.") + union_name) continue;
    for (const auto* value : *options->values()) {
      auto name = lettersOf(value->name()->string_view());
      name = name.substr(name.rfind('.') + 1);
      if (name == wanted + "options") return value;
    }
  }
  return nullptr;
}

const reflection::EnumVal* optionsOf(BuiltinOperator op, bool newer) {
  static std::map<std::pair<BuiltinOperator, bool>, const reflection::EnumVal*> found;
  const auto [entry, is_new] = found.try_emplace({op, newer});
  if (is_new) entry->second = findOptions(op, newer ? "BuiltinOptions2" : "BuiltinOptions");
  return entry->second;
}

// Builds the operands of one operator.
class Generator : OperandMaker {
 public:
  explicit Generator(Choices& choices) : OperandMaker(choices) {}

  Bytes make() {
    const auto rows = kernelRows(CpuLevel::kScalar);
    row_ = rows[choices_.below(rows.size())];
    operands();
    const auto outputs = choices_.once(6) ? choices_.below(5) : usualOutputs();
    std::vector<std::int32_t> made;
    for (std::size_t i = 0; i < outputs; ++i) {
      made.push_back(
          builder_.tensor("out", typeOf(row_.output), {}, quantization(row_.output, {})));
      auto& tensor = *builder_.graph().tensors.back();
      tensor.has_rank = false;
      if (choices_.once(16)) tensor.shape = anyShape();
      if (!choices_.once(16)) builder_.output(made.back());
    }
    auto& node = builder_.add(row_.op, inputs_, made, 1 + static_cast<int>(choices_.below(3)));
    setOptions(node);
    if (choices_.once(8)) addIntermediates(node);
    return pack(builder_.model());
  }

 private:
  void bias(std::int32_t channels) {
    if (choices_.once(3)) return;
    const bool word = row_.input == ElementType::kInt16;
    const auto type = row_.input == ElementType::kFloat32 ? ElementType::kFloat32
                      : word                              ? ElementType::kInt64
                                                          : ElementType::kInt32;
    weights(type, {channels});
  }

  ElementType second() const { return row_.second.value_or(row_.input); }

  std::size_t usualOutputs() {
    switch (row_.op) {
      case BuiltinOperator::ASSIGN_VARIABLE:
        return 0;
      case BuiltinOperator::SPLIT:
      case BuiltinOperator::SPLIT_V:
      case BuiltinOperator::UNPACK:
        return 1 + choices_.below(4);
      case BuiltinOperator::TOPK_V2:
        return 2;
      default:
        return 1;
    }
  }

  void operands() {
    switch (row_.op) {
      case BuiltinOperator::CONV_2D:
      case BuiltinOperator::DEPTHWISE_CONV_2D: {
        const auto image = shapeOfRank(4);
        data(row_.input, image);
        const bool depthwise = row_.op == BuiltinOperator::DEPTHWISE_CONV_2D;
        const auto made =
            depthwise ? image[3] * (1 + static_cast<std::int32_t>(choices_.below(3))) : size();
        weights(second(), {depthwise ? 1 : made, size(), size(), depthwise ? made : image[3]});
        bias(made);
        return;
      }
      case BuiltinOperator::TRANSPOSE_CONV: {
        const auto image = shapeOfRank(4);
        const auto made = size();
        const auto stride = 1 + static_cast<std::int32_t>(choices_.below(3));
        integers({image[0], image[1] * stride, image[2] * stride, made});
        weights(second(), {made, size(), size(), image[3]});
        data(row_.input == ElementType::kInt32 ? second() : row_.input, image);
        bias(made);
        return;
      }
      case BuiltinOperator::FULLY_CONNECTED: {
        auto shape = shapeOfRank(1 + choices_.below(3));
        data(row_.input, shape);
        const auto made = size();
        weights(second(), {made, shape.back()});
        bias(made);
        return;
      }
      case BuiltinOperator::BATCH_MATMUL: {
        auto shape = shapeOfRank(2 + choices_.below(3));
        data(row_.input, shape);
        std::swap(shape[shape.size() - 1], shape[shape.size() - 2]);
        if (choices_.once(2)) shape[shape.size() - (choices_.once(2) ? 1 : 2)] = size();
        weights(second(), shape);
        return;
      }
      case BuiltinOperator::SVDF: {
        const auto batch = size();
        const auto depth = size();
        const auto filters = size();
        const auto memory = size();
        data(row_.input, {batch, depth});
        weights(second(), {filters, depth});
        weights(row_.input == ElementType::kInt8 ? ElementType::kInt16 : second(),
                {filters, memory});
        bias(filters);
        if (inputs_.size() == 3) inputs_.push_back(-1);
        state(row_.input == ElementType::kInt8 ? ElementType::kInt16 : row_.input,
              {batch, filters * memory});
        return;
      }
      case BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM:
      case BuiltinOperator::LSTM:
        return lstm();
      default:
        return simpleOperands();
    }
  }

  void lstm() {
    const auto batch = size();
    const auto depth = size();
    const auto cells = size();
    const auto made = choices_.once(3) ? size() : cells;
    Shape shape = {batch, depth};
    if (row_.op == BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM || choices_.once(8)) {
      shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(choices_.below(2)), size());
    }
    data(row_.input, shape);
    const auto type = row_.second.value_or(
        row_.input == ElementType::kFloat32 ? ElementType::kFloat32 : ElementType::kInt8);
    const bool coupled = choices_.once(4);
    const auto maybe = [&](bool present, ElementType of, const Shape& of_shape) {
      present != choices_.once(32) ? weights(of, of_shape) : inputs_.push_back(-1);
    };
    const bool real = row_.input == ElementType::kFloat32;
    for (int gate = 0; gate < 4; ++gate) maybe(gate > 0 || !coupled, type, {cells, depth});
    for (int gate = 0; gate < 4; ++gate) maybe(gate > 0 || !coupled, type, {cells, made});
    const bool peephole = choices_.once(4);
    for (int gate = 0; gate < 3; ++gate) {
      maybe(peephole, real ? type : ElementType::kInt16, {cells});
    }
    const auto of_bias = real ? ElementType::kFloat32 : ElementType::kInt32;
    for (int gate = 0; gate < 4; ++gate) maybe(gate > 0 || !coupled, of_bias, {cells});
    const bool projection = made != cells || choices_.once(6);
    maybe(projection, type, {made, cells});
    maybe(projection && choices_.once(2), of_bias, {made});
    state(row_.input, {batch, made});
    state(real ? ElementType::kFloat32 : ElementType::kInt16, {batch, cells});
    if (choices_.once(2)) return;
    const bool normalised = choices_.once(4);
    for (int gate = 0; gate < 4; ++gate) {
      maybe(normalised, real ? type : ElementType::kInt16, {cells});
    }
  }

  // Five intermediate tensors lend their scales to an integer LSTM.
  void addIntermediates(tflite::OperatorT& node) {
    for (int i = 0; i < 5; ++i) {
      node.intermediates.push_back(
          builder_.tensor("between", tflite::TensorType::INT16, {}, testing::perTensor(0.01f, 0)));
    }
  }

  void simpleOperands() {
    const auto shape = row_.op == BuiltinOperator::AVERAGE_POOL_2D ||
                               row_.op == BuiltinOperator::MAX_POOL_2D || choices_.once(3)
                           ? shapeOfRank(4)
                           : anyShape();
    const auto rank = shape.size();
    switch (row_.op) {
      case BuiltinOperator::SPLIT:
        integers({axisOf(shape)});
        data(second(), shape);
        return;
      case BuiltinOperator::EMBEDDING_LOOKUP:
        data(row_.input, shapeOfRank(1));
        weights(second(), shape);
        return;
      case BuiltinOperator::SELECT:
      case BuiltinOperator::SELECT_V2:
      case BuiltinOperator::WHERE:
        data(row_.input, broadcastPartner(shape));
        data(second(), shape);
        data(second(), broadcastPartner(shape));
        return;
      default:
        break;
    }
    choices_.once(8) ? weights(row_.input, shape) : data(row_.input, shape);
    switch (row_.op) {
      case BuiltinOperator::PAD:
      case BuiltinOperator::PADV2:
      case BuiltinOperator::MIRROR_PAD:
        integers(numbers(rank * 2, 0, 3), {static_cast<std::int32_t>(rank), 2});
        if (row_.op == BuiltinOperator::PADV2) weights(row_.input, {});
        return;
      case BuiltinOperator::SLICE:
        integers(numbers(rank, 0, 1));
        integers(numbers(rank, -1, 2));
        return;
      case BuiltinOperator::STRIDED_SLICE:
        integers(numbers(rank, -3, 3));
        integers(numbers(rank, -3, 6));
        integers(numbers(rank, -2, 3));
        return;
      case BuiltinOperator::TRANSPOSE: {
        std::vector<std::int32_t> order(rank);
        for (std::size_t i = 0; i < rank; ++i) order[i] = static_cast<std::int32_t>(i);
        for (std::size_t i = 0; i < rank; ++i) std::swap(order[i], choices_.in(order));
        integers(order);
        return;
      }
      case BuiltinOperator::RESHAPE: {
        auto wanted = shape;
        if (!wanted.empty()) std::swap(wanted[0], choices_.in(wanted));
        if (!wanted.empty() && choices_.once(2)) choices_.in(wanted) = -1;
        if (!choices_.once(4)) integers(wanted);
        return;
      }
      case BuiltinOperator::CUMSUM:
        integers({axisOf(shape)});
        return;
      case BuiltinOperator::MEAN:
      case BuiltinOperator::SUM:
      case BuiltinOperator::REDUCE_MAX:
      case BuiltinOperator::REDUCE_MIN:
      case BuiltinOperator::REDUCE_PROD:
      case BuiltinOperator::REDUCE_ANY:
      case BuiltinOperator::REDUCE_ALL: {
        std::vector<std::int32_t> axes;
        for (auto left = choices_.below(3); left > 0; --left) axes.push_back(axisOf(shape));
        integers(axes);
        return;
      }
      case BuiltinOperator::ONE_HOT:
        integers(numbers(1, 0, 5), {});
        for (int value = 0; value < 2; ++value) weights(row_.output, {});
        return;
      case BuiltinOperator::RESIZE_BILINEAR:
      case BuiltinOperator::RESIZE_NEAREST_NEIGHBOR:
        integers(numbers(2, 1, 9));
        return;
      case BuiltinOperator::GATHER:
      case BuiltinOperator::GATHER_ND:
        choices_.once(2) ? integers(numbers(2, 0, 3)) : data(ElementType::kInt32, anyShape());
        return;
      case BuiltinOperator::SPLIT_V:
        integers(numbers(1 + choices_.below(4), -1, 3));
        integers({axisOf(shape)});
        return;
      case BuiltinOperator::CONCATENATION:
      case BuiltinOperator::PACK:
      case BuiltinOperator::ADD_N:
        for (auto left = choices_.below(4); left > 0; --left) data(row_.input, shape);
        return;
      default:
        return anyOperands(shape);
    }
  }

  // Where nothing else is known: one more operand like the first, or parameters, or both.
  void anyOperands(const Shape& shape) {
    for (auto left = row_.second ? 1 + choices_.below(2) : choices_.below(4); left > 0; --left) {
      switch (choices_.below(5)) {
        case 0:
        case 1:
          choices_.once(3) ? weights(second(), broadcastPartner(shape))
                           : data(second(), broadcastPartner(shape));
          break;
        case 2:
          integers({axisOf(shape)});
          break;
        case 3:
          integers(numbers(choices_.once(3) ? choices_.below(5) : shape.size(), 0, 4));
          break;
        default:
          choices_.once(4) ? inputs_.push_back(-1) : weights(second(), {});
          break;
      }
    }
  }

  void setOptions(tflite::OperatorT& node) {
    if (choices_.once(24)) return;
    for (const bool newer : {false, true}) {
      const auto* entry = optionsOf(row_.op, newer);
      if (entry == nullptr) continue;
      const auto& object =
          *tfliteSchema().objects()->Get(static_cast<unsigned>(entry->union_type()->index()));
      flatbuffers::FlatBufferBuilder builder;
      builder.ForceDefaults(true);
      builder.Finish(flatbuffers::Offset<void>(buildTable(builder, object, choices_)));
      const void* table = flatbuffers::GetRoot<void>(builder.GetBufferPointer());
      const auto tag = static_cast<std::uint8_t>(entry->value());
      if (newer) {
        auto& options = node.builtin_options_2;
        options.type = static_cast<tflite::BuiltinOptions2>(tag);
        options.value = tflite::BuiltinOptions2Union::UnPack(table, options.type, nullptr);
      } else {
        auto& options = node.builtin_options;
        options.type = static_cast<tflite::BuiltinOptions>(tag);
        options.value = tflite::BuiltinOptionsUnion::UnPack(table, options.type, nullptr);
      }
    }
  }

  KernelRow row_{};
};

}  // namespace

Bytes oneOperatorModel(Choices& choices) { return Generator(choices).make(); }

}  // namespace primer::inference::fuzz
