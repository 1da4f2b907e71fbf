#include "evaluation/evaluation.h"

#include <map>
#include <string>

#include "evaluation/boundaries.h"
#include "evaluation/following.h"
#include "evaluation/rating_figures.h"
#include "evaluation/trials.h"
#include "primer/pronunciation/speaker_prior.h"
#include "scorer/rated_features.h"

namespace primer::pronunciation::workshop {

Result<toolkit::ChainFigures> measurePronunciation(const std::filesystem::path& data,
                                                   toolkit::Split split) {
  PRIMER_ASSIGN(auto judge, PronunciationJudge::openShipped());
  PRIMER_ASSIGN(const auto all, readSpeechocean(data));
  std::vector<Utterance> utterances;
  for (const auto& utterance : all) {
    if (utterance.development == (split == toolkit::Split::kDevelopment)) {
      utterances.push_back(utterance);
    }
  }
  RatingFigures ratings;
  // The same, each speaker's readings in order, those before it known.
  RatingFigures known_ratings;
  std::map<std::string, SpeakerPrior> speakers;
  Trials trials(utterances);
  PRIMER_ASSIGN(const auto acoustic, AcousticModel::openShipped());
  FollowingFigures following;
  double seconds = 0;
  ThreadClock::duration spent{0};
  for (const auto& utterance : utterances) {
    const auto before = ThreadClock::now();
    PRIMER_ASSIGN(auto file, speech::AudioFile::open(data / utterance.audio));
    PRIMER_ASSIGN(const auto recording, readRecording(file));
    PRIMER_ASSIGN(const auto judged, judge.judge(recording, {textOf(utterance), 0.5}));
    spent += ThreadClock::now() - before;
    seconds += recording.seconds();
    ratings.add(utterance, judged);
    auto& speaker = speakers[utterance.speaker];
    PRIMER_ASSIGN(const auto known, judge.judge(recording, {textOf(utterance), 0.5, &speaker}));
    known_ratings.add(utterance, known);
    speaker.add(known);
    PRIMER_TRY(trials.add(judge, utterance, recording));
    PRIMER_ASSIGN(const auto samples, samplesOf(data / utterance.audio));
    PRIMER_TRY(following.add(acoustic, textOf(utterance), samples, judged));
  }
  toolkit::ChainFigures figures;
  figures.count = utterances.size();
  ratings.put(figures.metrics);
  known_ratings.putFlags("_known_speaker", figures.metrics);
  trials.put(figures.metrics);
  following.put(figures.metrics);
  figures.metrics["real_time_factor"] =
      std::chrono::duration<double>(spent).count() / std::max(seconds, 1e-9);
  PRIMER_TRY(measureBoundaries(judge, data, figures.metrics));
  return figures;
}

}  // namespace primer::pronunciation::workshop
