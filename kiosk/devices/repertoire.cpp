#include "devices/repertoire.h"

#include <spdlog/spdlog.h>
#include <algorithm>
#include <limits>

namespace devices {
namespace {

namespace fs = std::filesystem;

std::chrono::milliseconds pause_of(char32_t c) {
  return c == U',' ? comma_pause : c == U'.' || c == U'!' || c == U'?' ? stop_pause : std::chrono::milliseconds(0);
}
bool is_pause(char32_t c) { return pause_of(c).count() > 0; }

}  // namespace

void Repertoire::ask_in_order(std::vector<std::string> names) {
  if (names == order_) return;
  order_ = std::move(names);
  looked_ = false;
}

void Repertoire::look() {
  std::error_code error;
  std::vector<std::pair<fs::path, fs::file_time_type>> seen;
  for (const auto& folder : folders_) {
    for (const auto& entry : fs::directory_iterator(folder, error)) {
      const auto name = entry.path().filename().string();
      if (!is_pack_name(name)) continue;
      const auto at = fs::last_write_time(entry.path() / "pack.toml", error);
      if (!error) seen.emplace_back(entry.path(), at);
    }
  }
  std::ranges::sort(seen);
  if (looked_ && seen == seen_) return;
  looked_ = true;
  seen_ = std::move(seen);
  packs_.clear();
  kept_.clear();
  kept_bytes_ = 0;
  auto all = installed_packs(folders_);
  const auto take = [&](Pack& pack) {
    Voice voice;
    for (const auto& [key, clip] : pack.clips) {
      if (clip.text.empty()) continue;  // nobody knows what it says
      auto form = form_of(clip.text, pack.language).text;
      if (form.empty()) continue;
      voice.longest = std::max(voice.longest, form.size());
      voice.by_words.try_emplace(std::move(form), clip.file);
    }
    voice.pack = std::move(pack);
    packs_.push_back(std::move(voice));
  };
  if (order_.empty()) {
    for (auto& pack : all) take(pack);
    return;
  }
  for (const auto& name : order_)
    if (const auto found = std::ranges::find(all, name, &Pack::name); found != all.end()) take(*found);
}

std::size_t Repertoire::clips() const {
  std::size_t count = 0;
  for (const auto& voice : packs_) count += voice.by_words.size();
  return count;
}

// The fewest pieces that say all of it: fewer joints, and 二十四 as it was said at once rather than 二, 十, 四.
std::optional<std::vector<Repertoire::Plan::Step>> Repertoire::cover(const Voice& voice, std::u32string_view text) const {
  constexpr std::size_t never = std::numeric_limits<std::size_t>::max();
  struct Best {
    std::size_t pieces = never, from = 0;
    const std::string* file = nullptr;  // none: a pause
  };
  std::vector<Best> best(text.size() + 1);
  best[0].pieces = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (best[at].pieces == never) continue;
    if (is_pause(text[at]) && best[at].pieces < best[at + 1].pieces) best[at + 1] = {best[at].pieces, at, nullptr};
    const auto most = std::min(voice.longest, text.size() - at);
    for (std::size_t length = 1; length <= most; ++length) {
      const auto found = voice.by_words.find(std::u32string(text.substr(at, length)));
      if (found == voice.by_words.end()) continue;
      auto& there = best[at + length];
      // <=: of equally few the one whose last piece is longest is found first, and stays.
      if (best[at].pieces + 1 < there.pieces) there = {best[at].pieces + 1, at, &found->second};
    }
  }
  if (best[text.size()].pieces == never) return std::nullopt;
  std::vector<Plan::Step> steps;
  for (std::size_t at = text.size(); at > 0; at = best[at].from) {
    if (best[at].file) steps.push_back({voice.pack.folder / *best[at].file, {}, {}});
    else steps.push_back({{}, {}, pause_of(text[at - 1])});
  }
  std::ranges::reverse(steps);
  // A pause belongs to the piece before it.
  std::vector<Plan::Step> out;
  for (auto& step : steps) {
    if (!step.file.empty()) out.push_back(std::move(step));
    else if (!out.empty()) out.back().after = std::max(out.back().after, step.after);
    else out.push_back(std::move(step));  // a pause at the head of this part: for who joins parts
  }
  return out;
}

