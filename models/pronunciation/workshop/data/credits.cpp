#include "data/credits.h"

namespace primer::pronunciation::workshop {

toolkit::Json learnersSpeech() {
  return toolkit::Json::array({{{"name", "speechocean762, training speakers"},
                                {"licence", "CC BY 4.0"},
                                {"credit", "Zhang et al. 2021"}}});
}

toolkit::Json allSpeech() {
  auto data = learnersSpeech();
  data.push_back({{"name", "RoboTutor English assets"},
                  {"licence", "CC BY 4.0"},
                  {"credit", "Carnegie Mellon University and RoboTutor LLC"}});
  data.push_back({{"name", "LibriSpeech, 367 utterances"},
                  {"licence", "CC BY 4.0"},
                  {"credit", "Panayotov et al. 2015"}});
  data.push_back({{"name", "African Storybook read aloud, CC BY stories"},
                  {"licence", "CC BY"},
                  {"credit", "the stories' authors; read by D. Soni"}});
  return data;
}

}  // namespace primer::pronunciation::workshop
