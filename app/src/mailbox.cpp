#include "mailbox.h"

#include <QCoreApplication>
#include <QEvent>
#include <utility>

namespace primer::app {

namespace {

class Call final : public QEvent {
 public:
  explicit Call(std::function<void()> call) : QEvent(type()), call_(std::move(call)) {}
  static Type type() {
    static const auto kType = static_cast<Type>(QEvent::registerEventType());
    return kType;
  }
  void run() { call_(); }

 private:
  std::function<void()> call_;
};

}  // namespace

void Mailbox::post(std::function<void()> call) {
  QCoreApplication::postEvent(this, new Call(std::move(call)));
}

bool Mailbox::event(QEvent* event) {
  if (event->type() != Call::type()) return QObject::event(event);
  static_cast<Call*>(event)->run();
  return true;
}

}  // namespace primer::app
