#pragma once

#include <cmath>
#include <vector>

namespace primer::pronunciation::workshop {

// Pearson's correlation of pairs that come one by one.
class Correlation {
 public:
  void add(double x, double y) {
    ++n_;
    x_ += x;
    y_ += y;
    xx_ += x * x;
    yy_ += y * y;
    xy_ += x * y;
  }
  double value() const {
    const double over = n_ * xy_ - x_ * y_;
    const double under = std::sqrt((n_ * xx_ - x_ * x_) * (n_ * yy_ - y_ * y_));
    return under > 0 ? over / under : 0;
  }
  double count() const { return n_; }

 private:
  double n_ = 0, x_ = 0, y_ = 0, xx_ = 0, yy_ = 0, xy_ = 0;
};

}  // namespace primer::pronunciation::workshop
