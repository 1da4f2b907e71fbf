#pragma once

// A page made, filled and laid out as if it were shown: what the lists of sample pages are made of.

#include <QCoreApplication>
#include <QEvent>
#include <QLayout>
#include <memory>

#include "gallery/sample_pages.h"
#include "theme/metrics.h"

namespace primer::ui {

// What was hidden or shown changes how small a page can be; a window that is not shown is not told.
inline void settle(QWidget& page) {
  const auto inside = page.findChildren<QWidget*>();
  for (auto widget = inside.rbegin(); widget != inside.rend(); ++widget) {
    if ((*widget)->layout() != nullptr) (*widget)->layout()->activate();
  }
  if (page.layout() != nullptr) page.layout()->activate();
}

template <typename P>
SamplePage samplePage(const char* name, std::function<void(P&)> fill) {
  return {name, [fill](QSize size) {
            auto made = std::make_unique<P>();
            made->resize(size);
            applyScale(made.get());
            fill(*made);
            // Laid out as if it were shown: twice, since text that wraps needs its width first.
            made->ensurePolished();
            made->grab();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            made->grab();
            // A window of its own grows with what it held for a moment, and stays so: on a screen
            // a page is as large as the screen.
            settle(*made);
            made->resize(size);
            made->grab();
            return std::unique_ptr<QWidget>(std::move(made));
          }};
}

}  // namespace primer::ui
