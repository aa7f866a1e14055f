// What hears a person and plays what was said, as a screen knows it: given by the app, kept in the draft; a screen knows no device.
//
// The rule: what was heard is in memory alone, belongs to the screen on which it was said, and is wiped when that screen is left or the
// session ends. Drawing thread, except where a function says otherwise.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace parts {

class Ear {
 public:
  // Sound, in the ear's own form; wiped when the last who holds it lets go.
  using Sound = std::shared_ptr<const void>;

  enum class Doing { nothing, hearing, working, heard };
  enum class Trouble { none, silent, no_microphone };  // why there is nothing, though it was listened
  struct State {
    Doing doing = Doing::nothing;
    Trouble trouble = Trouble::none;
    float level = 0;  // 0..1 of what is heard now, by the ear
    float share = 0;  // of the time allowed that is gone
    int left_s = 0;   // of it, rounded up
    int seconds = 0;  // that were heard, silence before and after left out
    bool playing = false;
  };

  virtual ~Ear() = default;
  // Ends by itself after so many seconds. What was heard before is forgotten.
  virtual void begin(int at_most_s) = 0;
  virtual void end() = 0;
  virtual void forget() = 0;  // ends hearing and playing too
  [[nodiscard]] virtual State state() = 0;
  [[nodiscard]] virtual Sound heard() const = 0;  // none unless `heard`

  virtual void play(const Sound&) = 0;  // holds it, so that it can be played again, until `forget`
  virtual void hush() = 0;  // a touch ends what is played; hearing goes on

  // Slow, any thread: small enough to keep, and back. None for what is no sound.
  [[nodiscard]] virtual std::string compressed(const Sound&) const = 0;
  [[nodiscard]] virtual Sound sound_of(std::string_view compressed) const = 0;
};

// In the draft.
struct Hears { std::shared_ptr<Ear> ear; };  // none: in tests, and where the app has none

}  // namespace parts
