#include "fuzz/schema_fields.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>

namespace primer::inference::fuzz {
namespace {

using reflection::BaseType;

bool isNumber(BaseType type) { return type >= reflection::UType && type <= reflection::Double; }

const reflection::Enum* namesOf(const reflection::Type& type) {
  return type.index() < 0 ? nullptr
                          : tfliteSchema().enums()->Get(static_cast<unsigned>(type.index()));
}

const reflection::Object& objectOf(int index) {
  return *tfliteSchema().objects()->Get(static_cast<unsigned>(index));
}

class Walk {
 public:
  std::vector<NumberField> fields;

  // Files of a fuzzer may share tables between parents a million times over: enough is enough.
  void table(flatbuffers::Table& table, const reflection::Object& object) {
    constexpr std::size_t kMostFields = 20000;
    if (fields.size() > kMostFields) return;
    for (const auto* field : *object.fields()) {
      std::uint8_t* at = table.GetAddressOf(field->offset());
      if (at == nullptr) continue;
      const auto base = field->type()->base_type();
      if (isNumber(base)) {
        fields.push_back({at, 1, base, namesOf(*field->type())});
      } else if (base == reflection::Vector) {
        vector(target(at), *field->type());
      } else if (base == reflection::Obj) {
        below(target(at), objectOf(field->type()->index()));
      } else if (base == reflection::Union) {
        choice(table, *field, target(at));
      }
    }
  }

 private:
  static std::uint8_t* target(std::uint8_t* at) {
    return at + flatbuffers::ReadScalar<flatbuffers::uoffset_t>(at);
  }
  static flatbuffers::Table& tableAt(std::uint8_t* at) {
    return *reinterpret_cast<flatbuffers::Table*>(at);
  }

  void below(std::uint8_t* at, const reflection::Object& object) {
    if (!object.is_struct()) table(tableAt(at), object);
  }

  void vector(std::uint8_t* at, const reflection::Type& type) {
    const auto count = flatbuffers::ReadScalar<flatbuffers::uoffset_t>(at);
    std::uint8_t* first = at + sizeof(count);
    if (count == 0) return;
    if (isNumber(type.element())) {
      fields.push_back({first, count, type.element(), namesOf(type)});
    } else if (type.element() == reflection::Obj && !objectOf(type.index()).is_struct()) {
      for (flatbuffers::uoffset_t i = 0; i < count; ++i) {
        std::uint8_t* entry = first + i * sizeof(flatbuffers::uoffset_t);
        table(tableAt(target(entry)), objectOf(type.index()));
      }
    }
  }

