#pragma once

// A drawing given as SVG text, as large as its room allows.

#include <QByteArray>
#include <QWidget>
#include <memory>

class QSvgRenderer;

namespace primer::ui {

class SvgPicture : public QWidget {
  Q_OBJECT
 public:
  explicit SvgPicture(QWidget* parent = nullptr);
  ~SvgPicture() override;

  // False, and nothing is shown, where it is empty or no SVG.
  bool setSvg(const QString& svg);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::unique_ptr<QSvgRenderer> drawing_;
};

}  // namespace primer::ui
