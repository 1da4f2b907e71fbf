#pragma once

// What tests of small models share: the names that building one takes, and its way from the builder
// to a session.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "inference/model_builder.h"
#include "primer/inference/session.h"

namespace primer::inference {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::ModelBuilder;
using testing::perTensor;
using tflite::BuiltinOperator;
using tflite::TensorType;

namespace testing {

// The model under test is called this in what the engine says of it.
inline constexpr auto kModelName = "small.tflite";

inline Result<std::shared_ptr<const Model>> open(const ModelBuilder& builder,
                                                 const Limits& limits = {}) {
  return Model::fromBytes(builder.build(), kModelName, limits);
}

// A model that must open, a session that must be planned: a refusal ends the test.
inline std::shared_ptr<const Model> opened(const ModelBuilder& builder, const Limits& limits = {}) {
  auto model = open(builder, limits);
  EXPECT_TRUE(model) << model.error().message;
  return std::move(model.value());
}

inline Session planned(const std::shared_ptr<const Model>& model,
                       const SessionOptions& options = {}) {
  auto session = Session::create(model, options);
  EXPECT_TRUE(session) << session.error().message;
  return std::move(session.value());
}

inline Session planned(const ModelBuilder& builder, const Limits& limits = {}) {
  return planned(opened(builder, limits));
}

// What is said against a model when it is opened or planned; "" where nothing is.
inline std::string refusalOf(const std::vector<std::byte>& bytes) {
  const auto model = Model::fromBytes(bytes, kModelName);
  if (!model) return model.error().message;
  const auto session = Session::create(*model);
  return session ? "" : session.error().message;
}
inline std::string refusalOf(const ModelBuilder& builder) { return refusalOf(builder.build()); }

}  // namespace testing

using testing::open;
using testing::opened;
using testing::planned;
using testing::refusalOf;

}  // namespace primer::inference
