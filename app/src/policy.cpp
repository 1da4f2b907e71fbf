#include "primer/app/policy.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <string>

namespace primer::app {

namespace {

using knowledge::RecommendationPolicy;

constexpr qsizetype kMostPins = 100;

tl::unexpected<Error> damaged(const std::string& what) {
  return fail(ErrorCode::kDamaged, "learning policy: " + what);
}

}  // namespace

QByteArray policyText(const RecommendationPolicy& policy) {
  QJsonArray pins;
  for (const auto& pin : policy.pins) {
    pins.append(QJsonObject{{"lesson", QString::fromStdString(pin.pack)},
                            {"skill", QString::fromStdString(pin.skill)}});
  }
  const QJsonObject object{
      {"target", policy.target}, {"placement", policy.placement}, {"pins", pins}};
  return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<RecommendationPolicy> policyFromText(const QByteArray& text) {
  QJsonParseError error;
  const auto document = QJsonDocument::fromJson(text, &error);
  if (!document.isObject()) return damaged("not a JSON object");
  const auto object = document.object();
  RecommendationPolicy policy;
  if (const auto target = object["target"]; !target.isUndefined()) {
    policy.target = target.toDouble(-1);
    if (policy.target < RecommendationPolicy::kLeastTarget ||
        policy.target > RecommendationPolicy::kMostTarget) {
      return damaged("\"target\" must be a number from 0.6 to 0.95");
    }
  }
  if (const auto placement = object["placement"]; !placement.isUndefined()) {
    if (!placement.isBool()) return damaged("\"placement\" must be true or false");
    policy.placement = placement.toBool();
  }
  const auto pins = object["pins"];
  if (pins.isUndefined()) return policy;
  if (!pins.isArray() || pins.toArray().size() > kMostPins) {
    return damaged("\"pins\" must be a list of at most " + std::to_string(kMostPins));
  }
  for (const auto& entry : pins.toArray()) {
    RecommendationPolicy::Pin pin{entry.toObject()["lesson"].toString().toStdString(),
                                  entry.toObject()["skill"].toString().toStdString()};
    if (pin.pack.empty() || pin.skill.empty()) return damaged("a pin must have lesson and skill");
    policy.pins.push_back(std::move(pin));
  }
  return policy;
}

}  // namespace primer::app
