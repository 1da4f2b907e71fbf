#pragma once

// What a teacher sets for the choosing (knowledge::RecommendationPolicy), as text that a setting
// keeps: {"target":0.85,"pins":[{"lesson":"number-facts","skill":"add-to-20"}]}.

#include <QByteArray>

#include "primer/base/result.h"
#include "primer/knowledge/recommendation.h"

namespace primer::app {

// One line of JSON.
QByteArray policyText(const knowledge::RecommendationPolicy& policy);

// kDamaged says what cannot be meant: another shape, a target outside the policy's limits, a pin
// without lesson or skill. What is left out stands as by default; unknown fields are passed over.
Result<knowledge::RecommendationPolicy> policyFromText(const QByteArray& text);

}  // namespace primer::app
