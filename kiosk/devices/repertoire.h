// All that has been recorded: the packs in the order in which they are asked, and how a sentence is found in them or
// put together from their pieces.
//
// The rule: a sentence is one voice. A pack has the whole sentence, or all its pieces, or the next pack is asked for
// the whole; what no pack has the machine speaks. One thing is lent: a person's name. Where a pack has everything but
// the name, the name alone comes from the next pack that has it, or from the machine, because people listen for
// their name and a village's names are more than anybody records. (A name in two voices is odd; a sentence whose every second
// word changes its voice is not understood.)
// One thread (the voice's worker).
#pragma once

#include "devices/audio.h"
#include "devices/packs.h"

#include <functional>
#include <list>
#include <unordered_map>

namespace devices {

// Pauses where pieces meet at a comma, and at a full stop or a question. Ours, near what espeak-ng does at our speed.
inline constexpr std::chrono::milliseconds comma_pause{170}, stop_pause{330};

class Repertoire {
 public:
  // Folders whose sub-folders are packs; one that is not there is none.
  explicit Repertoire(std::vector<std::filesystem::path> folders) : folders_(std::move(folders)) {}

  // Packs to ask, first one first; those not named are not asked. None named: all that are installed, by name.
  void ask_in_order(std::vector<std::string> names);
  // Reads the packs when a folder or a pack has changed since (installed, recorded); some stat calls where not.
  void look();

  // How a name is spoken that no pack has; nothing: silence.
  using Speak = std::function<std::shared_ptr<const Pcm>(const std::string& name)>;
  // The sentence, or nothing where the packs cannot say it.
  [[nodiscard]] std::shared_ptr<const Pcm> sound(const std::string& text, const std::string& language,
                                                 const std::string& key, const Speak& speak);

  // How `sound` would do it, without opening a file: what tests and `voice list` ask.
  struct Plan {
    enum class Way { none, whole, pieces, name_lent };
    Way way = Way::none;
    std::string pack;
    struct Step {
      std::filesystem::path file;  // empty: the name is spoken
      std::string name;
      std::chrono::milliseconds after{0};
    };
    std::vector<Step> steps;
  };
  [[nodiscard]] Plan plan(const std::string& text, const std::string& language, const std::string& key) const;

  [[nodiscard]] std::size_t packs() const { return packs_.size(); }
  [[nodiscard]] std::size_t clips() const;
  [[nodiscard]] std::size_t kept_bytes() const { return kept_bytes_; }

 private:
  struct Voice {
    Pack pack;
    std::unordered_map<std::u32string, std::string> by_words;  // form -> file
    std::size_t longest = 0;                                   // form, in characters
    std::filesystem::file_time_type changed;
  };
  [[nodiscard]] std::optional<Plan> put_together(const Voice&, const Form&, std::size_t at_pack) const;
  [[nodiscard]] std::optional<std::vector<Plan::Step>> cover(const Voice&, std::u32string_view) const;
  std::shared_ptr<const Pcm> piece(const std::filesystem::path& file);

  std::vector<std::filesystem::path> folders_;
  std::vector<std::string> order_;
  std::vector<Voice> packs_;
  std::vector<std::pair<std::filesystem::path, std::filesystem::file_time_type>> seen_;
  bool looked_ = false;

  // Pieces come again and again (the hours): the last few megabytes stay decoded.
  static constexpr std::size_t most_kept_bytes = 6u << 20;
  struct Kept {
    std::string file;
    std::shared_ptr<const Pcm> pcm;
  };
  std::list<Kept> kept_;
  std::size_t kept_bytes_ = 0;
};

}  // namespace devices
