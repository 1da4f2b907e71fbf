// By itself, so that a program that only tells of errors has no file system linked in.

#include <cerrno>
#include <system_error>

#include "primer/base/file_system.h"

namespace primer {

[[gnu::cold]] Error errorFromErrno(int error_number, std::string_view doing,
                                   const std::filesystem::path& path) {
  ErrorCode code = ErrorCode::kIo;
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
      code = ErrorCode::kNotFound;
      break;
    case ENOSPC:
    case EDQUOT:
      code = ErrorCode::kNoSpace;
      break;
    case EROFS:
      code = ErrorCode::kReadOnly;
      break;
    case EACCES:
    case EPERM:
      code = ErrorCode::kDenied;
      break;
    default:
      break;
  }
  return Error(code, std::string(doing) + " " + path.string() + ": " +
                         std::generic_category().message(error_number));
}

}  // namespace primer
