// Own photos: files <data>/photos/<random id>.jpg, named by a person's entry.
//
// The rules: a photo is on the disk before its fact is; a fact that was not committed leaves no file; a name says
// nothing about whose photo it is. A photo is kept only with the consent `photo` (of the person, or a child's
// guardian) and not at a site that has photos off (setting people.photos).
#pragma once

#include "store/act.h"
#include "village/file_copies.h"
#include "village/people.h"

#include <expected>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>

namespace village {

inline constexpr int photo_consent_version = 1;  // db/catalogue/consents.toml

// Why we say no. Texts: village.refused.<name>. Written to traces: add at the end.
enum class PhotoRefusal { no_right, unknown, photo_no_consent, photo_off };
[[nodiscard]] std::string_view name(PhotoRefusal);

// A photo that is on the disk and will go again unless it is kept. Any thread; slow (it waits for the disk).
class NewPhoto {
 public:
  // Throws std::system_error where it cannot be written.
  NewPhoto(const std::filesystem::path& data, std::string_view jpeg);
  ~NewPhoto();
  NewPhoto(const NewPhoto&) = delete;
  NewPhoto& operator=(const NewPhoto&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }  // as entries name it: photos/<id>.jpg
  void keep() { kept_ = true; }                                     // its fact was committed

 private:
  std::filesystem::path data_;
  std::string path_;
  bool kept_ = false;
};

// Whether this kiosk's site shows and takes photos; staff and residents alike.
[[nodiscard]] bool shows_photos(const store::Reader&);

// The entry names this photo from now on. Who may change an entry.
//   photo_no_consent   consent `photo` was not given      photo_off   this site has photos off
[[nodiscard]] std::expected<PersonId, PhotoRefusal> set_photo(store::Act&, PersonId, const std::string& path);
// No photo any more; a portrait is drawn of this text instead (ui/portrait.h). Needs no consent, and works where photos are off.
[[nodiscard]] std::expected<PersonId, PhotoRefusal> set_portrait(store::Act&, PersonId, const std::string& portrait);

// Takes a photo that its person's entry names no more off the disk; nothing happens to a path that is none of ours.
// (Every photo is made for one entry: nobody else can name it.)
void drop_photo(const std::filesystem::path& data, const std::string& path);
// The photos that entries name; reads every person once.
[[nodiscard]] std::set<std::string> named_photos(const store::Reader&);
// The same, and of whom each is: for their copies.
[[nodiscard]] std::vector<NamedFile> photo_files(const store::Reader&);
// All files below photos/ that are not named: what a power cut between file and fact left. Only files made here, and
// older than a week: a newer one may be on its way into its fact, or its fact come back after an older backup was put in. Not while the clock is unsure; `never_before`: Store::clock_never_before. Gives how many went. Any thread.
int sweep_photos(const std::filesystem::path& data, const std::set<std::string>& named, base::Instant never_before);

}  // namespace village
