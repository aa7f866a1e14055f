// The command line: one file a verb. Exit codes, the same for all verbs: 0 done, 1 it could not be done (the reason is on stderr), 2 the words
// of the command are wrong, 3 the database cannot be opened (newer, locked, damaged, not ours), 4 the catalogue or the texts have mistakes.
#pragma once

#include "base/clock.h"
#include "base/text.h"
#include "store/sealed.h"
#include "store/store.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace cli {

inline constexpr int done = 0, not_done = 1, wrong_words = 2, cannot_open = 3, wrong_data = 4;

// What every verb is given: where the data is, and how to open it.
struct Common {
  std::filesystem::path data;
  std::string now;        // --now: the clock begins here (tests and pictures), else the system's
  std::string language = "zh-CN";
  bool json = false;

  [[nodiscard]] std::filesystem::path share() const;           // assets/ and db/
  [[nodiscard]] base::Clock& clock();                          // the system's, or one that starts at --now and goes on
  [[nodiscard]] std::map<std::string, base::Words> words();    // throws WrongData
  void use_catalogue();                                        // throws WrongData
  [[nodiscard]] std::unique_ptr<store::Store> open(bool create);

 private:
  std::unique_ptr<base::Clock> clock_;
};

// One kiosk a data directory, and nobody else while a database is put in another's place. Held until the program ends, however it ends. Throws
// CannotOpen naming the process that holds it.
class OneKiosk {
 public:
  explicit OneKiosk(const std::filesystem::path& data);
  ~OneKiosk();
  OneKiosk(const OneKiosk&) = delete;
  OneKiosk& operator=(const OneKiosk&) = delete;

 private:
  int fd_;
};

// Opens the database; one that is damaged or gone is healed first where there is something to heal it from (store/heal.h): a kiosk in a
// village opens again by itself. The caller holds OneKiosk.
[[nodiscard]] std::unique_ptr<store::Store> open_or_heal(Common&);

// Thirty-two secret bytes in base64, a line of standard input: keys never stand on the command line, where any program reads them. Nothing
// where it is no key.
[[nodiscard]] std::optional<store::KeyPair> asked_for_secret();

// Beside the database while `demo` makes a village: what is there may be begun anew.
inline constexpr std::string_view demo_unfinished = "demo-unfinished";

// The township's public key beside the database: from then on everything is sealed for it too (store::township_key). Durable when this returns.
void keep_township_key(const std::filesystem::path& data, const store::PublicKey&);

// Every mistake of a catalogue or text file, one a line.
struct WrongData { std::string lines; };

// --site names none of this database's sites: wrong words, said with the kinds and names of those there are.
[[noreturn]] void no_such_site(store::Store&, const std::string& wanted);

int main(int argc, char** argv);

// Each adds its verb; `result` is set when it was called.
using Result = std::function<void(std::function<int()>)>;
void add_run(CLI::App&, Common&, const Result&);
void add_demo(CLI::App&, Common&, const Result&);
void add_journal(CLI::App&, Common&, const Result&);
void add_report(CLI::App&, Common&, const Result&);
void add_staff(CLI::App&, Common&, const Result&);
void add_keys(CLI::App&, Common&, const Result&);
void add_cards(CLI::App&, Common&, const Result&);
void add_import_picture(CLI::App&, Common&, const Result&);
void add_backup(CLI::App&, Common&, const Result&);
void add_restore(CLI::App&, Common&, const Result&);
void add_doctor(CLI::App&, Common&, const Result&);
void add_voice(CLI::App&, Common&, const Result&);

}  // namespace cli
