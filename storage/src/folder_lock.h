#pragma once

// Who uses a data folder, across processes (flock on the file `lock`). Every open Database holds
// the lock shared; creating and repairing need it alone.

#include <filesystem>

#include "primer/base/result.h"

namespace primer::storage {

class FolderLock {
 public:
  // Takes the lock alone if nobody has it, else shared (waiting up to 30 s for one who creates or
  // repairs). kReadOnly where the folder cannot be written; kIo ("database.in_use") after the wait.
  static Result<FolderLock> take(const std::filesystem::path& folder);

  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;
  ~FolderLock();

  bool alone() const { return alone_; }
  // Lets others in.
  void share();
  // Tries to be alone again.
  bool tryAlone();

 private:
  FolderLock(int descriptor, bool alone) : descriptor_(descriptor), alone_(alone) {}
  int descriptor_;
  bool alone_;
};

}  // namespace primer::storage
