#include "ui/fonts.h"

#include "ui/shaped.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_SIZES_H
#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <imgui_freetype.h>
#include <imgui_internal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <map>
#include <mutex>
#include <stdexcept>

namespace ui {
namespace {

constexpr std::size_t most_cached = 4000;

std::uint64_t hash(std::string_view text, std::initializer_list<std::uint32_t> more) {
  std::uint64_t h = 1469598103934665603ull;
  const auto add = [&](std::uint32_t v) { h = (h ^ v) * 1099511628211ull; };
  for (const char c : text) add(static_cast<unsigned char>(c));
  for (const std::uint32_t v : more) add(v), add(v >> 16);
  return h;
}
std::uint32_t tenths(float v) { return static_cast<std::uint32_t>(std::lround(v * 10)); }

MappedFile map_file(const char* path) {
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  struct stat info{};
  MappedFile mapped;
  if (fstat(file, &info) == 0 && info.st_size > 0) {
    void* at = mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_PRIVATE, file, 0);
    if (at != MAP_FAILED)
      mapped = {static_cast<const unsigned char*>(at), static_cast<std::size_t>(info.st_size), 0};
  }
  close(file);
  return mapped;
}

// Em of a font in ImGui's measure: ImGui asks FreeType for "ascender to descender is this size".
float size_per_em(const MappedFile& file) {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  float per_em = 1;
  if (FT_Init_FreeType(&library) != 0) return per_em;
  if (FT_New_Memory_Face(library, file.data, static_cast<FT_Long>(file.size), file.face, &face) == 0) {
    if (face->units_per_EM > 0)
      per_em = static_cast<float>(face->ascender - face->descender) / static_cast<float>(face->units_per_EM);
    FT_Done_Face(face);
  }
  FT_Done_FreeType(library);
  return per_em;
}

ImFont* add(const MappedFile& file, bool merge, int face) {
  ImFontConfig config;
  // ImGui copies the data unless it believes it owns it; Fonts::release takes that belief back.
  config.FontDataOwnedByAtlas = true;
  config.FontData = const_cast<unsigned char*>(file.data);
  config.FontDataSize = static_cast<int>(file.size);
  config.FontNo = static_cast<ImU32>(face);
  config.MergeMode = merge;
  config.FontLoaderFlags = ImGuiFreeTypeLoaderFlags_LightHinting;
  config.OversampleH = config.OversampleV = 1;
  return ImGui::GetIO().Fonts->AddFont(&config);
}

// ImGui's loader (1.92.x) remembers by address which size of a face FreeType stands at, and moves its sizes in memory when it has let some go:
// a letter that was first needed after that came out in another size, in the middle of a word. So the size is set for every new letter.
const ImFontLoader* loader_that_sets_its_size() {
  static const ImFontLoader* const theirs = ImGuiFreeType::GetFontLoader();
  static const ImFontLoader ours = [] {
    ImFontLoader l = *theirs;
    IM_ASSERT(l.FontBakedSrcLoaderDataSize == sizeof(FT_Size));  // all that a size keeps: else see what 1.92.x has become
    l.FontBakedLoadGlyph = [](ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void* data, ImWchar c, ImFontGlyph* glyph, float* advance) {
      (void)FT_Activate_Size(*static_cast<FT_Size*>(data));
      return theirs->FontBakedLoadGlyph(atlas, source, baked, data, c, glyph, advance);
    };
    return l;
  }();
  return &ours;
}

}  // namespace

MappedFile find_font(const char* family, bool bold) {
  static std::mutex guard;
  static std::map<std::string, MappedFile> files;  // by path
  static std::map<std::pair<std::string, bool>, MappedFile> found;
  const std::lock_guard lock(guard);
  if (const auto known = found.find({family, bold}); known != found.end()) return known->second;
  static FcConfig* config = FcInitLoadConfigAndFonts();  // reading the font folders is the slow part
  FcPattern* pattern = FcPatternBuild(nullptr, FC_FAMILY, FcTypeString, family, FC_WEIGHT, FcTypeInteger,
                                      bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR, nullptr);
  FcConfigSubstitute(config, pattern, FcMatchPattern);
  FcDefaultSubstitute(pattern);
  FcResult result = FcResultNoMatch;
  FcPattern* match = FcFontMatch(config, pattern, &result);
  MappedFile mapped;
  FcChar8 *path = nullptr, *got_family = nullptr;
  int index = 0;
  if (match != nullptr && FcPatternGetString(match, FC_FILE, 0, &path) == FcResultMatch) {
    // A match is the nearest, not the asked: look through the names of what came back.
    bool same = false;
    for (int i = 0; FcPatternGetString(match, FC_FAMILY, i, &got_family) == FcResultMatch; ++i)
      same = same || std::string_view(reinterpret_cast<const char*>(got_family)) == family;
    if (same) {
      FcPatternGetInteger(match, FC_INDEX, 0, &index);
      const std::string file = reinterpret_cast<const char*>(path);
      if (!files.contains(file)) files[file] = map_file(file.c_str());
      mapped = files[file];
      mapped.face = index & 0xFFFF;
    }
  }
  if (match != nullptr) FcPatternDestroy(match);
  FcPatternDestroy(pattern);
  return found[{family, bold}] = mapped;
}

