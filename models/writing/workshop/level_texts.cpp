#include "level_texts.h"

#include <array>
#include <string_view>

#include "archives.h"
#include "sha1.h"

namespace primer::writing::workshop {

namespace {

constexpr int kEvaluationBelow = 51;

bool takeOff(std::string_view& text, std::string_view head) {
  if (text.substr(0, head.size()) != head) return false;
  text.remove_prefix(head.size());
  return true;
}

}  // namespace

Result<std::vector<LevelText>> readOneStopEnglish(const std::filesystem::path& data) {
  const auto path = data / "learning" / "readability-onestopenglish" / "onestopenglish.tar.gz";
  PRIMER_ASSIGN(const auto files, readTarGzip(path));
  static constexpr std::array<std::string_view, 3> kEnds = {"-ele.txt", "-int.txt", "-adv.txt"};
  std::vector<LevelText> texts;
  for (const auto& file : files) {
    if (file.name.find("Texts-SeparatedByReadingLevel/") == std::string::npos) continue;
    const auto name = std::string_view(file.name).substr(file.name.rfind('/') + 1);
    for (std::size_t level = 0; level < kEnds.size(); ++level) {
      const auto end = kEnds[level];
      if (name.size() <= end.size() || name.substr(name.size() - end.size()) != end) continue;
      const std::string article(name.substr(0, name.size() - end.size()));
      if (sha1(article)[0] < kEvaluationBelow) continue;
      std::string_view text = file.text;
      takeOff(text, "\xef\xbb\xbf");
      takeOff(text, "Intermediate");
      texts.push_back({article, static_cast<int>(level), std::string(text)});
    }
  }
  if (texts.empty()) return fail(ErrorCode::kDamaged, path.string() + ": no texts with levels");
  return texts;
}

}  // namespace primer::writing::workshop
