#include "primer/base/share.h"

#include <cstdlib>
#include <system_error>

namespace primer {

std::filesystem::path shareFolder() {
  if (const char* named = std::getenv("PRIMER_SHARE"); named != nullptr && *named != '\0')
    return named;
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto folder = error ? std::filesystem::path(".") : program.parent_path();
  return (folder / ".." / "share" / "primer").lexically_normal();
}

}  // namespace primer