std::optional<Repertoire::Plan> Repertoire::put_together(const Voice& voice, const Form& form, std::size_t at_pack) const {
  Plan plan;
  plan.pack = voice.pack.name;
  plan.way = Plan::Way::pieces;
  if (auto steps = cover(voice, form.text)) {
    plan.steps = std::move(*steps);
    return plan;
  }
  if (form.names.empty()) return std::nullopt;
  plan.way = Plan::Way::name_lent;
  const auto text = std::u32string_view(form.text);
  bool own_words = false;
  const auto add = [&](std::vector<Plan::Step> steps) {
    for (auto& step : steps) {
      if (step.file.empty() && step.name.empty()) {
        if (!plan.steps.empty()) plan.steps.back().after = std::max(plan.steps.back().after, step.after);
      } else {
        plan.steps.push_back(std::move(step));
      }
    }
  };
  std::size_t at = 0;
  for (std::size_t i = 0; i <= form.names.size(); ++i) {
    const auto to = i < form.names.size() ? form.names[i].from : text.size();
    if (to < at) return std::nullopt;
    auto between = cover(voice, text.substr(at, to - at));
    if (!between) return std::nullopt;
    own_words = own_words || std::ranges::any_of(*between, [](const auto& s) { return !s.file.empty(); });
    add(std::move(*between));
    if (i == form.names.size()) break;
    const auto& name = form.names[i];
    const auto words = text.substr(name.from, name.to - name.from);
    std::optional<std::vector<Plan::Step>> said;
    for (auto p = at_pack; p < packs_.size() && !said; ++p)
      if (packs_[p].pack.language == voice.pack.language) said = cover(packs_[p], words);
    add(said ? std::move(*said) : std::vector<Plan::Step>{{{}, name.as_written, {}}});
    at = name.to;
  }
  if (!own_words) return std::nullopt;  // a name alone is the machine's
  return plan;
}

Repertoire::Plan Repertoire::plan(const std::string& text, const std::string& language, const std::string& key) const {
  const auto form = form_of(text, language);
  if (form.text.empty()) return {};
  for (std::size_t i = 0; i < packs_.size(); ++i) {
    const auto& voice = packs_[i];
    if (voice.pack.language != language) continue;
    // The same words may have been recorded for two keys, as a question and as a label: its own comes first.
    const auto own = voice.pack.clips.find(key);
    if (own != voice.pack.clips.end() && !own->second.text.empty() && form_of(own->second.text, language).text == form.text)
      return {Plan::Way::whole, voice.pack.name, {{voice.pack.folder / own->second.file, {}, {}}}};
    if (const auto found = voice.by_words.find(form.text); found != voice.by_words.end())
      return {Plan::Way::whole, voice.pack.name, {{voice.pack.folder / found->second, {}, {}}}};
    if (!language.starts_with("zh")) continue;
    if (auto made = put_together(voice, form, i)) return *made;
  }
  return {};
}

std::shared_ptr<const Pcm> Repertoire::piece(const fs::path& file) {
  for (auto it = kept_.begin(); it != kept_.end(); ++it)
    if (it->file == file.string()) {
      kept_.splice(kept_.begin(), kept_, it);
      return it->pcm;
    }
  const auto read = read_audio(file);
  if (!read) return nullptr;
  auto clean = std::make_shared<const Pcm>(trimmed(*read));
  if (clean->samples.empty()) return nullptr;
  const auto bytes = clean->samples.size() * sizeof(std::int16_t);
  if (bytes <= most_kept_bytes / 8) {
    kept_.push_front({file.string(), clean});
    kept_bytes_ += bytes;
    while (kept_bytes_ > most_kept_bytes) {
      kept_bytes_ -= kept_.back().pcm->samples.size() * sizeof(std::int16_t);
      kept_.pop_back();
    }
  }
  return clean;
}

std::shared_ptr<const Pcm> Repertoire::sound(const std::string& text, const std::string& language, const std::string& key,
                                             const Speak& speak) {
  look();
  if (packs_.empty()) return nullptr;
  const auto way = plan(text, language, key);
  if (way.way == Plan::Way::none) return nullptr;
  if (way.way == Plan::Way::whole) {
    auto audio = read_audio(way.steps.front().file);
    if (!audio) spdlog::warn("voice: the clip of {} in pack {} cannot be read", key, way.pack);
    return audio;
  }
  std::vector<Piece> pieces;
  for (const auto& step : way.steps) {
    std::shared_ptr<const Pcm> pcm;
    if (!step.file.empty()) {
      pcm = piece(step.file);
      if (!pcm) {
        spdlog::warn("voice: a piece of {} in pack {} cannot be read", key, way.pack);
        return nullptr;  // rather the whole sentence by the machine than one with a hole
      }
    } else if (const auto said = speak ? speak(step.name) : nullptr) {
      pcm = std::make_shared<const Pcm>(evened(trimmed(*said)));
    }
    if (pcm && !pcm->samples.empty()) pieces.push_back({std::move(pcm), step.after});
  }
  if (pieces.empty()) return nullptr;
  pieces.back().after = std::chrono::milliseconds(0);
  return std::make_shared<const Pcm>(joined(pieces));
}

}  // namespace devices
