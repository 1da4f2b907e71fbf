#pragma once

// Calls posted to another thread: they run there one after the other, in the order of posting.

#include <QObject>
#include <functional>

namespace primer::app {

// Runs its calls on the thread that it lives on (moveToThread()). Calls that have not run when it
// goes are dropped.
class Mailbox final : public QObject {
 public:
  // Thread-safe.
  void post(std::function<void()> call);

 protected:
  bool event(QEvent* event) override;
};

}  // namespace primer::app
