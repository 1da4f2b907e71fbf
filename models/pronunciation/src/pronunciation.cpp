#include "primer/pronunciation/pronunciation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "src/judgement.h"

namespace primer::pronunciation {

namespace {

constexpr std::size_t kMostChoices = 50;

// A judgement without scores: every word of the text stands there, nothing is said of it.
Judgement unscored(const JudgeRequest& request) {
  Judgement judgement;
  for (const auto& written : request.text) {
    JudgedWord word;
    word.word = written.written;
    for (const auto phone : written.ways[0]) {
      JudgedPhone judged;
      judged.phone = judged.heard = phone;
      word.phones.push_back(judged);
    }
    judgement.words.push_back(std::move(word));
  }
  return judgement;
}

Result<Recording> record(const std::filesystem::path& audio) {
  PRIMER_ASSIGN(auto file, speech::AudioFile::open(audio));
  return readRecording(file);
}

}  // namespace

std::string_view wordErrorName(WordError error) {
  constexpr std::array<std::string_view, 4> kNames = {"none", "mispronunciation", "omission",
                                                      "insertion"};
  return kNames[static_cast<std::size_t>(error)];
}

float flagThreshold(double sensitivity) {
  // Log odds: .89 at 0, .64 at a half, .28 at 1.
  const double s = std::clamp(sensitivity, 0.0, 1.0);
  return static_cast<float>(1 / (1 + std::exp(-(2.1 - 3.05 * s))));
}

PronunciationJudge::PronunciationJudge(Lexicon lexicon, AcousticModel acoustic, Scorer scorer,
                                       Panel panel, SubstitutionFinder substitutions,
                                       OmissionFinder omissions, BoundaryFinder boundaries,
                                       Chooser chooser)
    : lexicon_(std::move(lexicon)),
      acoustic_(std::move(acoustic)),
      scorer_(std::move(scorer)),
      panel_(std::move(panel)),
      substitutions_(std::move(substitutions)),
      omissions_(std::move(omissions)),
      boundaries_(std::move(boundaries)),
      chooser_(std::move(chooser)) {}

Result<PronunciationJudge> PronunciationJudge::openShipped() {
  PRIMER_ASSIGN(auto lexicon, Lexicon::openShipped());
  PRIMER_ASSIGN(auto acoustic, AcousticModel::openShipped());
  PRIMER_ASSIGN(auto scorer, Scorer::openShipped());
  PRIMER_ASSIGN(auto panel, Panel::openShipped());
  PRIMER_ASSIGN(auto substitutions, SubstitutionFinder::openShipped());
  PRIMER_ASSIGN(auto omissions, OmissionFinder::openShipped());
  PRIMER_ASSIGN(auto boundaries, BoundaryFinder::openShipped());
  PRIMER_ASSIGN(auto chooser, Chooser::openShipped());
  return PronunciationJudge(std::move(lexicon), std::move(acoustic), std::move(scorer),
                            std::move(panel), std::move(substitutions), std::move(omissions),
                            std::move(boundaries), std::move(chooser));
}

Result<Judgement> PronunciationJudge::judge(const std::filesystem::path& audio,
                                            const JudgeRequest& request) {
  PRIMER_ASSIGN(const auto recording, record(audio));
  return judge(recording, request);
}

Result<Judgement> PronunciationJudge::judge(const Recording& recording,
                                            const JudgeRequest& request) {
  PRIMER_ASSIGN(const auto hearing, hear(recording, acoustic_));
  if (hearing.problem) {
    auto judgement = unscored(request);
    judgement.problem = hearing.problem;
    return judgement;
  }
  const auto part = hearing.partOf(recording);
  PRIMER_TRY(panel_.hear(part));
  const auto seen = [&](Alignment walk) {
    return viewOf(std::move(walk), hearing.posteriors, scorer_, panel_, substitutions_);
  };
  PRIMER_ASSIGN(const auto first, seen(align(request.text, hearing.posteriors)));
  if (isOtherText(first)) {
    auto judgement = unscored(request);
    judgement.other_text = true;
    return judgement;
  }
  PRIMER_ASSIGN(const auto forced,
                seen(align(request.text, hearing.posteriors, carefulAlignment())));
  PRIMER_ASSIGN(const auto said,
                wordsSaid({request.text, hearing.posteriors, first, forced}, omissions_));
  PRIMER_ASSIGN(const auto last,
                seen(alignFound(request.text, hearing.posteriors, said.alignment)));
  PRIMER_ASSIGN(const auto times, boundaries_.find(last.alignment, hearing.posteriors, part));
  return tell({request, hearing, last, times, forced.scores, said.left_out});
}

Result<ChoiceResult> PronunciationJudge::choose(const std::filesystem::path& audio,
                                                const std::vector<std::string>& choices) {
  PRIMER_ASSIGN(const auto recording, record(audio));
  return choose(recording, choices);
}

Result<ChoiceResult> PronunciationJudge::choose(const Recording& recording,
                                                const std::vector<std::string>& choices) {
  if (choices.empty() || choices.size() > kMostChoices) {
    return fail(ErrorCode::kInvalidArgument,
                std::to_string(choices.size()) + " choices; 1 to 50 can be told apart");
  }
  std::vector<std::vector<TextWord>> texts;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    texts.push_back(lexicon_.words(choices[i]));
    if (texts.back().empty()) {
      return fail(ErrorCode::kInvalidArgument,
                  "choice " + std::to_string(i) + " has no letter or digit: nobody can say it");
    }
  }
  PRIMER_ASSIGN(const auto hearing, hear(recording, acoustic_));
  if (hearing.problem) return ChoiceResult{std::nullopt, 1, false, {}};
  return chooser_.choose(texts, hearing.posteriors, scorer_);
}

}  // namespace primer::pronunciation
