// The main function of every GoogleTest program: where nothing else is said, tests run off screen,
// and PRIMER_SHARE and PRIMER_BIN name the shipped files and the programs of the build tree.

#include <gmock/gmock.h>

#include <cstdlib>

int main(int argc, char** argv) {
  constexpr int kKeepWhatIsSet = 0;
  setenv("QT_QPA_PLATFORM", "offscreen", kKeepWhatIsSet);
  setenv("PRIMER_SHARE", PRIMER_TEST_SHARE, kKeepWhatIsSet);
  setenv("PRIMER_BIN", PRIMER_TEST_BIN, kKeepWhatIsSet);
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
