// The tables of the 16-bit functions are the functions, at every argument.

#include "kernels/reference/word_functions.h"

#include <gtest/gtest.h>

#include <cmath>

namespace primer::inference::reference {
namespace {

template <typename Function>
void expectSame(const WordTable& table, const Function& function) {
  for (int x = -32768; x <= 32767; ++x) {
    const auto word = static_cast<std::int16_t>(x);
    ASSERT_EQ(table(word), function(word)) << x;
  }
}

TEST(WordTable, HoldsTheLogisticFunction) {
  expectSame(WordTable::logistic(), wordLogistic);
  EXPECT_NEAR(WordTable::logistic()(1 << 12) / 32768.0, 1 / (1 + std::exp(-1.0)), 1e-3);
}

TEST(WordTable, HoldsTanhWithAnyPoint) {
  for (int bits = 0; bits <= 6; ++bits) {
    SCOPED_TRACE(bits);
    expectSame(WordTable::tanh(bits), [=](std::int16_t x) { return wordTanh(x, bits); });
  }
  EXPECT_NEAR(WordTable::tanh(3)(1 << 12) / 32768.0, std::tanh(1.0), 1e-3);
}

TEST(WordTable, IsMadeOnce) { EXPECT_EQ(&WordTable::tanh(4), &WordTable::tanh(4)); }

}  // namespace
}  // namespace primer::inference::reference
