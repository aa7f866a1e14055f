#include "entry/composer.h"

#include "entry/library.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <fstream>
#include <functional>
#include <rime_api.h>
#include <utility>

namespace entry {
namespace {

namespace fs = std::filesystem;

constexpr int x_backspace = 0xff08;  // X11's keysym, which librime's keys are
constexpr std::string_view exact = "nuanzhan_exact", fuzzy = "nuanzhan_fuzzy";

// What was spelt exactly stands first, but not so much of it that the other sound is pages away. Ours.
constexpr std::size_t exact_first = 3;
constexpr std::size_t furthest = 1000;  // a syllable has at most some hundred characters

std::atomic<bool> in_use{false};  // librime keeps its state in globals

// What librime is asked to do: spell, look up, simplify. Everything that would remember, switch, punctuate or call by keys is left out.
// `fuzz` is its `derive` with less credit. The six pairs of sounds are those of its own pinyin.yaml (zh_z_bufen, n_l_bufen, en_eng_bufen).
std::string schema(std::string_view id) {
  std::string text = "schema:\n  schema_id: " + std::string(id) + "\n  name: " + std::string(id) + "\n  version: '1'\n";
  text += R"(switches:
  - {name: simplified, reset: 1}
engine:
  processors: [speller, express_editor]
  segmentors: [abc_segmentor, fallback_segmentor]
  translators: [script_translator]
  filters: [simplifier, uniquifier]
speller:
  alphabet: zyxwvutsrqponmlkjihgfedcba
  delimiter: " '"
  algebra:
)";
  if (id == fuzzy)
    text += R"(    - fuzz/^([zcs])h/$1/
    - fuzz/^([zcs])([^h])/$1h$2/
    - fuzz/^n/l/
    - fuzz/^l/n/
    - fuzz/([ei])n$/$1ng/
    - fuzz/([ei])ng$/$1n/
)";
  // ü is typed v or, as people do, u; a syllable may be its first letter.
  text += R"(    - derive/^([nl])v$/$1u/
    - derive/^([jqxy])u/$1v/
    - derive/^([nl])ve$/$1ue/
    - abbrev/^([a-z]).+$/$1/
    - abbrev/^([zcs]h).+$/$1/
translator:
  dictionary: luna_pinyin
  prism: )" + std::string(id) + R"(
  enable_user_dict: false
  enable_completion: true
simplifier: {option_name: simplified}
menu: {page_size: 9}
)";
  return text;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || c == '\''; }

std::string spelt(std::string_view letters) {
  std::string out;
  for (char c : letters) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (!is_letter(c) || out.size() == Composer::most_letters) break;
    out += c;
  }
  return out;
}

}  // namespace

struct Composer::Rime {
  Library library{"librime.so.1"};
  RimeApi* api = library.function<RimeApi*()>("rime_get_api")();
  struct Session {
    RimeSessionId id = 0;
    std::string composed;  // what it holds
  };
  Session exactly, loosely;
  std::string shared, user, staging, built;
  bool begun = false;

  Rime() {
    if (in_use.exchange(true)) throw Missing("librime is in use by this program already");
  }
  ~Rime() {
    if (begun) {
      for (const auto* session : {&exactly, &loosely})
        if (session->id != 0) api->destroy_session(session->id);
      api->finalize();
    }
    in_use = false;
  }

  void begin(const Settings& settings) {
    for (const auto* file : {"luna_pinyin.dict.yaml", "build/luna_pinyin.table.bin"})
      if (std::error_code error; !fs::exists(settings.data / file, error) || fs::file_size(settings.data / file, error) == 0 || error)
        throw Missing((settings.data / file).string() + " is not there (package rime-data-luna-pinyin)");
    std::error_code error;
    fs::remove_all(settings.folder, error);
    fs::create_directories(settings.folder, error);
    for (const auto id : {exact, fuzzy}) {
      std::ofstream file(settings.folder / (std::string(id) + ".schema.yaml"));
      file << schema(id);
      if (!file.flush()) throw Missing("its schema cannot be written");
    }
    shared = settings.data.string();
    user = settings.folder.string();
    staging = (settings.folder / "build").string();
    built = (settings.data / "build").string();
    std::array<const char*, 5> modules{"core", "dict", "gears", "levers", nullptr};
    RIME_STRUCT(RimeTraits, traits);
    traits.shared_data_dir = shared.c_str();
    traits.user_data_dir = user.c_str();
    traits.prebuilt_data_dir = built.c_str();
    traits.staging_dir = staging.c_str();
    traits.distribution_name = traits.distribution_code_name = "nuanzhan";
    traits.distribution_version = NUANZHAN_VERSION;
    traits.app_name = "rime.nuanzhan";
    traits.modules = modules.data();
    traits.min_log_level = 3;       // only what ends the program
    traits.log_dir = user.c_str();  // never in /tmp
    static const bool once = (api->setup(&traits), true);  // its log may be begun but once
    (void)once;
    api->initialize(&traits);
    begun = true;
    const auto made = [&](std::string_view id) {
      if (!api->deploy_schema((settings.folder / (std::string(id) + ".schema.yaml")).c_str())) throw Missing("librime cannot compile its schema");
      const auto session = api->create_session();
      if (session == 0 || !api->select_schema(session, id.data())) throw Missing("librime does not know its schema");
      return Session{session, {}};
    };
    exactly = made(exact);
    loosely = made(fuzzy);
  }

