// `keys`: who can read what is sealed; the township's pair, its public half beside the data, and opening a thing with its secret half.
#include "base/durable_file.h"
#include "cli/cli.h"
#include "cli/unseen.h"
#include "village/keys.h"
#include "village/rights.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <iterator>
#include <tuple>
#include <unistd.h>

namespace cli {
namespace {

// The halves look alike: each says which it is, so that the secret one is never taken for the other and left on a kiosk.
constexpr std::string_view public_mark = "pub-", secret_mark = "sec-";

struct Half { std::string text; bool says_public = false, says_secret = false; };

// A line of standard input: keys never stand on the command line, where any program of this machine reads them. The whole line as `keys make` prints
// it, or what stands after its first word.
Half asked_for(const char* what, bool secret) {
  if (::isatty(0) != 0) fmt::print(stderr, "{}: ", what);
  std::string line;
  {
    const Unseen unseen(secret);
    std::getline(std::cin, line);
  }
  Half half{std::string(base::trimmed(line))};
  store::wipe(line);
  for (const auto& [word, mark, says] : {std::tuple{std::string_view("public"), public_mark, &half.says_public}, {"secret", secret_mark, &half.says_secret}}) {
    if (half.text.starts_with(word)) *says = true, half.text = std::string(base::trimmed(half.text.substr(word.size())));
    if (half.text.starts_with(mark)) *says = true, half.text.erase(0, mark.size());
  }
  return half;
}

}  // namespace

std::optional<store::KeyPair> asked_for_secret() {
  auto half = asked_for("the township's secret key", true);
  const auto bytes = half.says_public ? std::nullopt : store::public_key(half.text);  // any thirty-two bytes in base64
  store::wipe(half.text);
  return bytes ? store::KeyPair::of_secret({reinterpret_cast<const char*>(bytes->data()), bytes->size()}) : std::nullopt;
}

void keep_township_key(const std::filesystem::path& data, const store::PublicKey& key) {
  base::DurableFile out(data / "township.key");
  out.write(store::text_of(key) + "\n");
  out.keep();
}

namespace {

int make() {
  const auto pair = store::KeyPair::make();
  store::PublicKey secret;
  std::copy(pair.secret().begin(), pair.secret().end(), secret.begin());
  auto text = store::text_of(secret);
  fmt::print("public  {}{}\nsecret  {}{}\n", public_mark, store::text_of(pair.open_to_all()), secret_mark, text);
  fmt::print(stderr, "The secret line opens everything that is sealed for the township: write it on paper, twice, in two envelopes, and never onto this machine.\n"
                     "The public line goes to each kiosk: nuanzhan keys township, then that line.\n");
  store::wipe(text);
  secret.fill(0);
  return done;
}

int list(Common& common, bool json) {
  const auto store = common.open(false);
  const auto reader = store->reader(store::Viewer::of_staff({}, store::Role::manager, {}, {}));
  nlohmann::json all = nlohmann::json::array();
  for (const auto& s : village::all_staff(reader)) {
    const bool has = village::public_key_of(reader, s.id).has_value(), card = village::has_sealed_key(reader, s.id);
    const bool reads = village::right::read_sealed.role_may(s.role);
    if (json) all.push_back({{"number", s.number}, {"key", has}, {"reads_confidential", reads && has}, {"card_key", card}});
    else if (s.active)
      fmt::print("{:<8} {}\n", s.number, !has    ? "has no key yet: it comes with the next right PIN"
                                         : !reads ? "hears what is said to them; nothing confidential"
                                         : card   ? "reads what is confidential, with PIN and card"
                                                  : "reads what is confidential; their PIN alone keeps it until they hold a printed card to the reader");
  }
  const bool township = store::township_key(common.data).has_value();
  if (json) fmt::print("{}\n", nlohmann::json{{"staff", all}, {"township", township}}.dump());
  else fmt::print("township {}\n", township ? "reads it too" : "has no key here");
  return done;
}

int set_township(Common& common, bool replace) {
  auto half = asked_for("the township's public key", false);
  if (half.says_secret) {
    store::wipe(half.text);
    fmt::print(stderr, "that is the secret half: it belongs into its envelope and never onto this machine. Give the line that begins with \"public\"; nothing was changed\n");
    return not_done;
  }
  const auto key = half.says_public ? store::public_key(half.text) : std::nullopt;
  if (!key) {
    fmt::print(stderr, "that is no public key: the line that `nuanzhan keys make` prints, public and then pub-; nothing was changed\n");
    return not_done;
  }
  if (const auto before = store::township_key(common.data); before && *before != *key && !replace) {
    fmt::print(stderr, "this machine has the township's key {}{}... already, and everything until now is sealed for that one. To go on with another: --replace; nothing was changed\n", public_mark,
               store::text_of(*before).substr(0, 8));
    return not_done;
  }
  keep_township_key(common.data, *key);
  fmt::print("from now on everything is sealed for the township too\n");
  return done;
}

int open(const std::filesystem::path& file, const std::filesystem::path& to) {
  std::ifstream in(file, std::ios::binary);
  const std::string sealed{std::istreambuf_iterator<char>(in), {}};
  const auto pair = asked_for_secret();
  auto clear = pair ? store::open(sealed, *pair) : std::nullopt;
  if (!clear) {
    fmt::print(stderr, "it does not open: not a sealed file, changed, or sealed for others\n");
    return not_done;
  }
  base::DurableFile out(to);
  out.write(*clear);
  out.keep();
  store::wipe(*clear);
  fmt::print("{} holds it in the clear: delete it when it was heard\n", to.string());
  return done;
}

}  // namespace

void add_keys(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("keys", "who can read what is sealed; the township's own key");
  verb->require_subcommand(1);
  verb->add_subcommand("make", "make a pair for the township and print both halves, once")->callback([result] { result(&make); });
  auto* staff = verb->add_subcommand("list", "which staff accounts have a key, and whether the township has one here");
  auto json = std::make_shared<bool>(false);
  staff->add_flag("--json", *json, "print as JSON");
  staff->callback([&common, result, json] { result([&common, json] { return list(common, *json); }); });
  auto* township = verb->add_subcommand("township", "seal for the township too, from now on: its public key is read from standard input");
  auto replace = std::make_shared<bool>(false);
  township->add_flag("--replace", *replace, "another key is here already: what comes from now on is sealed for this one");
  township->callback([&common, result, replace] { result([&common, replace] { return set_township(common, *replace); }); });
  auto* reading = verb->add_subcommand("open", "open a sealed file with the township's secret key, read from standard input");
  struct Asked { std::filesystem::path file, out; };
  auto asked = std::make_shared<Asked>();
  reading->add_option("file", asked->file, "as <data>/said/...")->required();
  reading->add_option("--out,-o", asked->out, "where what is inside is written, in the clear")->required();
  reading->callback([result, asked] { result([asked] { return open(asked->file, asked->out); }); });
}

}  // namespace cli
