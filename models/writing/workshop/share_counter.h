#pragma once

#include <cstddef>

namespace primer::writing::workshop {

// How many of those that were looked at are hits.
class Share {
 public:
  void add(bool hit) {
    ++all_;
    hits_ += hit ? 1 : 0;
  }
  double value() const {
    return all_ > 0 ? static_cast<double>(hits_) / static_cast<double>(all_) : 0;
  }
  std::size_t count() const { return all_; }

 private:
  std::size_t hits_ = 0;
  std::size_t all_ = 0;
};

}  // namespace primer::writing::workshop
