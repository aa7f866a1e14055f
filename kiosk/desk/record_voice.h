// The screen on which a village records its own voice: one sentence, large, and what can be done with it. Shows what it
// is given; app/record.cpp owns the recorder. Drawing thread only.
#pragma once

#include "ui/ui.h"

#include <string>

namespace desk {

struct RecordVoiceModel {
  std::string pack, text;
  enum class Doing { waiting, hearing, working, playing } doing = Doing::waiting;
  std::string verdict;  // good silent too_short too_loud no_microphone not_kept; empty: nothing to say
  std::size_t at = 0, lines = 0, missing = 0;
  bool piece = false, recorded = false;
  float level = 0;  // 0..1, while it hears
};

// ids: record (begins and ends), play, previous, next, next_missing, done.
void draw_record_voice(ui::Ui&, const RecordVoiceModel&);

}  // namespace desk
