// Pinyin letters in, Chinese out: librime with its luna_pinyin dictionary, in simplified characters.
//
// Two rules hold always. Nothing is learnt and nothing is kept of what people type: no user dictionary, no history, no log. And an answer
// depends on the letters alone, so that a screen's draft stays the only memory of what is half typed. One thread at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace entry {

class Composer {
 public:
  struct Settings {
    std::filesystem::path folder;                        // ours alone: emptied and written anew each time
    std::filesystem::path data = "/usr/share/rime-data"; // packages rime-data-luna-pinyin, rime-prelude, rime-essay
    bool fuzzy = true;                                   // see set_fuzzy
  };
  // Letters that can be half typed at once; more are left out. A sentence is typed in pieces anyway.
  static constexpr std::size_t most_letters = 32;

  // Writes the schema into `folder`, lets librime compile it (60 ms) and reads the dictionary (10 ms): not for the drawing thread. Throws
  // Missing with the reason. librime is one for the whole process: a second one beside the first is Missing too.
  explicit Composer(const Settings&);
  ~Composer();
  Composer(const Composer&) = delete;

  // Sounds that the north-west does not tell apart count as each other: n/l, en/eng, in/ing, z/zh, c/ch, s/sh. What was spelt exactly still
  // comes first.
  void set_fuzzy(bool on) { fuzzy_ = on; }

  // What these letters may be, likeliest first: whole sentences, words, characters. An apostrophe parts syllables (xi'an). Letters other
  // than a-z end the spelling. About 0.6 ms for one letter more than the last time.
  [[nodiscard]] std::vector<std::string> candidates(std::string_view letters, std::size_t most = 100);
  // How they were cut: wangxl -> wang x l.
  [[nodiscard]] std::vector<std::string> syllables(std::string_view letters);
  // Takes one of `candidates`: its text, and the letters it did not use. Nothing of a text that is none.
  struct Taken {
    std::string text, rest;
    bool operator==(const Taken&) const = default;
  };
  [[nodiscard]] Taken take(std::string_view letters, std::string_view text);

 private:
  struct Rime;
  std::unique_ptr<Rime> rime_;
  bool fuzzy_;
};

}  // namespace entry
