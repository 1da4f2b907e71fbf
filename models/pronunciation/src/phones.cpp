#include "primer/pronunciation/phones.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace primer::pronunciation {

std::optional<Phone> phoneNamed(std::string_view name) {
  if (!name.empty() && name.back() >= '0' && name.back() <= '2') name.remove_suffix(1);
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const auto it = std::lower_bound(kPhoneNames.begin(), kPhoneNames.end(), upper);
  if (it == kPhoneNames.end() || *it != upper) return std::nullopt;
  return static_cast<Phone>(it - kPhoneNames.begin());
}

bool isVowel(Phone phone) {
  if (phone >= kPhones) return false;
  const char first = kPhoneNames[phone].front();
  return first == 'A' || first == 'E' || first == 'I' || first == 'O' || first == 'U';
}

}  // namespace primer::pronunciation
