#include "entry/engines.h"

#include "base/log.h"
#include "entry/library.h"

#include <cstdlib>

namespace entry {
namespace {

// What came of loading one, carried from the worker to the drawing thread.
template <class Engine>
struct Loaded {
  std::unique_ptr<Engine> engine;
  std::string why_not;
};

template <class Engine, class Make>
void load(Loaded<Engine>& into, const Make& make) {
  try {
    into.engine = make();
  } catch (const std::exception& e) {
    into.why_not = e.what();
  }
}

}  // namespace

Engines::Engines(std::filesystem::path folder, Start start, std::function<void()> ready)
    : folder_(std::move(folder)), start_(std::move(start)), ready_(std::move(ready)), have_(std::make_shared<Have>()) {}

void Engines::want_composer() {
  if (std::exchange(have_->composer_wanted, true)) return;
  auto loaded = std::make_shared<Loaded<Composer>>();
  start_([loaded, folder = folder_] { load(*loaded, [&] { return std::make_unique<Composer>(Composer::Settings{.folder = folder}); }); },
         [loaded, have = std::weak_ptr(have_), ready = ready_] {
           const auto here = have.lock();
           if (!here) return;
           here->composer = std::move(loaded->engine);
           if (!here->composer) spdlog::warn("no pinyin engine, single characters only: {}", loaded->why_not);
           if (ready) ready();
         });
}

void Engines::want_handwriting() {
  if (std::exchange(have_->handwriting_wanted, true)) return;
  auto loaded = std::make_shared<Loaded<Handwriting>>();
  start_([loaded] { load(*loaded, [] { return std::make_unique<Handwriting>(); }); },
         [loaded, have = std::weak_ptr(have_), start = start_, ready = ready_] {
           const auto here = have.lock();
           if (!here) return;
           here->handwriting = std::move(loaded->engine);
           here->no_handwriting = !here->handwriting;
           if (here->no_handwriting) spdlog::warn("no handwriting: {}", loaded->why_not);
           else recognise(here, start, ready);
           if (ready) ready();
         });
}

void Engines::recognise(const std::shared_ptr<Have>& have, const Start& start, const std::function<void()>& ready) {
  if (have->recognising || !have->handwriting || have->asked == have->answered) return;
  have->recognising = true;
  auto answer = std::make_shared<std::vector<std::string>>();
  start([answer, engine = have->handwriting, strokes = have->asked] { *answer = engine->candidates(strokes); },
        [answer, strokes = have->asked, weak = std::weak_ptr(have), start, ready] {
          const auto here = weak.lock();
          if (!here) return;
          here->recognising = false;
          if (here->asked.empty()) return;  // taken, wiped out or forgotten meanwhile
          here->answered = strokes;
          here->answer = std::move(*answer);
          recognise(here, start, ready);
          if (ready) ready();
        });
}

const std::vector<std::string>& Engines::characters(const std::vector<Stroke>& strokes) {
  have_->asked = strokes;
  if (strokes.empty()) forget();
  else recognise(have_, start_, ready_);
  return have_->answer;
}

void Engines::forget() {
  have_->asked.clear();
  have_->answered.clear();
  have_->answer.clear();
}

std::optional<std::string> no_composer_because() {
  std::string folder = (std::filesystem::temp_directory_path() / "nuanzhan-entry-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return "no temporary folder can be made";
  std::optional<std::string> why;
  try {
    (void)Composer({.folder = folder});
  } catch (const std::exception& e) {
    why = e.what();
  }
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  return why;
}

std::optional<std::string> no_handwriting_because() {
  try {
    (void)Handwriting();
  } catch (const std::exception& e) {
    return e.what();
  }
  return std::nullopt;
}

}  // namespace entry
