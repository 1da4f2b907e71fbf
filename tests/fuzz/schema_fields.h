#pragma once

// Every number in a FlatBuffer, found by the format's own description of itself.

#include <flatbuffers/reflection.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fuzz/choices.h"

namespace primer::inference::fuzz {

// The schema of the format as flatc compiled it.
const reflection::Schema& tfliteSchema();

// A number, or a run of numbers of one type, inside a buffer.
struct NumberField {
  std::uint8_t* at = nullptr;
  std::size_t count = 1;
  reflection::BaseType type = reflection::UByte;
  const reflection::Enum* names = nullptr;  // of the values, where they have names
};

// All numbers below the root of a verified model, in place.
std::vector<NumberField> numberFields(std::span<std::uint8_t> model);

// Writes another value: an edge, a neighbour, a small number, another of the names.
void changeNumber(const NumberField& field, Choices& choices);

// A table of the schema with chosen numbers in it, added to a builder. Vectors are short.
flatbuffers::uoffset_t buildTable(flatbuffers::FlatBufferBuilder& builder,
                                  const reflection::Object& object, Choices& choices);

}  // namespace primer::inference::fuzz