  // The session as if exactly this had been typed. One letter more or less costs one key.
  void type(Session& session, std::string_view typed) {
    auto& held = session.composed;
    if (typed.starts_with(held)) {
      for (const char c : typed.substr(held.size())) api->process_key(session.id, c, 0);
    } else if (held.starts_with(typed) && held.size() - typed.size() <= 2 && !typed.empty()) {
      for (auto n = held.size() - typed.size(); n > 0; --n) api->process_key(session.id, x_backspace, 0);
    } else {
      api->clear_composition(session.id);
      for (const char c : typed) api->process_key(session.id, c, 0);
    }
    held = typed;
  }

  void forget(Session& session) {
    api->clear_composition(session.id);
    session.composed.clear();
  }

  // Candidates in their order until `enough` says so.
  void each(const Session& session, const std::function<bool(const char*)>& enough) {
    if (session.composed.empty()) return;
    RimeCandidateListIterator at;
    std::memset(&at, 0, sizeof at);
    if (!api->candidate_list_begin(session.id, &at)) return;
    for (std::size_t n = 0; n < furthest && api->candidate_list_next(&at) != 0; ++n)
      if (enough(at.candidate.text)) break;
    api->candidate_list_end(&at);
  }

  // As it stands in the session: what was taken already, then the letters with a blank between syllables; where those begin.
  std::pair<std::string, std::size_t> preedit(const Session& session) {
    RIME_STRUCT(RimeContext, context);
    if (!api->get_context(session.id, &context)) return {};
    std::pair<std::string, std::size_t> out;
    if (context.composition.preedit != nullptr) out = {context.composition.preedit, static_cast<std::size_t>(std::max(0, context.composition.sel_start))};
    api->free_context(&context);
    return out;
  }
};

Composer::Composer(const Settings& settings) : rime_(std::make_unique<Rime>()), fuzzy_(settings.fuzzy) {
  try {
    rime_->begin(settings);
    // A dictionary that is there but cannot be read gives nothing: better known now than while somebody types.
    if (candidates("wo", 1).empty()) throw Missing("its dictionary cannot be read");
  } catch (const Missing&) {
    throw;
  } catch (const std::exception& e) {
    throw Missing(e.what());
  }
}

Composer::~Composer() = default;

std::vector<std::string> Composer::candidates(std::string_view letters, std::size_t most) {
  const auto typed = spelt(letters);
  std::vector<std::string> out;
  const auto add = [&](Rime::Session& session, std::size_t until) {
    rime_->type(session, typed);
    rime_->each(session, [&](const char* text) {
      // Where it knows nothing librime hands the letters back; what needs four bytes few fonts can show.
      const auto lead = static_cast<unsigned char>(text[0]);
      if (lead >= 0x80 && !std::any_of(text, text + std::strlen(text), [](char c) { return static_cast<unsigned char>(c) >= 0xF0; }) && std::ranges::find(out, text) == out.end())
        out.emplace_back(text);
      return out.size() >= until;
    });
  };
  add(rime_->exactly, fuzzy_ ? std::min(exact_first, most) : most);
  if (fuzzy_ && out.size() < most) add(rime_->loosely, most);
  return out;
}

std::vector<std::string> Composer::syllables(std::string_view letters) {
  auto& session = fuzzy_ ? rime_->loosely : rime_->exactly;
  rime_->type(session, spelt(letters));
  std::vector<std::string> out;
  std::string piece;
  for (const char c : rime_->preedit(session).first + " ") {
    if (c != ' ' && c != '\'') piece += c;
    else if (!piece.empty()) out.push_back(std::exchange(piece, {}));
  }
  return out;
}

Composer::Taken Composer::take(std::string_view letters, std::string_view text) {
  Taken taken;
  for (auto* session : {&rime_->exactly, &rime_->loosely}) {
    if (!taken.text.empty() || (session == &rime_->loosely && !fuzzy_)) break;
    rime_->type(*session, spelt(letters));
    std::size_t which = 0;
    bool there = false;
    rime_->each(*session, [&](const char* candidate) {
      there = text == candidate;
      if (!there) ++which;
      return there;
    });
    if (there && rime_->api->select_candidate(session->id, which) != 0) {
      RIME_STRUCT(RimeCommit, commit);
      if (rime_->api->get_commit(session->id, &commit)) {
        taken.text = commit.text;
        rime_->api->free_commit(&commit);
      } else {
        const auto [shown, from] = rime_->preedit(*session);
        taken.text = shown.substr(0, from);
        for (const char c : shown.substr(from))
          if (c != ' ') taken.rest += c;
        while (taken.rest.starts_with('\'')) taken.rest.erase(0, 1);
      }
    }
    rime_->forget(*session);
  }
  return taken;
}

}  // namespace entry
