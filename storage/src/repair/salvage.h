#pragma once

// Rows out of a damaged file.
//
// A damaged page may have lost its header, its place in the tree or its neighbours, but a row that
// lies there whole can still be known: at every byte the salvager asks whether a row of ours begins
// here, and believes it only where the row's own check (8 bytes of BLAKE2b over table and columns)
// says so. That needs neither a page's header nor the tree above it nor alignment; long rows are
// followed through their overflow pages, newest version first.

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "src/sqlite/value.h"

namespace primer::storage {

// Calls `found` for each row of one of `shapes` that can be read from the bytes of a database file
// and its write-ahead log (either may be empty). The same row may be found several times, in
// several versions. `number` is its row number in that file.
using RowFound = std::function<void(const TableShape& shape, std::int64_t number, Row row)>;
void salvageRows(std::span<const std::byte> database, std::span<const std::byte> wal,
                 const std::vector<const TableShape*>& shapes, const RowFound& found);

// All tables with rows worth saving, parents before children.
const std::vector<const TableShape*>& recordTables();

}  // namespace primer::storage
