#pragma once

// What a Database holds; shared with the Recorder.

#include <optional>

#include "primer/storage/database.h"
#include "src/keys/device_key.h"
#include "src/opening.h"
#include "src/tables/classes.h"

namespace primer::storage {

struct Database::Parts {
  OpenOptions options;
  OpenedFolder opened;
  TabletId tablet;
  std::int64_t boot = 0;
  std::optional<DeviceKey> device_key;
  // Within one run the wait after a wrong PIN goes by the steady clock, which nobody can set.
  std::chrono::milliseconds guess_not_before{0};

  SQLite::Database& connection() { return *opened.connection; }
  FolderFiles files() const { return FolderFiles(options.folder); }
  bool readOnly() const { return opened.report.read_only; }

  // Names the tablet if it has no name, and takes the next boot number.
  Status beginBoot();
  Status readTablet();
  Status loadDeviceKey();
  // kDamaged ("device.key_lost") where the tablet's key file is gone.
  Result<const DeviceKey*> deviceKey() const;
  // Through any connection to this database, on any thread.
  Status backUp(SQLite::Database& through) const;
  // kReadOnly or kNoSpace where the folder was opened for reading only.
  Status writable() const;

  Result<ClassRecord> findClass(const ClassId& id);
  Result<std::chrono::milliseconds> pinWait();
  // Counts the guess, then tries it; a right one clears the count.
  Result<SecretBytes> guess(const ClassRecord& record, const Pin& pin);
};

}  // namespace primer::storage
