#pragma once

// Every page in the states that it can be in, filled with sample values.

#include <QWidget>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace primer::ui {

struct SamplePage {
  std::string name;
  std::function<std::unique_ptr<QWidget>(QSize size)> make;  // laid out for that size
};

// In the language of now.
std::vector<SamplePage> samplePages();
std::vector<SamplePage> sampleItemPages();  // those of them that pose an item

}  // namespace primer::ui