  void choice(flatbuffers::Table& table, const reflection::Field& field, std::uint8_t* at) {
    const auto type_offset =
        static_cast<flatbuffers::voffset_t>(field.offset() - sizeof(flatbuffers::voffset_t));
    const auto tag = table.GetField<std::uint8_t>(type_offset, 0);
    for (const auto* value : *namesOf(*field.type())->values()) {
      if (value->value() != tag || value->union_type() == nullptr) continue;
      if (value->union_type()->base_type() == reflection::Obj) {
        below(at, objectOf(value->union_type()->index()));
      }
    }
  }
};

template <typename T>
T otherInteger(T now, Choices& choices) {
  using Limits = std::numeric_limits<T>;
  switch (choices.below(6)) {
    case 0:
      return static_cast<T>(choices.below(9));
    case 1:
      return static_cast<T>(-static_cast<std::int64_t>(choices.below(5)));
    case 2:
      return static_cast<T>(now + static_cast<T>(choices.oneOf({1, -1, 2, -2})));
    case 3:
      return choices.oneOf<T>({Limits::min(), Limits::max(), static_cast<T>(Limits::max() / 2),
                               static_cast<T>(Limits::max() / 4 + 1)});
    case 4:
      return static_cast<T>(T{1} << choices.below(sizeof(T) * 8 - 1));
    default:
      return static_cast<T>(choices.draw());
  }
}

template <typename T>
void changeInteger(std::uint8_t* at, Choices& choices) {
  T value;
  std::memcpy(&value, at, sizeof(value));
  // Wrapping is meant: the sum is taken without signs.
  using Wide = std::make_unsigned_t<T>;
  value = static_cast<T>(otherInteger<Wide>(static_cast<Wide>(value), choices));
  std::memcpy(at, &value, sizeof(value));
}

template <typename T>
T someReal(T now, Choices& choices) {
  using Limits = std::numeric_limits<T>;
  switch (choices.below(4)) {
    case 0:
      return choices.oneOf<T>({T{0}, T{1}, T{-1}, T{0.5}, T{2}, T{0.0078125}, T{6}});
    case 1:
      return choices.oneOf<T>({Limits::quiet_NaN(), Limits::infinity(), -Limits::infinity(),
                               Limits::max(), Limits::lowest(), Limits::min(), Limits::denorm_min(),
                               T{-0.0}, T{1e-20}, T{1e20}});
    case 2:
      return now * choices.oneOf<T>({T{2}, T{0.5}, T{1000}, T{0.001}, T{-1}, T{1.0001}});
    default:
      return static_cast<T>(choices.below(2000)) / T{1000};
  }
}

template <typename T>
void changeReal(std::uint8_t* at, Choices& choices) {
  T value;
  std::memcpy(&value, at, sizeof(value));
  value = someReal<T>(value, choices);
  std::memcpy(at, &value, sizeof(value));
}

std::int64_t someInteger(const reflection::Type& type, Choices& choices) {
  if (const auto* names = namesOf(type); names != nullptr && !choices.once(16)) {
    return names->values()
        ->Get(static_cast<unsigned>(choices.below(names->values()->size())))
        ->value();
  }
  if (choices.once(16)) return choices.oneOf<std::int64_t>({-2147483647 - 1, 2147483647, 65536, 9});
  return choices.oneOf<std::int64_t>({0, 1, 1, 1, 2, 2, 3, 4, -1});
}

}  // namespace

const reflection::Schema& tfliteSchema() {
  static const std::string bytes = [] {
    std::ifstream file(PRIMER_TFLITE_BFBS, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }();
  return *reflection::GetSchema(bytes.data());
}

std::vector<NumberField> numberFields(std::span<std::uint8_t> model) {
  Walk walk;
  walk.table(*flatbuffers::GetMutableRoot<flatbuffers::Table>(model.data()),
             *tfliteSchema().root_table());
  return std::move(walk.fields);
}

void changeNumber(const NumberField& field, Choices& choices) {
  const auto width = flatbuffers::GetTypeSize(field.type);
  std::uint8_t* at = field.at + choices.below(field.count) * width;
  if (field.names != nullptr && !choices.once(4)) {
    const auto* values = field.names->values();
    const auto value = values->Get(static_cast<unsigned>(choices.below(values->size())))->value();
    std::memcpy(at, &value, width);  // little-endian, as the format is
    return;
  }
  switch (field.type) {
    case reflection::Float:
      return changeReal<float>(at, choices);
    case reflection::Double:
      return changeReal<double>(at, choices);
    default:
      break;
  }
  if (width == 1) return changeInteger<std::int8_t>(at, choices);
  if (width == 2) return changeInteger<std::int16_t>(at, choices);
  if (width == 4) return changeInteger<std::int32_t>(at, choices);
  changeInteger<std::int64_t>(at, choices);
}

flatbuffers::uoffset_t buildTable(flatbuffers::FlatBufferBuilder& builder,
                                  const reflection::Object& object, Choices& choices) {
  std::vector<std::pair<flatbuffers::voffset_t, flatbuffers::Offset<void>>> vectors;
  for (const auto* field : *object.fields()) {
    if (field->type()->base_type() != reflection::Vector || choices.once(3)) continue;
    const auto element = field->type()->element();
    if (element != reflection::Int && element != reflection::Long) continue;
    std::vector<std::int32_t> values(choices.below(5));
    for (auto& value : values) {
      value = static_cast<std::int32_t>(someInteger(*field->type(), choices));
    }
    if (element == reflection::Int) {
      vectors.emplace_back(field->offset(), builder.CreateVector(values).Union());
    } else {
      const std::vector<std::int64_t> wide(values.begin(), values.end());
      vectors.emplace_back(field->offset(), builder.CreateVector(wide).Union());
    }
  }
  const auto start = builder.StartTable();
  for (const auto& [offset, vector] : vectors) builder.AddOffset(offset, vector);
  for (const auto* field : *object.fields()) {
    const auto base = field->type()->base_type();
    if (!isNumber(base) || choices.once(8)) continue;
    const auto offset = field->offset();
    if (base == reflection::Float) {
      builder.AddElement<float>(offset, someReal(1.0f, choices), 0.0f);
    } else if (base == reflection::Double) {
      builder.AddElement<double>(offset, someReal(1.0, choices), 0.0);
    } else if (base == reflection::Bool) {
      builder.AddElement<std::uint8_t>(offset, static_cast<std::uint8_t>(choices.below(2)), 0);
    } else {
      const auto value = someInteger(*field->type(), choices);
      const auto width = flatbuffers::GetTypeSize(base);
      if (width == 1) builder.AddElement(offset, static_cast<std::int8_t>(value), std::int8_t{0});
      if (width == 2) builder.AddElement(offset, static_cast<std::int16_t>(value), std::int16_t{0});
      if (width == 4) builder.AddElement(offset, static_cast<std::int32_t>(value), std::int32_t{0});
      if (width == 8) builder.AddElement(offset, value, std::int64_t{0});
    }
  }
  return builder.EndTable(start);
}

}  // namespace primer::inference::fuzz