void Fonts::load() {
  const MappedFile regular = find_font("Noto Sans CJK SC", false), bold = find_font("Noto Sans CJK SC", true);
  if (regular.data == nullptr || bold.data == nullptr)
    throw std::runtime_error("font Noto Sans CJK SC is not installed (package fonts-noto-cjk)");
  ImGui::GetIO().Fonts->SetFontLoader(loader_that_sets_its_size());
  per_em_ = size_per_em(regular);
  const MappedFile rare_a = find_font("HanaMinA", false), rare_b = find_font("HanaMinB", false);
  const auto add_with_rare = [&](const MappedFile& file) {
    ImFont* font = add(file, false, file.face);
    for (const MappedFile* rare : {&rare_a, &rare_b})
      if (rare->data != nullptr) add(*rare, true, rare->face);
    return font;
  };
  regular_ = add_with_rare(regular);
  bold_ = add_with_rare(bold);
}

void Fonts::release() {
  for (ImFontConfig& source : ImGui::GetIO().Fonts->Sources) source.FontDataOwnedByAtlas = false;
}

float Fonts::settled(float em_px, bool up) const {
  const float size = size_of_em(em_px);
  return (up ? std::ceil(size - 0.01f) : std::round(size)) / per_em_;
}

float Fonts::advance(char32_t c, Weight weight, float em_px) const {
  return font(weight)->GetFontBaked(size_of_em(em_px))->GetCharAdvance(static_cast<ImWchar>(c));
}

const Laid& Fonts::lay_out(std::string_view text, Weight weight, float em_px, float width_px, bool even) {
  if (laid_.size() > most_cached) laid_.clear();
  const auto key = hash(text, {weight == Weight::bold ? 1u : 0u, tenths(em_px), tenths(width_px), even ? 1u : 0u});
  const auto known = laid_.find(key);
  if (known != laid_.end()) return known->second;
  if (needs_shaping(text)) {
    auto& laid = laid_[key] = lay_out_shaped(text, weight, em_px, width_px);
    laid.shaped = true;
    return laid;
  }
  ImFontBaked* baked = font(weight)->GetFontBaked(size_of_em(em_px));
  // Half a pixel for the rounding of advances, or a text measured once would not fit its own width.
  return laid_[key] = ui::lay_out(
             text, width_px + 0.5f, [baked](char32_t c) { return baked->GetCharAdvance(static_cast<ImWchar>(c)); },
             even);
}

float Fonts::width(std::string_view text, Weight weight, float em_px) {
  return lay_out(text, weight, em_px, 1e6f, false).width;
}

Fonts::Fit Fonts::fit(std::string_view text, Weight weight, float most_px, float least_px, float width_px,
                      float height_px, float line_factor, int lines) {
  if (fitted_.size() > most_cached) fitted_.clear();
  most_px = std::max(most_px, least_px);
  const auto key =
      hash(text, {weight == Weight::bold ? 1u : 0u, tenths(most_px), tenths(least_px), tenths(width_px),
                  tenths(height_px), tenths(line_factor * 10), static_cast<std::uint32_t>(lines)});
  auto known = fitted_.find(key);
  if (known == fitted_.end()) {
    // A size that is clearly too large is told from the letters at the largest one: asking the font at every size in between costs a long
    // text 20 ms. Set letters may be 3 % narrower than these by rounding; what is near is laid out as it will stand.
    ImFontBaked* const model = font(weight)->GetFontBaked(size_of_em(most_px));
    const bool shaped = needs_shaping(text);
    const auto clearly_too_large = [&](float em, int most_lines) {
      if (shaped) return false;
      const float share = 0.97f * em / most_px;
      const Laid guess = ui::lay_out(
          text, (most_lines == 1 ? 1e6f : width_px) + 0.5f,
          [&](char32_t c) { return model->GetCharAdvance(static_cast<ImWchar>(c)) * share; }, false);
      const auto count = static_cast<float>(guess.lines.size());
      return guess.width > width_px + 0.5f || count > static_cast<float>(most_lines) ||
             (count - 1) * line_factor * em + em * 1.02f > height_px + 0.5f;
    };
    // One line nearly as large as the best is calmer than two; else the largest size in as many lines as there may
    // be.
    const auto largest = [&](int most_lines) {
      const float step = std::max(1.0f, (most_px - least_px) / 12);
      for (float em = most_px;; em = std::max(least_px, settled(em - step))) {
        if (em > least_px && clearly_too_large(em, most_lines)) continue;
        const Laid& laid =
            lay_out(text, weight, em, most_lines == 1 ? 1e6f : width_px, most_lines > 1 && most_lines < 4);
        const auto count = static_cast<float>(laid.lines.size());
        const bool fits = laid.width <= width_px + 0.5f && !laid.broke_word &&
                          count <= static_cast<float>(most_lines) &&
                          (count - 1) * line_factor * em + em * 1.02f <= height_px + 0.5f;
        if (fits) return em;
        if (em <= least_px) return 0.0f;
      }
    };
    const float one = text.find('\n') == text.npos ? largest(1) : 0, more = lines > 1 ? largest(lines) : 0;
    Fitted fitted{least_px, false, width_px, false};
    if (one > 0 && one >= 0.82f * more)
      fitted = {one, false, 1e6f, true};
    else if (more > 0)
      fitted = {more, lines < 4, width_px, true};
    known = fitted_.emplace(key, fitted).first;
  }
  const Fitted& f = known->second;
  return {f.em_px, &lay_out(text, weight, f.em_px, f.width_px, f.even), f.fits};
}

}  // namespace ui
